"""The one question to ask."""

from __future__ import annotations

import pytest
from verdict_builders import (
    about,
    after,
    ask,
    asked_by,
    catalogue,
    check,
    commune,
    commune_of,
    cost,
    either,
    labelled,
    listed,
    located,
    population,
    scheme_of,
    territory,
    verdict,
)

from assistant.eligibility import words as say
from assistant.eligibility.facts import Facts
from assistant.eligibility.kind import NO, UNSURE, YES
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.applicant import ASK_WHO
from assistant.eligibility.kinds.cost import ASK_COST
from assistant.eligibility.next_question import (
    ALL,
    ASK_ALL,
    ASK_COMMUNE,
    MOST_AT_ONCE,
    NOT_ALL,
)
from corpus.fiches.criteria import ManualCheck
from corpus.labels import Beneficiary, TerritoryList, Topic

TOWN = Facts(commune=commune("59431"), beneficiary=Beneficiary.COMMUNE)
QUESTION = "Le projet porte-t-il sur un commerce ?"
WITH_CRITERIA = [scheme for scheme in catalogue().schemes if scheme.criteria]


@pytest.mark.parametrize("met", [True, False])
def test_nothing_is_asked_once_it_is_decided(met: bool) -> None:
    scheme = scheme_of(check("a")) if met else scheme_of(check("a"), check("b"))
    facts = Facts().with_claims({"a": met})
    assert verdict(scheme, facts) == ("eligible" if met else "not_eligible")
    assert ask(scheme, facts) is None


def test_nothing_is_asked_for_a_scheme_without_criteria() -> None:
    assert ask(scheme_of()) is None


@pytest.mark.parametrize(
    ("criterion", "text", "choices"),
    [
        (population(below=5000), ASK_COMMUNE, ()),
        (located("59"), ASK_COMMUNE, ()),
        (cost(5000), ASK_COST, (UNSURE,)),
        (about(Topic.SHOP, question=QUESTION), QUESTION, (YES, NO, UNSURE)),
        (check("a", QUESTION), QUESTION, (YES, NO, UNSURE)),
        (labelled(TerritoryList.PVD), "Petites villes de demain", (YES, NO, UNSURE)),
        (listed(TerritoryList.CVCB_PHASE_2), "CVCB", (YES, NO, UNSURE)),
    ],
)
def test_each_kind_has_its_question_and_choices(criterion, text: str, choices: tuple[str, ...]) -> None:
    asked = ask(scheme_of(criterion))
    assert asked is not None
    assert say.spaced(text) in say.spaced(asked.text)
    assert asked.choices == choices
    assert asked.criteria == (0,)


def test_who_asks_is_chosen_among_usual_and_allowed_kinds() -> None:
    asked = ask(scheme_of(asked_by(Beneficiary.SYNDICATE)))
    assert asked is not None
    assert asked.text == say.spaced(ASK_WHO)
    folded = [choice.lower() for choice in asked.choices]
    assert {"commune", "intercommunalité", "association", "syndicat ou pôle territorial"} <= set(folded)
    assert len(set(folded)) == len(folded)


def test_conditions_are_asked_together() -> None:
    scheme = scheme_of(check("a"), check("b", expected=False), either(check("c"), check("d")))
    asked = ask(scheme)
    assert asked is not None
    first, *lines = asked.text.splitlines()
    assert first == say.spaced(ASK_ALL)
    assert asked.choices == (ALL, NOT_ALL, UNSURE)
    assert len(lines) == len(asked.criteria) == MOST_AT_ONCE
    assert "il faut que non" in lines[1]
    assert "il faut que non" not in lines[0]


def test_no_more_conditions_than_can_be_read() -> None:
    scheme = scheme_of(*(check(f"fait_{n}") for n in range(MOST_AT_ONCE + 3)))
    first = ask(scheme)
    assert first is not None
    assert len(first.criteria) == MOST_AT_ONCE
    facts = after(scheme, ALL)
    second = ask(scheme, facts)
    assert second is not None
    assert not set(first.criteria) & set(second.criteria)
    assert verdict(scheme, after(scheme, ALL, facts)) == "eligible"


def test_what_the_table_knows_is_not_asked() -> None:
    scheme = scheme_of(
        population(below=20000), located("59"), listed(TerritoryList.PVD), check("a", QUESTION)
    )
    member = territory().lists[TerritoryList.PVD].entries
    place = next(commune(insee) for insee in member if insee.startswith("59"))
    asked = ask(scheme, Facts(commune=place))
    assert asked is not None
    assert asked.text == QUESTION
    assert asked.criteria == (3,)


def test_an_incomplete_list_is_asked() -> None:
    open_list = next(item for item in TerritoryList if not territory().lists[item].notice.complete)
    absent = next(
        place
        for place in territory().communes.values()
        if place.insee not in territory().lists[open_list].entries
    )
    asked = ask(scheme_of(listed(open_list)), Facts(commune=absent))
    assert asked is not None
    assert say.list_name(open_list) in asked.text


def test_a_line_to_tick_says_what_is_needed() -> None:
    for scheme in WITH_CRITERIA:
        for criterion in scheme.criteria:
            line = kind_of(criterion).line
            assert line
            if isinstance(criterion, ManualCheck):
                assert (criterion.question in line) is criterion.expected
                assert criterion.expected or criterion.when_met is not None, "a yes must be good in a list"
                assert "il faut que non" not in line


def test_small_and_large_communes_are_told_apart_without_a_question() -> None:
    scheme = scheme_of(population(below=3000))
    assert verdict(scheme, Facts(commune=commune_of(2999))) == "eligible"
    assert ask(scheme, Facts(commune=commune_of(9000))) is None


def test_an_alternative_is_listed_without_what_is_known_to_fail() -> None:
    small, ruins, rural = (
        population(below=2000),
        check("ruine", "Est-ce une ruine ?"),
        check("rural", "Est-ce rural ?"),
    )
    scheme = scheme_of(either(small, ruins, rural), check("b", "Est-ce prêt ?"))
    town = ask(scheme, TOWN)
    assert town is not None
    assert town.conditions[0] == "Est-ce une ruine\u00a0? Ou est-ce rural\u00a0?"
    unknown = ask(scheme_of(either(ruins, rural), check("b", "Est-ce prêt ?")), Facts())
    assert unknown is not None
    assert unknown.conditions[0] == town.conditions[0]


def test_an_alternative_of_which_one_part_is_left_is_listed_as_this_part() -> None:
    scheme = scheme_of(either(population(below=2000), check("ruine", "Est-ce une ruine ?")), check("b"))
    asked = ask(scheme, TOWN)
    assert asked is not None
    assert asked.conditions[0] == kind_of(check("ruine", "Est-ce une ruine ?")).line
    assert verdict(scheme, TOWN.with_claims({"ruine": True, "b": True})) == "eligible"
