"""The words of a PDF's page, cut at its spaces, or at its gaps where it has none; unreadable ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

# A page with fewer spaces for each letter is written without any: words are told apart by gaps of this size.
_FEW_SPACES = 0.02
_GAP = 0.14
# A letter drawn again so near, in points, is the same one.
_SAME_PLACE = 1.0
# A letter of a font that doesn't say which letter it is; alone, it's a bullet.
_UNREADABLE = re.compile(r"\(cid:\d+\)")
_BULLET = "•"
_MOST_UNREADABLE = 0.2


def page_words(page: Any) -> list[dict[str, Any]]:
    """The words of a page of pdfplumber, with their sizes and fonts; letters drawn twice count once."""
    words: list[dict[str, Any]] = _without_doubles(page).extract_words(
        extra_attrs=["size", "fontname"], use_text_flow=False, **spacing(page)
    )
    return [{**word, "text": _BULLET} if _UNREADABLE.fullmatch(word["text"]) else word for word in words]


def _without_doubles(page: Any) -> Any:
    """The page without the letters drawn again on themselves, in linear time (``dedupe_chars`` isn't)."""
    doubles: set[int] = set()
    kept: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for char in page.chars:
        letter = (char["text"], char["fontname"], char["size"], char["upright"])
        left, top = int(char["x0"]), int(char["top"])
        near = (kept.get((*letter, left + x, top + y), ()) for x in (-1, 0, 1) for y in (-1, 0, 1))
        if any(_is_on(char, other) for others in near for other in others):
            doubles.add(id(char))
        else:
            kept.setdefault((*letter, left, top), []).append(char)
    return page.filter(lambda thing: id(thing) not in doubles) if doubles else page


def _is_on(char: dict[str, Any], other: dict[str, Any]) -> bool:
    return abs(char["x0"] - other["x0"]) <= _SAME_PLACE and abs(char["top"] - other["top"]) <= _SAME_PLACE


def spacing(page: Any) -> dict[str, float]:
    """How pdfplumber is to tell the words of a page apart."""
    spaces = sum(char["text"].isspace() for char in page.chars)
    return {"x_tolerance_ratio": _GAP} if spaces < _FEW_SPACES * len(page.chars) else {}


def are_unreadable(words: Sequence[dict[str, Any]]) -> bool:
    """Whether too many words of a page are written in a font that doesn't say its letters."""
    return len(readable(words)) < (1 - _MOST_UNREADABLE) * len(words)


def readable(words: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The words whose letters are known."""
    return [word for word in words if not _UNREADABLE.search(word["text"])]
