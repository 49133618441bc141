"""Check the names that people type: filled, all different, each leading to one scheme."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.errors import Problem
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import Fiche
from corpus.fiches.front_matter import Place
from corpus.french.folding import words
from corpus.labels import RelationKind


def check_aliases(fiche: Fiche) -> Iterator[Problem]:
    """The aliases of one fiche are filled and all different once folded."""
    seen: dict[str, str] = {}
    for index, alias in enumerate(fiche.scheme.aliases):
        key = _key(alias)
        line, field = fiche.front.line(("aliases", index)), f"aliases.{index}"
        if not key:
            yield Problem(fiche.path, line, field, "nom d’usage vide", "écrivez-le ou supprimez-le")
        elif key in seen:
            problem = f"« {alias} » répète « {seen[key]} »"
            remedy = "gardez un seul des deux : accents, majuscules et traits d’union ne comptent pas"
            yield Problem(fiche.path, line, field, problem, remedy)
        else:
            seen[key] = alias


def check_shared_aliases(catalogue: Catalogue) -> Iterator[Problem]:
    """No two fiches share a name or an alias, unless each says that it's confused with the other."""
    owners: dict[str, list[tuple[str, str]]] = {}
    for scheme_id, fiche in catalogue.fiches.items():
        for place, alias in _names(fiche):
            earlier = owners.setdefault(_key(alias), [])
            for owner, first in earlier:
                if owner != scheme_id and not _told_apart(catalogue, owner, scheme_id):
                    problem = f"« {alias} » est déjà un nom de la fiche « {owner} » (« {first} »)"
                    remedy = "retirez l’un des deux, ou déclarez « often_confused_with » dans les deux fiches"
                    line = fiche.front.line(place)
                    yield Problem(fiche.path, line, ".".join(map(str, place)), problem, remedy)
            if all(owner != scheme_id for owner, _ in earlier):
                earlier.append((scheme_id, alias))


def _names(fiche: Fiche) -> Iterator[tuple[Place, str]]:
    """The aliases and names of a fiche, the empty ones left out."""
    scheme = fiche.scheme
    named: list[tuple[Place, str]] = [(("aliases", i), alias) for i, alias in enumerate(scheme.aliases)]
    named += [(("name",), scheme.name), (("short_name",), scheme.short_name or "")]
    yield from ((place, alias) for place, alias in named if _key(alias))


def _told_apart(catalogue: Catalogue, one: str, other: str) -> bool:
    return _declares(catalogue, one, other) and _declares(catalogue, other, one)


def _declares(catalogue: Catalogue, scheme_id: str, target: str) -> bool:
    return any(
        relation.kind is RelationKind.OFTEN_CONFUSED_WITH and relation.scheme == target
        for relation in catalogue.scheme(scheme_id).relations
    )


def _key(alias: str) -> str:
    return " ".join(words(alias))
