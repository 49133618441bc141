"""How a date is said in French, as precisely as it is known."""

from __future__ import annotations

import re

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def french_date(iso: str) -> str:
    """Say ``2023-07-07`` as « 7 juillet 2023 », ``2023-07`` as « juillet 2023 »; other text unchanged."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?", iso)
    if match is None:
        return iso
    year, month, day = match.groups()
    words = [MONTHS[int(month) - 1], year]
    if day:
        words.insert(0, "1er" if day == "01" else str(int(day)))
    return " ".join(words)
