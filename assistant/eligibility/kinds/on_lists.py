"""What the criteria on lists of communes share: to be on one, by our tables or by the person's word."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping

from assistant.eligibility.facts import Facts
from assistant.eligibility.kind import Case, Change, CriterionKind, FactQuestion, Finding
from assistant.eligibility.three_values import any_of
from assistant.eligibility.words import list_name, spaced
from assistant.reply import CriterionVerdict
from corpus.communes.commune import Commune
from corpus.communes.lists import Presence
from corpus.fiches.criteria import HasLabel, ListedIn
from corpus.labels import LIST_LABELS, TerritoryList


class OnLists(CriterionKind[HasLabel | ListedIn]):
    """On one of the lists at least; what the person claims against a list makes it unknown."""

    asked = "by itself"

    @staticmethod
    @abstractmethod
    def key(list_id: TerritoryList) -> str:
        """Key of the fact that the applicant is on a list."""

    def judge(self, case: Case) -> Finding:
        """Look the commune up in each list, and hold that against what the person says."""
        verdicts: list[CriterionVerdict] = []
        reasons: list[str] = []
        missing: list[str] = []
        used: list[str] = []
        for list_id in self.rule.any_of:
            presence = _presence(list_id, case)
            claim = case.facts.claims.get(self.key(list_id))
            verdict = _listed(presence, claim)
            verdicts.append(verdict)
            reasons.append(_reason(list_id, presence, claim, case.facts.commune))
            if verdict == "unknown":
                missing.append(self.key(list_id))
            elif claim is None:
                used.append(list_id.value)
        verdict = any_of(verdicts)
        telling = [r for r, v in zip(reasons, verdicts, strict=True) if v == verdict]
        return Finding(
            verdict,
            telling[0] if verdict == "met" else " ; ".join(dict.fromkeys(telling)),
            tuple(missing) if verdict == "unknown" else (),
            tuple(used) if verdict != "unknown" else (),
        )

    def remedies(self, facts: Facts, verdict: CriterionVerdict) -> Iterator[tuple[Change, Facts]]:
        """To be on a list, the latest first."""
        for list_id in reversed(self.rule.any_of):
            text = spaced(f"si votre commune fait partie de la liste « {list_name(list_id)} »")
            key = self.key(list_id)
            yield Change(key, True, text), facts.with_claims({key: True})

    @property
    def label(self) -> str:
        """The names of the lists."""
        return spaced(" ou ".join(dict.fromkeys(list_name(item) for item in self.rule.any_of)))

    @property
    def question(self) -> FactQuestion:
        """Whether the commune is on one of the lists; the key is that of the latest."""
        named = " ou ".join(dict.fromkeys(f"« {list_name(name)} »" for name in self.rule.any_of))
        text = spaced(f"Votre commune fait-elle partie de : {named} ?")
        return FactQuestion(self.key(self.rule.any_of[-1]), text, share=0.5)

    @property
    def fact_questions(self) -> Mapping[str, str]:
        """A fact a list, with the name of the list."""
        return {self.key(item): LIST_LABELS[item] for item in self.rule.any_of}

    def settle(self, facts: Facts, *, yes: bool) -> Facts:
        """A yes or a no holds for all the lists that the question names."""
        return facts.with_claims({self.key(item): yes for item in self.rule.any_of})

    @property
    def passage_words(self) -> str:
        """The names of the lists, and the officer's remark."""
        names = " ".join(LIST_LABELS[item] for item in self.rule.any_of)
        return f"lauréates retenues liste {names} {self.remark}"


def _presence(list_id: TerritoryList, case: Case) -> Presence:
    if case.facts.commune is None:
        return Presence.UNKNOWN
    return case.territory.membership(case.facts.commune.insee, list_id).presence


def _listed(presence: Presence, claim: bool | None) -> CriterionVerdict:
    """What the list says, unless the person says the contrary: then it's to be checked."""
    told: CriterionVerdict | None = {Presence.YES: "met", Presence.NO: "not_met"}.get(presence)  # type: ignore[assignment]
    claimed: CriterionVerdict | None = None if claim is None else "met" if claim else "not_met"
    if told is not None and claimed is not None and told != claimed:
        return "unknown"
    return told or claimed or "unknown"


def _reason(list_id: TerritoryList, presence: Presence, claim: bool | None, commune: Commune | None) -> str:
    """Say what the list says, and what the person says when it differs."""
    label = list_name(list_id)
    name = commune.name if commune else "La commune"
    told = {
        Presence.YES: f"{name} figure sur notre liste « {label} »",
        Presence.NO: f"{name} ne figure pas sur la liste « {label} »",
        Presence.UNKNOWN: f"« {label} » : à vérifier, notre liste est incomplète"
        if commune
        else f"« {label} » : à vérifier",
    }[presence]
    if claim is None:
        return spaced(f"{told}.")
    claimed = "vous indiquez en faire partie" if claim else "vous indiquez ne pas en faire partie"
    if presence is Presence.UNKNOWN:
        return spaced(f"« {label} » : {claimed}.")
    agrees = claim is (presence is Presence.YES)
    return spaced(f"{told}{'' if agrees else f', mais {claimed} : à vérifier'}.")
