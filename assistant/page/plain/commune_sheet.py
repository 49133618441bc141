"""A commune's schemes as its page shows them: sorted, by theme, each with its amount and what decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.eligibility import verdict_words
from assistant.eligibility.answers import YesNo, yes_no
from assistant.eligibility.judge import Judged
from assistant.eligibility.overview import Placed
from assistant.eligibility.service import EligibilityService
from assistant.page.plain import words
from assistant.page.plain.drawing import capital
from assistant.page.plain.funding import amount_of
from corpus.communes.commune import Commune
from corpus.fiches.catalogue import Catalogue
from corpus.french.folding import fold
from corpus.french.typography import typeset
from corpus.labels import FUNDER_LABELS, TOPIC_LABELS


@dataclass(frozen=True, slots=True)
class Row:
    """A scheme for a commune.

    Attributes:
        id: of the scheme.
        name: of the scheme.
        funder: who pays, in French.
        theme: the first of its themes, in French.
        amount: what it pays at most; empty where that isn't known.
        availability: whether requests are taken, and as of when that is known.
        state: the same in one word.
        why: what decided, or what is left to check; empty where nothing is to be told.
        asked: the question that decides, where it's to check.
    """

    id: str
    name: str
    funder: str
    theme: str
    amount: str
    availability: str
    state: str
    why: str
    asked: YesNo | None


@dataclass(frozen=True, slots=True)
class Group:
    """The schemes of one kind of verdict: its name for addresses, its heading, its themes with their rows."""

    id: str
    title: str
    themes: tuple[tuple[str, tuple[Row, ...]], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its schemes, theme by theme."""
        return tuple(row for _, rows in self.themes for row in rows)


def groups_of(
    service: EligibilityService,
    catalogue: Catalogue,
    commune: Commune,
    answers: Mapping[str, bool],
    unsure: frozenset[str] = frozenset(),
) -> tuple[Group, ...]:
    """Sort every scheme for a commune that has given some answers; a group without a scheme is left out.

    What the commune is unsure of is told as left to check, and not asked again.

    Raises:
        WrongDate: today is out of reach of the corpus.
    """
    found = service.overview(commune, answers)
    groups = (
        ("probables", verdict_words.GROUPS["likely"], found.likely),
        ("a-verifier", verdict_words.GROUPS["check"], found.check),
        ("exclus", verdict_words.GROUPS["excluded"], found.excluded),
        ("autres", verdict_words.GROUPS["aside"], found.aside),
    )
    return tuple(
        Group(name, title, tuple(_by_theme(items, catalogue, unsure, asks=name == "a-verifier")))
        for name, title, items in groups
        if items
    )


def _by_theme(
    items: Sequence[Placed], catalogue: Catalogue, unsure: frozenset[str], *, asks: bool
) -> Iterator[tuple[str, tuple[Row, ...]]]:
    rows = sorted(
        (_row(item, catalogue, unsure, asks=asks) for item in items), key=lambda row: fold(row.theme)
    )
    for theme, own in groupby(rows, key=lambda row: row.theme):
        yield theme, tuple(own)


def _row(item: Placed, catalogue: Catalogue, unsure: frozenset[str], *, asks: bool) -> Row:
    scheme, told = item.scheme, item.told
    amount = amount_of(catalogue.fiche(scheme.id))
    availability = item.assessment.availability.shape(scheme.status.note)
    asked = yes_no(told.criterion, scheme.id, told.index) if asks and told else None
    return Row(
        id=scheme.id,
        name=scheme.label,
        funder=FUNDER_LABELS[scheme.funder],
        theme=capital(TOPIC_LABELS[scheme.topics[0]]),
        amount=amount.text if amount else "",
        availability=verdict_words.availability_words(availability),
        state=availability.state,
        why=_why(asked, told, unsure),
        asked=asked if asked and asked.key not in unsure else None,
    )


def _why(asked: YesNo | None, told: Judged | None, unsure: frozenset[str]) -> str:
    if asked is not None:
        return words.LEFT_TO_CHECK.format(question=asked.text) if asked.key in unsure else ""
    return typeset(told.because) if told is not None else ""
