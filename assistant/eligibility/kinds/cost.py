"""The criterion on the cost: the eligible expense lies between two bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import inf

from assistant.eligibility.facts import COST, Facts, Range
from assistant.eligibility.kind import UNSURE, Case, Change, CriterionKind, FactQuestion, Finding
from assistant.eligibility.three_values import compare
from assistant.eligibility.words import number, range_words, spaced
from assistant.reply import CriterionVerdict
from corpus.fiches.criteria import CostBetween

ASK_COST = spaced("Quel est le montant de la dépense prévue, en euros ?")


class Cost(CriterionKind[CostBetween]):
    """So many euros."""

    interest = 6
    asked = "at the end"

    def judge(self, case: Case) -> Finding:
        """Compare the cost with the bounds."""
        bounds = Range(self.rule.min_inclusive or 0.0, self.rule.max_inclusive or inf)
        verdict = compare(case.facts.cost, bounds)
        return Finding(verdict, self._because(case.facts.cost), (COST,) if verdict == "unknown" else ())

    def remedies(self, facts: Facts, verdict: CriterionVerdict) -> Iterator[tuple[Change, Facts]]:
        """A cost at the bound."""
        to = self.rule.min_inclusive or self.rule.max_inclusive or 0.0
        text = spaced(f"si la condition « {self.label} » est remplie")
        yield Change(COST, int(to), text), replace(facts, cost=Range.exactly(to))

    @property
    def label(self) -> str:
        """The expense that is needed."""
        return spaced(f"Dépense {self._bounds}")

    @property
    def question(self) -> FactQuestion:
        """How much, in euros."""
        return FactQuestion(COST, ASK_COST, (UNSURE,), 0.2)

    @property
    def sections(self) -> tuple[str, ...]:
        """Where amounts stand first."""
        return ("Montant", "Dépenses éligibles", "Bénéficiaires")

    @property
    def passage_words(self) -> str:
        """Words of least expenses, and the officer's remark."""
        return f"dépense coût minimum plancher {self.remark}"

    @property
    def figures(self) -> frozenset[float]:
        """The bounds."""
        bounds = (self.rule.min_inclusive, self.rule.max_inclusive)
        return frozenset(bound for bound in bounds if bound is not None)

    def _because(self, known: Range | None) -> str:
        if known is None:
            return spaced(f"Montant de la dépense non précisé, il faut une dépense {self._bounds}.")
        cost = f"de {range_words(known)}".replace("de environ", "d’environ")
        return spaced(f"Dépense {cost} € d’après vous, il faut une dépense {self._bounds}.")

    @property
    def _bounds(self) -> str:
        low, high = self.rule.min_inclusive, self.rule.max_inclusive
        if low is not None and high is not None:
            return f"de {number(low)} à {number(high)} €"
        return f"d’au moins {number(low)} €" if low is not None else f"de {number(high or 0)} € au plus"
