"""Check what the officer names on the command line: files, folders, or the whole corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.check.folder import CORPUS_DIR, check_corpus
from corpus.check.typography import fix_typography
from corpus.errors import CorpusError, Problem
from corpus.fiches.fiche import load_fiche


@dataclass(frozen=True, slots=True)
class Report:
    """How many fiches were checked, whether the lists of communes were too, and what to mend."""

    fiches: int
    with_territory: bool
    problems: tuple[Problem, ...]


def check_paths(paths: Sequence[Path]) -> Report:
    """Check files and folders; a file is also compared with its neighbours. No path: the corpus."""
    if not paths:
        return Report(len(_fiches(CORPUS_DIR)), True, tuple(check_corpus()))
    problems: list[Problem] = []
    count = 0
    for folder, wanted in _by_folder(paths).items():
        found = check_corpus(folder)
        count += len(wanted)
        problems += [problem for problem in found if problem.file in wanted or problem.file == folder]
        problems += [_missing(path) for path in wanted if not path.is_file()]
    return Report(count, False, tuple(problems))


def fix_paths(paths: Sequence[Path]) -> Iterator[Path]:
    """Mend the typography of the fiches that can be read; yield the files that changed."""
    for path in _expanded(paths or (CORPUS_DIR,)):
        try:
            fiche = load_fiche(path)
        except CorpusError:
            continue
        if fix_typography(fiche):
            yield path


def summary(report: Report) -> str:
    """The last line: how many fiches, how many problems."""
    many = "s" if report.fiches > 1 else ""
    checked = f"{report.fiches} fiche{many} vérifiée{many}"
    if report.with_territory:
        checked += ", et les listes de communes"
    count = len(report.problems)
    if not count:
        return f"{checked} : aucun problème."
    return f"{checked} : {count} problème{'s' if count > 1 else ''} à corriger."


def _by_folder(paths: Sequence[Path]) -> dict[Path, list[Path]]:
    folders: dict[Path, list[Path]] = {}
    for path in _expanded(paths):
        folders.setdefault(path.parent, []).append(path)
    return folders


def _expanded(paths: Sequence[Path]) -> list[Path]:
    return [file for path in paths for file in (_fiches(path) if path.is_dir() else [path])]


def _fiches(folder: Path) -> list[Path]:
    schemes = folder / "schemes" if (folder / "schemes").is_dir() else folder
    return sorted(schemes.glob("*.md"))


def _missing(path: Path) -> Problem:
    return Problem(path, 0, "", "ce fichier n’existe pas", "vérifiez le chemin")
