"""Plain text: its paragraphs, lists and headings; a front matter and Markdown's marks, where it has some."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.clean import normalise, strip_furniture
from ingest.dates import PageDates, find_dates, strip_date_lines
from ingest.formats.front_matter import FrontMatter, read_front_matter
from ingest.formats.line_forms import item_form
from ingest.formats.line_joins import TextLine
from ingest.formats.lines import joined
from ingest.formats.page_foot import INDENT, text_lines
from ingest.formats.parts import Heading, Item, Page, Paragraph, Part, Row

_MARKED = re.compile(r"^#{1,6}\s+\S[^\n]*[^\n.;]$", re.MULTILINE)
_LINK = re.compile(
    r"!?\[([^\[\]\n]{1,300})\]\((?:[^()\s]{0,2000})(?:\s+(?:\"[^\"\n]{0,300}\"|«[^»\n]{0,300}»))?\)"
)
_STARS = re.compile(r"(\*{1,2})(?=\S)([^*_\n]{1,400}?)(?<=\S)\1")
# Inside a word, an underscore is a letter of it: an address, the name of a file.
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,2})(?=[^\W_])([^*_\n]{1,400}?)(?<=\S)\1(?!\w)")
# What stands at the top of a record: « Date : 2025-02-28 », « Auteur(s) : le ministre ».
_ABOUT = re.compile(
    r"(date(?: de publication)?|auteurs?(?:\(s\))?|éditeur|source|url|adresse)\s*:\s*(\S.*)", re.IGNORECASE
)
_MOST_ABOUT = 12
_MOST_MARK_CHARS = 40
_TAB, _MOST_INDENT = 4, 80


def read_text(text: str) -> Page:
    """Read plain text.

    A first heading that isn't an article's nor numbered is the title.
    """
    text = normalise(_with_indents(text))
    front = read_front_matter(text)
    body = text[front.length :]
    dates = find_dates(body)
    if front.length or _MARKED.search(body):
        body = _unmarked(body)
    lines, notes = text_lines(strip_date_lines(strip_furniture(body)))
    parts = (*_with_rows(joined(lines)), *_notes(notes))
    about = _about(parts)
    published = front.dates.published or dates.published or about.dates.published
    return Page(
        (*front.parts, *parts),
        title=front.title,
        url=front.url or about.url,
        publisher=front.publisher or about.publisher,
        dates=PageDates(published, front.dates.updated or dates.updated),
    )


def _with_indents(text: str) -> str:
    """The text with the white space before an item kept, which normalising would fold."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        bare = line.lstrip(" \t")
        if bare != line and item_form(bare[:_MOST_MARK_CHARS]):
            width = len(line[: len(line) - len(bare)].expandtabs(_TAB))
            lines[place] = INDENT * min(width, _MOST_INDENT) + bare
    return "\n".join(lines)


def _notes(lines: Sequence[TextLine]) -> tuple[Part, ...]:
    """Notes after all the rest, under a heading of theirs."""
    return (Heading("Notes de bas de page", 1), *joined(lines)) if lines else ()


def _unmarked(body: str) -> str:
    """Take Markdown's emphasis and links off."""
    body = _LINK.sub(r"\1", body)
    for _ in range(2):
        body = _UNDERSCORES.sub(r"\2", _STARS.sub(r"\2", body))
    return body


def _with_rows(parts: tuple[Part, ...]) -> list[Part]:
    """The parts, with tables drawn with bars read as rows."""
    rows: list[Part] = []
    head: tuple[str, ...] = ()
    for part in parts:
        cells = _cells(part)
        if not cells:
            head = ()
            rows.append(part)
        elif len(head) != len(cells):
            head = cells
        elif all(not cell.strip("-: ") for cell in cells):
            continue
        else:
            rows.append(Row(head, cells, part.page))
    return rows


def _cells(part: Part) -> tuple[str, ...]:
    """The cells of a line between bars; none of any other part."""
    if not isinstance(part, Paragraph) or not (part.text.startswith("|") and part.text.endswith("|")):
        return ()
    return tuple(cell.strip() for cell in part.text[1:-1].split("|"))


def _about(parts: tuple[Part, ...]) -> FrontMatter:
    """What the first lines say of the document: its date, author and address, where each has its name."""
    values: dict[str, str] = {}
    for part in parts[:_MOST_ABOUT]:
        if isinstance(part, (Item, Paragraph)) and (found := _ABOUT.fullmatch(part.text)):
            values.setdefault(found[1].lower(), found[2])
        elif isinstance(part, Heading):
            continue
    return FrontMatter.of(values)
