"""Bring a message to the plain form of what its author meant, however it was typed, pasted or sent.

Each step is a function of its own; :func:`normal` applies them until nothing is left to undo.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from assistant.reading.french.line_ends import joined_lines
from corpus.french.wrappings import unwrapped

# Composing and spelling a ligature out make a text this many times longer at most.
LONGEST = 3
MOST_LAYERS = 8
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
_SPACES = re.compile(r"\s{2,}|\t")
# A hyphen that only shows where a line ends, with the line's end; PDF readers copy it as U+0002.
_SOFT_HYPHEN = re.compile("[\u00ad\x02][ \t]*+\n[ \t]*+")
_KEPT_CONTROLS = frozenset("\t\n")
_VARIATIONS = range(0xFE00, 0xFE10)
# Forms that only look different: ligatures of PDF files, full-width and mathematical letters, "1ᵉʳ".
_LOOKS = re.compile("[\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff\u02b0-\u02b8\u1d2c-\u1d6a]")


def normal(text: str, knows: Callable[[str], bool]) -> str:
    """Return a message in plain form: unwrapped, composed, nothing invisible, its cut words joined.

    Doing it again changes nothing, and plain French comes back as it is. What was wrapped more than
    :data:`MOST_LAYERS` times is left so to its author.

    Args:
        text: what was sent.
        knows: whether a word is right as it is; tells a cut word from a compound at a line's end.
    """
    for _ in range(MOST_LAYERS):
        before = text
        text = composed(without_invisible(one_line_break(unwrapped(text))))
        text = collapsed(joined_lines(text, knows))
        if text == before:
            break
    return text


def one_line_break(text: str) -> str:
    """Write every line break as one line feed."""
    return _LINE_BREAKS.sub("\n", text)


def without_invisible(text: str) -> str:
    """Take out what shows nothing: zero-width and bidirectional marks, soft hyphens, control characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char for char in _SOFT_HYPHEN.sub("", text) if not _is_invisible(char))


def composed(text: str) -> str:
    """Compose letters with their accents (NFC), and write forms that only look different as plain letters."""
    if text.isascii():
        return text
    plain = _LOOKS.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return unicodedata.normalize("NFC", plain)


def collapsed(text: str) -> str:
    """Write each run of white space as one space, or as one line feed when it holds one; none at the ends."""
    return _SPACES.sub(lambda match: "\n" if "\n" in match.group() else " ", text).strip()


def _is_invisible(char: str) -> bool:
    if char in _KEPT_CONTROLS:
        return False
    kind = unicodedata.category(char)
    # A byte that Windows gives no meaning is left: it's part of a letter read wrong, or nothing.
    return kind == "Cf" or (kind == "Cc" and char < "\x80") or ord(char) in _VARIATIONS
