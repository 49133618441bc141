"""The codes of communes: INSEE codes and postcodes, kept apart; most postcodes are another's INSEE code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from corpus.communes.commune import Commune
from corpus.communes.territory import Territory
from corpus.french.folding import fold

# "59 850", "F-59850", "080320" and "2100": a space, a country, a zero too many or too few.
_WRITTEN = re.compile(
    r"\s*(?:(?:code\s+)?(?P<kind>insee|cp|postal)(?:\s*[:=]|\s)\s*)?(?:fr?\s?-\s?)?(?P<digits>\d{1,3}\s?\d{1,3})\s*"
)
_POSTAL = re.compile(r"(?:\bpostal|\bcp|\bpostale?s)\W{0,3}(?:(?:est|c'est|soit)\W{1,3})?(?:le\W{1,3})?$")
_INSEE = re.compile(r"\binsee\W{0,3}(?:(?:est|c'est|soit)\W{1,3})?(?:le\W{1,3})?$")
_LENGTH = 5
_LOOKBACK = 24


class CodeKind(Enum):
    """What a code is said to be."""

    INSEE = auto()
    POSTCODE = auto()


@dataclass(frozen=True, slots=True)
class Code:
    """A code as somebody writes it: five digits, and what they say it is; None when they don't."""

    digits: str
    kind: CodeKind | None


class Codes:
    """The communes that each code means, as an INSEE code or as a postcode; built once, then read-only."""

    def __init__(self, territory: Territory) -> None:
        """Index the codes; that of a former commune means its successor."""
        self.insee: dict[str, Commune] = dict(territory.communes)
        for former in territory.former_communes.values():
            self.insee.setdefault(former.insee, territory.communes[former.successor])
        postcodes: dict[str, dict[str, Commune]] = defaultdict(dict)
        for commune in territory.communes.values():
            for code in commune.postcodes:
                postcodes[code][commune.insee] = commune
        self.postcodes = {code: _ordered(found.values()) for code, found in postcodes.items()}

    def __contains__(self, digits: object) -> bool:
        """Whether five digits are a code of the region."""
        return digits in self.insee or digits in self.postcodes

    def communes(self, code: Code) -> tuple[Commune, ...]:
        """Every commune that a code may mean, most populated first; empty for a code of none."""
        found: dict[str, Commune] = {}
        if code.kind is not CodeKind.POSTCODE and (commune := self.insee.get(code.digits)):
            found[commune.insee] = commune
        if code.kind is not CodeKind.INSEE:
            found |= {commune.insee: commune for commune in self.postcodes.get(code.digits, ())}
        return _ordered(found.values())

    def read(self, text: str) -> Code | None:
        """Read a text that is a code and nothing else; a lost or added zero is mended. None otherwise."""
        match = _WRITTEN.fullmatch(fold(text))
        if match is None:
            return None
        digits = re.sub(r"\s", "", match["digits"])
        if len(digits) == _LENGTH - 1:
            digits = f"0{digits}"
        elif len(digits) == _LENGTH + 1 and digits.startswith("0"):
            digits = digits[1:]
        kinds = {"insee": CodeKind.INSEE, "cp": CodeKind.POSTCODE, "postal": CodeKind.POSTCODE}
        kind = kinds.get(match["kind"] or "")
        return Code(digits, kind) if len(digits) == _LENGTH else None

    def starting(self, text: str) -> str | None:
        """The digits that a code being typed starts with; None when the text isn't one."""
        typed = re.sub(r"^(?:fr?\s?-\s?)|\s", "", fold(text).strip())
        return typed if typed.isdecimal() and typed.isascii() else None


def said_kind(before: str) -> CodeKind | None:
    """What the words before a code say that it is: "notre code postal est", "code INSEE"."""
    lead = fold(before[-_LOOKBACK:])
    if _INSEE.search(lead):
        return CodeKind.INSEE
    return CodeKind.POSTCODE if _POSTAL.search(lead) else None


def _ordered(communes: Iterable[Commune]) -> tuple[Commune, ...]:
    return tuple(sorted(communes, key=lambda commune: (-commune.population, commune.insee)))
