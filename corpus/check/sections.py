"""Check the headings of a fiche: of the closed list, in its order, none empty, none missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.errors import Problem
from corpus.fiches.fiche import (
    OPENING_SECTION,
    SECTION_TITLES,
    UNKNOWN_SECTION,
    Fiche,
)
from corpus.labels import State

_HEADING = re.compile(r"(#{1,6})\s++(.*)")


def check_sections(fiche: Fiche) -> Iterator[Problem]:
    """Compare the headings of the body with the closed list."""
    headings: list[tuple[str, int]] = []
    for line, text in enumerate(fiche.front.body.splitlines(), fiche.front.body_line):
        match = _HEADING.fullmatch(text)
        if match is None:
            continue
        hashes, title = match[1], match[2].rstrip().rstrip("#").rstrip()
        if hashes != "##":
            problem = f"titre de niveau {len(hashes)}"
            yield Problem(fiche.path, line, title, problem, f"écrivez « ## {title} »")
        if title not in SECTION_TITLES:
            remedy = f"choisissez parmi {', '.join(SECTION_TITLES)}"
            yield Problem(fiche.path, line, title, "titre de section inconnu", remedy)
        headings.append((title, line))
    yield from _check_order(fiche, headings)
    yield from _check_presence(fiche, headings)


def _check_order(fiche: Fiche, headings: list[tuple[str, int]]) -> Iterator[Problem]:
    ranked = [
        (SECTION_TITLES.index(title), title, line) for title, line in headings if title in SECTION_TITLES
    ]
    for (rank, title, _), (next_rank, next_title, line) in pairwise(ranked):
        if next_rank == rank:
            yield Problem(fiche.path, line, next_title, "section écrite deux fois", "réunissez les deux")
        elif next_rank < rank:
            problem = f"la section vient après « {title} »"
            yield Problem(fiche.path, line, next_title, problem, f"placez-la avant « {title} »")


def _check_presence(fiche: Fiche, headings: list[tuple[str, int]]) -> Iterator[Problem]:
    filled = {section.title for section in fiche.sections}
    for section in fiche.sections:
        if not section.path:
            problem = "texte placé avant le premier titre"
            remedy = f"écrivez « ## {OPENING_SECTION} » au-dessus"
            yield Problem(fiche.path, section.line, "", problem, remedy)
    for title, line in headings:
        if title not in filled:
            yield Problem(fiche.path, line, title, "section vide", "complétez-la ou supprimez son titre")
    titles = {title for title, _ in headings}
    if OPENING_SECTION not in titles and not _finds_nothing(fiche):
        problem = f"la section « {OPENING_SECTION} » manque"
        yield Problem(fiche.path, fiche.front.body_line, "", problem, f"ajoutez « ## {OPENING_SECTION} »")
    if UNKNOWN_SECTION not in titles and fiche.scheme.status.state is not State.CLOSED:
        problem = f"la section « {UNKNOWN_SECTION} » manque"
        remedy = f"ajoutez « ## {UNKNOWN_SECTION} » (facultatif pour un dispositif fermé seulement)"
        yield Problem(fiche.path, fiche.front.body_line, "", problem, remedy)


def _finds_nothing(fiche: Fiche) -> bool:
    """Whether the fiche only says that no scheme was found: it then has no object to describe."""
    scheme = fiche.scheme
    return not (scheme.funding or scheme.windows or scheme.criteria)
