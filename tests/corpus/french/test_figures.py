"""Figures of a French text: what counts as one, and the values it may stand for."""

import pytest

from corpus.french.figures import figure_values, figures

NB = "\u00a0"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("30 %", {0.3}),
        (f"12,5{NB}%", {0.125}),
        (f"150{NB}000{NB}€", {150000}),
        ("17 088,30 €", {17088.3}),
        ("2 M€ puis 4,5 M€", {2_000_000, 4_500_000}),
        ("1,3 milliard d’euros", {1_300_000_000}),
        ("60 millions d’euros", {60_000_000}),
        ("20 à 30 %", {20, 0.2, 0.3}),  # a range shares its unit; a bare 20 stays possible
        ("2, 3 et 4 millions", {2, 3, 2e6, 3e6, 4e6}),
        ("le 1er avril 2024", {1, 2024}),
        ("du 13 mars au 16 juin 2023", {13, 16, 2023}),
        ("en 2023 150 communes", {2023, 150}),
        ("CO2, Rev3, A16", set()),  # digits inside a word
        ("aucun chiffre", set()),
    ],
)
def test_values(text: str, values: set[float]) -> None:
    assert figure_values(text) == values


def test_a_figure_keeps_what_was_written() -> None:
    assert [figure.text for figure in figures("de 20 à 30 %, 2 M€ au plus")] == ["20", "30 %", "2 M€"]
