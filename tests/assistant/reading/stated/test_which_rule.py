"""Which rule of a page is for whoever asks: one where the words or the population tell, none in doubt."""

from __future__ import annotations

import pytest
from statement_builders import BOILERS, DEFIBRILLATORS, PLAYGROUNDS, page_of

from assistant.eligibility.facts import Range
from assistant.reading.stated.statement import Statement
from assistant.reading.stated.which_rule import Asker, rule_asked

TITLES = {
    PLAYGROUNDS: "Règlement de l’aide aux aires de jeux et aux parcours de santé",
    BOILERS: "Adieu fioul : remplacer la chaudière fioul d’un bâtiment communal",
    DEFIBRILLATORS: "Plan cœur : un défibrillateur dans chaque village",
}


def share(
    page: tuple[Statement, ...], said: str, population: float | None = None, who: str = ""
) -> float | None:
    known = None if population is None else Range.exactly(population)
    found = rule_asked(page, TITLES.get(page, ""), Asker(said, who, known, 2026))
    return None if found is None else found.rate.share


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Combien pour une pompe à chaleur air/eau ?", 0.3),
        ("Combien pour une pompe à chaleur géothermique ?", 0.5),
        ("Combien pour une chaudière à granulés ?", 0.45),
        ("Combien pour une pompe à chaleur ?", None),  # two rows
        ("Combien pour remplacer la chaudière fioul ?", None),  # what the whole page is about
        ("Combien pour une pompe à chaleur air/air ?", None),  # left out
        ("Combien pour une chaudière à gaz ?", None),  # left out
        ("Combien pour une éolienne ?", None),
        ("Combien pour des chaudières à granulés et une pompe à chaleur géothermique ?", None),
    ],
)
def test_the_row_that_the_words_tell(said: str, expected: float | None) -> None:
    assert share(BOILERS, said) == expected


@pytest.mark.parametrize(
    ("population", "expected"), [(300, 0.7), (499, 0.7), (500, 0.5), (1999, 0.5), (2000, 0.2), (None, None)]
)
def test_the_row_that_the_population_tells(population: float | None, expected: float | None) -> None:
    assert share(DEFIBRILLATORS, "Combien pour un défibrillateur ?", population) == expected


@pytest.mark.parametrize(
    ("said", "population", "who", "expected"),
    [
        ("Combien pour un parcours de santé ?", None, "", 0.35),
        ("Combien pour une aire de jeux ?", 900, "", 0.35),
        ("Combien pour une aire de jeux ?", 4200, "", None),  # too large
        ("Combien pour une aire de jeux accessible aux enfants handicapés ?", None, "", None),  # a raise
        ("Combien pour des clôtures ?", None, "", None),  # a part of the cost alone
        ("Combien pour un city-stade ?", None, "", None),
        ("Combien pour un parcours de santé ?", None, "une association", None),
    ],
)
def test_the_only_rate_of_a_regulation(
    said: str, population: float | None, who: str, expected: float | None
) -> None:
    assert share(PLAYGROUNDS, said, population, who) == expected


@pytest.mark.parametrize(
    "text",
    [
        "L’aide est de 40 % du coût si le projet est retenu par le jury.",
        "L’aide est de 40 % du coût pour les communes rurales.",
        "En 2024, le taux de l’aide est de 40 % du coût.",
        "L’aide est de 40 % du coût pour les communes de moins de 500 habitants.",
        "Le taux de l’aide varie de 10 à 40 % selon les projets.",
    ],
)
def test_a_rate_for_a_case_that_nothing_tells_is_left(text: str) -> None:
    page = page_of(("Montant", text), ("Objet", "Le fonds aide à réparer une horloge."))
    assert share(page, "Combien pour une horloge ?") is None


def test_a_rate_that_depends_on_what_no_one_tells_is_left() -> None:
    page = page_of(
        ("Montant", "Le taux dépend de la richesse de la commune."),
        ("Montant", "Taux d’aide : 40 % du coût"),
        ("Objet", "Le fonds aide à réparer une horloge."),
    )
    assert share(page, "Combien pour une horloge ?") is None


def test_a_raise_that_may_apply_goes_with_the_rule() -> None:
    found = rule_asked(PLAYGROUNDS, TITLES[PLAYGROUNDS], Asker("Combien pour une aire de jeux ?", year=2026))
    assert found is not None
    assert ["45" in unit.text for unit in found.changes] == [True]


def test_the_limits_of_another_rate_do_not_bear() -> None:
    page = page_of(
        ("Lavoirs", "L’aide aux lavoirs est de 40 % du coût."),
        ("Lavoirs", "L’aide est plafonnée à 15 000 €."),
        ("Mares", "L’aide aux mares est de 50 % du coût."),
        ("Mares", "L’aide est plafonnée à 4 000 €."),
        ("Conditions", "Les projets de moins de 3 000 € ne sont pas recevables."),
    )
    found = rule_asked(page, "Fonds patrimoine", Asker("Combien pour une mare ?", year=2026))
    assert found is not None
    assert found.rate.share == 0.5
    assert [limit.euros for limit in found.limits] == [4_000, 3_000]
