"""Whether a line of a text goes on the one before it, and how the two are joined."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles

from ingest.formats.line_forms import (
    ItemForm,
    heading_level,
    is_numbered,
    is_sum,
    is_unfinished,
    marked_heading,
)

# A text is wrapped when its lines are about as long as the longest; a line this full was cut by the margin.
_LONGEST_WRAPPED = 160
_FULL = 0.7
_MANY = 0.25
# Before a capital, a line with room for one more word ended by itself: a title, its text under it.
_ROOM = 0.9
# Lines of a column are cut by its own margin, from so many characters up.
_LEAST_COLUMN = 40
# A line of so many characters that ends with a comma is no item of a list.
_LONG = 60
_LONGEST_WORD = 60
# A cell of a table is so wide at most in a text; a value in capitals has so many characters.
NARROW, _MOST_VALUE = 0.45, 12
# A paragraph of more lines is told in pieces.
_MOST_LINES = 400
# A text with a marked heading in so many lines marks all of them.
_LINES_A_HEADING = 40
# A bracket that the next line closes was opened at most so many characters before.
_MOST_IN_BRACKETS = 200
_HYPHEN = re.compile(r"(?<![^\W\d_])([^\W\d_]++)[-\u2010\u00ac]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_PIECES = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_WHOLE_WORD = 8
# A line that ends with one of these is cut, wherever it ends.
_SMALL_WORDS = frozenset(
    """à au aux avec ce ces cette chez dans de des dont du en entre et la le les leur leurs mais ne notre
    nos ou par pour qu que qui sa sans selon ses si son sous sur un une vers votre vos""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line: its text, how many blank lines come before it, its page, its level if it's a heading.

    ``is_apart`` tells a line that its format sets apart from the one before it, ``is_full`` one that the
    margin cut, in a format that knows. ``indent`` is how far in it stands, in characters.
    """

    text: str
    blanks: int = 0
    page: int | None = None
    level: int | None = None
    is_apart: bool = False
    is_full: bool | None = None
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Margins:
    """How a text was laid out.

    Attributes:
        longest: how long its longest lines are; 0 when the text isn't wrapped.
        spacing: how many blank lines stand between the lines of a paragraph.
        are_marked: whether its headings have marks, so that lines without any are none.
    """

    longest: float
    spacing: int
    are_marked: bool

    @property
    def full(self) -> float:
        """How long a line that the margin cut is at least; 0 when the text isn't wrapped."""
        return _FULL * self.longest


