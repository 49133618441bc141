"""Lines of plain text joined into the paragraphs, items and headings that they were cut from."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import quantiles

from ingest.clean import fold_spaces
from ingest.formats.line_forms import (
    ItemForm,
    heading_level,
    is_numbered,
    is_page_mark,
    is_rule,
    is_sum,
    is_unfinished,
    item_form,
    marked_heading,
)
from ingest.formats.parts import Heading, Item, Paragraph, Part

# A text is wrapped when its lines are about as long as the longest; a line this full was cut by the margin.
_LONGEST_WRAPPED = 160
_FULL = 0.7
_MANY = 0.25
# So many headings of no number that follow one another are no headings: an address, a list.
_RUN = 3
_LONGEST_WORD = 60
# A paragraph of more lines is told in pieces.
_MOST_LINES = 400
# A text with a marked heading in so many lines marks all of them.
_LINES_A_HEADING = 40
_HYPHEN = re.compile(r"(?<![^\W\d_])([^\W\d_]++)[-\u2010\u00ac]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_PIECES = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line: its text, how many blank lines come before it, its page, its level if it's a heading.

    ``is_apart`` tells a line that its format sets apart from the one before it, ``is_full`` one that the
    margin cut, in a format that knows.
    """

    text: str
    blanks: int = 0
    page: int | None = None
    level: int | None = None
    is_apart: bool = False
    is_full: bool | None = None


@dataclass(frozen=True, slots=True)
class _Margins:
    """How a text was laid out.

    Attributes:
        full: how long a line that the margin cut is; 0 when the text isn't wrapped.
        spacing: how many blank lines stand between the lines of a paragraph.
        are_marked: whether its headings have marks, so that lines without any are none.
    """

    full: float
    spacing: int
    are_marked: bool


@dataclass(slots=True)
class _Gathered:
    """A paragraph being gathered from its lines."""

    text: str
    last: str
    page: int | None
    blanks: int
    form: ItemForm | None
    level: int | None
    lines: int = 1
    is_full: bool | None = None


def text_lines(text: str) -> list[TextLine]:
    """The lines of a text that hold something, without pages' numbers."""
    lines: list[TextLine] = []
    blanks, turned = 0, False
    for raw in text.split("\n"):
        line = fold_spaces(raw)
        if not line:
            blanks += 1
        elif is_page_mark(line):
            turned = True
        else:
            goes_on = turned and line[0].islower()
            lines.append(TextLine(line, 0 if goes_on else blanks))
            blanks, turned = 0, False
    return lines


def joined(lines: Sequence[TextLine]) -> tuple[Part, ...]:
    """Join lines into parts: what the margin cut is one again, words too; headings and items are found."""
    margins = _margins(lines)
    hyphened = frozenset(word.lower() for line in lines for word in _PIECES.findall(line.text))
    gathered = list(_gather(lines, margins, hyphened))
    return tuple(_parts(gathered, margins))


def _margins(lines: Sequence[TextLine]) -> _Margins:
    lengths = sorted(len(line.text) for line in lines)
    marked = sum(marked_heading(line.text) is not None or line.level is not None for line in lines)
    are_marked = marked * _LINES_A_HEADING >= len(lines) > 0
    if len(lengths) < 4:
        return _Margins(0, 0, are_marked)
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
    return _Margins(_FULL * longest if wrapped else 0, spacing, are_marked)


def _gather(lines: Sequence[TextLine], margins: _Margins, hyphened: frozenset[str]) -> Iterator[_Gathered]:
    held: _Gathered | None = None
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        marked = (line.level, line.text) if line.level is not None else marked_heading(line.text)
        marked = (1, "") if is_rule(line.text) else marked
        if marked is not None:
            if held:
                yield held
                held = None
            yield _Gathered(marked[1], marked[1], line.page, line.blanks, None, marked[0])
            continue
        form = item_form(line.text)
        if held is not None and _is_added(held, line, following):
            form = None
        if held is not None and _goes_on(held, line, form, margins):
            held.text = _glued(held.text, line.text, hyphened)
            held.last = line.text
            held.lines += 1
            held.is_full = line.is_full
            continue
        if held:
            yield held
        text = line.text[form.start :] if form else line.text
        held = _Gathered(text, line.text, line.page, line.blanks, form, None, is_full=line.is_full)
    if held:
        yield held


def _is_added(held: _Gathered, line: TextLine, following: TextLine | None) -> bool:
    """Whether a line adds to the unfinished one above it, and is no item: those come several in a row."""
    alone = not held.last.startswith("+") and (following is None or not is_sum(following.text))
    return alone and is_sum(line.text) and not line.blanks and is_unfinished(held.last)


