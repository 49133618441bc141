"""A figure of a line is that of a source, of the user, or worked out from those by an operation shown."""

from __future__ import annotations

import pytest

from assistant.reply import Citation
from evaluation.judging.invariants import foreign_figures

RULE = Citation(
    n=1,
    scheme_id=None,
    scheme_name=None,
    document_id="page",
    section="Montant",
    quote="La Région paie 30 % des dépenses, 30\u00a0000\u00a0€ au plus, et 10\u00a0€ par plant.",
    sources=(),
)


@pytest.mark.parametrize(
    ("line", "said", "foreign"),
    [
        ("Jusqu’à 24 000 € (30 % de 80 000 €, plafond 30 000 €) [1]", "80 000 €", set()),
        ("Jusqu’à 24 000 € (30 % de 80 000 €) [1]", "80.000 euros", set()),
        ("Jusqu’à 24 000 € (30 % de 80 000 €) [1]", "un devis de 80k", set()),
        ("30 % de 950 000 € [1]", "neuf cent cinquante mille euros", set()),
        ("30 % de 960 000 € [1]", "neuf cent cinquante mille euros", {960_000.0}),
        ("Jusqu’à 3 000 € (10 € × 300 plants) [1]", "300 arbres", set()),
        ("Jusqu’à 8 100 € (30 % de 27 000 €, soit 12 000 € + 15 000 €) [1]", "12 000 € et 15 000 €", set()),
        ("0 € : une dépense de 900 € est sous le minimum de 30 000 € [1]", "900 €", set()),
        ("Jusqu’à 24 000 € [1]", "80 000 €", {24_000.0}),
        ("Jusqu’à 25 000 € (30 % de 80 000 €) [1]", "80 000 €", {25_000.0}),
        ("Jusqu’à 32 000 € (40 % de 80 000 €) [1]", "80 000 €", {32_000.0, 0.4}),
    ],
)
def test_a_sum_needs_its_operation_and_its_figures(line: str, said: str, foreign: set[float]) -> None:
    assert foreign_figures(line.replace(" ", "\u00a0"), (RULE,), (said,)) == foreign
