"""Passages found, gathered by scheme, each with the dated sources of its section."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field

from assistant.eligibility.citations import cited_source
from assistant.reply import CitedSource, SearchHit
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import Fiche
from corpus.labels import AID_TYPE_LABELS, FUNDER_LABELS, STATE_LABELS


class _Found(BaseModel):
    model_config = ConfigDict(frozen=True)


class FoundPassage(_Found):
    """A passage: its text as indexed, and what it rests on."""

    section: str = Field(examples=["Montant"])
    text: str
    sources: tuple[CitedSource, ...]


class FoundScheme(_Found):
    """A scheme and the passages found in its fiche, best first."""

    id: str = Field(examples=["cvcb"])
    name: str
    funder: str = Field(examples=["Région Hauts-de-France"])
    aid_types: tuple[str, ...] = Field(examples=[["subvention"]])
    status: str = Field(examples=["état actuel non vérifié"])
    status_as_of: str = Field(examples=["2024-12-20"])
    passages: tuple[FoundPassage, ...]


class FoundSchemes(_Found):
    """The schemes found, best first."""

    schemes: tuple[FoundScheme, ...]


def by_scheme(hits: Iterable[SearchHit], catalogue: Catalogue, most: int) -> FoundSchemes:
    """Gather passages by scheme; passages of plain documents are left out.

    Args:
        hits: best first.
        catalogue: the schemes.
        most: how many schemes to keep.
    """
    found: dict[str, list[SearchHit]] = {}
    for hit in hits:
        if hit.scheme_id is not None and hit.scheme_id in catalogue:
            found.setdefault(hit.scheme_id, []).append(hit)
    kept = list(found.items())[:most]
    return FoundSchemes(schemes=tuple(_scheme(catalogue.fiche(name), own) for name, own in kept))


def _scheme(fiche: Fiche, hits: Iterable[SearchHit]) -> FoundScheme:
    scheme = fiche.scheme
    return FoundScheme(
        id=scheme.id,
        name=scheme.name,
        funder=FUNDER_LABELS[scheme.funder],
        aid_types=tuple(AID_TYPE_LABELS[kind] for kind in scheme.aid_types),
        status=STATE_LABELS[scheme.status.state],
        status_as_of=str(scheme.status.as_of),
        passages=tuple(
            FoundPassage(section=hit.section, text=hit.text, sources=_sources(fiche, hit)) for hit in hits
        ),
    )


def _sources(fiche: Fiche, hit: SearchHit) -> tuple[CitedSource, ...]:
    """The sources of the sentences of a passage: those of the fiche that it holds word for word."""
    numbers = {
        number
        for section in fiche.sections
        for block in section.blocks
        for sentence in block.sentences
        if sentence.text in hit.text
        for number in sentence.sources
    }
    return tuple(cited_source(source) for source in fiche.scheme.sources if source.n in numbers)
