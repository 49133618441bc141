"""The lines of an answer that stand or fall together: a heading and its items, a table and its rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.markers import markers, without_last_markers

_ITEM = re.compile(r"\s*[-•*]\s")


def remaining(lines: Sequence[str], failed: Collection[int]) -> list[int]:
    """Return the places of the lines that stay once some have failed.

    A heading goes when all its items have; the head of a table goes with its last row, and the rows go
    with their head.
    """
    gone = set(failed)
    for place, line in enumerate(lines):
        if _is_row(line) and (place == 0 or not _is_row(lines[place - 1])):
            gone |= _fallen_table(lines, place, gone)
    for place in reversed(range(len(lines))):
        items = _items(lines, place)
        if items and gone.issuperset(items):
            gone.add(place)
    return [place for place in range(len(lines)) if place not in gone]


def last_block(lines: Sequence[str]) -> range:
    """Return the places of the last line, or of the last list with its heading: where a question back is."""
    start = len(lines) - 1
    while start > 0 and _ITEM.match(lines[start]):
        start -= 1
    return range(start, len(lines))


def is_item(line: str) -> bool:
    """Whether a line is an item of a list."""
    return _ITEM.match(line) is not None


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def _fallen_table(lines: Sequence[str], head: int, gone: Collection[int]) -> set[int]:
    """The lines of a table that go: all when its head or every row has, a rule under the head being none."""
    end = next((n for n in range(head, len(lines)) if not _is_row(lines[n])), len(lines))
    rows = [n for n in range(head + 1, end) if set(lines[n]) - set(" |:-")]
    return set(range(head, end)) if head in gone or all(n in gone for n in rows) else set()


def _items(lines: Sequence[str], heading: int) -> range:
    """The items under a heading: a list, or after a colon the lines that cite; none under another line."""
    text = without_last_markers(lines[heading]).rstrip()
    if not text.endswith((":", "?")) or _ITEM.match(text):
        return range(0)
    following = range(heading + 1, len(lines))
    is_list = bool(following) and _ITEM.match(lines[following[0]]) is not None
    if not is_list and text.endswith("?"):
        return range(0)
    end = next(
        (n for n in following if not (_ITEM.match(lines[n]) if is_list else markers(lines[n]))), len(lines)
    )
    return range(heading + 1, end)
