"""What a plan still asks: of each aid taken together, the first conditions that nothing told settles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from assistant.eligibility.citations import CitationBook
from assistant.eligibility.facts import COMMUNE, EPCI_POPULATION, POPULATION, Facts
from assistant.eligibility.judge import Judged
from assistant.eligibility.kind import Case, CriterionKind
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.alternative import Alternative
from assistant.eligibility.next_question import ASK_COMMUNE
from assistant.eligibility.shape import cite_parts
from assistant.lines import Line, line
from assistant.messages import verdicts
from corpus.fiches.criteria import BeneficiaryIn, LocatedIn, Rule
from corpus.fiches.fiche import Fiche
from corpus.labels import Beneficiary

_OF_THE_PLACE = frozenset({COMMUNE, POPULATION, EPCI_POPULATION})
# From how many words on a condition is asked after the others, and how many are asked of an aid alone.
_LONG, _MOST_ALONE = 25, 2


def questions_left(
    unknown: Sequence[Judged], fiche: Fiche, case: Case, book: CitationBook, *, is_told: bool
) -> tuple[Line, ...]:
    """Write the conditions of an aid that are left to check, each as one question.

    Args:
        unknown: the criteria that aren't settled, in the order of the fiche.
        fiche: the fiche of the aid.
        case: what they were judged with.
        book: issues the numbers of the citations.
        is_told: whether the person told the aid: then its Département is theirs.
    """
    lines: dict[str, Line] = {}
    for judged in unknown:
        kind = next(_decisive(kind_of(judged.criterion), case), None)
        if kind is None or _is_understood(kind.rule, fiche, case.facts, is_told=is_told):
            continue
        text = _question(kind, kind.judge(case).missing, case.facts)
        if text != ASK_COMMUNE:
            text = verdicts.condition_of(fiche.scheme.label, text)
        if text not in lines:
            lines[text] = line("condition", text, cite_parts(kind, fiche, book))
    return tuple(sorted(lines.values(), key=lambda told: len(told.said.split()) > _LONG))


def most_telling(aids: Sequence[Sequence[Line]], most: int, said: Collection[int] = ()) -> list[Line]:
    """The first condition of each aid, or the first ones of an aid alone; none that is asked already.

    Args:
        aids: the conditions of each aid.
        most: how many at most.
        said: the numbers of the citations of the rules that are told: their condition isn't asked again.
    """
    left = [[told for told in own if not set(told.citations) <= set(said)] for own in aids]
    first = [told for own in left for told in own[: 1 if len(aids) > 1 else _MOST_ALONE]]
    return list({told.said: told for told in first}.values())[:most]


def _decisive(kind: CriterionKind[Rule], case: Case) -> Iterator[CriterionKind[Rule]]:
    """Of an alternative the first case that isn't settled, else the condition itself."""
    left = kind.still_open(case)
    if not isinstance(left, Alternative):
        yield left
        return
    for part in left.parts:
        if part.judge(case).verdict == "unknown":
            yield from _decisive(part, case)


def _is_understood(rule: Rule, fiche: Fiche, facts: Facts, *, is_told: bool) -> bool:
    """Whether nobody would ask it: where the aid that they name is, whether a town hall may ask for it."""
    if isinstance(rule, LocatedIn):
        return is_told
    if isinstance(rule, BeneficiaryIn):
        return facts.beneficiary is None and Beneficiary.COMMUNE in fiche.scheme.beneficiaries
    return False


def _question(kind: CriterionKind[Rule], missing: Sequence[str], facts: Facts) -> str:
    """A condition as a question: which commune, where its place or its inhabitants would settle it."""
    if facts.commune is None and _OF_THE_PLACE & set(missing):
        return ASK_COMMUNE
    return kind.question.text if kind.question is not None else kind.asked_alone
