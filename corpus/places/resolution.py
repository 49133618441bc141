"""What a text means as a commune: one found, several possible, or none; a closed union."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus.communes.commune import Commune
from corpus.places.name import How
from corpus.places.name_index import Hit


@dataclass(frozen=True, slots=True)
class Found:
    """One commune, and how the text led to it."""

    commune: Commune
    how: How


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several communes, most populated first; the person has to choose."""

    candidates: tuple[Commune, ...]
    how: How


@dataclass(frozen=True, slots=True)
class NotFound:
    """No commune; ``nearest`` are those whose names look alike, to offer, never to assume."""

    nearest: tuple[Commune, ...]


Resolution = Found | Ambiguous | NotFound


def resolution_of(hit: Hit) -> Found | Ambiguous:
    """Turn what a key means into a resolution."""
    if len(hit.communes) == 1:
        return Found(hit.communes[0], hit.how)
    return Ambiguous(hit.communes, hit.how)


def communes_of(resolution: Found | Ambiguous) -> tuple[Commune, ...]:
    """The commune found, or those between which to choose."""
    return resolution.candidates if isinstance(resolution, Ambiguous) else (resolution.commune,)


def narrowed(resolution: Found | Ambiguous, agrees: Callable[[Commune], bool]) -> Found | Ambiguous | None:
    """Keep the communes that agree with a hint; None when none does."""
    kept = tuple(commune for commune in communes_of(resolution) if agrees(commune))
    return resolution_of(Hit(resolution.how, kept)) if kept else None
