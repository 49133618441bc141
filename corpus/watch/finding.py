"""One thing to look at again in a fiche: its kind, its date, what to say of it in French."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from corpus.fiches.fiche import Fiche
from corpus.fiches.front_matter import Place
from corpus.french.typography import typeset


class Kind(StrEnum):
    """Why a fiche should be looked at again."""

    STATE_OLD = "state_old"
    CHECKED_OLD = "checked_old"
    SOURCES_OLD = "sources_old"
    WINDOW_PAST = "window_past"
    FUNDING_PAST = "funding_past"
    REOPENED = "closed_with_a_window"
    FUTURE = "date_in_the_future"
    ADDRESSES_DIFFER = "addresses_differ"
    SILENT = "address_silent"
    UNSURE = "address_unsure"


KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.STATE_OLD: "état ancien",
        Kind.CHECKED_OLD: "vérification ancienne",
        Kind.SOURCES_OLD: "sources anciennes",
        Kind.WINDOW_PAST: "période de dépôt passée",
        Kind.FUNDING_PAST: "règle de financement échue",
        Kind.REOPENED: "fermé avec une période de dépôt",
        Kind.FUTURE: "date dans le futur",
        Kind.ADDRESSES_DIFFER: "adresses différentes",
        Kind.SILENT: "adresse sans réponse",
        Kind.UNSURE: "adresse à ouvrir à la main",
    }
)
"""What each kind is called in French, in the order in which they are counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at again.

    Attributes:
        on: the ISO date that it is about, as precise as known; None when it has none.
        scheme: the scheme's id.
        kind: why.
        what: what was seen, in French, without final stop.
        file: the fiche.
        line: line number in that file, from 1; 0 when the whole file is meant.
    """

    on: str | None
    scheme: str
    kind: Kind
    what: str
    file: Path
    line: int


def finding_in(fiche: Fiche, place: Place, kind: Kind, on: str | None, what: str) -> Finding:
    """Make a finding on one field of a fiche; what it says comes out in French typography."""
    return Finding(on, fiche.scheme.id, kind, typeset(what), fiche.path, fiche.front.line(place))
