"""Rows of a table: those for other cases than the one asked aren't told, by its words or its inhabitants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.reading.stated.bounds import admits
from corpus.french.folding import fold
from ingest.lexical import analyse

if TYPE_CHECKING:
    from assistant.choosing.evidence import Evidence
    from assistant.eligibility.facts import Range

# How ``ingest/formats/table_rows.py`` writes a row: between its cells, and after the name of a column.
_BETWEEN, _NAMES = " ; ", " : "


def without_other_sizes(items: Sequence[Evidence], population: Range | None) -> list[Evidence]:
    """Sentences without the rows of tables that are for communes of another size than the one told.

    Args:
        items: the sentences.
        population: inhabitants of the commune; None where they aren't known.
    """
    if population is None:
        return list(items)
    return [item for item in items if not _is_of_other_size(item.sentence.text, population)]


def _is_of_other_size(text: str, population: Range) -> bool:
    return is_row(text) and admits(fold(text.replace("\u00a0", " ")), population) is False


def is_row(text: str) -> bool:
    """Whether a sentence is a row of a table, with the names of its columns."""
    return bool(_columns(text.replace("\u00a0", " ")))


def is_other_row(text: str, best: str, question: str) -> bool:
    """Whether a sentence is a row of the table of the best one, which the question names less well.

    Args:
        text: the sentence.
        best: the best sentence.
        question: what is asked.
    """
    row, first = (told.replace("\u00a0", " ") for told in (text, best))
    if not _columns(first) or _columns(row) != _columns(first):
        return False
    asked = frozenset(analyse(question))
    return len(asked & _head(row)) < len(asked & _head(first))


def _columns(text: str) -> frozenset[str]:
    """The names of the columns of a row ("Pompe à chaleur, Taux : 30 % ; Plafond : 18 000 €")."""
    cells = text.split(_BETWEEN)
    named = [cell.partition(_NAMES)[0].rpartition(", ")[2] for cell in cells if _NAMES in cell]
    return frozenset(named) if len(named) == len(cells) else frozenset()


def _head(text: str) -> frozenset[str]:
    """The stems of what a row is about: what stands before its first column."""
    return frozenset(analyse(text.partition(_NAMES)[0].rpartition(", ")[0]))
