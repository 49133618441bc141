"""From the parts of a file to sections of sentences, without what is of the site or says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from corpus.fiches.document import Block, Section, Sentence
from ingest.blanks import is_mostly_blank
from ingest.clean import fold_spaces, is_furniture, normalise
from ingest.dates import is_date_line
from ingest.formats.parts import Heading, Part, Row
from ingest.leads import Told, told_parts

_SOURCE = (1,)
_WORD = re.compile(r"\w*[^\W\d_]\w*|\d+")
# An address alone says nothing of what it leads to.
_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)\S+")
# What ends a statement; a fragment that ends with none has to hold some words.
_FINISHED = (".", "!", "?", "…", "»")
_LEAST_WORDS = 2
# Emoji, arrows and the like before a heading.
_ORNAMENT = re.compile(r"^[^\w«(\[\"'’]+")


@dataclass(slots=True)
class _Draft:
    """The section being gathered."""

    path: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)


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
            text = _ORNAMENT.sub("", text).rstrip(" :\u00a0")
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
            if told.text:
                headings.append((told.level, told.text))
            drafts.append(_Draft(tuple(text for _, text in headings)))
        elif block := _block(told):
            drafts[-1].blocks.append(block)
    return tuple(Section(draft.path, tuple(draft.blocks)) for draft in drafts if draft.blocks)


def _block(told: Told) -> Block | None:
    sentences = tuple(Sentence(text, _SOURCE, told.page) for text in told.statements if _says_something(text))
    return Block(sentences, told.is_item) if sentences else None


def _says_something(text: str) -> bool:
    if is_mostly_blank(text) or not _ADDRESS.sub("", text).strip():
        return False
    words = len(_WORD.findall(text))
    return words >= _LEAST_WORDS or (words > 0 and text.endswith(_FINISHED))


def _clean(text: str) -> str:
    return fold_spaces(normalise(text)).strip()
