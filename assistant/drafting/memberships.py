"""Lists and labels that a commune must be on, and the department that it must be in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.reading.membership import LABELS, phases
from assistant.reading.stated.finding import Found
from assistant.reading.stated.statement import Unit
from corpus.communes.commune import DEPARTMENTS
from corpus.french.folding import fold
from corpus.labels import TerritoryList

_PHASES = frozenset({TerritoryList.CVCB_PHASE_1, TerritoryList.CVCB_PHASE_2})
_ON_IT = re.compile(
    r"\blaureate?s?\b|\bretenue?s?\b|\bselectionnee?s?\b|\blabellisee?s?\b|\bsignataires?\b|\bmembres? d\w{1,2}\b|\binscrite?s?\b"
)
# "Les communes Petites villes de demain", and not "Petites villes de demain s’adresse aux communes".
_TOWNS = re.compile(r"\b(?:communes?|villes?|collectivites?)\b[^.;]{0,40}$")
_REFUSES = re.compile(r"\bexclue?s?\b|\bhors\b|\bsauf\b|\bne (?:peuvent|peut)\b|\bineligibles?\b")
_NAMES = "|".join(sorted((re.escape(fold(name)) for name in DEPARTMENTS.values()), key=len, reverse=True))
_IN = re.compile(
    rf"\b(?:communes?|villages?|collectivites?|intercommunalites?|etablissements publics|entreprises?|associations?|territoires?)"
    rf" (?:rurales? |situees? |implantees? )?(?:dans |du departement )?(?:de l'|du |de la |dans l'|dans le |dans la |l'|le |la )?(?:departement (?:de l'|du |de la ))?(?P<name>{_NAMES})\b(?! ?-|-)"
)
_PAYS = re.compile(rf"\b(?:conseil departemental|departement) (?:de l'|du |de la )(?P<name>{_NAMES})\b(?!-)")


def lists_in(unit: Unit) -> tuple[TerritoryList, ...]:
    """The lists that a unit says a commune must be on; none where it excludes those that are."""
    folded = unit.folded
    if _REFUSES.search(f"{unit.lead} {folded}"):
        return ()
    found: list[TerritoryList] = []
    for list_id, names in LABELS:
        named = names.search(folded)
        if named and (
            _ON_IT.search(folded) or (list_id not in _PHASES and _TOWNS.search(folded[: named.start()]))
        ):
            found += reversed(phases(folded)) if list_id in _PHASES else [list_id]
    return tuple(dict.fromkeys(found))


def departments_in(unit: Unit) -> Iterator[Found[str]]:
    """The departments that a unit says the applicants are in, by their numbers."""
    if _REFUSES.search(f"{unit.lead} {unit.folded}"):
        return
    for match in _IN.finditer(unit.folded):
        yield Found(_number(match["name"]), unit.statement)


def department_paying(unit: Unit) -> str | None:
    """The number of the department whose council a unit names; None when it names none."""
    match = _PAYS.search(unit.folded)
    return _number(match["name"]) if match else None


def _number(folded: str) -> str:
    return next(number for number, name in DEPARTMENTS.items() if fold(name) == folded)
