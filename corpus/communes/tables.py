"""The tables of the territory as files: their columns, and how a row becomes a value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.communes.commune import DEPARTMENTS, Commune, Epci, EpciType, FormerCommune, FormerKind
from corpus.communes.lists import ListEntry, ListStatus
from corpus.communes.table import INSEE, POSTCODE, SIREN, Located, Row, RowError, read_table
from corpus.errors import Problem
from corpus.labels import TerritoryList

COMMUNE_COLUMNS = ("insee", "name", "department", "population", "postcodes", "siren", "epci_siren")
EPCI_COLUMNS = ("siren", "name", "type", "population")
FORMER_COLUMNS = ("insee", "name", "kind", "successor")
LIST_COLUMNS = ("insee", "name", "status", "wording", "label", "signed", "source", "url", "note")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEB = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table of a folder, each value with its line."""

    folder: Path
    communes: Mapping[str, Located[Commune]]
    epci: Mapping[str, Located[Epci]]
    former: Mapping[str, Located[FormerCommune]]
    lists: Mapping[TerritoryList, Mapping[str, Located[ListEntry]]]


def read_tables(folder: Path, problems: list[Problem]) -> Tables:
    """Read every CSV file of the folder; what is wrong is added to ``problems``."""
    return Tables(
        folder=folder,
        communes=read_table(folder / "communes.csv", COMMUNE_COLUMNS, _commune, lambda c: c.insee, problems),
        epci=read_table(folder / "epci.csv", EPCI_COLUMNS, _epci, lambda e: e.siren, problems),
        former=read_table(
            folder / "former_communes.csv", FORMER_COLUMNS, _former, lambda f: f.insee, problems
        ),
        lists={
            list_id: read_table(folder / f"{list_id}.csv", LIST_COLUMNS, _entry, lambda e: e.insee, problems)
            for list_id in TerritoryList
        },
    )


def _commune(row: Row) -> Commune:
    department = row.text("department")
    if department not in DEPARTMENTS:
        remedy = "écrivez " + ", ".join(DEPARTMENTS)
        raise RowError("department", f"« {department} » n’est pas dans la région", remedy)
    return Commune(
        insee=row.code("insee", INSEE, "cinq caractères comme 59431"),
        name=row.text("name"),
        department=department,
        population=row.count("population"),
        postcodes=row.codes("postcodes", POSTCODE, "cinq chiffres comme 59850"),
        siren=row.code("siren", SIREN, "neuf chiffres"),
        epci_siren=row.code("epci_siren", SIREN, "neuf chiffres"),
    )


def _epci(row: Row) -> Epci:
    return Epci(
        siren=row.code("siren", SIREN, "neuf chiffres"),
        name=row.text("name"),
        type=row.choice("type", EpciType),
        population=row.count("population"),
    )


def _former(row: Row) -> FormerCommune:
    return FormerCommune(
        insee=row.code("insee", INSEE, "cinq caractères comme 62447"),
        name=row.text("name"),
        kind=row.choice("kind", FormerKind),
        successor=row.code("successor", INSEE, "cinq caractères comme 62447"),
    )


def _entry(row: Row) -> ListEntry:
    url, signed = row.optional("url"), row.optional("signed")
    if url is not None and not _WEB.fullmatch(url):
        raise RowError("url", f"« {url} » n’est pas une adresse web", "écrivez https://…")
    if signed is not None and not _ISO_DATE.fullmatch(signed):
        raise RowError("signed", f"« {signed} » n’est pas une date", "écrivez 2021-09-24")
    return ListEntry(
        insee=row.code("insee", INSEE, "cinq caractères comme 59431"),
        name=row.text("name"),
        status=row.choice("status", ListStatus),
        wording=row.optional("wording"),
        label=row.optional("label"),
        signed=signed,
        source=row.optional("source"),
        url=url,
        note=row.optional("note"),
    )
