"""From the parts of a file to sections of sentences, without what is of the site or says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.fiches.document import Block, Section, Sentence
from ingest.blanks import is_mostly_blank
from ingest.clean import fold_spaces, is_furniture, normalise
from ingest.dates import is_date_line
from ingest.formats.parts import Heading, Paragraph, Part, Row
from ingest.leads import Told, told_parts

_SOURCE = (1,)
_WORD = re.compile(r"\w*[^\W\d_]\w*|\d+")
# An address alone says nothing of what it leads to.
_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)\S+")
# What a word or an amount holds; a number alone is a page's as well as a value.
_VALUE = re.compile(r"[^\W\d_]{2}|[%€]")
# What ends a statement; a fragment that ends with none has to hold some words.
_FINISHED = (".", "!", "?", "…", "»")
_LEAST_WORDS = 2
# A heading of fewer words that no text follows names nothing that anyone asks for.
_LEAST_HEADING_WORDS = 3
# A heading of more words that ends a sentence, or of as many as a paragraph, is text.
_MOST_HEADING_WORDS, _PARAGRAPH_WORDS = 12, 40
HEADING_END = " :\u00a0"
# Emoji, arrows and the like before a heading.
_ORNAMENT = re.compile(r"^[^\w«(\[\"'’]+")


@dataclass(slots=True)
class _Draft:
    """The section being gathered."""

    path: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)
    page: int | None = None


def cleaned(parts: Iterable[Part]) -> Iterator[Part]:
    """Give the parts with their texts normalised, without those of the page around (menus, dates alone)."""
    for part in parts:
        if isinstance(part, Row):
            row = replace(part, head=tuple(map(_clean, part.head)), cells=tuple(map(_clean, part.cells)))
            if any(row.cells):
                yield row
            continue
        text = _clean(part.text)
        if isinstance(part, Heading):
            text = _ORNAMENT.sub("", text)
            if _is_text(text):
                yield Heading("", part.level, part.page)
                yield Paragraph(text, part.page)
                continue
        elif not text or is_furniture(text) or is_date_line(text):
            continue
        yield replace(part, text=text)


def sections_of(parts: Iterable[Part]) -> tuple[Section, ...]:
    """Cut cleaned parts into the sections that hold text, in order; every sentence is of source 1."""
    headings: list[tuple[int, str]] = []
    drafts = [_Draft(())]
    for told in told_parts(parts):
        if isinstance(told, Heading):
            headings = [pair for pair in headings if pair[0] < told.level]
            if text := told.text.rstrip(HEADING_END):
                headings.append((told.level, text))
            drafts.append(_Draft(tuple(text for _, text in headings), page=told.page))
        elif block := _block(told) or _value(told, drafts[-1]):
            drafts[-1].blocks.append(block)
    for draft, following in pairwise([*drafts, _Draft(())]):
        if draft.path and not draft.blocks and following.path[: len(draft.path)] != draft.path:
            *above, text = draft.path
            draft.path = tuple(above)
            if len(text.split()) >= _LEAST_HEADING_WORDS:
                draft.blocks += filter(None, [_block(Told((text,), is_item=False, page=draft.page))])
    return tuple(Section(draft.path, tuple(draft.blocks)) for draft in drafts if draft.blocks)


def _is_text(heading: str) -> bool:
    """Whether what is marked as a heading is a sentence or a paragraph."""
    size = len(heading.split())
    return size > _PARAGRAPH_WORDS or (size > _MOST_HEADING_WORDS and heading.endswith((".", ";", "!")))


def _block(told: Told) -> Block | None:
    sentences = tuple(Sentence(text, _SOURCE, told.page) for text in told.statements if _says_something(text))
    return Block(sentences, told.is_item) if sentences else None


def _value(told: Told, draft: _Draft) -> Block | None:
    """A word or a figure right under a heading, told with it: « Taux : 30 % »."""
    value = " ".join(told.statements)
    if draft.blocks or not draft.path or not _VALUE.search(value):
        return None
    if is_mostly_blank(value) or _ADDRESS.search(value):
        return None
    return _block(replace(told, statements=(f"{draft.path[-1]} : {value}",)))


def _says_something(text: str) -> bool:
    if is_mostly_blank(text) or not _ADDRESS.sub("", text).strip():
        return False
    words = len(_WORD.findall(text))
    return words >= _LEAST_WORDS or (words > 0 and text.endswith(_FINISHED))


def _clean(text: str) -> str:
    return fold_spaces(normalise(text)).strip()
