"""The index of commune names: a folded key to the communes it may mean, one typo allowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from corpus.communes.commune import Commune
from corpus.communes.territory import Territory
from corpus.places.name import EXACT, How, name_forms
from corpus.places.usual_names import USUAL_NAMES

MIN_TYPO_LENGTH = 6
_MIN_LIKENESS = 0.8
_RIVAL_POPULATION = 1000
_RIVAL_RATIO = 5
_Ways = dict[str, tuple[How, Commune]]
_Group = TypeVar("_Group", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Hit:
    """The communes that one key may mean, most populated first; ``how`` is the nearest way."""

    how: How
    communes: tuple[Commune, ...]

    @property
    def exact(self) -> bool:
        """Whether the key is a whole name, of today or of before a merger."""
        return self.how in EXACT


class NameIndex:
    """Every key of every name. A whole name hides the shortened forms that share its key."""

    def __init__(self, territory: Territory) -> None:
        """Build the index; about 12,000 keys for the region."""
        self._hits = _hits(territory)
        self._by_size = _grouped(self._hits, len)
        self._by_start = _grouped(self._hits, lambda key: (key[0], len(key)))
        self._whole = [key for key, hit in self._hits.items() if hit.exact]
        self.longest = max(key.count(" ") for key in self._hits) + 1
        self.first_words = frozenset(key.partition(" ")[0] for key in self._hits)

    def get(self, key: str) -> Hit | None:
        """Return what a key means, None when no name has it."""
        return self._hits.get(key)

    def near(self, key: str, *, same_start: bool) -> Hit | None:
        """Return what a key one typo away means; None when there is none, or the key is short.

        Args:
            key: the mistyped name.
            same_start: whether the first letter is taken as right: fewer false alarms, faster.
        """
        if len(key) < MIN_TYPO_LENGTH:
            return None
        choices: list[str] = []
        for size in range(len(key) - 1, len(key) + 2):
            if same_start:
                choices += self._by_start.get((key[0], size), ())
            else:
                choices += self._by_size.get(size, ())
        found = process.extract(key, choices, scorer=OSA.distance, score_cutoff=1, limit=None)
        hits = [self._hits[name] for name, _, _ in found if len(name) >= MIN_TYPO_LENGTH]
        whole = [hit for hit in hits if hit.exact]
        communes = {commune.insee: commune for hit in whole or hits for commune in hit.communes}
        return Hit(How.TYPO, _ordered(communes.values())) if communes else None

    def alike(self, key: str, limit: int) -> tuple[Commune, ...]:
        """Return the communes whose whole names look most like a key, the best first."""
        found = process.extract(
            key,
            self._whole,
            scorer=JaroWinkler.normalized_similarity,
            score_cutoff=_MIN_LIKENESS,
            limit=limit,
        )
        communes = {c.insee: c for name, _, _ in found for c in self._hits[name].communes}
        return tuple(communes.values())[:limit]


def _hits(territory: Territory) -> dict[str, Hit]:
    exact: dict[str, _Ways] = defaultdict(dict)
    loose: dict[str, _Ways] = defaultdict(dict)
    for name, how, commune in _names(territory):
        for key, form in name_forms(name, how):
            (exact if form in EXACT else loose)[key].setdefault(commune.insee, (form, commune))
    for key, found in exact.items():
        found |= _rivals(found, loose.get(key, {}))
    return {key: _hit(found) for key, found in (loose | exact).items()}


def _rivals(whole: _Ways, begun: _Ways) -> _Ways:
    """Bigger communes that people call by a smaller one's name: Avesnes, for Avesnes-sur-Helpe."""
    largest = max(commune.population for _, commune in whole.values())
    least = max(_RIVAL_POPULATION, _RIVAL_RATIO * largest)
    return {code: way for code, way in begun.items() if way[1].population >= least}


def _names(territory: Territory) -> list[tuple[str, How, Commune]]:
    today = [(c.name, How.NAME, c) for c in territory.communes.values()]
    former = [
        (f.name, How.FORMER_NAME, territory.communes[f.successor]) for f in territory.former_communes.values()
    ]
    usual = [
        (name, How.NAME, territory.communes[insee])
        for insee, name in USUAL_NAMES.items()
        if insee in territory.communes
    ]
    return today + usual + former


def _grouped(keys: Iterable[str], group: Callable[[str], _Group]) -> Mapping[_Group, list[str]]:
    groups: dict[_Group, list[str]] = defaultdict(list)
    for key in keys:
        groups[group(key)].append(key)
    return dict(groups)


def _hit(found: _Ways) -> Hit:
    ways = {how for how, _ in found.values()}
    how = next(way for way in How if way in ways)
    return Hit(how, _ordered([commune for _, commune in found.values()]))


def _ordered(communes: Iterable[Commune]) -> tuple[Commune, ...]:
    return tuple(sorted(communes, key=lambda commune: (-commune.population, commune.insee)))
