"""The criterion on inhabitants: those of the commune, or of its intercommunal body, between two bounds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from math import inf

from assistant.eligibility.facts import EPCI_POPULATION, POPULATION, Facts, Range
from assistant.eligibility.kind import Case, Change, CriterionKind, Finding
from assistant.eligibility.three_values import compare
from assistant.eligibility.words import number, range_words, spaced
from assistant.reply import CriterionVerdict
from corpus.communes.territory import Territory
from corpus.fiches.criteria import PopulationBetween


class Population(CriterionKind[PopulationBetween]):
    """So many inhabitants; what the person states goes before the table."""

    interest = 0

    def judge(self, case: Case) -> Finding:
        """Compare the inhabitants with the bounds."""
        known, from_table = self._known(case.facts, case.territory)
        verdict = compare(
            known, Range(self.rule.min_inclusive or 0, inf if self._most is None else self._most)
        )
        because = self._because(known, case.facts, from_table=from_table)
        used = (self._key,) if from_table and verdict != "unknown" else ()
        return Finding(verdict, because, (self._key,) if verdict == "unknown" else (), used)

    def remedies(self, facts: Facts, verdict: CriterionVerdict) -> Iterator[tuple[Change, Facts]]:
        """A number inside the bounds, as long as nothing is known of the commune."""
        is_open = verdict == "unknown" and facts.population is None and facts.commune is None
        if is_open and self.rule.of == "commune":
            inside = self._most if self._most is not None else self.rule.min_inclusive or 1
            text = spaced(f"si la condition « {self.label} » est remplie")
            yield Change(POPULATION, inside, text), replace(facts, population=Range.exactly(inside))

    @property
    def label(self) -> str:
        """Whose inhabitants, and how many."""
        who = "Commune" if self.rule.of == "commune" else "Intercommunalité"
        return spaced(f"{who} {self._bounds}")

    def share_excluded(self, territory: Territory) -> float:
        """Share of the communes that the bounds leave out."""
        if self.rule.of != "commune":
            return super().share_excluded(territory)
        counts = territory.populations
        high = self.rule.max_exclusive or (self.rule.max_inclusive or 10**9) + 1
        inside = bisect_left(counts, high) - bisect_left(counts, self.rule.min_inclusive or 0)
        return (len(counts) - inside) / len(counts)

    @property
    def passage_words(self) -> str:
        """Inhabitants, and the officer's remark."""
        return f"population habitants communes {self.remark}"

    @property
    def figures(self) -> frozenset[float]:
        """The bounds."""
        bounds = (self.rule.min_inclusive, self.rule.max_exclusive, self.rule.max_inclusive)
        return frozenset(float(bound) for bound in bounds if bound is not None)

    @property
    def _key(self) -> str:
        return POPULATION if self.rule.of == "commune" else EPCI_POPULATION

    @property
    def _most(self) -> int | None:
        """The highest number allowed; None without a limit."""
        return self.rule.max_inclusive if self.rule.max_exclusive is None else self.rule.max_exclusive - 1

    def _known(self, facts: Facts, territory: Territory) -> tuple[Range | None, bool]:
        """The population that counts, and whether it comes from the table."""
        stated = facts.population if self.rule.of == "commune" else facts.epci_population
        if stated is not None or facts.commune is None:
            return stated, False
        if self.rule.of == "commune":
            return Range.exactly(facts.commune.population), True
        return Range.exactly(territory.epci_of(facts.commune).population), True

    def _because(self, known: Range | None, facts: Facts, *, from_table: bool) -> str:
        """Give the inhabitants and the threshold: "Nieppe : 7 321 habitants, seuil : moins de 20 000"."""
        threshold = f"seuil : {self._bounds.removeprefix('de ').replace(' habitants', '')}"
        if known is None:
            return spaced(f"Population non précisée, {threshold}.")
        count = f"{range_words(known)} habitants"
        if from_table and facts.commune is not None:
            name = facts.commune.name
            name = name if self.rule.of == "commune" else f"intercommunalité de {name}"
            return spaced(f"{name} : {count}, {threshold}.")
        return spaced(f"{count[:1].upper()}{count[1:]} d’après vous, {threshold}.")

    @property
    def _bounds(self) -> str:
        low, high = self.rule.min_inclusive, self.rule.max_exclusive
        strict = high is not None
        high = high if high is not None else self.rule.max_inclusive
        if high is None:
            return f"d’au moins {number(low or 0)} habitants"
        most = f"moins de {number(high)}" if strict else f"{number(high)} au plus"
        if low is not None:
            return f"de {number(low)} habitants au moins et de {most} habitants"
        return f"de {most} habitants" if strict else f"de {number(high)} habitants au plus"
