"""A rewording has each figure count what its passage counts by it."""

from __future__ import annotations

import pytest

from assistant.checking.shift import shifted

POSTS = "En mars, le programme comptait 120 chefs de projet : 100 à l’ANCT et 20 au Cerema."
SHARE = "Le fonds paie 30 % des travaux, dans la limite de 50 000 €."


@pytest.mark.parametrize(
    ("sentence", "passage", "is_misplaced"),
    [
        ("En mars, 120 chefs de projet : 20 au Cerema et 100 à l’ANCT.", POSTS, False),
        ("En mars, 120 chefs de projet : 100 au Cerema et 20 à l’ANCT.", POSTS, True),
        ("30 % des travaux sont payés, dans la limite de 50 000 €.", SHARE, False),
        ("Le fonds paie 50 000 € de travaux, dans la limite de 30 %.", SHARE, True),
        (
            "Le palier est de 40 000 € en 2024, puis 45 000 € en 2025.",
            "40 000 € en 2024 et 45 000 € en 2025.",
            False,
        ),
        (
            "Le palier est de 45 000 € en 2024, puis 40 000 € en 2025.",
            "40 000 € en 2024 et 45 000 € en 2025.",
            True,
        ),
    ],
)
def test_what_a_figure_counts(sentence: str, passage: str, is_misplaced: bool) -> None:
    assert (shifted(sentence, passage) == "attached") is is_misplaced
