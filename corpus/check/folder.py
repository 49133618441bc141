"""Run every check on one fiche, on a folder of fiches, or on the whole corpus."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from corpus.catalogue import Catalogue
from corpus.check.aliases import check_aliases
from corpus.check.catalogue import check_catalogue
from corpus.check.dates import check_dates
from corpus.check.figures import check_stated_figures, check_typed_figures
from corpus.check.sections import check_sections
from corpus.check.sources import check_addresses, check_sources
from corpus.check.statements import check_statements
from corpus.check.typography import check_typography
from corpus.errors import CorpusError, Problem
from corpus.fiche import Fiche, load_fiche
from corpus.labels import TerritoryList
from corpus.territory import check_territory

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
    ]
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.line)


def check_corpus(folder: Path = CORPUS_DIR) -> list[Problem]:
    """Every problem of a corpus: ``schemes/*.md`` one by one, then together, then ``territory``.

    Args:
        folder: a folder with ``schemes``, or the folder of the fiches itself.
    """
    schemes = folder / "schemes" if (folder / "schemes").is_dir() else folder
    paths = sorted(schemes.glob("*.md"))
    if not paths:
        return [Problem(schemes, 0, "", "aucune fiche dans ce dossier", "ajoutez un fichier .md")]
    problems: list[Problem] = []
    fiches: dict[str, Fiche] = {}
    for path in paths:
        try:
            fiche = load_fiche(path)
        except CorpusError as error:
            problems += error.problems
        else:
            fiches[fiche.scheme.id] = fiche
            problems += check_fiche(fiche)
    problems += check_catalogue(Catalogue(MappingProxyType(fiches)), tuple(TerritoryList))
    if (folder / "territory").is_dir():
        problems += check_territory(folder / "territory")
    return problems
