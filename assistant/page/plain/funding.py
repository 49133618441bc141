"""The typed money of a scheme as a page tells it: each rule with what it's for, its years and its sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.eligibility.amount_words import AmountWords, amount_words
from assistant.eligibility.words import number
from assistant.messages import grants
from assistant.page.plain import words
from assistant.page.plain.drawing import capital
from corpus.fiches.fiche import Fiche
from corpus.fiches.scheme import Funding
from corpus.french.dates import french_date


@dataclass(frozen=True, slots=True)
class FundingRow:
    """A rule: what it's for (empty when a scheme has but one), what it gives, when it holds, its sources."""

    label: str
    text: str
    period: str
    sources: tuple[int, ...]


@lru_cache(maxsize=256)
def amount_of(fiche: Fiche) -> AmountWords | None:
    """What a scheme pays at most in a few words, kept; None where no sentence states it."""
    return amount_words(fiche)


def funding_rows(fiche: Fiche) -> tuple[FundingRow, ...]:
    """Every typed rule of a scheme, in the order of its fiche."""
    return tuple(
        FundingRow(capital(line.label or ""), _gives(line), _period(line), line.source)
        for line in fiche.scheme.funding
    )


def _gives(line: Funding) -> str:
    rates = [f"{round(rate * 100, 2):g}".replace(".", ",") for rate in _ends(line.rate_min, line.rate_max)]
    per = None if line.per == "project" else line.per
    most = _euros(line.amount_max)
    text = grants.rule_alone(rates, line.basis, most, per, _euros(line.expense_min))
    parts = [text] if text else []
    if line.amount_min is not None:
        parts.append(words.AMOUNT_MIN.format(amount=_euros(line.amount_min)))
    if line.expense_max is not None:
        parts.append(words.EXPENSE_MAX.format(amount=_euros(line.expense_max)))
    if line.envelope is not None:
        parts.append(words.ENVELOPE.format(amount=_euros(line.envelope)))
    return capital(", ".join(parts))


def _ends(low: float | None, high: float | None) -> list[float]:
    return [value for value in dict.fromkeys((low, high)) if value is not None]


def _euros(value: float | None) -> str | None:
    return None if value is None else grants.euros(number(value))


def _period(line: Funding) -> str:
    dates = [french_date(str(day)) for day in (line.valid_from, line.valid_until) if day]
    return " – ".join(dict.fromkeys(dates))
