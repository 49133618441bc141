"""The lists of communes (labels, laureates): who is on them, by which source, how complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from corpus.communes.notice import Notice
from corpus.labels import TerritoryList


class ListStatus(StrEnum):
    """How sure the source is that the commune belongs to the list."""

    LISTED = "listed"
    CONFIRMED = "confirmed"
    FUNDED = "funded"
    PROBABLE = "probable"
    PRESELECTED = "preselected"


SETTLED = frozenset({ListStatus.LISTED, ListStatus.CONFIRMED, ListStatus.FUNDED})


class Presence(StrEnum):
    """Whether a commune is on a list; ``unknown`` when nothing read settles it."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One line of a list.

    Attributes:
        insee: the commune.
        name: the name that the source gives it.
        status: how sure the source is.
        wording: the status in the words of the record it comes from; None when there is none.
        label: name of the programme's perimeter or service, when the source gives one.
        signed: date of the agreement, when the source gives one.
        source: who says so; None means the source of the whole list.
        url: where it is said; None means the address of the whole list, or none.
        note: what the source adds.
    """

    insee: str
    name: str
    status: ListStatus
    wording: str | None
    label: str | None
    signed: str | None
    source: str | None
    url: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Membership:
    """What a list says of a commune; ``entry`` is the line that says it, None when absent."""

    presence: Presence
    entry: ListEntry | None
    source: str
    url: str | None


@dataclass(frozen=True, slots=True)
class CommuneList:
    """A list with its notice and its entries by INSEE code."""

    id: TerritoryList
    notice: Notice
    entries: Mapping[str, ListEntry]

    @property
    def settled(self) -> tuple[ListEntry, ...]:
        """The lines that a source surely says."""
        return tuple(entry for entry in self.entries.values() if entry.status in SETTLED)

    def membership(self, insee: str) -> Membership:
        """Say whether a commune is on the list: absent from an incomplete list is unknown."""
        entry = self.entries.get(insee)
        if entry is None:
            presence = Presence.NO if self.notice.complete else Presence.UNKNOWN
            return Membership(presence, None, self.notice.source, self.notice.url)
        presence = Presence.YES if entry.status in SETTLED else Presence.UNKNOWN
        source = entry.source or self.notice.source
        url = entry.url if entry.source else self.notice.url
        return Membership(presence, entry, source, url)
