"""What takes back what was just said, and what only goes on."""

from __future__ import annotations

import pytest

from assistant.reading.french.mending import mends


@pytest.mark.parametrize(
    ("between", "is_so"),
    [
        (" non pardon, de ", True),
        (", je voulais dire ", True),
        (" et ", False),
        (", ", False),
        (" non loin " + "de la mairie et de l'ecole " * 3, False),
    ],
)
def test_what_takes_back(between: str, is_so: bool) -> None:
    assert mends(between) is is_so
