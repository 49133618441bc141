"""A row of a table of schemes as a scheme; what no column is known for is told under the column's name."""

from __future__ import annotations

import re

from ingest.records.facts import dated, fact, lowered, rate
from ingest.records.record import SchemeRecord, Topic
from ingest.records.values import Values
from ingest.web.feeds.raw import RawRecord

# A cell of more characters, or of several lines, is a text and no value.
_MOST_VALUE_CHARS = 200
# A number that can only be of percents: with their sign, or whole and more than one.
_OF_PERCENTS = re.compile(r"\d{1,3}(?:[.,]\d{1,3})?[ \u00a0]?%|[2-9]|\d{2,3}")


def read_row(record: RawRecord) -> SchemeRecord:
    """Read a row; its title is empty when it has no name."""
    values = Values(record.named, record.values)
    return SchemeRecord(
        title=values.text("title"),
        publisher=values.text("publisher"),
        url=values.address("url"),
        published=values.maybe_day("published"),
        updated=values.maybe_day("updated"),
        deadline=values.maybe_day("deadline"),
        credit=values.text("licence"),
        topics=_topics(values),
        unread=tuple(values.unread),
    )


def _topics(values: Values) -> tuple[Topic, ...]:
    address = "" if values.address("url") else values.text("url")
    return (
        Topic("Objet", text=values.text("description")),
        _topic(values, "Bénéficiaires", ("Bénéficiaires", "audiences"), ("Périmètre", "perimeter")),
        Topic("Conditions d’éligibilité", text=values.text("eligibility")),
        _topic(
            values,
            "Montant",
            ("Type d’aide", "types"),
            ("Taux de subvention", "rate"),
            ("Montant", "amount"),
            more=(*_rates(values), fact("Financeur", values.text("publisher"))),
        ),
        Topic(
            "Calendrier",
            (
                _date(values, "Ouverture des dépôts", "opens"),
                _date(values, "Date limite de dépôt", "deadline"),
            ),
        ),
        Topic("Démarche", (fact("Adresse", address),), values.text("procedure")),
        Topic("Contact", text=values.text("contact")),
        *_others(values.raw.get("others")),
    )


def _topic(values: Values, heading: str, *names: tuple[str, str], more: tuple[str, ...] = ()) -> Topic:
    """Short cells as facts, the others as one text."""
    facts, texts = [], []
    for label, name in names:
        cell = values.text(name)
        if _is_value(cell):
            facts.append(fact(label, lowered(cell) if name in {"audiences", "types"} else cell))
        else:
            texts.append(cell)
    return Topic(heading, (*facts, *more), "\n\n".join(texts))


def _rates(values: Values) -> tuple[str, ...]:
    """The bounds of the rate; they stand as they are where they may be parts of one (0,5) or percents."""
    texts = values.text("rate_min"), values.text("rate_max")
    if any(_OF_PERCENTS.fullmatch(text) is None for text in texts if text):
        return fact("Taux minimal", texts[0]), fact("Taux maximal", texts[1])
    return (rate("Taux de subvention", values.rate("rate_min"), values.rate("rate_max")),)


def _date(values: Values, label: str, name: str) -> str:
    """A date, or what is written in its place (« au fil de l’eau »)."""
    text = values.text(name)
    return dated(label, values.maybe_day(name)) or fact(label, text)


def _others(cells: object) -> list[Topic]:
    pairs = cells if isinstance(cells, list) else []
    told = [(str(pair[0]), str(pair[1])) for pair in pairs if isinstance(pair, list) and len(pair) == 2]
    facts = tuple(fact(name, cell) if name else cell for name, cell in told if _is_value(cell))
    return [
        Topic("Autres informations", facts),
        *(Topic(name, text=cell) for name, cell in told if not _is_value(cell)),
    ]


def _is_value(cell: str) -> bool:
    return len(cell) <= _MOST_VALUE_CHARS and "\n" not in cell and "<" not in cell
