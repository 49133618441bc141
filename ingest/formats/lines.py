"""Lines of plain text joined into the paragraphs, items and headings that they were cut from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.formats.line_forms import (
    PLAIN_LEVEL,
    ItemForm,
    heading_level,
    is_numbered,
    is_rule,
    is_unfinished,
    item_form,
    marked_heading,
)
from ingest.formats.line_joins import (
    NARROW,
    Gathered,
    Margins,
    TextLine,
    Words,
    glued,
    goes_on,
    is_added,
    margins_of,
)
from ingest.formats.line_lists import depths_of, listed_lines
from ingest.formats.parts import Heading, Item, Paragraph, Part

# So many headings of no number that follow one another are no headings: an address, a list.
_RUN = 3
# What is beside the name of a row of a table is so much wider than it at least, and narrower than the page.
_BESIDE, _PAGE_WIDE, _MOST_NAME_LINES = 1.2, 0.85, 9
_WIDER = 1.1


def joined(lines: Sequence[TextLine]) -> tuple[Part, ...]:
    """Join lines into parts: what the margin cut is one again, words too; headings and items are found."""
    lines = _with_whole_title(lines)
    margins = margins_of(lines)
    gathered = list(_gather(lines, margins, Words.of(lines)))
    return tuple(_parts(gathered, margins))


def _with_whole_title(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """The lines with a title that goes on after its colon in one: « Notice : », « réduire les pertes »."""
    if len(lines) < 3 or lines[0].level is not None:
        return lines
    first, second, following = lines[:3]
    stands = not second.blanks and following.blanks > 0 and second.text[0].islower()
    title = f"{first.text} {second.text}"
    if not (stands and first.text.endswith(":") and heading_level(title) == PLAIN_LEVEL):
        return lines
    return [replace(first, text=title), *lines[2:]]


def _gather(lines: Sequence[TextLine], margins: Margins, words: Words) -> Iterator[Gathered]:
    held: Gathered | None = None
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        marked = (line.level, line.text) if line.level is not None else marked_heading(line.text)
        marked = (1, "") if is_rule(line.text) else marked
        if marked is not None:
            if held:
                yield held
                held = None
            yield Gathered(marked[1], marked[1], line.page, line.blanks, None, marked[0])
            continue
        form = item_form(line.text)
        if held is not None and (is_added(held, line, following) or _is_hyphen(held, line, form)):
            form = None
        if held is not None and goes_on(held, line, form, margins):
            held.text = glued(held.text, line.text, words)
            held.last = line.text
            held.lines += 1
            held.is_full = line.is_full
            held.longest = max(held.longest, len(line.text))
            continue
        if held:
            yield held
        text = line.text[form.start :] if form else line.text
        held = Gathered(
            text,
            line.text,
            line.page,
            line.blanks,
            form,
            None,
            is_full=line.is_full,
            indent=line.indent,
            longest=len(line.text),
        )
    if held:
        yield held


def _is_hyphen(held: Gathered, line: TextLine, form: ItemForm | None) -> bool:
    """Whether what looks like a bullet, glued to a word, is a hyphen: it stands inside a sentence."""
    if form is None or not form.is_glued or line.blanks or not is_unfinished(held.last):
        return False
    return held.form is None or not held.form.is_glued


def _parts(gathered: Sequence[Gathered], margins: Margins) -> Iterator[Part]:
    names = [_is_row_name(*pair, margins) for pair in zip(gathered, [*gathered[1:], None], strict=False)]
    levels = [_level(gathered, place, margins, names) for place in range(len(gathered))]
    depths = depths_of(gathered, levels)
    listed = listed_lines(gathered, levels, margins)
    column = 0  # how wide the text beside the names of a table's rows is
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
            column = column if level == PLAIN_LEVEL and held.level is None else 0
            yield Heading(held.text, level, held.page)
            continue
        if place and names[place - 1]:
            column = max(column, held.longest)
        elif column and held.longest > _WIDER * column:
            # Wider than the table was: what follows isn't of its row.
            yield Heading("", PLAIN_LEVEL, held.page)
            column = 0
        elif column:
            column = max(column, held.longest)
        if held.form is not None:
            yield Item(held.text, depths[place], held.form.mark, held.form.number, held.page)
        elif listed[place]:
            yield Item(held.text, page=held.page)
        else:
            yield Paragraph(held.text, held.page)


def _is_row_name(held: Gathered, following: Gathered | None, margins: Margins) -> bool:
    """Whether a paragraph names a row of a table flattened to text: a narrow cell before a wide one."""
    if following is None or margins.are_marked or held.lines < 2:
        return False
    if held.form is not None or held.level is not None:
        return False
    is_narrow = held.longest <= NARROW * margins.longest and held.lines <= _MOST_NAME_LINES
    is_beside = following.form is None and following.longest < _PAGE_WIDE * margins.longest
    is_beside = is_beside and following.longest >= _BESIDE * held.longest
    starts = held.text[0].isupper() and not following.text[0].islower()
    return is_narrow and is_beside and starts and heading_level(held.text) == PLAIN_LEVEL


def _level(gathered: Sequence[Gathered], place: int, margins: Margins, names: Sequence[bool]) -> int | None:
    """Level of a paragraph as a heading; None for text."""
    held = gathered[place]
    if held.level is not None:
        return held.level
    if held.form is not None and held.form.is_bullet:
        return None
    if names[place]:
        return PLAIN_LEVEL
    level = heading_level(held.text)
    following = gathered[place + 1] if place + 1 < len(gathered) else None
    if level is None or following is None:
        # With a number and nothing after it, it's the last item of a list.
        heads = level is not None and held.form is None and is_numbered(level)
        return level if heads or place == 0 else None
    if held.form is not None:
        # "1. Un toit" before "2. Une cour" is an item; before text it's a heading.
        before = gathered[place - 1] if place else None
        is_beside = _is_next(before, held) or _is_next(held, following)
        return None if is_beside or _starts_low(held) else level
    apart = held.blanks > margins.spacing or place == 0
    if is_numbered(level):
        is_text = held.lines > 1 and not is_unfinished(held.text)
        return (
            level if not is_text and (apart or following.blanks > margins.spacing or margins.full) else None
        )
    return level if _is_plain_heading(gathered, place, margins, names, is_apart=apart) else None


def _is_plain_heading(
    gathered: Sequence[Gathered], place: int, margins: Margins, names: Sequence[bool], *, is_apart: bool
) -> bool:
    """Whether a paragraph in the form of a heading, without a number, is one where it stands."""
    held, following = gathered[place], gathered[place + 1]
    if margins.are_marked or held.lines > 2 or (following.form is None and following.text[:1].islower()):
        return False
    if names[place + 1] or (place and (names[place - 1] or gathered[place - 1].last.endswith(","))):
        # What stands above or beside the name of a row, or after a comma, is no heading.
        return False
    if margins.full and margins.spacing:
        # Blank lines tell nothing; a line that stops short of the margin inside a sentence is a heading's.
        return len(held.last) < margins.full and following.lines > 1
    return is_apart and following.blanks > margins.spacing


def _is_next(held: Gathered | None, following: Gathered | None) -> bool:
    """Whether a numbered item and the one after it are of one list."""
    if held is None or following is None or held.form is None or following.form is None:
        return False
    numbers = held.form.number, following.form.number
    return held.form.mark == following.form.mark and (numbers[0] < numbers[1] or set(numbers) == {(1,)})


def _starts_low(held: Gathered) -> bool:
    """Whether what a number counts begins with a small letter: « 1. les travaux » is an item."""
    words = held.text.split(maxsplit=2)
    return len(words) > 1 and words[1][0].islower()


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
