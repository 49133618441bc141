"""Judge one criterion of a scheme against what is known: met, not met or unknown, and why, in French."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.eligibility.facts import criterion_key
from assistant.eligibility.kind import Case
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.words import STATED_AS_A_WHOLE
from assistant.reply import CriterionVerdict
from corpus.fiches.criteria import Criterion


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion, judged.

    Attributes:
        criterion: the rule.
        index: its place in the scheme's list, from 0.
        verdict: met, not met or unknown.
        because: why, in French, with the figures used.
        missing: keys of the facts that would settle it; empty when it is settled.
        commune_facts: what of the commune table was used: ``population``, or a list's name.
    """

    criterion: Criterion
    index: int
    verdict: CriterionVerdict
    because: str
    missing: tuple[str, ...] = ()
    commune_facts: tuple[str, ...] = ()


def judge(criterion: Criterion, index: int, case: Case) -> Judged:
    """Judge a criterion; where its kind can't, what the person said of it as a whole settles it."""
    found = kind_of(criterion).judge(case)
    settled = case.facts.claims.get(criterion_key(case.scheme.id, index))
    if found.verdict != "unknown" or settled is None:
        return Judged(criterion, index, found.verdict, found.because, found.missing, found.commune_facts)
    return Judged(criterion, index, "met" if settled else "not_met", STATED_AS_A_WHOLE[settled])
