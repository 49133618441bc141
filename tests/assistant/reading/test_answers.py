"""What a message answers to the question that was asked just before."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_builders import (
    TODAY,
    about,
    after,
    ask,
    asked_by,
    catalogue,
    check,
    commune,
    cost,
    either,
    labelled,
    listed,
    open_window,
    scheme_of,
    territory,
    verdict,
)

from assistant.eligibility.assess import assess
from assistant.eligibility.facts import (
    COST,
    Facts,
    Range,
    apart_key,
    conditions_key,
    criterion_key,
    declined_key,
)
from assistant.eligibility.kind import NO, UNSURE, YES
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.cost import ASK_COST
from assistant.eligibility.next_question import (
    ALL,
    NOT_ALL,
)
from assistant.reading.answers import read_answer
from assistant.reply import Asked
from corpus.fiches.scheme import Scheme
from corpus.labels import Beneficiary, State, TerritoryList, Topic

TOWN = Facts(commune=commune("59431"), beneficiary=Beneficiary.COMMUNE)
QUESTION = "Le projet porte-t-il sur un commerce ?"
WITH_CRITERIA = [scheme for scheme in catalogue().schemes if scheme.criteria]


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


# --- what a client sends back -------------------------------------------------------------------------


def asked_of(scheme: Scheme, facts: Facts | None = None) -> Asked:
    """What is asked of a scheme, as the reply says it."""
    found = ask(scheme, facts)
    assert found is not None
    return found.shape


@pytest.mark.parametrize("scheme", WITH_CRITERIA, ids=lambda scheme: scheme.id)
def test_what_was_asked_is_read_without_our_words(scheme: Scheme) -> None:
    for facts in (Facts(), TOWN, TOWN.with_claims({apart_key(scheme.id): True})):
        asked = ask(scheme, facts)
        if asked is None or not asked.choices:
            continue
        for choice in asked.choices:
            typed = read_answer("Autre chose ?", choice, [scheme], facts, asked.shape)
            assert typed == read_answer(asked.text, choice, [scheme], facts)
            assert typed != facts


def test_it_goes_before_our_words() -> None:
    scheme = scheme_of(check("a", "Le fait a ?"), check("b", "Le fait b ?"))
    asked = Asked(about="fact", scheme="essai", criteria=(1,), fact="b")
    told = read_answer("Le fait a ?", YES, [scheme], Facts(), asked)
    assert dict(told.claims) == {"b": True}


@pytest.mark.parametrize(
    "asked",
    [
        Asked(about="conditions", scheme="inconnu", criteria=(0,)),
        Asked(about="conditions", scheme="essai", criteria=(0, 7)),
        Asked(about="conditions", scheme="essai", criteria=(0, 0)),
        Asked(about="conditions", scheme="essai"),
        Asked(about="conditions", criteria=(0,)),
        Asked(about="conditions", scheme="essai", criteria=(1,)),
        Asked(about="fact", scheme="essai", criteria=(0,), fact="autre"),
        Asked(about="fact", scheme="essai", criteria=(0, 1), fact="a"),
        Asked(about="fact", fact="a"),
        Asked(about="fact", scheme="essai", criteria=(1,), fact="conditions:essai"),
    ],
)
def test_what_we_cannot_have_asked_is_left_aside(asked: Asked) -> None:
    scheme = scheme_of(check("a", QUESTION), asked_by(Beneficiary.COMMUNE))
    assert read_answer("Rien.", YES, [scheme], Facts(), asked) == Facts()
    assert read_answer(QUESTION, YES, [scheme], Facts(), asked).claims["a"] is True


# --- several conditions at once -------------------------------------------------------------------------

PAIR = scheme_of(
    check("premiere", "S’agit-il d’une première installation de caméras ?"),
    check("aidee", "La commune a-t-elle déjà reçu l’aide régionale ?", expected=False),
)


def test_a_free_answer_that_meets_both_is_not_inverted() -> None:
    told = after(PAIR, "première installation et non jamais aidés")
    assert dict(told.claims) == {"premiere": True, "aidee": False}
    assert verdict(PAIR, told) == "eligible"


@pytest.mark.parametrize(
    "answer", ["oui et non", "oui mais…", "peut-être", "oui mais le terrain n’est pas à nous"]
)
def test_what_is_not_plain_is_asked_one_by_one(answer: str) -> None:
    told = after(PAIR, answer)
    assert verdict(PAIR, told) == "undetermined"
    first = ask(PAIR, told)
    assert first is not None
    assert (first.key, first.choices) == ("premiere", (YES, NO, UNSURE))
    second = ask(PAIR, after(PAIR, YES, told))
    assert second is not None
    assert second.key == "aidee"
    assert verdict(PAIR, after(PAIR, NO, after(PAIR, YES, told))) == "eligible"


def test_what_is_left_open_is_asked_alone() -> None:
    told = after(PAIR, "la première oui, la seconde non")
    assert dict(told.claims) == {"premiere": True, apart_key("essai"): True}
    left = ask(PAIR, told)
    assert left is not None
    assert left.key == "aidee"


def test_one_that_is_not_known_is_not_asked_again() -> None:
    told = after(PAIR, "je ne sais pas pour la deuxième")
    left = ask(PAIR, told)
    assert left is not None
    assert left.key == "premiere"
    assert ask(PAIR, after(PAIR, YES, told)) is None


def test_conditions_without_a_question_of_their_own_are_asked_alone_too() -> None:
    scheme = scheme_of(either(check("a"), check("b")), cost(1000), state=State.UNKNOWN)
    told = after(scheme, "oui et non")
    for _ in range(2):
        asked = ask(scheme, told)
        assert asked is not None
        assert len(asked.criteria) == 1
        told = after(scheme, "5 000 €" if asked.key == COST else YES, told)
    assert verdict(scheme, told) == "eligible"


def test_nobody_is_asked_whether_a_call_is_open() -> None:
    """The sources know it, or nobody does: it's left to check, and the verdict stays open."""
    scheme = scheme_of(check("a"), open_window(), state=State.UNKNOWN)
    asked = ask(scheme, Facts())
    assert asked is not None
    assert asked.criteria == (0,)
    told = after(scheme, YES)
    assert ask(scheme, told) is None
    assert verdict(scheme, told) == "undetermined"


