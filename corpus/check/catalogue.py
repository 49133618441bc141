"""Check what one fiche alone can't show: the fiches against one another and against the territory."""

from __future__ import annotations

from collections.abc import Collection

from corpus.catalogue import Catalogue
from corpus.check.aliases import check_shared_aliases
from corpus.check.links import check_lists, check_references, check_relations
from corpus.errors import Problem
from corpus.front_matter import read_front_matter
from corpus.labels import TerritoryList


def check_catalogue(catalogue: Catalogue, lists: Collection[TerritoryList]) -> list[Problem]:
    """Return the problems between fiches.

    Args:
        catalogue: every fiche.
        lists: the lists of communes that the data of the territory hold.
    """
    fronts = {scheme_id: read_front_matter(fiche.path) for scheme_id, fiche in catalogue.fiches.items()}
    problems = list(check_shared_aliases(catalogue, fronts))
    for scheme_id, fiche in catalogue.fiches.items():
        problems += check_relations(fiche, fronts[scheme_id], catalogue)
        problems += check_references(fiche, catalogue)
        problems += check_lists(fiche, fronts[scheme_id], lists)
    return problems
