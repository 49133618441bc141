"""The catalogue: every fiche of a folder, read together and checked against one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from corpus.errors import CorpusError, Problem
from corpus.fiches.asked import AskedSource, read_asked
from corpus.fiches.fiche import Fiche, load_fiche
from corpus.fiches.scheme import Scheme

SCHEMES_DIR = Path(__file__).parents[1] / "schemes"
FicheSource = Callable[[Path, AskedSource], Fiche]
"""What gives the fiche of a file: takes what :func:`load_fiche` takes, raises what it raises."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The fiches by scheme id, in alphabetical order of id."""

    fiches: Mapping[str, Fiche]

    def __len__(self) -> int:
        """How many schemes there are."""
        return len(self.fiches)

    def __contains__(self, scheme_id: object) -> bool:
        """Whether the catalogue holds that scheme."""
        return scheme_id in self.fiches

    def fiche(self, scheme_id: str) -> Fiche:
        """Return one fiche.

        Raises:
            KeyError: the catalogue holds no such scheme.
        """
        return self.fiches[scheme_id]

    def scheme(self, scheme_id: str) -> Scheme:
        """Return one scheme.

        Raises:
            KeyError: the catalogue holds no such scheme.
        """
        return self.fiches[scheme_id].scheme

    @property
    def schemes(self) -> tuple[Scheme, ...]:
        """Every scheme, in order of id."""
        return tuple(fiche.scheme for fiche in self.fiches.values())


def load_catalogue(
    folder: Path = SCHEMES_DIR, asked_from: AskedSource = read_asked, load: FicheSource = load_fiche
) -> Catalogue:
    """Read every ``*.md`` of a folder.

    Args:
        folder: the fiches.
        asked_from: where the questions that people ask about them come from; the only way that they come in.
        load: what reads each fiche.

    Raises:
        CorpusError: with the problems of all the files, not only of the first.
    """
    fiches, problems = read_fiches(folder, asked_from, load)
    if problems:
        raise CorpusError(problems)
    return Catalogue(MappingProxyType(fiches))


def read_fiches(
    folder: Path, asked_from: AskedSource = read_asked, load: FicheSource = load_fiche
) -> tuple[dict[str, Fiche], list[Problem]]:
    """Read every ``*.md`` of a folder: the fiches that are right, and the problems of the others."""
    problems: list[Problem] = []
    fiches: dict[str, Fiche] = {}
    paths = sorted(folder.glob("*.md"))
    if not paths:
        return {}, [Problem(folder, 0, "", "aucune fiche dans ce dossier", "ajoutez un fichier .md")]
    for path in paths:
        try:
            fiche = load(path, asked_from)
        except CorpusError as error:
            problems += error.problems
        else:
            fiches[fiche.scheme.id] = fiche
    return fiches, problems
