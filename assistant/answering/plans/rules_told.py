"""Which sentences decide whether aids taken together add up: few, and on these aids alone."""

from __future__ import annotations

from collections.abc import Collection

from assistant.answering.all_aids import CUMUL, Limit
from assistant.answering.knowledge import Knowledge
from assistant.answering.plans.case import Case
from assistant.answering.plans.together import rates_in
from assistant.choosing.elsewhere import departments_named
from assistant.choosing.enough import LEAST, adds
from assistant.choosing.evidence import Evidence
from assistant.eligibility.passages import StatedBy
from corpus.communes.commune import DEPARTMENTS
from corpus.fiches.fiche import Fiche
from corpus.places.name import name_key

# What sends on to another fiche tells nothing itself.
_POINTER = "voir la fiche"
# How likely what tells two of the aids apart bears on the question, at least: it's no rule.
_LEAST_BESIDE = 0.5
_DEPARTMENTS = frozenset(name_key(name) for name in DEPARTMENTS.values())


def main_rules(case: Case, knowledge: Knowledge) -> list[tuple[Fiche, StatedBy]]:
    """The rule of each aid on how it adds up: the first of its fiche that is on these aids and this place."""
    found = []
    for told in case.told:
        bearing = (item for item in told.cumul if _bears(item.sentence.text, told.fiche, case, knowledge))
        found += [(told.fiche, item) for item in bearing][:1]
    return found


def is_said_by(text: str, limit: Limit | None) -> bool:
    """Whether the rates of a rule are those of the limit of all public aids, which is told already."""
    if limit is None or not (rates := rates_in(text)):
        return False
    return rates <= {round(share * 100, 2) for share in (limit.share, 1 - limit.share)}


def more_rules(case: Case, said: Collection[str], most: int, knowledge: Knowledge) -> list[Evidence]:
    """Choose further sentences on how these aids add up, likely enough to bear on the question.

    Args:
        case: the aids taken together.
        said: the sentences that stand above.
        most: how many at most.
        knowledge: what every turn draws on.
    """
    fiches = {item.fiche.scheme.id: item.fiche for item in case.told}
    beside = {s.sentence.text for told in case.told for s in told.beside if _POINTER not in s.sentence.text}
    known = [item for item in case.evidence if item.sentence.text in said][:1] or list(case.evidence[:1])
    kept: list[Evidence] = []
    for item in case.evidence:
        fiche, text = fiches.get(item.hit.chunk.subject_id), item.sentence.text
        if item.is_gap or fiche is None or text in said or is_said_by(text, case.limit):
            continue
        is_rule = item.sentence.section == CUMUL
        if len(kept) >= most or not (is_rule or text in beside) or not _bears(text, fiche, case, knowledge):
            continue
        if adds(case.question, [*known, *kept], item, LEAST if is_rule else _LEAST_BESIDE):
            kept.append(item)
    return kept


def tells_of_a_place(text: str, knowledge: Knowledge) -> bool:
    """Whether a sentence names a commune or a body of several: what was done there is no rule."""
    return bool(knowledge.place_names.read(text) - _DEPARTMENTS)


def _bears(text: str, fiche: Fiche, case: Case, knowledge: Knowledge) -> bool:
    """Whether a sentence speaks of no aid but these, and of no other place."""
    beside = set(knowledge.names.firm(text)) - {fiche.scheme.id}
    if beside and beside.isdisjoint(told.fiche.scheme.id for told in case.told):
        return False
    if tells_of_a_place(text, knowledge):
        return False
    named = departments_named(text, knowledge.place_names, knowledge.gazetteer.elsewhere)
    own = {aid.facts.department for aid in case.aids if aid.facts.department}
    own |= {aid.facts.commune.department for aid in case.aids if aid.facts.commune}
    return not named or not named.isdisjoint(own or DEPARTMENTS)
