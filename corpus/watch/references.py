"""The published texts that a fiche refers to, each with its place in the front matter."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.fiches.fiche import Fiche
from corpus.fiches.front_matter import Place
from corpus.source import Reference


def references_of(fiche: Fiche) -> Iterator[tuple[Place, Reference]]:
    """Every source of a fiche, and the further pages of each."""
    for index, source in enumerate(fiche.scheme.sources):
        yield ("sources", index), source
        for inner, page in enumerate(source.also):
            yield ("sources", index, "also", inner), page


def dates_of(fiche: Fiche) -> Iterator[tuple[Place, str]]:
    """Every date that a source states, as precise as known."""
    for place, reference in references_of(fiche):
        if reference.published:
            yield (*place, "published"), reference.published
        if reference.updated:
            yield (*place, "updated"), reference.updated
