"""Every kind of criterion has its class, and a new one needs no more than a class."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic import Field
from verdict_builders import (
    TODAY,
    asked_by,
    catalogue,
    check,
    commune,
    either,
    population,
    scheme_of,
    territory,
)

from assistant.eligibility.facts import Facts
from assistant.eligibility.kind import Case, CriterionKind, Finding
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.alternative import Alternative
from assistant.eligibility.next_question import own_question
from corpus.fiches.criteria import Criterion, OneOf, Rule, Simple
from corpus.labels import Beneficiary

EACH = [criterion for scheme in catalogue().schemes for criterion in scheme.criteria]
NIEPPE = Facts(commune=commune("59431"))


def case(facts: Facts) -> Case:
    return Case(scheme_of(), facts, territory(), TODAY)


def test_every_kind_has_a_class_of_its_own() -> None:
    """The corpus holds every kind: none is added to the union without being met here."""
    classes = {type(criterion): type(kind_of(criterion)) for criterion in EACH}
    assert classes.keys() == {*get_args(Simple), OneOf}
    assert len(set(classes.values())) == len(classes)


@pytest.mark.parametrize("criterion", EACH)
def test_each_criterion_is_judged_named_asked_and_found(criterion: Criterion) -> None:
    kind = kind_of(criterion)
    found = kind.judge(Case(scheme_of(criterion), NIEPPE, territory(), TODAY))
    assert found.because
    assert (found.verdict == "unknown") is bool(found.missing)
    assert kind.label
    assert kind.line
    assert kind.passage_words.strip()
    assert kind.sections
    question = own_question(kind, "essai", 0)
    assert question.key
    assert question.text.endswith("?")
    assert question.text.count("  ") == 0


class Altitude(Rule):
    """A kind of criterion that the corpus doesn't know."""

    kind: str = "altitude"
    above: int = Field(default=100)


class HighUp(CriterionKind[Altitude]):
    """All that must be written for it."""

    def judge(self, case: Case) -> Finding:
        """High enough, when it's said."""
        high = case.facts.claims.get("high")
        if high is None:
            return Finding("unknown", "Altitude non précisée.", ("high",))
        return Finding("met" if high else "not_met", f"Seuil : {self.rule.above} m.")

    @property
    def label(self) -> str:
        """The altitude."""
        return f"Au-dessus de {self.rule.above} m"


@pytest.fixture
def high() -> HighUp:
    return HighUp(Altitude(source=(1,), note="Sommet « du Nord » signalé."))


def test_a_new_kind_judges_and_names_the_rest_is_there(high: HighUp) -> None:
    assert high.judge(case(Facts())).verdict == "unknown"
    assert high.judge(case(Facts().with_claims({"high": True}))).verdict == "met"
    question = own_question(high, "essai", 2)
    assert question.key == "criterion:essai:2"
    assert question.text == "Cette condition est-elle remplie\u00a0: Au-dessus de 100 m\u00a0?"
    assert (high.line, high.says("Parce que."), dict(high.fact_questions)) == (high.label, "Parce que.", {})
    assert high.remark.split() == ["Sommet", "signalé."]
    assert list(high.remedies(Facts(), "unknown")) == []


def test_a_new_kind_stands_in_an_alternative(high: HighUp) -> None:
    rule = either(check("a"), population(below=10))
    choice = Alternative(rule, (high, kind_of(asked_by(Beneficiary.COMMUNE))))
    assert choice.judge(case(Facts())).missing == ("high", "beneficiary")
    assert choice.judge(case(Facts(beneficiary=Beneficiary.COMMUNE))).verdict == "met"
    assert choice.judge(case(Facts().with_claims({"high": True}))).because == "Seuil : 100 m."
    assert "Au-dessus de 100 m" in choice.label


def test_a_kind_that_does_not_judge_is_refused() -> None:
    class Mute(CriterionKind[Altitude]):
        """It says nothing."""

    with pytest.raises(TypeError, match="abstract"):
        Mute(Altitude(source=(1,)))  # type: ignore[abstract]


def test_an_alternative_asks_once_at_its_end() -> None:
    labels = [kind_of(rule).label for rule in EACH if rule.kind == "one_of"]
    asking = [label for label in labels if label.endswith("?")]
    assert asking
    assert [label for label in asking if "?\u00a0;" in label] == []
