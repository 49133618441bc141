"""The criterion on who asks: a commune, an association, a company."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.eligibility.facts import BENEFICIARY, Facts
from assistant.eligibility.kind import Case, Change, CriterionKind, FactQuestion, Finding
from assistant.eligibility.words import spaced
from assistant.reply import CriterionVerdict
from corpus.fiches.criteria import BeneficiaryIn
from corpus.labels import BENEFICIARY_LABELS, Beneficiary

ASK_WHO = spaced("Qui ferait la demande ?")
_UNKNOWN = "Qui demande (commune, intercommunalité, association, entreprise…) n’est pas précisé."
_USUAL = (
    Beneficiary.COMMUNE,
    Beneficiary.EPCI,
    Beneficiary.ASSOCIATION,
    Beneficiary.COMPANY,
    Beneficiary.INDIVIDUAL,
)
_FEMININE = frozenset({Beneficiary.COMMUNE, Beneficiary.EPCI, Beneficiary.ASSOCIATION, Beneficiary.COMPANY})
_COLLECTIVE = "collectivité commune intercommunalité groupement association public maître d’ouvrage"


class ApplicantIs(CriterionKind[BeneficiaryIn]):
    """Asked by one of these kinds of applicants."""

    asked = "by itself"

    def judge(self, case: Case) -> Finding:
        """Compare who asks with who may."""
        known = case.facts.beneficiary
        if known is None:
            return Finding("unknown", _UNKNOWN, (BENEFICIARY,))
        who = f"{'Une' if known in _FEMININE else 'Un'} {BENEFICIARY_LABELS[known]}"
        if known in self.rule.any_of:
            return Finding("met", f"{who} peut en faire la demande.")
        return Finding(
            "not_met", spaced(f"{who} ne peut pas en faire la demande ; le peuvent : {self._allowed}.")
        )

    def remedies(self, facts: Facts, verdict: CriterionVerdict) -> Iterator[tuple[Change, Facts]]:
        """Another who carries the project: the intercommunal body or the commune rather than others."""
        wanted = (Beneficiary.EPCI, Beneficiary.COMMUNE, *self.rule.any_of)
        to = next(item for item in wanted if item in self.rule.any_of)
        text = spaced(f"si le projet est porté par : {BENEFICIARY_LABELS[to]}")
        yield Change(BENEFICIARY, to.value, text), replace(facts, beneficiary=to)

    @property
    def label(self) -> str:
        """Who may ask."""
        return spaced(f"Demandeur : {self._allowed}")

    @property
    def question(self) -> FactQuestion:
        """Who asks, among the usual kinds and those allowed."""
        shown = dict.fromkeys((*_USUAL, *self.rule.any_of))
        choices = (BENEFICIARY_LABELS[kind] for kind in shown)
        return FactQuestion(BENEFICIARY, ASK_WHO, tuple(text[:1].upper() + text[1:] for text in choices), 0.3)

    @property
    def passage_words(self) -> str:
        """Who may ask, and the officer's remark."""
        labels = " ".join(BENEFICIARY_LABELS[item] for item in self.rule.any_of)
        return f"s’adresse bénéficiaires {labels} {_COLLECTIVE} {self.remark}"

    @property
    def _allowed(self) -> str:
        return ", ".join(BENEFICIARY_LABELS[item] for item in self.rule.any_of)
