"""Write schemes side by side: a table of all that matters, or what is asked of each, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.plans.compared_rows import Said, is_story, states_money
from assistant.answering.plans.compared_side import Side
from assistant.eligibility.citations import CitationBook
from assistant.lines import Line, line, table_head, table_row
from assistant.messages import comparisons, french, grants, next_steps
from assistant.reading.intents import Intent
from corpus.fiches.criteria import ListedIn
from corpus.labels import AID_TYPE_LABELS, BENEFICIARY_LABELS, LIST_LABELS, TOPIC_LABELS

# How many sentences say whom a scheme is for, or until when, where that is asked alone; how many others
# answer beside.
_MOST_WHO, _MOST_WHEN, _MOST_BESIDE = 2, 2, 2


def table(sides: Sequence[Side], book: CitationBook, *, amounts_first: bool, with_best: bool) -> list[Line]:
    """The schemes in their columns; rows of which nothing is known are left out.

    Args:
        sides: the schemes.
        book: issues the numbers of the citations.
        amounts_first: whether what they pay comes first.
        with_best: whether what answers best beside the rest has a row.
    """
    rows = [
        (comparisons.ROW_PURPOSE, [_purpose(side, book) for side in sides]),
        (comparisons.ROW_WHO, [_who(side, book) for side in sides]),
        (comparisons.ROW_AMOUNT, [_amount(side, book) for side in sides]),
        (comparisons.ROW_WHEN, [_when(side, book) for side in sides]),
        (comparisons.ROW_WHERE, [_where(side) for side in sides]),
    ]
    if with_best:
        cells = [" ".join(row[1][place] for row in rows) for place in range(len(sides))]
        rows.append(
            (
                comparisons.ROW_BESIDE,
                [_best(side, cell, book) for side, cell in zip(sides, cells, strict=True)],
            )
        )
    if amounts_first:
        rows.sort(key=lambda row: row[0] != comparisons.ROW_AMOUNT)
    filled = [
        table_row([title, *(cell or comparisons.NOTHING_KNOWN for cell in cells)])
        for title, cells in rows
        if any(cells)
    ]
    return [table_head(["", *(side.head for side in sides)]), *filled]


def sums_of(side: Side) -> list[Line]:
    """What one scheme pays, under its name."""
    if side.paid is None:
        return []
    return [line("amount", grants.for_scheme(side.paid.label, told.text)) for told in side.sums]


def listed(side: Side, asked: frozenset[Intent], book: CitationBook, *, lacks_are_said: bool) -> list[Line]:
    """What else answers of one scheme, under its name.

    Args:
        side: the scheme.
        asked: what is asked.
        book: issues the numbers of the citations.
        lacks_are_said: whether that no amount is known of it is said already.
    """
    is_of_when = asked == {Intent.WHEN} and side.calendar is not None
    sums = list(side.sums) if Intent.HOW_MUCH in asked else []
    parts: list[str] = []
    shown: list[Said] = []
    if Intent.HOW_MUCH in asked and not (sums or side.is_refused):
        money = [item for item in side.own.best() if states_money(item)]
        shown += sorted((*money, *side.own.amount()), key=lambda item: not states_money(item))[:1]
        is_told = lacks_are_said or any(map(states_money, shown))
        if side.paid is not None and not (is_told or side.paid.is_withheld):
            parts.append(grants.no_amount(side.paid.label))
    if Intent.WHEN in asked and side.calendar is not None:
        parts.append(side.calendar.text)
        shown += [] if side.is_dated else side.own.when()[: _MOST_WHEN if is_of_when else 1]
    shown += side.own.who()[:_MOST_WHO] if Intent.WHO in asked else []
    shown += side.own.of("Démarche")[:1] if Intent.HOW in asked else []
    said = [*sums, *(line("note", part) for part in parts)]
    best = further(side, shown, said, book)
    if is_of_when:  # a date alone, or what answers best of all
        best = [item for item in best if not shown and not side.is_dated and side.own.is_best(item)]
    shown += best[: 1 if sums or parts else _MOST_BESIDE]
    parts += [item.quoted(book) for item in side.own.likeliest_first(shown)]
    return [line("item", french.under_heading(side.head, " ".join(parts)))] if parts else []


def further(side: Side, shown: Sequence[Said], said: Sequence[Line], book: CitationBook) -> list[Said]:
    """What answers best of a scheme beside what is shown; a story where nothing answers better."""
    best = side.own.best(frozenset(item.text for item in shown))
    return side.without((item for item in best if item is best[0] or not is_story(item)), said, book)


def set_apart(sides: Sequence[Side], book: CitationBook, most: int) -> list[Line]:
    """The sentences by which the fiches tell the schemes from one another, the likeliest answer first.

    The best of each fiche goes before a second one of any.
    """
    names = [side.own.name for side in sides]
    found: list[tuple[int, float, Said]] = []
    for side in sides:
        own = side.own.beside([name for name in names if name != side.own.name])
        own.sort(key=lambda told: -told[0])
        found += [(rank, -weight, item) for rank, (weight, item) in enumerate(own)]
    found.sort(key=lambda told: told[:2])
    return [line("statement", item.quoted(book)) for _, _, item in found[:most]]


def form_of(side: Side) -> str:
    """The forms of its help, as they are typed; empty for a page."""
    if side.fiche is None:
        return ""
    return ", ".join(AID_TYPE_LABELS[form] for form in side.fiche.scheme.aid_types)


def _purpose(side: Side, book: CitationBook) -> str:
    """What it's for: in its own words, else its form and its subjects, as they are typed."""
    found = side.own.purpose()
    own = found[0].quoted(book) if found else ""
    if side.fiche is None or side.own.tells_purpose():
        return own
    topics = [TOPIC_LABELS[topic] for topic in side.fiche.scheme.topics]
    return " ".join(part for part in (comparisons.form_and_topics(form_of(side), topics), own) if part)


def _who(side: Side, book: CitationBook) -> str:
    """Whom it's for: in its own words, else the applicants that are typed."""
    if found := side.own.who():
        return found[0].quoted(book)
    if side.fiche is None:
        return ""
    lists = [
        LIST_LABELS[name]
        for rule in side.fiche.scheme.criteria
        if isinstance(rule, ListedIn)
        for name in rule.any_of
    ]
    return comparisons.applicants(
        [BENEFICIARY_LABELS[item] for item in side.fiche.scheme.beneficiaries], lists
    )


def _amount(side: Side, book: CitationBook) -> str:
    if side.is_refused:
        return comparisons.NOT_FOR_THEM
    if side.sums:
        return " ".join(told.text for told in side.sums)
    found = side.own.amount()
    return found[0].quoted(book) if found else ""


def _when(side: Side, book: CitationBook) -> str:
    found = side.own.latest()
    own = found[0].quoted(book) if found else ""
    if side.calendar is None:
        return own
    if side.is_dated:
        return side.calendar.text
    return " ".join(part for part in (side.calendar.text, own) if part)


def _where(side: Side) -> str:
    if side.fiche is None:
        return ""
    return next_steps.where_to_ask(side.fiche.scheme.funder, side.fiche.scheme.desk)


def _best(side: Side, shown: str, book: CitationBook) -> str:
    """What answers best beside what the column holds."""
    found = further(side, (), [line("note", shown)], book)
    return found[0].quoted(book) if found else ""
