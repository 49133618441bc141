"""The npm package of French communes turned into the territory's three tables, as text cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.communes.tables import COMMUNE_COLUMNS, EPCI_COLUMNS, FORMER_COLUMNS
from corpus.rebuild.npm_package import PackageError

PACKAGE = "@etalab/decoupage-administratif"
MEMBERS = ("package.json", "data/communes.json", "data/epci.json")
REGION = "32"
_KINDS = {"commune-deleguee": "delegated", "commune-associee": "associated"}

Table = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TerritoryTables:
    """The tables by file name; each is rows by their first cell, without the header."""

    communes: Table
    epci: Table
    former: Table

    def files(self) -> Mapping[str, str]:
        """The CSV text of each file."""
        return {
            "communes.csv": table_text(COMMUNE_COLUMNS, self.communes),
            "epci.csv": table_text(EPCI_COLUMNS, self.epci),
            "former_communes.csv": table_text(FORMER_COLUMNS, self.former),
        }


def tables_of(communes: Sequence[Mapping[str, Any]], epci: Sequence[Mapping[str, Any]]) -> TerritoryTables:
    """Keep the region's communes, the bodies they belong to, and the former communes.

    Raises:
        PackageError: a commune misses something that the tables need.
    """
    membership = {member["code"]: body for body in epci for member in body["membres"]}
    region = [place for place in communes if place.get("region") == REGION]
    current = [place for place in region if place["type"] == "commune-actuelle"]
    try:
        bodies = [membership[place["code"]] for place in current]
        return TerritoryTables(
            communes=_by_first(map(_commune_row, current, bodies)),
            epci=_by_first(_epci_row(body) for body in bodies),
            former=_by_first(_former_row(place) for place in region if place["type"] in _KINDS),
        )
    except KeyError as error:
        raise PackageError(f"the package has a commune without {error}: see its new layout") from error


def read_csv_table(path: Path) -> Table:
    """Read a committed table as it is; empty when there is none."""
    if not path.is_file():
        return {}
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    return _by_first(tuple(row) for row in rows[1:])


def table_text(columns: Sequence[str], table: Table) -> str:
    """Write a table as CSV, sorted by its first column."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(table[key] for key in sorted(table))
    return text.getvalue()


def _by_first(rows: Iterable[tuple[str, ...]]) -> Table:
    return {row[0]: row for row in rows}


def _commune_row(place: Mapping[str, Any], body: Mapping[str, Any]) -> tuple[str, ...]:
    postcodes = " ".join(sorted(place["codesPostaux"]))
    code, name, department = place["code"], place["nom"], place["departement"]
    return (code, name, department, str(place["population"]), postcodes, place["siren"], body["code"])


def _epci_row(body: Mapping[str, Any]) -> tuple[str, ...]:
    form = "METRO" if body["type"] in {"METRO", "MET69"} else body["type"]
    return (body["code"], body["nom"], form, str(body["populationTotale"]))


def _former_row(place: Mapping[str, Any]) -> tuple[str, ...]:
    return (place["code"], place["nom"], _KINDS[place["type"]], place["chefLieu"])
