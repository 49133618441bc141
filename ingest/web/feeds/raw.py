"""A record of a feed as it was given, and its copy on this disk."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from ingest.web.errors import Unanswered

RECORD_SUFFIX = ".json"
AIDES_TERRITOIRES = "aides-territoires"
TABLE = "table"
"""The kinds of feeds: the API of that name, and a table with a scheme a row."""

# Further problems of a reading are counted.
_MOST_PROBLEMS = 20
AIDES_API = "https://aides-territoires.beta.gouv.fr/api/"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record, whatever it holds: it's understood when it's read as a document.

    Attributes:
        feed: the kind of its feed.
        id: what tells it from the others of its feed, from one time to the next.
        named: how a message names it.
        base: what its own addresses are relative to; empty when they are whole.
        values: what it says, by the names of the feed.
    """

    feed: str
    id: str
    named: str
    base: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """Write it; the same record gives the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()


def raw_record(content: bytes) -> RawRecord:
    """Read a copy.

    Raises:
        ValueError: it's damaged.
    """
    values = json.loads(content)
    try:
        record = RawRecord(**values)
    except TypeError as error:
        raise ValueError("no record of a feed") from error
    if not isinstance(record.values, dict):
        raise ValueError("no record of a feed")
    return record


@dataclass(slots=True)
class Pulled:
    """What a reading of a feed gives.

    Attributes:
        records: in order, each id once.
        problems: a French line for each element that is none, or that is there twice.
        is_whole: whether all that the feed has was given: what isn't there is gone.
    """

    records: dict[str, RawRecord] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    is_whole: bool = True
    _untold: int = 0

    def add(self, record: RawRecord) -> None:
        """Take a record; of two that differ under one id, the first counts and that is told."""
        first = self.records.setdefault(record.id, record)
        if first.values != record.values:
            self.tell(
                f"{record.named} : deux fiches différentes ont cet identifiant, la première est gardée."
            )

    def tell(self, problem: str) -> None:
        """Take a problem, once; of many, the first are told, then how many there are."""
        if problem in self.problems:
            return
        if self._untold:
            self.problems.pop()
        if self._untold or len(self.problems) == _MOST_PROBLEMS:
            self._untold += 1
            problem = f"… et {self._untold} de plus du même flux."
        self.problems.append(problem)

    def require_some(self, named: str) -> None:
        """Refuse a feed that gives nothing: it fails rather than all of it is gone.

        Raises:
            Unanswered: there is no record.
        """
        if not self.records:
            raise Unanswered(" ".join((f"« {named} » ne donne aucune fiche.", *self.problems[:1])))
