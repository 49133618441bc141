"""Check that the dates of a fiche are plausible and agree with one another."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.errors import Problem
from corpus.fiches.fiche import Fiche
from corpus.fiches.front_matter import Place
from corpus.source import Reference

_FIRST_YEAR = 2000
_YEARS_AHEAD = 10


def check_dates(fiche: Fiche) -> Iterator[Problem]:
    """Past dates lie between 2000 and ``checked``; announced ones at most ten years later."""
    checked = fiche.scheme.checked.isoformat()
    for place, text in _past(fiche):
        if text < str(_FIRST_YEAR):
            remedy = f"vérifiez l’année ({_FIRST_YEAR} ou plus)"
            yield _problem(fiche, place, f"{text} est trop ancien", remedy)
        elif text > checked[: len(text)]:
            problem = f"{text} est après la date de vérification de la fiche ({checked})"
            yield _problem(fiche, place, problem, "corrigez cette date, ou « checked »")
    last_year = fiche.scheme.checked.year + _YEARS_AHEAD
    for place, text in _planned(fiche):
        if not _FIRST_YEAR <= int(text[:4]) <= last_year:
            remedy = f"vérifiez l’année (de {_FIRST_YEAR} à {last_year})"
            yield _problem(fiche, place, f"{text} est hors des années plausibles", remedy)
    for index, funding in enumerate(fiche.scheme.funding):
        start, end = funding.valid_from, funding.valid_until
        if start and end and start[: len(end)] > end:
            place = ("funding", index, "valid_from")
            remedy = "échangez ou corrigez les deux dates"
            yield _problem(fiche, place, "valid_from suit valid_until", remedy)


def _past(fiche: Fiche) -> Iterator[tuple[Place, str]]:
    scheme = fiche.scheme
    yield ("status", "as_of"), scheme.status.as_of
    yield ("checked",), scheme.checked.isoformat()
    for index, source in enumerate(scheme.sources):
        yield from _stated_by(("sources", index), source)
        for inner, page in enumerate(source.also):
            yield from _stated_by(("sources", index, "also", inner), page)


def _stated_by(place: Place, reference: Reference) -> Iterator[tuple[Place, str]]:
    if reference.published:
        yield (*place, "published"), reference.published
    if reference.updated:
        yield (*place, "updated"), reference.updated


def _planned(fiche: Fiche) -> Iterator[tuple[Place, str]]:
    for index, window in enumerate(fiche.scheme.windows):
        if window.opens:
            yield ("windows", index, "opens"), window.opens.isoformat()
        if window.closes:
            yield ("windows", index, "closes"), window.closes.isoformat()
    for index, funding in enumerate(fiche.scheme.funding):
        if funding.valid_from:
            yield ("funding", index, "valid_from"), funding.valid_from
        if funding.valid_until:
            yield ("funding", index, "valid_until"), funding.valid_until


def _problem(fiche: Fiche, place: Place, problem: str, remedy: str) -> Problem:
    field = ".".join(str(part) for part in place)
    return Problem(fiche.path, fiche.front.line(place), field, problem, remedy)
