"""The words of a PDF's page, cut at its spaces, or at its gaps where it has none; unreadable ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.formats.drawn_bullets import drawn_bullets
from ingest.formats.note_marks import is_reference

# A page with fewer spaces for each letter is written without any: words are told apart by gaps of this size.
_FEW_SPACES = 0.02
_GAP = 0.14
# A letter drawn again so near, in points, is the same one.
_SAME_PLACE = 1.0
# A letter of a font that doesn't say which letter it is; alone, it's a bullet.
_UNREADABLE = re.compile(r"\(cid:\d+\)")
_BULLET = "•"
_MOST_UNREADABLE = 0.2
# What is raised on a word, to its size: so small, so high, so many letters.
_SMALL, _RAISED, _LONGEST_RAISED = 0.85, 0.1, 4


def page_words(page: Any) -> list[dict[str, Any]]:
    """The words of a page of pdfplumber, with their sizes and fonts; letters drawn twice count once."""
    words: list[dict[str, Any]] = _without_doubles(page).extract_words(
        extra_attrs=["size", "fontname"], use_text_flow=False, **spacing(page)
    )
    words = [{**word, "text": _BULLET} if _UNREADABLE.fullmatch(word["text"]) else word for word in words]
    words = _on_their_words(words)
    return [*words, *drawn_bullets(page, words)]


def _on_their_words(words: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The words with what is raised on them (« 1er », « m2 »), the numbers of notes left out."""
    ending: dict[int, list[dict[str, Any]]] = {}
    beginning: dict[int, list[dict[str, Any]]] = {}
    for word in words:
        ending.setdefault(int(word["x1"]), []).append(word)
        beginning.setdefault(int(word["x0"]), []).append(word)
    gone: set[int] = set()
    for mark in words:
        if len(mark["text"]) > _LONGEST_RAISED:
            continue
        carrier = next((word for word in _near(ending, mark["x0"]) if _carries(word, mark)), None)
        if carrier is None:
            continue
        gone.add(id(mark))
        if not is_reference(carrier["text"], mark["text"]):
            carrier["text"] += mark["text"]
        for after in _near(beginning, mark["x1"]):
            if after is not carrier and _is_level(carrier, after, mark):
                gone.add(id(after))
                carrier["text"] += after["text"]
                carrier["x1"] = after["x1"]
                break
    return [word for word in words if id(word) not in gone]


def _near(words: dict[int, list[dict[str, Any]]], place: float) -> Iterator[dict[str, Any]]:
    """The words around a place, of those kept by place."""
    return (word for step in (-1, 0, 1) for word in words.get(int(place) + step, ()))


def _carries(word: dict[str, Any], mark: dict[str, Any]) -> bool:
    """Whether a word carries a smaller one raised on its end."""
    is_beside = abs(word["x1"] - mark["x0"]) <= _SAME_PLACE
    is_raised = word["top"] - word["size"] / 2 < mark["bottom"] < word["bottom"] - _RAISED * word["size"]
    return bool(is_beside and is_raised and mark["size"] <= _SMALL * word["size"])


def _is_level(word: dict[str, Any], after: dict[str, Any], mark: dict[str, Any]) -> bool:
    """Whether what comes after a raised mark is the end of the word that carries it."""
    is_beside = abs(after["x0"] - mark["x1"]) <= _SAME_PLACE
    return bool(is_beside and abs(after["bottom"] - word["bottom"]) < _SAME_PLACE)


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
    apart = max(abs(char["x0"] - other["x0"]), abs(char["top"] - other["top"]))
    return bool(apart <= _SAME_PLACE)


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
