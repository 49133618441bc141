"""The verifier over the real fiches and places, and citations to check lines against."""

from __future__ import annotations

from functools import cache

from assistant.checking.verify import Verifier
from assistant.reading.french.lexicon import official_words
from assistant.reading.names import SchemeNames
from assistant.reply import Citation, CitedSource
from corpus.communes.territory import load_territory
from corpus.fiches.catalogue import Catalogue, load_catalogue
from corpus.places.named import PlaceNames


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


@cache
def verifier() -> Verifier:
    schemes = catalogue().schemes
    return Verifier(schemes, SchemeNames(schemes, official_words()), PlaceNames(load_territory()))


def citation(n: int, quote: str, scheme: str | None = None, **source: str) -> Citation:
    return Citation(
        n=n,
        scheme_id=scheme,
        scheme_name=catalogue().scheme(scheme).name if scheme else None,
        document_id=f"fiche:{scheme}" if scheme else "page",
        section="Montant",
        quote=quote,
        sources=(CitedSource(title="Page 77", url="https://example.org/99", **source),),
    )
