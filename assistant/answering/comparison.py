"""Set schemes side by side: which sentences stand in which row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant import messages
from assistant.answering.ended import ended_first, is_closed
from assistant.choosing.evidence import Evidence
from assistant.lines import Line, line, quoted, table_head, table_row
from assistant.reading.asked_intents import aspects_of
from assistant.reading.intents import Intent
from assistant.reading.understand import Question
from corpus.fiches.catalogue import Catalogue
from corpus.labels import FUNDER_LABELS

MOST_COMPARED = 3
# The rows, in order: the section that each is made from, and how many of its sentences a cell may hold
# when what it holds is asked, and when not.
_ROWS: tuple[tuple[str, Intent, int, int], ...] = (
    ("Objet", Intent.WHAT, 2, 1),
    ("Bénéficiaires", Intent.WHO, 2, 2),
    ("Montant", Intent.HOW_MUCH, 3, 1),
    ("Calendrier", Intent.WHEN, 2, 0),
    ("Démarche", Intent.HOW, 1, 0),
)
# From this probability on, something is asked precisely.
_PLAINLY = 0.6
# How many sentences of a scheme answer a precise question best, whatever their sections.
_BEST = 3
# How many sentences of the other sections a cell of the last row may hold; a page has sections of its own.
_FURTHER, _OF_A_PAGE = 1, 4


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a comparison.

    Attributes:
        title: the section that its sentences are from; empty for the row of what else answers.
        cells: for each scheme, in order, the sentences of its cell.
    """

    title: str
    cells: tuple[tuple[Evidence, ...], ...]


def precisely_asked(question: Question) -> frozenset[Intent]:
    """What a comparison is asked on, where it's asked on something: the other rows are then left out."""
    # "Quelle différence entre ces deux aides ?" asks nothing of them.
    if question.read is None or question.is_plain:
        return frozenset()
    likely = aspects_of(question.read)
    rows = (intent for _, intent, *_ in _ROWS if intent is not Intent.WHAT)
    return frozenset(intent for intent in rows if intent in question.intents or likely[intent] >= _PLAINLY)


def side_by_side(question: Question, evidence: Sequence[Evidence]) -> list[Row]:
    """Choose the sentences of each row for the schemes that a question compares; empty rows left out.

    Where something precise is asked, only its rows, and of each scheme the sentences that answer best.
    """
    schemes = question.subjects[:MOST_COMPARED]
    precise = precisely_asked(question)
    own = {name: [item for item in evidence if item.hit.chunk.subject_id == name] for name in schemes}
    rows = []
    for title, intent, asked, otherwise in _ROWS:
        if precise and intent not in precise:
            continue
        size = asked if intent in question.intents | precise else otherwise
        in_order = title == "Objet" or intent not in question.intents | precise
        rows.append(Row(title, tuple(_cell(title, own[name], size, in_order=in_order) for name in schemes)))
    shown = {id(item) for row in rows for cell in row.cells for item in cell}
    best = {name: own[name][:_BEST] if precise else own[name] for name in schemes}
    further = tuple(
        tuple(item for item in best[name] if id(item) not in shown and not item.is_gap)[
            : _further(own[name]) + bool(precise)
        ]
        for name in schemes
    )
    # What answers a precise question best opens it, from whatever section.
    rows.insert(0 if precise else len(rows), Row("", further))
    return [row for row in rows if any(row.cells)]


def _further(own: Sequence[Evidence]) -> int:
    return _FURTHER if own and own[0].hit.chunk.scheme_id else _OF_A_PAGE


def _cell(title: str, own: Iterable[Evidence], size: int, *, in_order: bool) -> tuple[Evidence, ...]:
    """The best sentences of a section; the one that opens it first, where nothing precise is asked of it."""
    found = [item for item in own if item.sentence.section == title]
    if in_order and found:
        opening = min(found, key=lambda item: (item.hit.chunk.id != found[0].hit.chunk.id, item.position))
        found.sort(key=lambda item: item is not opening)
    return tuple(found[:size])


def listed(
    rows: Sequence[Row], schemes: Sequence[str], numbers: Mapping[int, int], catalogue: Catalogue
) -> list[Line]:
    """Write the rows as one line a scheme, to be read one after the other; arguments as :func:`table`."""
    pages = _pages(rows)
    lines = []
    for place, name in enumerate(schemes):
        told = [item for row in rows for item in row.cells[place]]
        if is_closed(name, catalogue):
            told = ended_first(told, lambda item: item.sentence.section)
        own = [quoted(item.sentence.text, numbers[id(item)]) for item in told]
        text = " ".join(own) or messages.NOTHING_KNOWN
        lines.append(line("item", messages.under_heading(_head(name, pages, catalogue), text)))
    return lines


def table(
    rows: Sequence[Row], schemes: Sequence[str], numbers: Mapping[int, int], catalogue: Catalogue
) -> list[Line]:
    """Write the rows as the lines of a table.

    Args:
        rows: the rows, as :func:`side_by_side` gives them.
        schemes: the schemes, in the order of the cells.
        numbers: the number of each sentence's citation, by the identity of its evidence.
        catalogue: the schemes.
    """
    pages = _pages(rows)
    lines = [table_head(["", *(_head(name, pages, catalogue) for name in schemes)])]
    for row in rows:
        cells = [
            " ".join(quoted(item.sentence.text, numbers[id(item)]) for item in cell) or messages.NOTHING_KNOWN
            for cell in row.cells
        ]
        lines.append(table_row([messages.ROW_TITLES[row.title], *cells]))
    return lines


def _pages(rows: Sequence[Row]) -> Mapping[str, str]:
    """The titles of what the sentences of the rows are from, by its id."""
    items = (item for row in rows for cell in row.cells for item in cell)
    return {item.hit.chunk.subject_id: item.hit.chunk.label for item in items}


def _head(name: str, pages: Mapping[str, str], catalogue: Catalogue) -> str:
    """The head of the column of a scheme, or of a page by its title."""
    if name in catalogue:
        scheme = catalogue.scheme(name)
        return messages.column_of_scheme(scheme.label, FUNDER_LABELS[scheme.funder])
    return messages.column_of_page(pages.get(name, ""))
