"""The sentences of the fiches that name each commune, found once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from corpus.communes.commune import DEPARTMENTS, Commune
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.document import Sentence
from corpus.fiches.fiche import UNKNOWN_SECTION, Fiche
from corpus.places.named import PlaceNames


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence that names a commune.

    Attributes:
        fiche: what it's of.
        section: the title of its section.
        sentence: the sentence.
        others: how many other communes it names.
    """

    fiche: Fiche
    section: str
    sentence: Sentence
    others: int

    @property
    def is_gap(self) -> bool:
        """Whether it says what isn't known."""
        return self.section == UNKNOWN_SECTION


@dataclass(frozen=True)
class CommuneStatements:
    """Finds what the fiches say of a commune; they're read through at the first question about one."""

    catalogue: Catalogue
    territory: Territory
    names: PlaceNames

    def of(self, commune: Commune) -> tuple[Named, ...]:
        """The sentences that name a commune, in the order of the fiches.

        Of a name that several communes bear, a sentence means the one whose department it names, else the
        largest.
        """
        former = [
            item.name for item in self.territory.former_communes.values() if item.successor == commune.insee
        ]
        keys = {key for name in (commune.name, *former) for key in self.names.read(name)}
        found = {id(item): item for key in sorted(keys) for item in self._by_key.get(key, ())}
        return tuple(item for item in found.values() if self._means(item, commune, keys))

    def departments(self, text: str) -> tuple[str, ...]:
        """The numbers of the departments that a text names, as people write them."""
        found = self.names.read(text, any_case=True) & self._departments.keys()
        return tuple(sorted(self._departments[key] for key in found))

    def in_department(self, number: str) -> tuple[Named, ...]:
        """The sentences that name a department, in the order of the fiches."""
        keys = [key for key, own in self._departments.items() if own == number]
        return tuple(item for key in keys for item in self._by_key.get(key, ()))

    def _means(self, item: Named, commune: Commune, keys: set[str]) -> bool:
        read = self.names.read(item.sentence.text)
        alike = [other for key in keys for other in self._bearers.get(key, ())]
        if all(other == commune for other in alike):
            return True
        told = read & self._departments.keys()
        if told:
            return any(self._departments[key] == commune.department for key in told)
        return commune.population >= max(other.population for other in alike)

    @cached_property
    def _departments(self) -> Mapping[str, str]:
        return {key: number for number, name in DEPARTMENTS.items() for key in self.names.read(name)}

    @cached_property
    def _bearers(self) -> Mapping[str, list[Commune]]:
        """The communes of each name."""
        bearers: dict[str, list[Commune]] = {}
        for commune in self.territory.communes.values():
            for key in self.names.read(commune.name):
                bearers.setdefault(key, []).append(commune)
        return bearers

    @cached_property
    def _by_key(self) -> Mapping[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for fiche in self.catalogue.fiches.values():
            for section, sentence in fiche.as_document.sentences():
                keys = self.names.read(sentence.text)
                places = keys & self._bearers.keys() - self._departments.keys()
                for key in keys:
                    found.setdefault(key, []).append(
                        Named(fiche, section.title, sentence, len(places - {key}))
                    )
        return found
