"""Tell whoever may not have an aid which others to look at instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from assistant.eligibility.assess import assess
from assistant.eligibility.facts import Facts
from assistant.lines import line
from assistant.messages import next_steps
from assistant.reply import Reply
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.criteria import LocatedIn
from corpus.fiches.scheme import Relation, Scheme
from corpus.labels import FUNDER_LABELS, Beneficiary, Funder, RelationKind, Topic

_MOST = 2
_AKIN = frozenset({RelationKind.COMPLEMENTS, RelationKind.REPLACED_BY})


def with_alternatives(
    reply: Reply,
    others: Sequence[Scheme],
    facts: Facts,
    territory: Territory,
    on: date,
) -> Reply:
    """The reply with the aids to look at instead, where the one asked for is refused; else unchanged.

    Each is for such an applicant, isn't closed, and nothing known refuses it.

    Args:
        reply: the reply, its verdict given.
        others: the aids akin to it, nearest first.
        facts: what is known of who asks.
        territory: the communes and their lists.
        on: the day.
    """
    new = (other for other in others if other.id not in reply.schemes)
    told = list(islice((other for other in new if _may_be_had(other, facts, territory, on)), _MOST))
    if refused_alone(reply) is None or not told:
        return reply
    labels = [(other.label, FUNDER_LABELS[other.funder]) for other in told]
    return reply.model_copy(
        update={
            "lines": (*reply.lines, line("advice", next_steps.look_at(labels))),
            "schemes": (*reply.schemes, *(other.id for other in told)),
        }
    )


def refused_alone(reply: Reply) -> str | None:
    """The one aid that an answer is about, where it's refused."""
    verdicts = reply.eligibility
    if reply.status != "answered" or len(verdicts) != 1 or verdicts[0].verdict != "not_eligible":
        return None
    return verdicts[0].scheme_id


def akin(scheme: Scheme, catalogue: Catalogue, near: Sequence[str] = ()) -> tuple[Scheme, ...]:
    """The schemes akin to one, nearest first.

    Those that the message may be about too, another Département's own, those related by a fiche, of the same
    policy, for the same things.

    Args:
        scheme: the scheme.
        catalogue: the schemes.
        near: ids of what the message may be about, the likeliest first; only aids to the same things count.
    """
    wholes = {link.scheme for link in _wholes_of(scheme)}
    topics = frozenset(scheme.topics) - {Topic.GENERAL}
    others = [other for other in catalogue.schemes if other.id != scheme.id]
    parts = [other for other in others if any(link.scheme in wholes for link in _wholes_of(other))]
    here = [other for other in others if scheme.funder is other.funder is Funder.DEPARTMENT]
    meant = [catalogue.scheme(name) for name in near if name in catalogue and name != scheme.id]
    found = (
        *(other for other in meant if topics & set(other.topics)),
        *(other for other in here if set(scheme.topics) & set(other.topics)),
        *(catalogue.scheme(link.scheme) for link in scheme.relations if link.kind in _AKIN),
        *(other for other in parts if Topic.GENERAL in scheme.topics or topics & set(other.topics)),
        *(o for o in others if any(k.scheme == scheme.id and k.kind in _AKIN for k in o.relations)),
        *(other for other in others if topics and topics <= set(other.topics)),
    )
    return tuple({other.id: other for other in found}.values())


def _wholes_of(scheme: Scheme) -> Iterable[Relation]:
    return (link for link in scheme.relations if link.kind is RelationKind.PART_OF)


def _may_be_had(scheme: Scheme, facts: Facts, territory: Territory, on: date) -> bool:
    """Whether nothing known keeps an aid from who asks."""
    who = facts.beneficiary or Beneficiary.COMMUNE
    if not scheme.is_aid or not scheme.criteria or who not in scheme.beneficiaries:
        return False
    found = assess(scheme, facts, territory, on)
    where = [item.verdict for item in found.criteria if isinstance(item.criterion, LocatedIn)]
    if scheme.funder is Funder.DEPARTMENT and any(verdict != "met" for verdict in where):
        return False  # the aid of one Département, to who may be of another
    return found.availability.state != "closed" and found.verdict != "not_eligible"
