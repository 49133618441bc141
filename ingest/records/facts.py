"""What typed fields say, as French sentences: « Taux de subvention : de 20 % à 50 %. »."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from corpus.french.dates import french_date
from ingest.clean import fold_spaces, normalise

_NBSP = "\u00a0"
_ENDS = (".", "!", "?", "…")
# A word that is more than its first letter in capitals keeps them: EPCI, « CCAS ».
_LEAST_CAPITALS = 2


def fact(label: str, value: str) -> str:
    """State a value; nothing when there is none. It ends as a sentence, but for an address."""
    text = one_line(value).rstrip(" ;,")
    end = "" if text.endswith(_ENDS) or "://" in text.rpartition(" ")[2] else "."
    return f"{label}{_NBSP}: {text}{end}" if text else ""


def listed(label: str, values: Iterable[str]) -> str:
    """State several values, once each, in lower case but for names in capitals."""
    return fact(
        label, ", ".join(dict.fromkeys(lowered(text) for value in values if (text := one_line(value))))
    )


def named(label: str, values: Iterable[str]) -> str:
    """State several names as they are, once each."""
    return fact(label, ", ".join(dict.fromkeys(text for value in values if (text := one_line(value)))))


def dated(label: str, iso: str | None) -> str:
    """State a date."""
    return fact(label, french_date(iso).replace(" ", _NBSP, 1)) if iso else ""


def rate(label: str, least: float | None, most: float | None) -> str:
    """State a rate by its bounds, in percents; a bound of zero says nothing."""
    low, high = least or None, most or None
    if low is None and high is None:
        return ""
    if high is None:
        return fact(label, f"à partir de {_percents(low)}")
    if low is None:
        return fact(label, f"jusqu’à {_percents(high)}")
    return fact(label, _percents(low) if low == high else f"de {_percents(low)} à {_percents(high)}")


def euros(label: str, amount: float | None) -> str:
    """State an amount; zero says nothing."""
    return fact(label, f"{_number(amount)}{_NBSP}€") if amount else ""


def one_line(text: str) -> str:
    """A text on one line, in one form; what is written as HTML writes signs is read."""
    return fold_spaces(normalise(unescape(text)))


def lowered(text: str) -> str:
    """A text that begins as in the middle of a sentence; an acronym stays."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    is_acronym = sum(map(str.isupper, first)) >= _LEAST_CAPITALS
    return text if is_acronym else text[:1].lower() + text[1:]


def _percents(value: float | None) -> str:
    return f"{_number(value or 0)}{_NBSP}%"


def _number(value: float) -> str:
    whole = f"{value:,.2f}".rstrip("0").rstrip(".") if "." in f"{value:.2f}" else f"{value:,}"
    return whole.replace(",", _NBSP).replace(".", ",")
