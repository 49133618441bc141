"""Recognise the sentences that state what the typed fields of a scheme give: its rates and its ceilings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from assistant.reading.french.figures import MONEY, RATE, Reading, read_figures
from assistant.reading.french.plain_text import plain_text
from corpus.fiches.scheme import Funding, Scheme
from corpus.french.figures import canonical

_ONE, _OLDER = 0.75, 0.5


class TypedAmounts:
    """The rates and amounts that one applicant can have, by scheme; budgets of a whole scheme left out."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        """Read the funding lines of these schemes."""
        self._newest: dict[str, frozenset[Reading]] = {}
        self._all: dict[str, frozenset[Reading]] = {}
        for scheme in schemes:
            lines = [line for line in scheme.funding if _readings(line)]
            newest = max((_start(line) for line in lines), default="")
            self._newest[scheme.id] = _readings_of(line for line in lines if _start(line) == newest)
            self._all[scheme.id] = _readings_of(lines)

    def stated(self, scheme_id: str | None, sentence: str) -> float:
        """How much of the rule a sentence states, between 0 and 1.

        1 for several figures of the newest rule, such as a rate and a ceiling, a little less for one, half
        for those of an older rule, 0 for none.
        """
        own = self._all.get(scheme_id or "")
        if not own:
            return 0.0
        found = _figures(sentence)
        if newest := found & self._newest[scheme_id or ""]:
            return 1.0 if len(newest) > 1 else _ONE
        return _OLDER if found & own else 0.0


def _readings_of(lines: Iterable[Funding]) -> frozenset[Reading]:
    return frozenset[Reading]().union(*map(_readings, lines))


def _readings(line: Funding) -> set[Reading]:
    rates = {(canonical(rate * 100), RATE) for rate in (line.rate_min, line.rate_max) if rate}
    amounts = {(canonical(euros), MONEY) for euros in (line.amount_min, line.amount_max) if euros}
    return {*rates, *amounts}


def _start(line: Funding) -> str:
    return str(line.valid_from or "")


@lru_cache(maxsize=8192)
def _figures(sentence: str) -> frozenset[Reading]:
    return frozenset(
        reading for figure in read_figures(plain_text(sentence)).figures for reading in figure.readings
    )
