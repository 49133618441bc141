"""Rows of one table: another one is told only where the question's words name it as well as the best one."""

from __future__ import annotations

from ingest.lexical import analyse

# How ``ingest/formats/table_rows.py`` writes a row: between its cells, and after the name of a column.
_BETWEEN, _NAMES = " ; ", " : "


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
