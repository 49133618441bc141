"""What we asked is found again in our own words: markers, dashes and any kind of space between."""

from __future__ import annotations

import pytest
from verdict_builders import TODAY, catalogue, check, commune, either, population, scheme_of, territory

from assistant.eligibility.assess import assess
from assistant.eligibility.facts import BENEFICIARY, COST, Facts, apart_key
from assistant.eligibility.kind import Case
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.applicant import ASK_WHO
from assistant.eligibility.kinds.cost import ASK_COST
from assistant.eligibility.next_question import ASK_ALL, ASK_COMMUNE, next_question
from assistant.reading.our_questions import asked_in
from assistant.reply import Asked
from corpus.fiches.scheme import Scheme
from corpus.labels import Beneficiary

WITH_CRITERIA = [scheme for scheme in catalogue().schemes if scheme.criteria]
TOWN = Facts(commune=commune("59431"), beneficiary=Beneficiary.COMMUNE)
SPACES = [" ", "\u00a0", "\u202f", "  "]


def same(found: tuple[Asked, ...], asked: Asked) -> bool:
    """Whether the one question found is the one asked, but for what its words can't tell."""
    (one,) = found
    return one.model_copy(update={"choices": asked.choices, "scheme": asked.scheme}) == asked.model_copy(
        update={"criteria": one.criteria if one.fact in {BENEFICIARY, COST} else asked.criteria}
    )


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("scheme", WITH_CRITERIA, ids=lambda scheme: scheme.id)
def test_each_question_of_each_scheme_is_found(scheme: Scheme, space: str) -> None:
    for apart in (False, True):
        facts = TOWN.with_claims({apart_key(scheme.id): apart})
        ask = next_question(
            assess(scheme, facts, territory(), TODAY), Case(scheme, facts, territory(), TODAY)
        )
        if ask is None:
            continue
        lines = [f"{line} [1][12]" for line in ask.text.splitlines()]
        message = "\n".join(("Je ne peux pas encore le dire.", *lines)).replace("\u00a0", space)
        assert same(asked_in(message, [scheme]), ask.shape), message


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (ASK_COMMUNE, Asked(about="commune")),
        (ASK_WHO, Asked(about="fact", fact=BENEFICIARY)),
        (ASK_COST, Asked(about="fact", fact=COST)),
    ],
)
def test_what_any_scheme_may_ask(text: str, asked: Asked) -> None:
    assert asked_in(f"D’accord.\n{text.upper()}", ()) == (asked,)


def test_a_reason_that_repeats_a_question_does_not_ask_it() -> None:
    scheme = scheme_of(check("a", "La commune est-elle aidée ?"), check("b", "Le projet est-il prêt ?"))
    message = "- La commune est-elle aidée ? Vous indiquez que non. [1]\nLe projet est-il prêt ? [2]"
    assert [question.fact for question in asked_in(message, [scheme])] == ["b"]


def test_a_condition_in_a_list_of_reasons_is_not_among_those_asked() -> None:
    scheme = scheme_of(check("a"), either(check("b"), population(below=3)), check("c"))
    first, second, third = (f"- {line}" for line in _lines(scheme))
    message = "\n".join((first, ASK_ALL, third, second))
    assert asked_in(message, [scheme]) == (Asked(about="conditions", scheme="essai", criteria=(2, 1)),)


def test_an_alternative_is_found_however_few_of_its_parts_are_listed() -> None:
    parts = (check("a", "Est-ce une ruine ?"), population(below=3), check("c", "Est-ce rural ?"))
    scheme = scheme_of(either(*parts), check("d", "Est-ce prêt ?"))
    names = [kind_of(part).line for part in parts]
    several = ["L’un de ces cas : " + " ; ou ".join(some) for some in (names, names[1:], names[:2])]
    asked = "Est-ce une ruine ? Ou est-ce rural ?"
    for line in (*names, *several, asked):
        found = asked_in(f"{ASK_ALL}\n- {line} [1]\n- {kind_of(scheme.criteria[1]).line} [2]", [scheme])
        assert found == (Asked(about="conditions", scheme="essai", criteria=(0, 1)),), line


def _lines(scheme: Scheme) -> list[str]:
    ask = next_question(assess(scheme, TOWN, territory(), TODAY), Case(scheme, TOWN, territory(), TODAY))
    assert ask is not None
    return [line.removeprefix("- ") for line in ask.text.splitlines()[1:]]


@pytest.mark.parametrize("text", ["", "Bonjour ?", "Ces conditions sont-elles toutes remplies ?"])
def test_other_words_ask_nothing(text: str) -> None:
    assert asked_in(text, WITH_CRITERIA) == ()
