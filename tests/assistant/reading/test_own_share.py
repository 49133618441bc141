"""What is left to pay is asked, or only spoken of."""

from __future__ import annotations

import pytest

from assistant.reading.own_share import asks_own_share


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("et au minimum, qu'est-ce que la commune devra payer de sa poche ?", True),
        ("combien resterait à la charge de la mairie ?", True),
        ("quel reste à charge pour nous", True),
        ("combien d'autofinancement ?", True),
        ("la Région met combien ?", False),
        ("le reste à charge est trop lourd, combien donne la DETR ?", False),
        ("la mairie paie tout de sa poche depuis des années.", False),
    ],
)
def test_the_share_left_to_pay_is_asked(text: str, asked: bool) -> None:
    assert asks_own_share(text) is asked
