"""The places outside the region, in France and abroad: to say that they are, never to answer for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from corpus.communes.table import Row, RowError, read_table
from corpus.communes.territory import TERRITORY_DIR
from corpus.errors import CorpusError, Problem
from corpus.places.name import ARTICLES, name_key

ELSEWHERE = TERRITORY_DIR / "elsewhere.csv"
ELSEWHERE_COLUMNS = ("kind", "name", "departments", "population", "word")
_DEPARTMENT_SIZES = (2, 3)
COUNTRIES: Mapping[str, str] = MappingProxyType(
    {
        "AL": "Albanie", "AT": "Autriche", "BA": "Bosnie-Herzégovine", "BE": "Belgique",
        "CA": "Canada", "CH": "Suisse", "CY": "Chypre", "CZ": "Tchéquie", "DE": "Allemagne",
        "DK": "Danemark", "EE": "Estonie", "ES": "Espagne", "FI": "Finlande", "GB": "Royaume-Uni",
        "GR": "Grèce", "HR": "Croatie", "HU": "Hongrie", "IE": "Irlande", "IS": "Islande",
        "IT": "Italie", "LT": "Lituanie", "LU": "Luxembourg", "LV": "Lettonie", "MC": "Monaco",
        "MT": "Malte", "NL": "Pays-Bas", "NO": "Norvège", "PL": "Pologne", "PT": "Portugal",
        "RO": "Roumanie", "RS": "Serbie", "RU": "Russie", "SE": "Suède", "SI": "Slovénie",
        "SK": "Slovaquie", "UA": "Ukraine", "AD": "Andorre", "AR": "Argentine", "AU": "Australie",
        "BF": "Burkina Faso", "BG": "Bulgarie", "BJ": "Bénin", "BR": "Brésil", "CD": "Congo",
        "CI": "Côte d’Ivoire", "CM": "Cameroun", "CN": "Chine", "DZ": "Algérie", "EG": "Égypte",
        "HT": "Haïti", "IN": "Inde", "JP": "Japon", "LB": "Liban", "MA": "Maroc", "MG": "Madagascar",
        "ML": "Mali", "MX": "Mexique", "SN": "Sénégal", "TG": "Togo", "TN": "Tunisie", "TR": "Turquie",
        "US": "États-Unis", "VN": "Viêt Nam",
    }
)  # fmt: skip


class AreaKind(StrEnum):
    """What a place is."""

    COMMUNE = "commune"
    DEPARTMENT = "department"
    ABROAD = "abroad"


class _Word(StrEnum):
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Outside:
    """A place outside the region.

    Attributes:
        kind: a commune, a department, a town abroad.
        name: its official name; a town abroad's in French.
        departments: numbers of the departments that have a commune of this name, the largest commune first;
            a department's own number; the code of a town's country, a key of ``COUNTRIES``.
        population: inhabitants of the largest commune of this name; 0 for a department.
        is_word: whether the name is a French word too: Tours, Nice, Sens.
    """

    kind: AreaKind
    name: str
    departments: tuple[str, ...]
    population: int
    is_word: bool

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other lines of the table."""
        return self.kind, self.name


class Elsewhere:
    """The places outside the region, by folded name, with or without the article, and by number.

    Of a commune and a town abroad of one name (Bruges, Vienne), the larger one is meant.
    """

    def __init__(self, places: tuple[Outside, ...]) -> None:
        """Index the places; a department goes before a commune of the same name, unless both are meant."""
        communes = [place for place in places if place.kind is not AreaKind.DEPARTMENT]
        departments = [place for place in places if place.kind is AreaKind.DEPARTMENT]
        self.communes = _by_name(communes)
        self.departments = _by_name(departments)
        self.numbers: Mapping[str, Outside] = MappingProxyType(
            {place.departments[0].lower(): place for place in departments}
        )
        keys = (*self.communes, *self.departments)
        self.longest = max((key.count(" ") for key in keys), default=0) + 1
        self.first_words = frozenset(key.partition(" ")[0] for key in keys)

    def label(self, place: Outside) -> str:
        """The name as people tell homonyms apart: ``Rouen (Seine-Maritime)``; a department's name alone."""
        if place.kind is AreaKind.ABROAD:
            country = COUNTRIES[place.departments[0]]
            return place.name if country == place.name else f"{place.name} ({country})"
        named = self.numbers.get(place.departments[0].lower())
        if place.kind is AreaKind.DEPARTMENT or named is None or len(place.departments) > 1:
            return place.name
        return place.name if named.name == place.name else f"{place.name} ({named.name})"

    def of_postcode(self, code: str) -> Outside | None:
        """The department outside the region whose postcodes or INSEE codes start so; None for ours."""
        return self.numbers.get(code[:3].lower()) or self.numbers.get(code[:2].lower())


def load_elsewhere(path: Path = ELSEWHERE) -> Elsewhere:
    """Read the table of places outside the region.

    Raises:
        CorpusError: with every problem of the file.
    """
    problems: list[Problem] = []
    found = read_table(path, ELSEWHERE_COLUMNS, _outside, lambda place: "|".join(place.key), problems)
    if problems:
        raise CorpusError(problems)
    return Elsewhere(tuple(located.item for located in found.values()))


def _outside(row: Row) -> Outside:
    kind, departments = row.choice("kind", AreaKind), tuple(row.text("departments").split())
    for code in departments:
        if kind is AreaKind.ABROAD and code not in COUNTRIES:
            raise RowError("departments", f"« {code} » n’est pas un pays connu", "écrivez BE, GB ou LU")
        if len(code) not in _DEPARTMENT_SIZES:
            raise RowError(
                "departments", f"« {code} » n’est pas un numéro de département", "écrivez 76, 2A ou 974"
            )
    word = row.choice("word", _Word)
    return Outside(
        kind,
        row.text("name"),
        departments,
        row.count("population"),
        word is _Word.YES,
    )


def _by_name(places: list[Outside]) -> Mapping[str, Outside]:
    found: dict[str, Outside] = {}
    for place in sorted(places, key=lambda place: -place.population):
        key = name_key(place.name)
        first, _, rest = key.partition(" ")
        found.setdefault(key, place)
        if rest and first in ARTICLES:
            found.setdefault(rest, place)
    return MappingProxyType(found)