@pytest.mark.parametrize(
    ("answer", "stated", "claims"),
    [
        ("non, c’est une première", {"premiere": True}, {}),
        ("oui, c’est une première", {"premiere": True}, {"premiere": True}),
        ("oui", {"autre": False}, {"premiere": True, "autre": False}),
        ("je le dirai", {"premiere": False}, {"premiere": False}),
    ],
)
def test_what_is_said_against_the_answer_leaves_it_open(
    answer: str, stated: dict[str, bool], claims: dict[str, bool]
) -> None:
    scheme = scheme_of(PAIR.criteria[0])
    asked = asked_of(scheme)
    assert dict(read_answer("…", answer, [scheme], Facts(), asked, stated).claims) == claims


SEVERAL = [
    (scheme, found.shape)
    for scheme in WITH_CRITERIA
    if (found := ask(scheme, TOWN)) is not None
    and found.shape.about == "conditions"
    and len(found.criteria) > 1
]
SHORT = ("oui", "non", "je ne sais pas")


@pytest.mark.parametrize(("scheme", "asked"), SEVERAL, ids=[scheme.id for scheme, _ in SEVERAL])
def test_no_verdict_goes_against_what_is_plainly_said(scheme: Scheme, asked: Asked) -> None:
    """By rank or by the words of the question, every condition told met, not met or not known."""
    size = len(asked.criteria)
    kinds = [kind_of(scheme.criteria[index]) for index in asked.criteria]
    ranks = ("première", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième")
    draw = Random(scheme.id)
    for _ in range(60):
        says = [draw.choice(SHORT) for _ in range(size)]
        by_rank = ", ".join(f"la {ranks[n]} {word}" for n, word in enumerate(says))
        by_number = " ".join(f"{n + 1} {word}" for n, word in enumerate(says))
        met = [None if word == SHORT[2] else (word == "oui") for word in says]
        for answer in (by_rank, by_number):
            found = verdict(scheme, read_answer("…", answer, [scheme], TOWN, asked))
            plain = all(value is True and not kind.wants_no for value, kind in zip(met, kinds, strict=True))
            failed = any(value is False and not kind.wants_no for value, kind in zip(met, kinds, strict=True))
            assert found != "eligible" or plain, (answer, found)
            assert found != "not_eligible" or failed, (answer, found)
            if failed:
                assert found == "not_eligible", answer


@pytest.mark.parametrize(("scheme", "asked"), SEVERAL, ids=[scheme.id for scheme, _ in SEVERAL])
def test_a_mixed_answer_never_decides(scheme: Scheme, asked: Asked) -> None:
    for answer in (
        "oui et non",
        "oui mais",
        "oui, enfin presque",
        "non oui",
        "toutes sauf une",
        "oui en partie",
    ):
        told = read_answer("…", answer, [scheme], TOWN, asked)
        assert verdict(scheme, told) == "undetermined", answer
        again = ask(scheme, told)
        assert again is not None
        assert len(again.criteria) == 1


def test_an_amount_with_a_yes_is_the_cost_held_against_its_bound() -> None:
    scheme = scheme_of(about(Topic.SHOP), check("toit_vert", "Le toit est-il végétalisé ?"), cost(20_000))
    for amount, expected in ((18_000, "not_eligible"), (25_000, "eligible")):
        facts = after(scheme, f"oui, {amount} €", TOWN)
        assert facts.cost == Range.exactly(amount)
        assert assess(scheme, facts, territory(), TODAY).verdict == expected
