"""Rebuild the commune tables from their public source, check them and show what changed.

``python -m corpus.rebuild_territory`` only shows; ``--write`` writes the tables into the corpus.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from corpus.communes.territory import TERRITORY_DIR, check_territory
from corpus.errors import Problem
from corpus.rebuild.commune_package import MEMBERS, PACKAGE, Table, TerritoryTables, read_csv_table, tables_of
from corpus.rebuild.npm_package import PackageError, fetch_tarball, read_json

_NAME, _POPULATION = 1, 3


def rebuilt(tarball: Path) -> tuple[str, TerritoryTables]:
    """Return the version of a tarball and the tables made from it.

    Raises:
        PackageError: the tarball can't be read or isn't the package expected.
    """
    package, communes, epci = (read_json(tarball, member) for member in MEMBERS)
    return package["version"], tables_of(communes, epci)


def changes(folder: Path, new: TerritoryTables) -> Iterator[str]:
    """Say in one line each what differs from the committed tables."""
    yield from _commune_changes(read_csv_table(folder / "communes.csv"), new.communes)
    for file, title, table in (
        ("epci.csv", "EPCI", new.epci),
        ("former_communes.csv", "former commune", new.former),
    ):
        old = read_csv_table(folder / file)
        for key in sorted(old.keys() | table.keys()):
            yield from _row_changes(title, old.get(key), table.get(key))


def problems_with(folder: Path, new: TerritoryTables) -> list[Problem]:
    """Check the new tables together with the lists of the folder, before anything is written."""
    with tempfile.TemporaryDirectory() as name:
        trial = Path(name) / "territory"
        shutil.copytree(folder, trial)
        write_tables(trial, new)
        return check_territory(trial)


def write_tables(folder: Path, new: TerritoryTables) -> None:
    """Write the three tables into a folder."""
    for file, text in new.files().items():
        (folder / file).write_text(text, encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when the tables are sound, 1 when not, nothing written then."""
    parser = argparse.ArgumentParser(description=f"Rebuild the commune tables from npm's {PACKAGE}.")
    parser.add_argument("--write", action="store_true", help="write the tables")
    parser.add_argument("--tarball", type=Path, help="a tarball at hand instead of the newest one")
    parser.add_argument("--folder", type=Path, default=TERRITORY_DIR, help="where the tables are")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as name:
            version, new = rebuilt(options.tarball or fetch_tarball(PACKAGE, Path(name)))
    except PackageError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _say(f"{PACKAGE} {version}: {len(new.communes)} communes, {len(new.epci)} EPCI, {len(new.former)} former")
    told = list(changes(options.folder, new))
    for line in told:
        _say(line)
    _say(f"{len(told)} changes")
    problems = problems_with(options.folder, new)
    if problems:
        for problem in problems:
            sys.stderr.write(f"{problem}\n")
        return 1
    if options.write and told:
        write_tables(options.folder, new)
        _say(f"written to {options.folder}; put {version} and the date into lists.yaml")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _commune_changes(old: Table, new: Table) -> Iterator[str]:
    for code in sorted(old.keys() | new.keys()):
        before, after = old.get(code), new.get(code)
        if before is None or after is None:
            yield from _row_changes("commune", before, after)
            continue
        if before[_NAME] != after[_NAME]:
            yield f"renamed: {code} {before[_NAME]} -> {after[_NAME]}"
        if before[_POPULATION] != after[_POPULATION]:
            yield f"population: {code} {after[_NAME]} {before[_POPULATION]} -> {after[_POPULATION]}"
        others = [i for i in range(len(after)) if i not in {_NAME, _POPULATION}]
        if [before[i] for i in others] != [after[i] for i in others]:
            yield f"changed: {code} {after[_NAME]}: {', '.join(before)} -> {', '.join(after)}"


def _row_changes(title: str, old: tuple[str, ...] | None, new: tuple[str, ...] | None) -> Iterator[str]:
    if old is None and new is not None:
        yield f"added {title}: {', '.join(new)}"
    elif new is None and old is not None:
        yield f"removed {title}: {', '.join(old)}"
    elif old != new and old is not None and new is not None:
        yield f"changed {title}: {', '.join(old)} -> {', '.join(new)}"


if __name__ == "__main__":
    raise SystemExit(main())
