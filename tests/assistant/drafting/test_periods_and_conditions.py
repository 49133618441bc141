"""Periods of requests, and conditions that only the applicant can settle."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.drafting.conditions import conditions_in
from assistant.drafting.periods import Period, periods_in
from assistant.reading.stated.finding import Doubt, Found

PERIODS = {
    "Les demandes sont reçues du 1er octobre 2026 au 31 mars 2027.": (date(2026, 10, 1), date(2027, 3, 31)),
    "Les dossiers sont déposés entre le 13 mars et le 16 juin 2026.": (date(2026, 3, 13), date(2026, 6, 16)),
    "Date limite de dépôt des dossiers : 15/09/2026": (None, date(2026, 9, 15)),
    "Le dépôt des demandes est ouvert à partir du 2 janvier 2027.": (date(2027, 1, 2), None),
}


@pytest.mark.parametrize(("text", "ends"), PERIODS.items())
def test_a_period_of_requests_is_typed(said, text: str, ends: tuple[date | None, date | None]) -> None:
    (found,) = periods_in(said(text))
    assert isinstance(found, Found)
    assert found.value == Period(*ends)


@pytest.mark.parametrize(
    "text",
    [
        "Le plan est prolongé jusqu’au 31 décembre 2027.",
        "Les travaux sont achevés avant le 31 décembre 2027.",
        "Les demandes sont reçues du 31 mars 2027 au 1er octobre 2026.",
    ],
)
def test_another_date_is_doubtful(said, text: str) -> None:
    assert [type(item) for item in periods_in(said(text))] == [Doubt]


def test_a_date_that_does_not_exist_is_none(said) -> None:
    assert list(periods_in(said("Date limite de dépôt : 31/02/2026"))) == []


@pytest.mark.parametrize(
    ("text", "section", "expected"),
    [
        ("L’abri doit être en accès libre.", "Bénéficiaires", True),
        ("Le chantier doit être confié à une entreprise.", "Dépenses éligibles", True),
        ("Sont éligibles les entreprises de moins de 10 salariés.", "Bénéficiaires", True),
        ("Les entreprises en difficulté sont exclues.", "Bénéficiaires", False),
        ("Les travaux commencés avant l’accord ne sont pas aidés.", "Dépenses exclues", False),
        ("Le maître d’ouvrage garde 20 % de la dépense à sa charge.", "Cumul", True),
    ],
)
def test_a_condition_quotes_the_document(said, text: str, section: str, expected: bool) -> None:
    (found,) = conditions_in(said(text), section)
    assert isinstance(found, Found)
    assert found.value.expected is expected
    assert text.rstrip(".") in found.value.question.replace("\u00a0", " ")
    assert found.value.question.endswith("?")


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Le dossier doit comprendre un devis.", "Démarche"),
        ("La subvention doit être notifiée au premier trimestre.", "Montant"),
        ("Les frais d’entretien sont exclus.", "Dépenses exclues"),
        ("La Région doit voter la liste des projets.", "Calendrier"),
    ],
)
def test_procedure_and_expenses_are_no_conditions(said, text: str, section: str) -> None:
    assert list(conditions_in(said(text), section)) == []


def test_a_duty_of_them_is_doubtful(said) -> None:
    (found,) = conditions_in(said("Elles doivent être propriétaires du terrain."), "Bénéficiaires")
    assert isinstance(found, Doubt)
