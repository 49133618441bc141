"""Accept the sums of a line that are worked out there, by a rule that it shows whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.french.figures import canonical

_SPACE = "[ \u00a0\u202f]"
# A whole number: never begun within another one, so that each text is read in linear time.
_NUMBER = (
    rf"(?<!\d)(?<!\d{_SPACE})(?<!\d,)(?>\d{{1,3}}(?:{_SPACE}\d{{3}})++(?!\d)(?:,\d++)?+|\d++(?:,\d++)?+)"
)
_EURO = rf"{_SPACE}€"
# "30 % de 80 000 €", "20 % à 80 % de 100 000 €".
_SHARE = re.compile(
    rf"(?P<low>{_NUMBER}){_SPACE}%(?:{_SPACE}à{_SPACE}(?P<high>{_NUMBER}){_SPACE}%)?{_SPACE}de{_SPACE}(?P<of>{_NUMBER}){_EURO}"
)
# "10 € × 300".
_TIMES = re.compile(rf"(?P<each>{_NUMBER}){_EURO}{_SPACE}×{_SPACE}(?P<count>{_NUMBER})")
# "12 000 € + 15 000 €".
_PLUS = re.compile(rf"(?:{_NUMBER}){_EURO}(?:{_SPACE}\+{_SPACE}(?:{_NUMBER}){_EURO})+")
# "50 % + 40 %".
_RATES = re.compile(rf"(?:{_NUMBER}){_SPACE}%(?:{_SPACE}\+{_SPACE}(?:{_NUMBER}){_SPACE}%)+")
# "28 500 € moins 80 % de 28 500 €", "80 % de 90 000 € moins 30 000 €".
_TERM = rf"(?:{_NUMBER}){_SPACE}%{_SPACE}de{_SPACE}(?:{_NUMBER}){_EURO}|(?:{_NUMBER}){_EURO}"
_LESS = re.compile(rf"(?P<whole>{_TERM}){_SPACE}moins{_SPACE}(?P<part>{_TERM})")
_ONE = re.compile(_NUMBER)
_AS_A_RULE = 2


def worked_out(text: str) -> frozenset[float]:
    """The values that a text works out by the operations it shows, in euros to the cent, or in per cent.

    Whether what the operations are made of is supported is for the caller to check: those figures stand in
    the text as any others.
    """
    return frozenset(round(canonical(value), _AS_A_RULE) for value in _results(text))


def _results(text: str) -> Iterator[float]:
    yield 0.0  # what is under a floor that the line shows
    for share in _SHARE.finditer(text):
        for rate in (share["low"], share["high"]):
            if rate is not None:
                yield _value(rate) / 100 * _value(share["of"])
    for product in _TIMES.finditer(text):
        yield _value(product["each"]) * _value(product["count"])
    for taken in _LESS.finditer(text):
        yield _term(taken["whole"]) - _term(taken["part"])
    for terms in (_PLUS, _RATES):
        for added in terms.finditer(text):
            yield sum(map(_value, _ONE.findall(added.group())))


def _term(text: str) -> float:
    """A sum, or a share of one."""
    share = _SHARE.fullmatch(text)
    return _value(share["low"]) / 100 * _value(share["of"]) if share else _value(_ONE.findall(text)[0])


def _value(number: str) -> float:
    return float(re.sub(_SPACE, "", number).replace(",", "."))
