"""What a message answers to the question that was asked just before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_builders import (
    TODAY,
    about,
    asked_by,
    catalogue,
    check,
    commune,
    cost,
    labelled,
    listed,
    scheme_of,
    territory,
)

from assistant.eligibility.assess import assess
from assistant.eligibility.facts import Facts, Range, conditions_key, criterion_key, declined_key
from assistant.eligibility.kind import NO, UNSURE, YES
from assistant.eligibility.kinds.cost import ASK_COST
from assistant.eligibility.next_question import (
    ALL,
    NOT_ALL,
    Ask,
    next_question,
)
from assistant.reading.answers import read_answer
from corpus.fiches.scheme import Scheme
from corpus.labels import Beneficiary, TerritoryList, Topic

TOWN = Facts(commune=commune("59431"), beneficiary=Beneficiary.COMMUNE)
QUESTION = "Le projet porte-t-il sur un commerce ?"
WITH_CRITERIA = [scheme for scheme in catalogue().schemes if scheme.criteria]


def ask(scheme: Scheme, facts: Facts | None = None) -> Ask | None:
    known = facts or Facts()
    return next_question(assess(scheme, known, territory(), TODAY), known, territory())


def after(scheme: Scheme, answer: str, facts: Facts | None = None) -> Facts:
    """The facts after an answer to the question that is asked."""
    asked = ask(scheme, facts)
    assert asked is not None
    return read_answer(asked.text, answer, [scheme], facts or Facts())


def verdict(scheme: Scheme, facts: Facts) -> str:
    return assess(scheme, facts, territory(), TODAY).verdict


@pytest.mark.parametrize("scheme", WITH_CRITERIA, ids=lambda scheme: scheme.id)
def test_the_question_of_each_scheme_is_read_back_whatever_the_answer(scheme: Scheme) -> None:
    for facts in (Facts(), TOWN):
        asked = ask(scheme, facts)
        if asked is None or not asked.choices:
            continue
        assert all(0 <= index < len(scheme.criteria) for index in asked.criteria)
        for choice in asked.choices:
            told = read_answer(asked.text, choice, [scheme], facts)
            assert told != facts, choice
            again = ask(scheme, told)
            assert again is None or again.text != asked.text, choice


YES_WORDS = ["Oui", "oui.", "OUI !", "ouais", "oui tout à fait", "Tout à fait", "exactement", "bien sûr"]
NO_WORDS = ["Non", "non.", "nan", "non, pas du tout", "Pas du tout", "aucun", "jamais"]
UNSURE_WORDS = ["Je ne sais pas", "je sais pas", "aucune idée", "jsp", "chais pas", "Je n’en suis pas sûr"]


@pytest.mark.parametrize("words", YES_WORDS)
def test_yes(words: str) -> None:
    assert after(scheme_of(check("a", QUESTION)), words).claims["a"] is True


@pytest.mark.parametrize("words", NO_WORDS)
def test_no(words: str) -> None:
    assert after(scheme_of(check("a", QUESTION)), words).claims["a"] is False


@pytest.mark.parametrize("words", UNSURE_WORDS)
def test_unsure_settles_nothing_and_is_not_asked_again(words: str) -> None:
    scheme = scheme_of(check("a", QUESTION))
    facts = after(scheme, words)
    assert "a" not in facts.claims
    assert facts.claims[declined_key("a")] is True
    assert verdict(scheme, facts) == "undetermined"
    assert ask(scheme, facts) is None


@pytest.mark.parametrize("words", ["Quel est le montant ?", "C’est pour une boulangerie", "", "…", "12"])
def test_another_message_answers_nothing(words: str) -> None:
    assert after(scheme_of(check("a", QUESTION)), words) == Facts()


@pytest.mark.parametrize("expected", [True, False])
@pytest.mark.parametrize(("words", "yes"), [(YES, True), (NO, False)])
def test_the_answer_and_the_expected_one_make_the_verdict(expected: bool, words: str, yes: bool) -> None:
    scheme = scheme_of(check("a", QUESTION, expected=expected))
    found = verdict(scheme, after(scheme, words))
    assert found == ("eligible" if yes is expected else "not_eligible")


def test_all_conditions_at_once() -> None:
    scheme = scheme_of(check("a"), check("b", expected=False))
    told = after(scheme, ALL)
    assert verdict(scheme, told) == "eligible"
    assert told.claims[criterion_key("essai", 1)] is True
    told = after(scheme, NOT_ALL)
    assert verdict(scheme, told) == "not_eligible"
    assert "a" not in told.claims
    told = after(scheme, UNSURE)
    assert verdict(scheme, told) == "undetermined"
    assert told.claims[declined_key(conditions_key("essai"))] is True
    assert ask(scheme, told) is None


def test_the_project() -> None:
    scheme = scheme_of(about(Topic.SHOP, Topic.CRAFT, question=QUESTION))
    assert verdict(scheme, after(scheme, YES)) == "eligible"
    assert verdict(scheme, after(scheme, NO)) == "not_eligible"


@pytest.mark.parametrize("kind", ["label", "list"])
def test_lists(kind: str) -> None:
    lists = (TerritoryList.VILLAGES_AVENIR, TerritoryList.FRANCE_SERVICES)
    scheme = scheme_of(labelled(*lists) if kind == "label" else listed(*lists))
    assert verdict(scheme, after(scheme, YES)) == "eligible"
    assert verdict(scheme, after(scheme, NO)) == "not_eligible"
    assert ask(scheme, after(scheme, UNSURE)) is None


@pytest.mark.parametrize(
    ("words", "euros"),
    [
        ("45 000 €", 45000),
        ("45000", 45000),
        ("45\u00a0000 euros", 45000),
        ("45k", 45000),
        ("12.500 €", 12500),
    ],
)
def test_the_cost(words: str, euros: float) -> None:
    assert after(scheme_of(cost(5000)), words).cost == Range.exactly(euros)


def test_a_cost_that_is_not_known_is_not_asked_again() -> None:
    scheme = scheme_of(cost(5000))
    facts = after(scheme, UNSURE)
    assert facts.cost is None
    again = ask(scheme, facts)
    assert again is None or ASK_COST not in again.text


@pytest.mark.parametrize(("words", "kind"), [("Commune", "commune"), ("association.", "association")])
def test_who(words: str, kind: str) -> None:
    assert after(scheme_of(asked_by(Beneficiary.COMMUNE)), words).beneficiary == kind


def test_every_choice_of_who_is_read() -> None:
    scheme = scheme_of(asked_by(*Beneficiary))
    asked = ask(scheme)
    assert asked is not None
    kinds = {after(scheme, choice).beneficiary for choice in asked.choices}
    assert kinds == set(Beneficiary)


def test_an_answer_settles_only_the_schemes_of_the_conversation() -> None:
    asked, other = scheme_of(check("a", QUESTION)), scheme_of(check("b"), scheme_id="autre")
    text = ask(asked)
    assert text is not None
    assert dict(read_answer(text.text, YES, [other], Facts()).claims) == {}
    assert dict(read_answer(text.text, YES, [asked, other], Facts()).claims) == {"a": True}


def test_the_question_is_found_in_a_longer_message() -> None:
    scheme = scheme_of(check("a", QUESTION))
    told = read_answer(
        f"Je ne peux pas encore le dire.\nRègle de 2024. [1]\n{QUESTION} [2]", YES, [scheme], Facts()
    )
    assert told.claims["a"] is True


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_may_follow_any_text(previous: str, answer: str) -> None:
    after = read_answer(previous, answer, WITH_CRITERIA, TOWN)
    assert after.commune == TOWN.commune
    assert after.claims.keys() >= TOWN.claims.keys()


@given(st.sampled_from(WITH_CRITERIA), st.text(max_size=40))
def test_any_answer_to_a_question_is_taken_without_error(scheme: Scheme, answer: str) -> None:
    asked = ask(scheme, TOWN)
    if asked is not None:
        after = read_answer(asked.text, answer, [scheme], TOWN)
        assert after.commune == TOWN.commune
        assert after.claims.keys() >= TOWN.claims.keys()
