"""Schemes whose name or id looks like what was asked for: what a page that doesn't exist offers instead."""

from __future__ import annotations

from difflib import get_close_matches

from corpus.fiches.catalogue import Catalogue
from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold

_MOST = 5
_ALIKE = 0.5


def near_schemes(catalogue: Catalogue, text: str) -> tuple[Scheme, ...]:
    """The schemes whose id, name or alias looks most like a text, the nearest first; maybe none."""
    wanted = fold(text).replace("-", " ")
    names: dict[str, Scheme] = {}
    for scheme in catalogue.schemes:
        for name in (scheme.id, scheme.label, scheme.name, *scheme.aliases):
            names.setdefault(fold(name).replace("-", " "), scheme)
    holding = [name for name in names if len(wanted) > 1 and wanted in name]
    alike = get_close_matches(wanted, list(names), n=4 * _MOST, cutoff=_ALIKE)
    found = {names[name].id: names[name] for name in (*holding, *alike)}
    return tuple(found.values())[:_MOST]
