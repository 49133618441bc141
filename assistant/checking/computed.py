"""Accept the sums of a line that are worked out there, by a rule that it shows whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.french.figures import canonical

_SPACE = "[ \u00a0\u202f]"
_NUMBER = rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?"
_EURO = rf"{_SPACE}€"
# "30 % de 80 000 €", "20 % à 80 % de 100 000 €".
_SHARE = re.compile(
    rf"(?P<low>{_NUMBER}){_SPACE}%(?:{_SPACE}à{_SPACE}(?P<high>{_NUMBER}){_SPACE}%)?{_SPACE}de{_SPACE}(?P<of>{_NUMBER}){_EURO}"
)
# "10 € × 300".
_TIMES = re.compile(rf"(?P<each>{_NUMBER}){_EURO}{_SPACE}×{_SPACE}(?P<count>{_NUMBER})")
# "12 000 € + 15 000 €".
_PLUS = re.compile(rf"(?:{_NUMBER}){_EURO}(?:{_SPACE}\+{_SPACE}(?:{_NUMBER}){_EURO})+")
_ONE = re.compile(_NUMBER)
_AS_A_RULE = 2


def worked_out(text: str) -> frozenset[float]:
    """The values that a text works out by the operations it shows, in euros, to the cent.

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
    for added in _PLUS.finditer(text):
        yield sum(map(_value, _ONE.findall(added.group())))


def _value(number: str) -> float:
    return float(re.sub(_SPACE, "", number).replace(",", "."))
