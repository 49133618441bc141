"""Which aids a question takes together: those told, those of a funder told, or those that fit the need."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass

from assistant.answering.all_aids import CUMUL, RULES
from assistant.choosing.evidence import Evidence
from assistant.reading.intents import Intent, find_intents
from assistant.reading.understand import Question
from assistant.search.schemes import RankedScheme, funders_named
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.scheme import Scheme
from corpus.labels import AidType, Funder, RelationKind, State, Topic

MOST_TOLD, MOST_FOUND = 4, 4
# How likely it is, by what is done or by what is asked, that aids told by their names are meant together.
_LIKELY = 0.4
# From which probability they are, where the wording says so too.
_HINTED = 0.05
# From which probability they are where common words alone tell one of them, or no wording says so.
_SURE = 0.5
# From which probability a cost alone makes a question one about a plan, no aid being told.
_PLANNED = 0.7
# From which probabilities it is, where the answer stands in the section on how aids add up.
_ABOUT_CUMUL, _MAY_COMBINE = 0.3, 0.3
_SEVERAL = 2
# How likely an aid must be to be meant by its funder or by common words; how like the need, to be proposed.
_MEANT, _BORNE_OUT, _LIKE = 0.1, 0.05, 0.39
_PAYS = frozenset({AidType.GRANT, AidType.LOAN})


@dataclass(frozen=True, slots=True)
class Combined:
    """The aids that a question takes together.

    Attributes:
        schemes: their ids, those told first.
        are_told: whether the person told them; else they are proposed for the need.
    """

    schemes: tuple[str, ...]
    are_told: bool


def combines(
    question: Question,
    named: Sequence[str],
    called: Collection[str],
    evidence: Sequence[Evidence],
    *,
    cost_told: bool,
) -> bool:
    """Whether a question is about aids taken together, rather than one against the other.

    Two aids at least are meant by their names, or else the wording or the reading is sure of it: common
    words ("caméras", "étude préalable") tell a need as well as an aid.

    Args:
        question: the question, read.
        named: the schemes that it names, be it by common words.
        called: those of them that a name of their own tells.
        evidence: its sentences weighed, best first.
        cost_told: whether it tells what the project costs.
    """
    read = question.read
    if read is None or Intent.DIFFERENCE in find_intents(question.text):
        return False
    together, cumul = read.acts["combine"], read.aspects["cumul"]
    if read.acts["compare"] >= max(together, _HINTED):
        return False
    says_so = Intent.CUMULATE in question.intents
    if len(named) >= _SEVERAL and (together >= _SURE or (says_so and together >= _HINTED)):
        return True
    if len(called) >= _SEVERAL:
        return says_so or 1 - (1 - together) * (1 - cumul) >= _LIKELY
    is_said = says_so or (together >= _SURE and read.aspect == "cumul")
    if read.act == "combine" and (is_said or (cost_told and together >= _PLANNED)):
        return True
    tells = bool(evidence) and evidence[0].sentence.section == CUMUL
    return tells and cumul >= _ABOUT_CUMUL and together >= _MAY_COMBINE


def combined(
    question: Question, named: Sequence[str], ranked: Sequence[RankedScheme], catalogue: Catalogue
) -> Combined:
    """Find the aids that a question takes together.

    Args:
        question: the question, its subject settled.
        named: the schemes that it names, be it by common words.
        ranked: the schemes that it may be about, likeliest first.
        catalogue: the schemes.
    """
    likely = {item.scheme_id: item.likelihood for item in ranked}
    sure = [*question.schemes, *(name for name in named if likely.get(name, 0.0) >= _BORNE_OUT)]
    told = _parts_for_wholes(tuple(dict.fromkeys(sure)), ranked, catalogue)
    told = tuple(name for name in told if name != RULES)
    told += _of_funders_told(question, told, ranked, catalogue)
    if told:
        return Combined(told[:MOST_TOLD], are_told=bool(named or question.schemes))
    return Combined(_fitting(question, ranked, catalogue)[:MOST_FOUND], are_told=False)


def _parts_for_wholes(
    told: Sequence[str], ranked: Sequence[RankedScheme], catalogue: Catalogue
) -> tuple[str, ...]:
    """The schemes, a policy of several giving way to its part that is told, else to the likeliest of them.

    One that another of them has taken the place of goes too.
    """
    family: dict[str, set[str]] = {}
    for scheme in catalogue.schemes:
        for link in scheme.relations:
            if link.kind is RelationKind.PART_OF:
                family.setdefault(link.scheme, set()).add(scheme.id)
    kept: list[str] = []
    for name in told:
        parts = family.get(name, set())
        if len(told) == 1 or len(parts) < 2:
            kept.append(name)
        elif not parts & set(told):
            meant = {name, *parts}
            kept.append(next((item.scheme_id for item in ranked if item.scheme_id in meant), name))
    known = [name for name in dict.fromkeys(kept) if name in catalogue]
    replaced = {
        name
        for name in known
        for link in catalogue.scheme(name).relations
        if link.kind is RelationKind.REPLACED_BY and link.scheme in known
    }
    return tuple(name for name in known if name not in replaced)


def _of_funders_told(
    question: Question, told: Sequence[str], ranked: Sequence[RankedScheme], catalogue: Catalogue
) -> tuple[str, ...]:
    """For each funder that the question speaks of and no scheme told is of: its likeliest scheme."""
    known = {catalogue.scheme(name).funder for name in told}
    found = []
    for funder in _in_order(funders_named(question.text) - known):
        own = (
            item
            for item in ranked
            if item.scheme_id in catalogue and catalogue.scheme(item.scheme_id).funder is funder
        )
        best = next((item for item in own if item.scheme_id != RULES), None)
        if best is not None and best.likelihood >= _MEANT:
            found.append(best.scheme_id)
    return tuple(found)


def _in_order(funders: Set[Funder]) -> list[Funder]:
    return [funder for funder in Funder if funder in funders]


def _fitting(question: Question, ranked: Sequence[RankedScheme], catalogue: Catalogue) -> tuple[str, ...]:
    """The aids that fit a need: near to it, still open, and the State's for any project of a commune."""
    if ranked and ranked[0].scheme_id == RULES:
        return ()
    near = [item.scheme_id for item in ranked if item.like >= _LIKE and item.likelihood >= _BORNE_OUT]
    general = [scheme.id for scheme in catalogue.schemes if _is_for_any_project(scheme)]
    fit = [name for name in near if name in catalogue and _may_be_proposed(catalogue.scheme(name))]
    return tuple(dict.fromkeys((*fit[: MOST_FOUND - len(general)], *general)))


def _may_be_proposed(scheme: Scheme) -> bool:
    return pays(scheme) and scheme.status.state is not State.CLOSED


def _is_for_any_project(scheme: Scheme) -> bool:
    return _may_be_proposed(scheme) and Topic.GENERAL in scheme.topics and scheme.funder is Funder.STATE


def pays(scheme: Scheme) -> bool:
    """Whether a scheme pays, rather than advises or gives a label."""
    return bool(_PAYS & set(scheme.aid_types))


def have_one_owner(schemes: Sequence[Scheme]) -> bool:
    """Whether one and the same applicant may ask for all of these schemes."""
    owners = [set(scheme.beneficiaries) for scheme in schemes]
    return not owners or bool(set.intersection(*owners))
