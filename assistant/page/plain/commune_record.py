"""What our fiches say of a commune by its name: what it received, which lists it's on, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.answering.interface import AnswerEngine
from assistant.search.commune_statements import CommuneStatements
from corpus.communes.commune import Commune
from corpus.places.named import PlaceNames

# More than the fiches say of any commune but the largest, whose page would be about nothing else.
_MOST = 8


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that names a commune: its text, and the fiche and the section that it's of."""

    text: str
    scheme: str
    label: str
    section: str


def record_reader() -> Callable[[AnswerEngine, Commune], tuple[Told, ...]]:
    """Give what reads the record of a commune; the fiches are read through at the first page that asks."""
    known: list[CommuneStatements] = []

    def record(engine: AnswerEngine, commune: Commune) -> tuple[Told, ...]:
        if not known:
            territory = engine.eligibility.territory
            known.append(CommuneStatements(engine.catalogue, territory, PlaceNames(territory)))
        told = (
            Told(item.sentence.text, item.fiche.scheme.id, item.fiche.scheme.label, item.section)
            for item in known[0].of(commune)
            if not item.is_gap
        )
        return tuple(dict.fromkeys(told))[:_MOST]

    return record
