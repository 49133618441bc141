"""Read a table of schemes, a file or an address: a row is a record."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ingest.errors import LoadError
from ingest.formats.csv_table import csv_rows
from ingest.formats.encoding import decode
from ingest.web.errors import Unanswered
from ingest.web.feeds.columns import Columns, fields_of
from ingest.web.feeds.patience import patient
from ingest.web.feeds.raw import TABLE, Pulled, RawRecord
from ingest.web.fetch import Fetcher

_MOST_BYTES = 50_000_000
_MOST_ROWS = 20_000
_KINDS = frozenset({".csv", ".txt"})
_MOST_ID_CHARS = 200


def pull_table(address: str, said: Columns, fetcher: Fetcher) -> Pulled:
    """Read the schemes of a table.

    Args:
        address: whole, of the web, or the absolute path of a file.
        said: what its columns are.
        fetcher: gets addresses.

    Raises:
        Unanswered: the table can't be read now.
        LoadError: it's none of schemes.
    """
    content = _got(address, fetcher) if "://" in address else _read(Path(address))
    text = decode(content)
    if text is None:
        raise Unanswered(f"« {address} » n’est pas un texte lisible. Enregistrez-le en CSV, UTF-8.")
    if text.lstrip()[:1] == "<":
        raise Unanswered(f"« {address} » donne une page de site, pas un tableau CSV.")
    pulled = Pulled()
    try:
        for record in _records(address, csv_rows(_without_hint(text)), said, pulled):
            pulled.add(record)
    except csv.Error as error:
        raise Unanswered(f"« {address} » est abîmé ou n’est pas un tableau CSV.") from error
    pulled.require_some(address)
    return pulled


def _got(address: str, fetcher: Fetcher) -> bytes:
    found = patient(lambda: fetcher.get(address), first_pause=2 * fetcher.delay)
    if found.status != "here":
        raise Unanswered(f"« {address} » n’existe pas, ou plus.")
    if found.kind not in _KINDS:
        raise Unanswered(f"« {address} » ne donne pas un tableau CSV. Donnez l’adresse du fichier lui-même.")
    return found.content


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Unanswered(f"« {path} » dépasse {_MOST_BYTES // 1_000_000} Mo.")
        return path.read_bytes()
    except OSError as error:
        raise Unanswered(f"« {path} » est illisible ({error.strerror}). Vérifiez le chemin.") from error


def _without_hint(text: str) -> str:
    """A table without the line that tells a spreadsheet its separator (« sep=; »)."""
    first, _, rest = text.partition("\n")
    return rest if first.strip().lower().startswith("sep=") else text


def _records(address: str, rows: Iterator[list[str]], said: Columns, pulled: Pulled) -> Iterator[RawRecord]:
    filled = (row for row in rows if any(cell.strip() for cell in row))
    head = [cell.strip() for cell in next(filled, [])]
    name = address.rstrip("/").rpartition("/")[2]
    fields = fields_of(head, said, name)
    constant = {key: value for key in ("publisher", "licence") if (value := getattr(said, key))}
    seen: dict[str, int] = {}
    for number, row in enumerate(islice(filled, _MOST_ROWS), 1):
        if any(cell.strip() for cell in row[len(head) :]):
            pulled.is_whole = False  # it may be one that is indexed
            pulled.tell(
                f"{name}, fiche {number} : elle a plus de cellules que de colonnes. Corrigez ses guillemets."
            )
            continue
        cells = [cell.strip() for cell in row]
        values = {fields[place]: cell for place, cell in enumerate(cells) if cell and place in fields}
        others = [[head[place], cell] for place, cell in enumerate(cells) if cell and place not in fields]
        known = values.get("id")
        identity = (known or values.get("title") or f"n° {number}")[:_MOST_ID_CHARS]
        if known is None:  # rows of one name are counted: the second isn't the first
            seen[identity] = seen.get(identity, 0) + 1
            identity += f" ({seen[identity]})" if seen[identity] > 1 else ""
        yield RawRecord(
            TABLE, identity, f"{name}, fiche {identity}", "", {**constant, **values, "others": others}
        )
    if next(filled, None) is not None:
        pulled.is_whole = False
        pulled.tell(f"« {name} » a plus de {_MOST_ROWS} lignes : les autres ne sont pas lues.")


def columns_of(values: dict[str, object], table: str) -> Columns:
    """What was said of the columns, as it's recorded.

    Raises:
        LoadError: the record is damaged.
    """
    try:
        return Columns.model_validate(values)
    except ValueError as error:
        raise LoadError(
            f"Ce qui était retenu des colonnes de « {table} » est abîmé : ajoutez-le à nouveau."
        ) from error
