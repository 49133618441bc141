"""The lines of an answer that stand or fall together: a heading and what it introduces, a table's rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.lines import LISTED_KINDS, TABLE_KINDS, Line

# What is said of a whole answer, under no heading.
_OF_THE_WHOLE = frozenset({None, "advice", "caution", "question", "note"})


def remaining(lines: Sequence[Line], failed: Collection[int]) -> list[int]:
    """Return the places of the lines that stay once some have failed.

    A heading or a question goes when all that it introduces has, and a heading that introduces nothing; the
    head of a table goes with its last row, and the rows go with their head.
    """
    gone = set(failed)
    for place, line in enumerate(lines):
        if line.kind == "table_head":
            rows = _following(lines, place, "table_row")
            if place in gone or gone.issuperset(rows):
                gone |= {place, *rows}
    for place in reversed(range(len(lines))):
        led = _led(lines, place)
        if (led and gone.issuperset(led)) or (not led and _is_bare(lines, place)):
            gone.add(place)
    return [place for place in range(len(lines)) if place not in gone]


def asked_back(lines: Sequence[Line]) -> range:
    """Return the places of the question back, with what is listed under it; empty when there is none."""
    asked = [place for place, line in enumerate(lines) if line.kind == "question"]
    return range(asked[-1], len(lines)) if asked else range(0)


def _is_bare(lines: Sequence[Line], place: int) -> bool:
    """Whether a heading has under it but what is said of the whole answer, or nothing."""
    after = lines[place + 1].kind if place + 1 < len(lines) else None
    return lines[place].kind == "heading" and after in _OF_THE_WHOLE


def _led(lines: Sequence[Line], place: int) -> range:
    """The places of what a line introduces: a list, a table, or under a heading the sentences of sources."""
    if lines[place].kind not in {"heading", "question"} or place + 1 == len(lines):
        return range(0)
    following = lines[place + 1].kind
    if following in LISTED_KINDS:
        return _following(lines, place, *LISTED_KINDS)
    if following in TABLE_KINDS:
        return _following(lines, place, *TABLE_KINDS)
    return _following(lines, place, "statement") if lines[place].kind == "heading" else range(0)


def _following(lines: Sequence[Line], place: int, *kinds: str) -> range:
    """The places of the lines of some kinds that follow a line at once."""
    after = range(place + 1, len(lines))
    return range(place + 1, next((n for n in after if lines[n].kind not in kinds), len(lines)))
