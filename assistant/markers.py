"""The markers of an answer, ``[1]``: write and find them, number them again, take them away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

_LONGEST = len("[999]")
MARKER = re.compile(r"\[(\d{1,3})\]")
_BEFORE_AND_MARKER = re.compile(r"(?:(?<!\s)\s++)?+\[(\d{1,3})\]")


def markers(text: str) -> list[int]:
    """The numbers of the markers, in the order of the text."""
    return [int(number) for number in MARKER.findall(text)]


def marked(numbers: Iterable[int]) -> str:
    """The markers of these numbers, one after the other, each once."""
    return "".join(f"[{number}]" for number in dict.fromkeys(numbers))


def unmarked(text: str) -> str:
    """The text of a source, in which a number in brackets is no marker of ours: in parentheses."""
    return MARKER.sub(r"(\1)", text)


def renumbered(text: str, numbers: Mapping[int, int]) -> str:
    """The text with each marker under its new number; one that has none goes."""
    return MARKER.sub(lambda match: f"[{numbers[int(match[1])]}]" if int(match[1]) in numbers else "", text)


def without_markers(text: str, instead: str = "") -> str:
    """The text with something else in the place of each marker."""
    return MARKER.sub(lambda _: instead, text)


def without_last_markers(text: str) -> str:
    """The text without the markers that end it."""
    kept = len(text)
    end = _before_spaces(text, kept)
    while (start := text.rfind("[", max(0, end - _LONGEST), end)) >= 0 and MARKER.fullmatch(text, start, end):
        kept = end = _before_spaces(text, start)
    return text[:kept]


def shown_markers(text: str, show: Callable[[int], str]) -> str:
    """The text with each marker, and the spaces before it, shown by a function of its number."""
    return _BEFORE_AND_MARKER.sub(lambda match: show(int(match[1])), text)


def _before_spaces(text: str, end: int) -> int:
    """Where the spaces begin that stand before a place."""
    while end and text[end - 1].isspace():
        end -= 1
    return end
