"""Check what one fiche alone can't show: the fiches against one another and against the territory."""

from __future__ import annotations

from collections.abc import Collection

from corpus.check.aliases import check_shared_aliases
from corpus.check.links import check_lists, check_references, check_relations
from corpus.errors import Problem
from corpus.fiches.catalogue import Catalogue
from corpus.labels import TerritoryList


def check_catalogue(catalogue: Catalogue, lists: Collection[TerritoryList]) -> list[Problem]:
    """Return the problems between fiches.

    Args:
        catalogue: every fiche.
        lists: the lists of communes that the data of the territory hold.
    """
    problems = list(check_shared_aliases(catalogue))
    for fiche in catalogue.fiches.values():
        problems += check_relations(fiche, catalogue)
        problems += check_references(fiche, catalogue)
        problems += check_lists(fiche, lists)
    return problems