@dataclass(slots=True)
class Gathered:
    """A paragraph being gathered from its lines; ``longest`` counts the characters of the longest."""

    text: str
    last: str
    page: int | None
    blanks: int
    form: ItemForm | None
    level: int | None
    lines: int = 1
    is_full: bool | None = None
    indent: int = 0
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, without the « s » of plurals, and those that a hyphen joins in it, two by two."""

    single: frozenset[str]
    joined: frozenset[tuple[str, str]]

    def have(self, word: str) -> bool:
        """Whether a word is written in the text."""
        return word.rstrip("s") in self.single

    @classmethod
    def of(cls, lines: Iterable[TextLine]) -> Words:
        """Read the words of lines."""
        single: set[str] = set()
        joined: set[tuple[str, str]] = set()
        is_cut = False
        for line in lines:
            # The first word after a hyphen, and the one before it, may be halves of one.
            written = _PIECES.findall(line.text.lower())[is_cut:]
            is_cut = _HYPHEN.search(line.text[-_LONGEST_WORD:]) is not None
            for found in written[:-1] if is_cut else written:
                pieces = re.split(r"[-\u2010]", found)
                joined.update(itertools.pairwise(pieces))
                if len(pieces) == 1:
                    single.add(found.rstrip("s"))
        return cls(frozenset(single), frozenset(joined))


def margins_of(lines: Sequence[TextLine]) -> Margins:
    """How a text was laid out, told from the lengths of its lines."""
    lengths = sorted(len(line.text) for line in lines)
    marked = sum(marked_heading(line.text) is not None or line.level is not None for line in lines)
    are_marked = marked * _LINES_A_HEADING >= len(lines) > 0
    if len(lengths) < 4:
        return Margins(0, 0, are_marked)
    longest = quantiles(lengths, n=20)[-1]
    full = [length for length in lengths if length >= _FULL * longest]
    wrapped = longest <= _LONGEST_WRAPPED and len(full) >= _MANY * len(lengths)
    # Wrapped lines go on: many full ones end inside a sentence.
    cut = [line for line in lines if len(line.text) >= _FULL * longest and is_unfinished(line.text)]
    wrapped = wrapped and len(cut) >= _FULL / 2 * len(full)
    going_on = sorted(
        later.blanks
        for line, later in itertools.pairwise(lines)
        if is_unfinished(line.text) and later.text[0].islower()
    )
    spacing = going_on[len(going_on) // 2] if wrapped and going_on else 0
    return Margins(longest if wrapped else 0, spacing, are_marked)


def is_added(held: Gathered, line: TextLine, following: TextLine | None) -> bool:
    """Whether a line adds to the unfinished one above it, and is no item: those come several in a row."""
    alone = not held.last.startswith("+") and (following is None or not is_sum(following.text))
    return alone and is_sum(line.text) and not line.blanks and is_unfinished(held.last)


def goes_on(held: Gathered, line: TextLine, form: ItemForm | None, margins: Margins) -> bool:
    """Whether a line goes on the paragraph before it."""
    if line.is_apart or held.lines >= _MOST_LINES or line.text.startswith("|"):
        return False
    unfinished = is_unfinished(held.last)
    near = line.blanks <= margins.spacing
    is_cut = near and form is None and (_is_dangling(held.last) or _closes(held.text, line.text))
    level = heading_level(held.text) if held.lines == 1 else None
    if level is not None and is_numbered(level) and line.text[0].isupper():
        return is_cut
    if form is not None:
        # "2." or "a." may begin a line in the middle of a sentence; a bullet doesn't.
        may_begin = not form.is_sure and form.mark != "1)" and not form.is_first
        return may_begin and near and unfinished and _is_full(held, margins)
    low = line.text[0].islower() or line.text[0] in ",;)»:-" or is_sum(line.text)
    if unfinished and low:
        by_hyphen = bool(_HYPHEN.search(held.last[-_LONGEST_WORD:]))
        return line.blanks == 0 or near or by_hyphen or _is_full(held, margins)
    if is_cut or not near:
        return is_cut
    if low and not line.blanks and held.last.endswith(",") and len(held.last) >= _LONG:
        return True
    if unfinished and (line.text.startswith("(") or _is_value(held, line, margins)):
        return True
    return not held.last.endswith((";", ":")) and _is_cut_by_margin(held, line, margins)


def _is_cut_by_margin(held: Gathered, line: TextLine, margins: Margins) -> bool:
    """Whether the margin cut a line, of the page or, in a format that doesn't say, of its column."""
    unfinished = is_unfinished(held.last)
    if held.is_full is not None or not margins.longest:
        return held.is_full is True
    if _is_full(held, margins):
        title = unfinished and line.text[0].isupper()
        return not title or _has_no_room(held.last, line.text, margins.longest)
    in_column = held.lines > 1 and held.longest >= _LEAST_COLUMN and not line.text[0].isupper()
    goes = unfinished or (line.text[0].islower() and held.last.endswith(","))
    return in_column and goes and _has_no_room(held.last, line.text, held.longest)


def _is_full(held: Gathered, margins: Margins) -> bool:
    """Whether the last line is about as long as the margin lets it be."""
    if held.is_full is not None:
        return held.is_full
    return margins.longest > 0 and len(held.last) >= margins.full


def glued(text: str, line: str, words: Words) -> str:
    """Put a line after a text; a word that a hyphen cuts at the margin is whole again."""
    if line[0] == "-" and line[1:2].isalpha():
        return f"{text}{line}"
    cut, first = _HYPHEN.search(text[-_LONGEST_WORD:]), _FIRST_WORD.match(line)
    if cut is None or first is None or not line[0].islower():
        return f"{text} {line}"
    before, after = cut[1].lower(), first[0].lower()
    if (before, after) in words.joined:
        return f"{text}{line}"
    # Two words, and not one that is written elsewhere: the hyphen is theirs.
    is_word = words.have(before) or len(before) >= _WHOLE_WORD
    if is_word and len(after) > 3 and words.have(after) and not words.have(before + after):
        return f"{text}{line}"
    return f"{text[:-1]}{line}"


def _is_dangling(text: str) -> bool:
    """Whether a line of several words ends with one that another follows."""
    *before, last = re.split(r"[\s’'-]", text[-_LONGEST_WORD:])
    return bool(before) and last in _SMALL_WORDS


def _closes(text: str, line: str) -> bool:
    """Whether a line closes a bracket that the text before it opens."""
    tail = text[-_MOST_IN_BRACKETS:]
    if tail.count("(") <= tail.count(")"):
        return False
    closing, opening = line.find(")"), line.find("(")
    return closing >= 0 and (opening < 0 or closing < opening)


def _is_value(held: Gathered, line: TextLine, margins: Margins) -> bool:
    """Whether a line is a value in capitals beside the name of a row, of a table flattened to text."""
    is_narrow = held.lines > 1 and held.longest <= NARROW * margins.longest
    return is_narrow and line.text.isupper() and len(line.text) <= _MOST_VALUE


def _has_no_room(last: str, line: str, longest: float) -> bool:
    """Whether the first word of a line had no room at the end of the one before it."""
    return len(last) + 1 + len(line.split(maxsplit=1)[0]) >= _ROOM * longest
