"""The territory's bodies as pure values: communes, intercommunal bodies, former communes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DEPARTMENTS: dict[str, str] = {
    "02": "Aisne",
    "59": "Nord",
    "60": "Oise",
    "62": "Pas-de-Calais",
    "80": "Somme",
}


class EpciType(StrEnum):
    """The legal form of an intercommunal body with its own taxes."""

    CC = "CC"
    CA = "CA"
    CU = "CU"
    METRO = "METRO"


class FormerKind(StrEnum):
    """What a former commune became inside its successor."""

    DELEGATED = "delegated"
    ASSOCIATED = "associated"


@dataclass(frozen=True, slots=True)
class Epci:
    """An intercommunal body; ``population`` counts its members outside the region too."""

    siren: str
    name: str
    type: EpciType
    population: int


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today.

    Attributes:
        insee: its INSEE code, five characters.
        name: its official name.
        department: number of its department, a key of ``DEPARTMENTS``.
        population: inhabitants.
        postcodes: at least one, in ascending order.
        siren: its SIREN number.
        epci_siren: the intercommunal body it belongs to.
    """

    insee: str
    name: str
    department: str
    population: int
    postcodes: tuple[str, ...]
    siren: str
    epci_siren: str

    @property
    def label(self) -> str:
        """The name as people tell homonyms apart: ``Saint-Aubin (Pas-de-Calais)``."""
        return f"{self.name} ({DEPARTMENTS[self.department]})"


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune merged into another one, whose INSEE code is ``successor``."""

    insee: str
    name: str
    kind: FormerKind
    successor: str
