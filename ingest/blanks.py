"""Blanks of a form or of a model (« [XX] », dotted lines, boxes to tick): what is left once they're out."""

from __future__ import annotations

import re

# Brackets hold what is to be filled in; « @Nom » is how some editors show such a field.
_BLANK = re.compile(r"\[[^\[\]\n]{0,200}\]|\.{4,}|…{2,}|_{3,}|[☐☒☑□■❑]|@[^\W\d_][\w’ ]{0,40}(?=[^\w’ ]|$)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTERS = re.compile(r"\w")
# A statement says something with so many words of its own, and more letters of its own than blanks.
_LEAST_WORDS = 3
_MOST_BLANK = 0.5
_DANGLING_CHARS = 4


def is_mostly_blank(text: str) -> bool:
    """Whether a text is a blank to fill in rather than a statement: nothing in it answers anyone."""
    blanks = _BLANK.findall(text)
    if not blanks:
        return False
    own = _BLANK.sub(" ", text)
    filled = sum(len(_LETTERS.findall(blank)) for blank in blanks)
    return len(_WORD.findall(own)) < _LEAST_WORDS or filled > _MOST_BLANK * len(_LETTERS.findall(text))


def without_blanks(title: str) -> str:
    """A title up to its first blank, without small words left hanging: « Arrêté à [nom] » is « Arrêté »."""
    blank = _BLANK.search(title)
    before = title[: blank.start()].strip(" \u00a0:,;-–") if blank else ""
    if len(before.split()) < _LEAST_WORDS + 1:
        return title
    kept = before.split(" ")
    while kept and len(kept[-1]) <= _DANGLING_CHARS:
        kept.pop()
    return " ".join(kept) or before
