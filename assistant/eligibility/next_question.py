"""Choose the one question to ask when a verdict hangs on a missing fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.eligibility.assess import Assessment
from assistant.eligibility.facts import (
    COMMUNE,
    EPCI_POPULATION,
    POPULATION,
    Facts,
    apart_key,
    conditions_key,
    criterion_key,
    declined_key,
)
from assistant.eligibility.judge import Judged
from assistant.eligibility.kind import UNSURE, USUAL_SHARE, Case, CriterionKind, FactQuestion
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.words import spaced
from assistant.reply import Asked
from corpus.fiches.criteria import Rule, WindowOpen

ALL, NOT_ALL = "Oui, toutes", "Non, pas toutes"
ASK_COMMUNE = spaced("Pour quelle commune posez-vous la question ?")
ASK_ALL = spaced("Ces conditions sont-elles toutes remplies ?")
# More conditions than this are not read in one go: the others are asked next.
MOST_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the applicant.

    Attributes:
        key: the fact that it settles; ``conditions:<scheme>`` for several at once.
        question: in French, on one line.
        choices: quick answers; empty when the answer is typed.
        criteria: indexes of the criteria that it's about.
        conditions: those that it asks about all at once, one a criterion, to list under it; else empty.
        scheme: the scheme whose verdict hangs on it.
    """

    key: str
    question: str
    choices: tuple[str, ...]
    criteria: tuple[int, ...] = ()
    conditions: tuple[str, ...] = ()
    scheme: str | None = None

    @property
    def text(self) -> str:
        """The question as it is shown, its conditions in a list under it."""
        return "\n".join((self.question, *(f"- {condition}" for condition in self.conditions)))

    @property
    def shape(self) -> Asked:
        """The question as it leaves the program, to come back with the answer."""
        at_once = self.scheme is not None and self.key == conditions_key(self.scheme)
        return Asked(
            about="commune" if self.key == COMMUNE else "conditions" if at_once else "fact",
            scheme=self.scheme,
            criteria=self.criteria,
            fact=None if at_once or self.key == COMMUNE else self.key,
            choices=self.choices,
        )


def next_question(assessment: Assessment, case: Case) -> Ask | None:
    """Choose the question whose answer splits best; None once the verdict can't change or nothing is left.

    Args:
        assessment: the verdict so far.
        case: what it was made with.
    """
    if assessment.verdict != "undetermined":
        return None
    unknown = [item for item in assessment.criteria if item.verdict == "unknown"]
    candidates = [
        (share, ask)
        for share, ask in _candidates(unknown, case)
        if not case.facts.claims.get(declined_key(ask.key))
    ]
    if not candidates:
        return None
    return max(candidates, key=lambda pair: min(pair[0], 1 - pair[0]))[1]


def own_question(kind: CriterionKind[Rule], scheme: str, index: int) -> FactQuestion:
    """The question that asks for one criterion alone; any criterion has one."""
    return kind.question or FactQuestion(criterion_key(scheme, index), kind.asked_alone)


def _candidates(unknown: Sequence[Judged], case: Case) -> Iterator[tuple[float, Ask]]:
    scheme, facts = case.scheme.id, case.facts
    left: list[Judged] = []
    for item in unknown:
        if isinstance(item.criterion, WindowOpen):
            continue  # whoever asks can't know better than the sources
        kind = kind_of(item.criterion)
        if facts.commune is None and {COMMUNE, POPULATION, EPCI_POPULATION} & set(item.missing):
            yield (
                kind.share_excluded(case.territory),
                Ask(COMMUNE, ASK_COMMUNE, (), (item.index,), (), scheme),
            )
        elif kind.question is not None and _is_asked_alone(kind, facts, alone=len(unknown) == 1):
            yield kind.question.share, _alone(kind.question, item, scheme)
        else:
            left.append(item)
    if facts.claims.get(apart_key(scheme)):
        yield from ((USUAL_SHARE, ask) for ask in _apart(scheme, left, facts))
    elif left:
        yield USUAL_SHARE, _together(left[:MOST_AT_ONCE], case)


def _is_asked_alone(kind: CriterionKind[Rule], facts: Facts, *, alone: bool) -> bool:
    """Whether a criterion is asked about by itself, rather than in a list with others."""
    if kind.asked == "at the end":
        declined = kind.question is not None and facts.claims.get(declined_key(kind.question.key))
        return alone and not declined
    return kind.asked == "by itself"


def _apart(scheme: str, left: Sequence[Judged], facts: Facts) -> Iterator[Ask]:
    """The first condition that the person may know, once an answer to all at once wasn't clear."""
    asks = (_alone(own_question(kind_of(item.criterion), scheme, item.index), item, scheme) for item in left)
    yield from [ask for ask in asks if not facts.claims.get(declined_key(ask.key))][:1]


def _together(left: Sequence[Judged], case: Case) -> Ask:
    """One question for all the conditions that are left."""
    scheme, kinds = case.scheme.id, [kind_of(item.criterion) for item in left]
    if len(left) == 1 and kinds[0].asked == "with others" and kinds[0].question is not None:
        return _alone(kinds[0].question, left[0], scheme)
    indexes, conditions = (
        tuple(item.index for item in left),
        tuple(kind.still_open(case).line for kind in kinds),
    )
    return Ask(conditions_key(scheme), ASK_ALL, (ALL, NOT_ALL, UNSURE), indexes, conditions, scheme)


def _alone(question: FactQuestion, item: Judged, scheme: str) -> Ask:
    return Ask(question.key, question.text, question.choices, (item.index,), (), scheme)
