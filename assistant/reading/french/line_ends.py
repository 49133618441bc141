"""Join the words that a line's end has cut: "vidéoprotec-" and "tion", but "Saint-" and "Omer" stay two."""

from __future__ import annotations

import re
from collections.abc import Callable

_HYPHEN = "[-\u2010\u2011]"
_CUT = re.compile(rf"(?<=[^\W\d_]){_HYPHEN}[ \t]*+\n\s*+(?=[^\W\d_])")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_WORD = 40


def joined_lines(text: str, knows: Callable[[str], bool]) -> str:
    """Return a text whose words cut at a line's end are whole again; compounds keep their hyphen.

    Args:
        text: the text.
        knows: whether a word is right as it is.
    """
    if "\n" not in text:
        return text
    parts: list[str] = []
    start = 0
    for cut in _CUT.finditer(text):
        left, right = _word_before(text, cut.start()), _word_after(text, cut.end())
        parts += (text[start : cut.start()], "" if _is_one_word(left, right, knows) else "-")
        start = cut.end()
    return "".join((*parts, text[start:]))


def _is_one_word(left: str, right: str, knows: Callable[[str], bool]) -> bool:
    """Whether two parts make one word: together it's known, or neither part would stand alone."""
    if right[0].isupper() != left.isupper() or left.startswith("-"):
        return False
    return knows(left + right) or not (knows(left) and knows(right))


def _word_before(text: str, end: int) -> str:
    """The letters before a place, with the hyphen before them, if any: the "-t" of "a-t-"."""
    start = end
    while start > max(0, end - _LONGEST_WORD) and _LETTER.match(text, start - 1):
        start -= 1
    return f"-{text[start:end]}" if start and text[start - 1] == "-" else text[start:end]


def _word_after(text: str, start: int) -> str:
    end = start
    while end < min(len(text), start + _LONGEST_WORD) and _LETTER.match(text, end):
        end += 1
    return text[start:end]
