"""Run every check on one fiche, on a folder of fiches, or on the whole corpus."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from corpus.check.aliases import check_aliases
from corpus.check.asked import check_asked
from corpus.check.catalogue import check_catalogue
from corpus.check.dates import check_dates
from corpus.check.figures import check_stated_figures, check_typed_figures
from corpus.check.sections import check_sections
from corpus.check.sources import check_addresses, check_sources
from corpus.check.statements import check_statements
from corpus.check.typography import check_typography
from corpus.communes.territory import check_territory
from corpus.errors import Problem
from corpus.fiches.catalogue import Catalogue, read_fiches
from corpus.fiches.fiche import Fiche
from corpus.labels import TerritoryList

CORPUS_DIR = Path(__file__).parent.parent


def check_fiche(fiche: Fiche) -> list[Problem]:
    """Every problem that one fiche shows by itself, in the order of its lines."""
    problems = [
        *check_aliases(fiche),
        *check_sources(fiche),
        *check_addresses(fiche),
        *check_dates(fiche),
        *check_sections(fiche),
        *check_statements(fiche),
        *check_typed_figures(fiche),
        *check_stated_figures(fiche),
        *check_typography(fiche),
        *check_asked(fiche),
    ]
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.line)


def check_corpus(folder: Path = CORPUS_DIR) -> list[Problem]:
    """Every problem of a corpus: ``schemes/*.md`` one by one, then together, then ``territory``.

    Args:
        folder: a folder with ``schemes``, or the folder of the fiches itself.
    """
    schemes = folder / "schemes" if (folder / "schemes").is_dir() else folder
    fiches, problems = read_fiches(schemes)
    if not fiches and len(problems) == 1 and problems[0].file == schemes:
        return problems
    for fiche in fiches.values():
        problems += check_fiche(fiche)
    problems.sort(key=lambda problem: problem.file)
    problems += check_catalogue(Catalogue(MappingProxyType(fiches)), tuple(TerritoryList))
    if (folder / "territory").is_dir():
        problems += check_territory(folder / "territory")
    return problems
