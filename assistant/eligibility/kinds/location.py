"""The criterion on the place: a department, an intercommunal body or a commune of a given few."""

from __future__ import annotations

from assistant.eligibility.facts import COMMUNE
from assistant.eligibility.kind import Case, CriterionKind, Finding
from assistant.eligibility.words import body_reason, location_reason, spaced
from assistant.reply import CriterionVerdict
from corpus.communes.commune import DEPARTMENTS
from corpus.communes.territory import Territory
from corpus.fiches.criteria import LocatedIn

_UNKNOWN = "La commune n’est pas précisée."
_NOT_COVERED = "Cette aide n’y est pas ouverte."


class Location(CriterionKind[LocatedIn]):
    """In one of these places."""

    interest = 3

    def judge(self, case: Case) -> Finding:
        """Look where the commune is; without a commune, what its department alone decides."""
        commune = case.facts.commune
        if commune is None:
            return self._by_department(case.facts.department)
        inside = (
            self.rule.region is not None
            or commune.department in self.rule.departments
            or commune.epci_siren in self.rule.epci
            or commune.insee in self.rule.communes
        )
        verdict: CriterionVerdict = "met" if inside else "not_met"
        if self.rule.epci:
            because = body_reason(commune, case.territory.epci_of(commune))
            return Finding(verdict, because, (), ("body",))
        because = location_reason(commune) if inside else f"{location_reason(commune)} {_NOT_COVERED}"
        return Finding(verdict, because, (), ("location",))

    def _by_department(self, department: str | None) -> Finding:
        """Judge a place by the department alone: it decides unless communes or bodies are listed."""
        if department is None or self.rule.epci or self.rule.communes:
            return Finding("unknown", _UNKNOWN, (COMMUNE,))
        inside = self.rule.region is not None or department in self.rule.departments
        told = spaced(f"Département indiqué : {DEPARTMENTS[department]}.")
        return Finding("met", told) if inside else Finding("not_met", f"{told} {_NOT_COVERED}")

    @property
    def label(self) -> str:
        """The places; the numbers of bodies and communes would tell a reader nothing."""
        if self.rule.region:
            return spaced("Située : Hauts-de-France")
        names = [DEPARTMENTS[item] for item in self.rule.departments]
        names += ["intercommunalité du périmètre"] if self.rule.epci else []
        names += ["commune du périmètre"] if self.rule.communes else []
        return spaced(f"Située : {', '.join(names)}")

    def share_excluded(self, territory: Territory) -> float:
        """Share of the communes that lie in other departments."""
        if self.rule.region:
            return 0.0
        if not self.rule.departments:
            return super().share_excluded(territory)
        inside = sum(territory.by_department.get(name, 0) for name in set(self.rule.departments))
        return (len(territory.communes) - inside) / len(territory.communes)

    @property
    def passage_words(self) -> str:
        """The places, and the officer's remark."""
        return f"situé département périmètre {self.label} {self.remark}"
