"""Which figures of a document are rates, ceilings and floors of the aid, and which aren't."""

from __future__ import annotations

import pytest

from assistant.reading.stated.finding import Doubt, Found
from assistant.reading.stated.sums import sums_in

STATED = {
    "Le taux maximal est fixé à 30 % de la dépense éligible.": {"rate_max": 0.3},
    "La Région prend en charge de 20 à 40 % des travaux.": {"rate_min": 0.2, "rate_max": 0.4},
    "Le taux de subvention ne peut être inférieur à 20 %.": {"rate_min": 0.2},
    "Elle paie 20 % des dépenses, dans la limite de 20 000 €.": {"rate_max": 0.2, "amount_max": 20000},
    "Il verse 25 % d’une dépense plafonnée à 100 000 €.": {"rate_max": 0.25, "expense_max": 100000},
    "L’aide ne peut ni être inférieure à 200 €, ni dépasser 900 €.": {"amount_min": 200, "amount_max": 900},
    "Les projets dont la dépense est inférieure à 1 000 euros ne sont pas instruits.": {"expense_min": 1000},
    "Une enveloppe de 6 millions d’euros est prévue.": {"envelope": 6e6},
}
OTHERS = (
    "Toutes aides publiques confondues, le soutien est limité à 80 % du coût.",
    "Le chiffre d’affaires doit être compris entre 80 000 € et 2 millions d’euros.",
    "Une avance de 30 % de la subvention est versée au démarrage.",
    "Marchais a obtenu 169 378 € du Département.",
    "Le dispositif couvre 80 % des communes de la région.",
)
DOUBTFUL = (
    "Une majoration de 10 % de l’aide est accordée aux projets exemplaires.",
    "En 2018, l’aide allait jusqu’à 50 % du coût.",
    "L’aide est de trente pour cent du coût des travaux.",
    "La campagne a une aide de 2 M€.",
)


@pytest.mark.parametrize(("text", "fields"), STATED.items())
def test_a_sum_fills_the_field_that_its_sentence_says(said, text: str, fields: dict[str, float]) -> None:
    found = list(sums_in(said(text), under_amounts=False))
    assert all(isinstance(item, Found) for item in found)
    assert {item.value.field: item.value.value for item in found} == fields


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_sum_of_the_aid_is_left_alone(said, text: str) -> None:
    assert list(sums_in(said(text), under_amounts=True)) == []


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_is_doubtful_is_left_to_the_officer(said, text: str) -> None:
    found = list(sums_in(said(text), under_amounts=True))
    assert found
    assert all(isinstance(item, Doubt) for item in found)


def test_what_a_ceiling_is_counted_for_is_kept_or_doubtful(said) -> None:
    (known,) = sums_in(said("Le montant de l’aide ne peut dépasser 10 € par plant."), under_amounts=True)
    assert (known.value.field, known.value.value, known.value.per) == ("amount_max", 10, "plant")
    (unknown,) = sums_in(said("L’aide est plafonnée à 300 € par caméra."), under_amounts=True)
    assert isinstance(unknown, Doubt)
