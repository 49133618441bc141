"""Values of a record that nobody vouches for: read if they are what they should be, else told."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from corpus.source import check_url
from ingest.dates import date_in
from ingest.records.facts import one_line

# A text that is one day and nothing else, as a program or as people write it.
_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].{0,40})?")
_DAY = re.compile(r"(?:le )?(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}(?:er)? [^\W\d]{3,9} \d{4})", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,12})(?:[.,](\d{1,6}))?")
_MOST_RATE = 100
_MOST_SHOWN = 60
_NONE = frozenset({"", "null", "none", "-", "n/a", "nc"})


@dataclass(slots=True)
class Values:
    """The values of a record.

    Attributes:
        named: how a message names the record.
        raw: its values by their names.
        unread: of each value that isn't what it should be, a French line.
    """

    named: str
    raw: Mapping[str, Any]
    unread: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A text, or a number as one; empty when there is none."""
        value = self.raw.get(name)
        if value is None or isinstance(value, bool):
            return ""
        if isinstance(value, str):
            return "" if value.strip().lower() in _NONE else value.strip()
        if isinstance(value, int | float):
            return str(value)
        return self._refused(name, value)

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list, of which a thing gives its name; a text alone is a list of one."""
        value = self.raw.get(name)
        if isinstance(value, list):
            items = [item.get("name") if isinstance(item, dict) else item for item in value]
            if any(not isinstance(item, str) for item in items):
                self._refused(name, value)
            return tuple(text for item in items if isinstance(item, str) and (text := one_line(item)))
        text = one_line(self.text(name))
        return (text,) if text else ()

    def is_true(self, name: str) -> bool:
        """Whether it's said to be so."""
        return self.raw.get(name) is True

    def day(self, name: str) -> str | None:
        """An ISO date, written as one or as people write a date."""
        iso = self.maybe_day(name)
        if iso is None and (text := self.text(name)):
            self._refused(name, text)
        return iso

    def maybe_day(self, name: str) -> str | None:
        """An ISO date where there is one and nothing else."""
        text = self.text(name)
        match = _ISO_DAY.fullmatch(text) or _DAY.fullmatch(one_line(text).replace("\u00a0", " "))
        return date_in(match[1]) if match else None

    def number(self, name: str, most: float = math.inf) -> float | None:
        """A number that isn't negative, with a sign of percents or euros or without."""
        text = self.text(name)
        if not text:
            return None
        plain = re.sub(r"[\s\u00a0\u202f]", "", text).rstrip("%€")
        match = _NUMBER.fullmatch(plain)
        value = float(f"{match[1]}.{match[2] or 0}") if match else math.inf
        if value > most or value == math.inf:
            self._refused(name, text)
            return None
        return value

    def rate(self, name: str) -> float | None:
        """A number of percents."""
        return self.number(name, _MOST_RATE)

    def address(self, name: str, base: str = "") -> str | None:
        """An http(s) address, made whole with ``base``; None where there is another text."""
        text = self.text(name)
        try:
            return check_url(urljoin(base, text) if base else text) if text else None
        except ValueError:
            return None

    def _refused(self, name: str, value: object) -> str:
        shown = one_line(str(value))[:_MOST_SHOWN]
        self.unread.append(f"{self.named} : « {name} » n’est pas compris (« {shown} »), le reste est lu.")
        return ""
