"""Check each statement of a body: a whole sentence, its source marks at its end and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.errors import Problem
from corpus.fiches.document import Block
from corpus.fiches.fiche import CONFUSION_SECTION, UNKNOWN_SECTION, Fiche

# Sections where a statement may be the fiche's own, without a source.
UNSOURCED_SECTIONS = (CONFUSION_SECTION, UNKNOWN_SECTION)
_ENDS = re.compile(r"[.!?…](?:[\u00a0 ]?[»)])?$")
_MARK = re.compile(r"\[\d{1,3}\]")
_LETTER = re.compile(r"[^\W\d_]")
_MISPLACED = (
    "un repère de source n’est pas à la fin de l’énoncé",
    "mettez tous les repères à la fin, ou faites deux phrases à puce",
)


def check_statements(fiche: Fiche) -> Iterator[Problem]:
    """Check the marks and the final stop of every bullet and paragraph."""
    lines = enumerate(fiche.front.body.splitlines(), fiche.front.body_line)
    misplaced = {line for line, text in lines if _text_follows_mark(text)}
    for section in fiche.sections:
        for block in section.blocks:
            if block.line in misplaced or len({sentence.sources for sentence in block.sentences}) > 1:
                yield Problem(fiche.path, block.line, section.title, *_MISPLACED)
                continue
            for problem, remedy in _faults(block, needs_source=section.title not in UNSOURCED_SECTIONS):
                yield Problem(fiche.path, block.line, section.title, problem, remedy)


def _text_follows_mark(line: str) -> bool:
    mark = _MARK.search(line)
    return mark is not None and _LETTER.search(line, mark.end()) is not None


def _faults(block: Block, *, needs_source: bool) -> Iterator[tuple[str, str]]:
    last = block.sentences[-1]
    if needs_source and not last.sources:
        remedy = "terminez par le numéro de la source, par exemple « … de la dépense. [1] »"
        yield "énoncé sans source", remedy
    if len(set(last.sources)) < len(last.sources):
        yield "le même numéro de source est écrit deux fois", "gardez-en un seul"
    if _ENDS.search(last.text) is None:
        yield "l’énoncé ne finit pas par un point", "mettez un point, puis le repère de source"
