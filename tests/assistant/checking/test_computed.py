"""A sum is accepted only where the line shows the operation that gives it, of figures that are supported."""

from __future__ import annotations

import pytest
from verifiers import citation, verifier

from assistant.checking.computed import worked_out

QUOTE = (
    "En 2023, la Région payait jusqu’à 30 % des dépenses, dans la limite de 30 000 € et de 10 € par plant."
)
SAID = ("12 caméras, 80 000 €, et 300 plants pour 15 000 € de travaux",)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Jusqu’à 24 000 € (30 % de 80 000 €)", {24_000}),
        ("De 16 000 € à 64 000 € (20 % à 80 % de 80 000 €)", {16_000, 64_000}),
        ("3 000 € (10 € × 300 plants)", {3000}),
        ("27 000 €, soit 12 000 € + 15 000 €", {27_000}),
        ("30 % et 80 000 €", set()),
        ("90 %, soit 50 % + 40 %", {90}),
        ("95,5 %, soit 50 % + 40 % + 5,5 %", {95.5}),
        ("33,5\u00a0% de 1\u00a0000,50\u00a0€", {335.17}),
    ],
)
def test_operations_that_a_text_shows(text: str, values: set[float]) -> None:
    assert worked_out(text) - {0.0} == values


@pytest.mark.parametrize(
    ("line", "lacking"),
    [
        ("Jusqu’à 24 000 € (30 % de 80 000 €, plafond 30 000 €). [1]", set()),
        ("Jusqu’à 3 000 € (10 € × 300 plants). [1]", set()),
        ("Jusqu’à 28 500 € (30 % de 95 000 €, soit 80 000 € + 15 000 €). [1]", set()),
        ("Jusqu’à 24 000 €. [1]", {"24 000 €"}),
        ("Jusqu’à 25 000 € (30 % de 80 000 €). [1]", {"25 000 €"}),
        ("Jusqu’à 32 000 € (40 % de 80 000 €). [1]", {"40 %"}),
        ("Jusqu’à 27 000 € (30 % de 90 000 €). [1]", {"90 000 €"}),
    ],
)
def test_a_sum_needs_its_rule_and_its_rule_needs_support(line: str, lacking: set[str]) -> None:
    check = verifier().check([citation(1, QUOTE)], SAID)
    assert check.unsupported(line, computed=True) == lacking


def test_a_line_of_another_kind_may_not_compute() -> None:
    check = verifier().check([citation(1, QUOTE)], SAID)
    assert check.unsupported("Jusqu’à 24 000 € (30 % de 80 000 €). [1]") == {"24 000 €"}
