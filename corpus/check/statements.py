"""Check each statement of a body: a whole sentence, its source marks at its end and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.check.sections import CONFUSION_SECTION
from corpus.document import Block
from corpus.errors import Problem
from corpus.fiche import UNKNOWN_SECTION, Fiche

# Sections where a statement may be the fiche's own, without a source.
UNSOURCED_SECTIONS = (CONFUSION_SECTION, UNKNOWN_SECTION)
_ENDS = re.compile(r"[.!?…](?:[\u00a0 ]?[»)])?$")


def check_statements(fiche: Fiche) -> Iterator[Problem]:
    """Check the marks and the final stop of every bullet and paragraph."""
    for section in fiche.sections:
        for block in section.blocks:
            for problem, remedy in _faults(block, needs_source=section.title not in UNSOURCED_SECTIONS):
                yield Problem(fiche.path, block.line, section.title, problem, remedy)


def _faults(block: Block, *, needs_source: bool) -> Iterator[tuple[str, str]]:
    sources = {sentence.sources for sentence in block.sentences}
    if len(sources) > 1:
        remedy = "mettez tous les repères à la fin, ou faites deux phrases à puce"
        yield "un repère de source n’est pas à la fin de l’énoncé", remedy
    elif needs_source and sources == {()}:
        remedy = "terminez par le numéro de la source, par exemple « … de la dépense. [1] »"
        yield "énoncé sans source", remedy
    for numbers in sources:
        if len(set(numbers)) < len(numbers):
            yield "le même numéro de source est écrit deux fois", "gardez-en un seul"
    last = block.sentences[-1].text
    if len(sources) == 1 and _ENDS.search(last) is None:
        yield "l’énoncé ne finit pas par un point", "mettez un point, puis le repère de source"
