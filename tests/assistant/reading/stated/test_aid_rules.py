"""Which figures of a page are rates and limits of an aid, and which are of something else."""

from __future__ import annotations

import pytest
from statement_builders import BOILERS, DEFIBRILLATORS, PLAYGROUNDS, page_of

from assistant.reading.stated.aid_rules import AidRules, aid_rules


def rules(text: str, heading: str = "Montant") -> AidRules:
    return aid_rules(page_of((heading, text)))


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("La subvention est de 40 % du coût hors taxes.", 0.4),
        ("Taux d’intervention : 25 % des dépenses éligibles", 0.25),
        ("L’aide est de 30 % du coût HT, dans la limite de 80 % d’aides publiques.", 0.3),
        ("Le syndicat finance 60 % des travaux, avec un acompte de 20 % au démarrage.", 0.6),
    ],
)
def test_a_rate_of_aid_is_read(text: str, share: float) -> None:
    assert [rate.share for rate in rules(text).rates] == [share]


@pytest.mark.parametrize(
    "text",
    [
        "L’aide est comprise entre 20 % et 30 % du coût.",
        "L’aide est de 50 % pour les écoles et de 30 % pour les salles.",
        "L’aide est de 50 % de ce qui reste à la charge de la commune.",
        "L’aide est de 20 % du montant des travaux restant à la charge de la commune.",
        "Taux : jusqu’à 50 % du reste à charge de la commune",
        "L’aide est d’au moins 20 % du coût.",
        "50 % de la subvention sont versés à la signature.",
    ],
)
def test_a_rate_that_cannot_be_read_for_sure_is_kept_as_unread(text: str) -> None:
    assert {rate.share for rate in rules(text).rates} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "Toutes aides publiques confondues, le soutien est limité à 80 % du coût.",
        "Avec ce fonds, les aides de l’État sont plafonnées à 80 %.",
        "Un acompte de 30 % est versé au démarrage.",
        "La commune conserve à sa charge au moins 30 % du coût.",
        "Exemple : pour 10 000 € de travaux, une aide de 40 %.",
        "L’aide est réservée aux projets qui apportent un gain de 30 % d’énergie.",
        "En 2024, la commune de Bray avait obtenu une aide de 60 %.",
    ],
)
def test_what_is_no_rate_of_the_aid_is_none(text: str) -> None:
    assert not rules(text).rates


@pytest.mark.parametrize(
    "text",
    [
        "Le taux est porté à 45 % pour les jeux accessibles.",
        "Un bonus de 10 % est accordé aux chantiers d’insertion.",
        "Le taux de l’aide est majoré de 5 % en zone humide.",
        "Le taux est ramené à 20 % au-delà de deux projets.",
    ],
)
def test_what_changes_a_rate_in_a_case_is_apart(text: str) -> None:
    found = rules(text)
    assert not found.rates
    assert len(found.changes) == 1


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("L’aide est plafonnée à 20 000 €.", [("aid", 20_000, "")]),
        ("La dépense subventionnable est plafonnée à 3 000 € HT.", [("cost", 3_000, "")]),
        ("Le projet doit coûter au moins 2 000 € hors taxes.", [("floor", 2_000, "")]),
        ("Les projets de moins de 6 000 € ne sont pas recevables.", [("floor", 6_000, "")]),
        ("L’aide ne peut être inférieure à 500 €.", [("least", 500, "")]),
        ("Plafond : 7 500 € par commune et par an", [("most", 7_500, "")]),
        ("Le montant de l’aide ne peut dépasser 10 € par plant.", [("aid", 10, "par plant")]),
        ("L’aide forfaitaire est de 500 €.", [("unread", 500, "")]),
        (
            "L’aide est plafonnée à 20 000 € par aire de jeux et à 12 000 € par parcours de santé.",
            [("aid", 20_000, "par aire de jeux"), ("aid", 12_000, "par parcours de sante")],
        ),
        (
            "La subvention est de 40 % du coût des travaux pour un lavoir et plafonnée à 15 000 €.",
            [("aid", 15_000, "")],
        ),
        ("L’aide est de 40 % du coût hors taxes, dans la limite de 3 000 €.", [("aid", 3_000, "")]),
        ("L’aide est de 30 % des dépenses, plafonnées à 50 000 €.", [("cost", 50_000, "")]),
        ("30 % du coût plafonné à 5 000 €", [("most", 5_000, "")]),
        ("Le budget du fonds est de 240 000 €.", []),
        ("Le chiffre d’affaires ne dépasse pas 50 000 €.", []),
    ],
)
def test_what_a_sum_limits(text: str, kinds: list[tuple[str, float, str]]) -> None:
    assert [(limit.kind, limit.euros, limit.per) for limit in rules(text).limits] == kinds


def test_a_row_of_a_table_is_read_cell_by_cell() -> None:
    found = aid_rules(BOILERS)
    assert [(rate.label, rate.share) for rate in found.rates] == [
        ("Chaudière à granulés", 0.45),
        ("Pompe à chaleur air/eau", 0.3),
        ("Pompe à chaleur géothermique", 0.5),
    ]
    assert {limit.per for limit in found.limits} == {"par batiment"}


def test_a_row_after_what_introduces_the_whole_table_has_its_own_label() -> None:
    """What introduces it names every row: it tells none apart."""
    told = "Le taux dépend de la taille de la commune : {}, Taux de l’aide : {} % ; Plafond de l’aide : {} €"
    rows = [told.format("Commune de moins de 1 000 habitants", 70, "7 000")]
    rows += [told.format("Candidature groupée (trois communes au moins)", 65, "30 000")]
    found = aid_rules(page_of(*(("Combien ?", row) for row in rows)))
    assert [(rate.label, rate.share) for rate in found.rates] == [
        ("Commune de moins de 1 000 habitants", 0.7),
        ("Candidature groupée (trois communes au moins)", 0.65),
    ]


def test_a_row_whose_first_cell_is_under_the_name_of_its_column() -> None:
    assert [rate.label for rate in aid_rules(DEFIBRILLATORS).rates][2] == "2 000 habitants et plus"


def test_a_limit_of_it_is_of_the_aid_that_was_just_told() -> None:
    page = page_of(
        ("Salles", "L’aide est de 25 % du coût."),
        ("Salles", "Elle est plafonnée à 10 000 €."),
        ("Salles", "La salle est communale."),
        ("Salles", "Elle est estimée à 90 000 € au plus."),
    )
    assert [(limit.kind, limit.euros) for limit in aid_rules(page).limits] == [
        ("aid", 10_000),
        ("most", 90_000),
    ]


def test_a_whole_regulation() -> None:
    found = aid_rules(PLAYGROUNDS)
    assert [rate.share for rate in found.rates] == [0.35]
    assert [(limit.kind, limit.euros) for limit in found.limits] == [
        ("aid", 20_000),
        ("aid", 12_000),
        ("floor", 6_000),
    ]
    assert len(found.changes) == 1
