"""Whether a sentence speaks of another Département than that of who asks, so that it answers others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from assistant.choosing.evidence import Evidence
from corpus.communes.commune import DEPARTMENTS
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.criteria import Criterion, LocatedIn, OneOf
from corpus.places.elsewhere import AreaKind, Elsewhere
from corpus.places.name import Token, name_key, tokens
from corpus.places.named import PlaceNames

_KEYS = {name_key(name): code for code, name in DEPARTMENTS.items()}


def departments_named(text: str, places: PlaceNames, outside: Elsewhere | None = None) -> frozenset[str]:
    """The numbers of the Départements that a text names.

    Args:
        text: the text.
        places: finds the names of places of the region.
        outside: the places that aren't in the region; None to look for those of the region alone.
    """
    here = frozenset(_KEYS[key] for key in places.read(text) if key in _KEYS)
    return here if outside is None else here | frozenset(_outside(tokens(text), outside))


def _outside(found: Sequence[Token], outside: Elsewhere) -> Iterator[str]:
    """The Départements outside the region among the capitalised words of a text."""
    first = 0
    while first < len(found):
        last = min(first + outside.longest, len(found)) if found[first].capital else first
        while last > first:
            place = outside.departments.get(" ".join(item.word for item in found[first:last]))
            if place is not None and place.kind is AreaKind.DEPARTMENT:
                yield place.departments[0]
                break
            last -= 1
        first = max(last, first + 1)


def without_elsewhere(
    evidence: Sequence[Evidence],
    own: Collection[str],
    catalogue: Catalogue,
    places: PlaceNames,
    outside: Elsewhere,
) -> list[Evidence]:
    """The sentences without those of other Départements alone; all of them where none would be left.

    Of an aid that isn't for the Département of who asks, every sentence stays: they say whose it is.

    Args:
        evidence: the sentences, best first.
        own: numbers of the Départements that the question is about; empty when none is known.
        catalogue: the schemes.
        places: finds the names of places of the region.
        outside: the places that aren't in the region.
    """
    if not own:
        return list(evidence)
    kept = [
        item
        for item in evidence
        if not (named := departments_named(item.sentence.text, places, outside))
        or not named.isdisjoint(own)
        or not _serves(item.hit.chunk.scheme_id, own, catalogue)
    ]
    return kept or list(evidence)


def without_unknowns_elsewhere(evidence: Sequence[Evidence], said: str, places: PlaceNames) -> list[Evidence]:
    """The sentences without those that say what isn't known of places that nobody spoke of.

    "Le montant de l’aide au café d’Agnetz n’a pas été trouvé" is nothing to whoever asks for another café.

    Args:
        evidence: the sentences, best first.
        said: the words of who asks, places and all.
        places: finds the names of places of the region.
    """
    asked = places.read(said, any_case=True)
    return [
        item
        for item in evidence
        if not item.is_gap
        or not (named := places.read(item.sentence.text) - _KEYS.keys())
        or not named.isdisjoint(asked)
    ]


def _serves(scheme_id: str | None, own: Collection[str], catalogue: Catalogue) -> bool:
    """Whether a scheme isn't kept for other places than these Départements."""
    if scheme_id is None or scheme_id not in catalogue:
        return False
    rules = [rule for criterion in catalogue.scheme(scheme_id).criteria for rule in _located(criterion)]
    return not rules or any(rule.region is not None or set(rule.departments) & set(own) for rule in rules)


def _located(criterion: Criterion) -> list[LocatedIn]:
    """The places that a criterion keeps a scheme for; none where something else than a place is enough."""
    parts = criterion.criteria if isinstance(criterion, OneOf) else (criterion,)
    located = [part for part in parts if isinstance(part, LocatedIn)]
    return located if len(located) == len(parts) else []