def _goes_on(held: _Gathered, line: TextLine, form: ItemForm | None, margins: _Margins) -> bool:
    """Whether a line goes on the paragraph before it."""
    if line.is_apart or held.lines >= _MOST_LINES or line.text.startswith("|"):
        return False
    level = heading_level(held.text) if held.lines == 1 else None
    if level is not None and is_numbered(level) and line.text[0].isupper():
        return False
    unfinished = is_unfinished(held.last)
    low = line.text[0].islower() or line.text[0] in ",;)»:" or is_sum(line.text)
    near = line.blanks <= margins.spacing
    wrapped = bool(margins.full) or held.is_full is not None
    full = wrapped and (len(held.last) >= margins.full if held.is_full is None else held.is_full)
    if form is not None:
        # "2." or "a." may begin a line in the middle of a sentence; a bullet doesn't.
        return form.mark not in {"-", "a)", "1°", "1)"} and near and full and unfinished and not form.is_first
    if unfinished and low:
        return line.blanks == 0 or near or full or bool(_HYPHEN.search(held.last[-_LONGEST_WORD:]))
    if not near:
        return False
    if not wrapped:
        return unfinished and line.blanks == 0 and low
    if unfinished:
        return full
    return full and not held.last.endswith((";", ":"))


def _glued(text: str, line: str, hyphened: frozenset[str]) -> str:
    """Put a line after a text; a word that a hyphen cuts at the margin is whole again."""
    cut, first = _HYPHEN.search(text[-_LONGEST_WORD:]), _FIRST_WORD.match(line)
    if cut is None or first is None or not line[0].islower():
        return f"{text} {line}"
    if f"{cut[1]}-{first[0]}".lower() in hyphened:
        return f"{text}{line}"
    return f"{text[:-1]}{line}"


def _parts(gathered: Sequence[_Gathered], margins: _Margins) -> Iterator[Part]:
    levels = [_level(gathered, place, margins) for place in range(len(gathered))]
    for place, held in enumerate(gathered):
        level = levels[place]
        if (
            level is not None
            and not is_numbered(level)
            and _run(levels, place) >= _RUN
            and held.level is None
        ):
            level = None
        if level is not None:
            yield Heading(held.text, level, held.page)
        elif held.form is not None:
            yield Item(held.text, 0, held.form.mark, held.form.number, held.page)
        else:
            yield Paragraph(held.text, held.page)


def _level(gathered: Sequence[_Gathered], place: int, margins: _Margins) -> int | None:
    """Level of a paragraph as a heading; None for text."""
    held = gathered[place]
    if held.level is not None:
        return held.level
    if held.form is not None and held.form.mark == "-":
        return None
    level = heading_level(held.text)
    following = gathered[place + 1] if place + 1 < len(gathered) else None
    if level is None or following is None:
        # With a number and nothing after it, it's the last item of a list.
        heads = level is not None and held.form is None and is_numbered(level)
        return level if heads or place == 0 else None
    if held.form is not None:
        # "1. Un toit" before "2. Une cour" is an item; before text it's a heading.
        before = gathered[place - 1] if place else None
        beside = [
            other.form.mark for other in (before, following) if other is not None and other.form is not None
        ]
        return None if held.form.mark in beside else level
    apart = held.blanks > margins.spacing or place == 0
    if held.lines > 1 and is_numbered(level) and not is_unfinished(held.text):
        return None
    if is_numbered(level):
        return level if apart or following.blanks > margins.spacing or margins.full else None
    if margins.are_marked or held.lines > 2 or (following.form is None and following.text[:1].islower()):
        return None
    if margins.full and margins.spacing:
        # Blank lines tell nothing; a line that stops short of the margin inside a sentence is a heading's.
        return level if len(held.last) < margins.full and following.lines > 1 else None
    return level if apart and following.blanks > margins.spacing else None


def _run(levels: Sequence[int | None], place: int) -> int:
    """How many headings without a number follow one another around a place."""
    start = place
    while start > 0 and _is_plain(levels[start - 1]):
        start -= 1
    end = place
    while end + 1 < len(levels) and _is_plain(levels[end + 1]):
        end += 1
    return end - start + 1


def _is_plain(level: int | None) -> bool:
    return level is not None and not is_numbered(level)


def on_page(parts: Iterable[Part], page: int) -> Iterator[Part]:
    """The same parts, on a page."""
    return (replace(part, page=page) for part in parts)
