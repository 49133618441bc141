"""The rules between the tables of the territory: codes known, names agreeing, totals plausible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.communes.commune import DEPARTMENTS, Commune
from corpus.communes.lists import SETTLED, ListEntry
from corpus.communes.table import Located
from corpus.communes.tables import Tables
from corpus.errors import Problem
from corpus.french.folding import words

COMMUNES_PER_DEPARTMENT: dict[str, tuple[int, int]] = {
    "02": (740, 805),
    "59": (600, 650),
    "60": (630, 690),
    "62": (830, 895),
    "80": (715, 785),
}
REGION_POPULATION = (5_500_000, 6_500_000)
LARGEST_COMMUNE = 400_000


def agreement_problems(tables: Tables) -> list[Problem]:
    """Return where the tables contradict one another or themselves."""
    return [
        *_commune_problems(tables),
        *_former_problems(tables),
        *_list_problems(tables),
    ]


def plausibility_problems(tables: Tables) -> list[Problem]:
    """Return the totals that a whole and healthy territory can't have."""
    path = tables.folder / "communes.csv"
    problems: list[Problem] = []
    counts = Counter(found.item.department for found in tables.communes.values())
    for department, (least, most) in COMMUNES_PER_DEPARTMENT.items():
        count = counts[department]
        if not least <= count <= most:
            problem = f"{count} communes dans le département {DEPARTMENTS[department]}"
            remedy = f"vérifiez la table : on en attend entre {least} et {most}"
            problems.append(Problem(path, 0, "department", problem, remedy))
    total = sum(found.item.population for found in tables.communes.values())
    least, most = REGION_POPULATION
    if not least <= total <= most:
        problem = f"la région compterait {total} habitants"
        remedy = f"vérifiez la table : on en attend entre {least} et {most}"
        problems.append(Problem(path, 0, "population", problem, remedy))
    return problems


def _commune_problems(tables: Tables) -> Iterator[Problem]:
    path = tables.folder / "communes.csv"
    sirens: dict[str, str] = {}
    for code, found in tables.communes.items():
        commune, line = found.item, found.line
        if not code.startswith(commune.department):
            problem = f"le code « {code} » n’est pas du département {commune.department}"
            yield Problem(path, line, "department", problem, "accordez le code et le département")
        if not 0 < commune.population <= LARGEST_COMMUNE:
            problem = f"population invraisemblable : {commune.population}"
            yield Problem(path, line, "population", problem, "reprenez le chiffre de l’INSEE")
        if (other := sirens.setdefault(commune.siren, code)) != code:
            problem = f"le SIREN {commune.siren} est déjà celui de {other}"
            yield Problem(path, line, "siren", problem, "reprenez le SIREN de la commune")
        if commune.epci_siren not in tables.epci:
            problem = f"l’intercommunalité {commune.epci_siren} est inconnue"
            yield Problem(path, line, "epci_siren", problem, "ajoutez-la à epci.csv")
    members = {found.item.epci_siren for found in tables.communes.values()}
    for siren, epci in tables.epci.items():
        if siren not in members:
            problem = f"aucune commune n’appartient à « {epci.item.name} »"
            remedy = "supprimez la ligne ou corrigez communes.csv"
            yield Problem(tables.folder / "epci.csv", epci.line, "siren", problem, remedy)


def _former_problems(tables: Tables) -> Iterator[Problem]:
    path = tables.folder / "former_communes.csv"
    for code, found in tables.former.items():
        successor = found.item.successor
        if successor not in tables.communes:
            problem = f"la commune actuelle {successor} est inconnue"
            yield Problem(path, found.line, "successor", problem, "écrivez un code de communes.csv")
        elif code in tables.communes and code != successor:
            problem = f"{code} est encore une commune de plein exercice"
            remedy = "supprimez la ligne ou corrigez communes.csv"
            yield Problem(path, found.line, "insee", problem, remedy)


def _list_problems(tables: Tables) -> Iterator[Problem]:
    names = _known_names(tables)
    for list_id, entries in tables.lists.items():
        path = tables.folder / f"{list_id}.csv"
        for code, found in entries.items():
            if code not in tables.communes:
                problem = f"la commune {code} est inconnue"
                remedy = "écrivez le code INSEE d’une commune de communes.csv"
                yield Problem(path, found.line, "insee", problem, remedy)
            elif tuple(words(found.item.name)) not in names[code]:
                name = tables.communes[code].item.name
                problem = f"« {found.item.name} » n’est pas le nom de {code}, qui est « {name} »"
                yield Problem(path, found.line, "name", problem, "accordez le code et le nom")
            yield from _entry_problems(path, found)


def _entry_problems(path: Path, found: Located[ListEntry]) -> Iterator[Problem]:
    entry = found.item
    if entry.status not in SETTLED and not entry.wording:
        remedy = "recopiez ce que dit le relevé, par exemple « probable, à vérifier »"
        yield Problem(path, found.line, "wording", "ce statut demande une explication", remedy)
    if entry.url and not entry.source:
        problem = "l’adresse est donnée sans dire de quelle source elle est"
        yield Problem(path, found.line, "source", problem, "nommez la source")


def _known_names(tables: Tables) -> Mapping[str, set[tuple[str, ...]]]:
    """The folded names of each commune, those of its former communes included."""
    names = {code: {_key(found.item)} for code, found in tables.communes.items()}
    for former in tables.former.values():
        if former.item.successor in names:
            names[former.item.successor].add(tuple(words(former.item.name)))
    return names


def _key(commune: Commune) -> tuple[str, ...]:
    return tuple(words(commune.name))
