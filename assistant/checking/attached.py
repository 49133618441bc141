"""What the figures of a sentence count: a rewording attaches each to what its passage attaches it to."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.lexical import analyse

_TOKEN = re.compile(
    r"(?P<date>\d{1,2}/\d{1,2}/\d{2,4})"
    r"|(?P<figure>\d+(?:[.,]\d+)*(?: ?(?:€|%|m€|millions?|milliards?)(?!\w))?)"
    r"|(?P<verb>\b(?:est|sont|a|ont|etait|etaient|va|vont|soit|dont)\b)"
    r"|(?P<word>[^\W\d_]+)|(?P<stop>[.;:()])"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_AT_MOST = re.compile(
    r"(?:jusqu a|dans la limite de|limite a|plafonne[es]* a|plafond de|maximum de|au plus)$"
)
# Characters before a figure in which its bound is told.
_NEAR = 40
# Words of content after a figure that it may count, in the sentence and in its passage.
_COUNTED, _HELD = 2, 4


def misplaced(said: str, held: str) -> bool:
    """Whether a sentence has a figure count what its passage counts by another one, or swaps their bounds.

    Args:
        said: the sentence, plain: folded, thousands joined, apostrophes and hyphens made spaces.
        held: its passage, likewise.
    """
    ours, theirs = _counted(said, _COUNTED), _counted(held, _HELD)
    for figure, (after, _) in ours.items():
        if figure not in theirs:
            continue
        follows, precedes = theirs[figure]
        others = frozenset().union(*(own for name, (own, _) in theirs.items() if name != figure))
        if after & (others - (follows or precedes)):
            return True
    capped, caps = _capped(said, ours), _capped(held, theirs)
    both = set(ours) & set(theirs)
    return bool((capped - caps) & both) and bool((caps - capped) & both)


def _counted(text: str, most: int) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """The stems that follow each figure, and those that precede it, up to another figure or a stop."""
    found: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    runs: list[list[str]] = [[]]
    figures: list[tuple[str, int]] = []
    for token in _TOKEN.finditer(text):
        if token["figure"] and not _YEAR.fullmatch(token["figure"]):
            figures.append((token["figure"], len(runs)))
            runs.append([])
        elif token["stop"] or (token["verb"] and most == _COUNTED):
            runs.append([])
        elif not token["date"]:
            runs[-1].extend(analyse(token[0]))
    places = {place for _, place in figures}
    for figure, place in figures:
        # "789 des 804 communes", "25 à 40 ans": the first counts what the second does.
        follows = runs[place] or (runs[place + 1] if place + 1 in places else [])
        after, before = frozenset(follows[:most]), frozenset(runs[place - 1][-most:])
        others = found.get(figure, (frozenset(), frozenset()))
        found[figure] = (others[0] | after, others[1] | before)
    return found


def _capped(text: str, figures: Mapping[str, object]) -> set[str]:
    """The figures that a bound stands right before."""
    return {
        token["figure"]
        for token in _TOKEN.finditer(text)
        if token["figure"] in figures
        and _AT_MOST.search(text[max(0, token.start() - _NEAR) : token.start()].rstrip())
    }
