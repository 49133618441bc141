"""The folds of the fiches: which fiche is left out with which, read from a data file and checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import yaml

from evaluation.errors import FoldError

FOLDS_DIR = Path(__file__).parents[1] / "data" / "folds"
FOLDS_PATH = FOLDS_DIR / "folds.yaml"
FORM = "« 1: [fiche, fiche] »"


@dataclass(frozen=True, slots=True)
class Fold:
    """Fiches that are left out together.

    Attributes:
        number: from 1.
        schemes: ids of the schemes that nothing was prepared for.
    """

    number: int
    schemes: frozenset[str]

    def holds_back(self, schemes: Collection[str], text: str, of: int) -> bool:
        """Whether something said is kept from what is learned for the fold, so that it can be measured on it.

        Args:
            schemes: what is said is about these; nothing about one of the fold's is learned.
            text: where it's about none, one fold in turn doesn't learn it.
            of: how many folds there are.
        """
        if schemes:
            return not self.schemes.isdisjoint(schemes)
        return crc32(text.encode()) % of == self.number % of


def read_folds(known: Collection[str], path: Path = FOLDS_PATH) -> tuple[Fold, ...]:
    """Read the folds and check that each fiche is in exactly one.

    Args:
        known: ids of all schemes.
        path: a YAML file, a line a fold: its number and the ids of its fiches.

    Raises:
        FoldError: with every problem found: file, line, remedy.
    """
    rows = list(_rows(path))
    problems = []
    line_of: dict[str, int] = {}
    for number, name, line in rows:
        if name in line_of:
            problems.append(
                f"{path}:{line}: la fiche « {name} » est déjà dans un pli, ligne {line_of[name]}. "
                "Gardez-la dans un seul."
            )
        elif name not in known:
            problems.append(
                f"{path}:{line}: fiche inconnue « {name} » dans le pli {number}. Les identifiants sont ceux "
                "de corpus/schemes : corrigez-la ou retirez-la."
            )
        line_of.setdefault(name, line)
    problems += [
        f"{path}: la fiche « {name} » n’est dans aucun pli. Ajoutez-la au pli des dispositifs avec lesquels "
        "on la confond, puis lancez : assistant train --folds."
        for name in sorted(known)
        if name not in line_of
    ]
    if problems:
        raise FoldError("\n".join(problems))
    numbers = dict.fromkeys(number for number, _, _ in rows)
    return tuple(Fold(number, frozenset(name for n, name, _ in rows if n == number)) for number in numbers)


def fold_of(folds: Collection[Fold], scheme: str) -> Fold:
    """The fold that leaves a scheme out.

    Raises:
        KeyError: none does.
    """
    for fold in folds:
        if scheme in fold.schemes:
            return fold
    raise KeyError(scheme)


def _is_row(key: yaml.Node, names: yaml.Node) -> bool:
    """Whether a line is a number and a list of ids."""
    return (
        isinstance(key, yaml.ScalarNode)
        and key.value.isdecimal()
        and isinstance(names, yaml.SequenceNode)
        and bool(names.value)
        and all(isinstance(name, yaml.ScalarNode) for name in names.value)
    )


def _rows(path: Path) -> Iterator[tuple[int, str, int]]:
    """Every (fold, fiche, line) of the file.

    Raises:
        FoldError: it can't be read, or isn't a list of fiches by number.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise FoldError(f"« {path} » est illisible. Donnez un fichier YAML en UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark is not None else ""
        raise FoldError(f"{path}{where}: YAML mal formé. Écrivez une ligne par pli : {FORM}.") from error
    if not isinstance(root, yaml.MappingNode) or not root.value:
        raise FoldError(f"{path}:1: aucun pli. Écrivez une ligne par pli : {FORM}.")
    seen: set[int] = set()
    for key, names in root.value:
        line = key.start_mark.line + 1
        if not _is_row(key, names):
            raise FoldError(f"{path}:{line}: un pli s’écrit {FORM}. Corrigez cette ligne.")
        number = int(key.value)
        if number in seen:
            raise FoldError(f"{path}:{line}: le pli {number} est écrit deux fois. Gardez une seule ligne.")
        seen.add(number)
        for name in names.value:
            yield number, str(name.value), name.start_mark.line + 1


def knows_nothing_of(fold: Fold, without: Collection[str], others: Iterable[Collection[str]]) -> bool:
    """Whether what was trained for a fold knows nothing of its fiches of today.

    A fiche that no training of any fold left out didn't exist then, so that none knows it.

    Args:
        fold: the fold.
        without: the fiches that its training left out.
        others: those that the trainings of the other folds left out: this one knew them.
    """
    known = frozenset[str]().union(*others) - frozenset(without)
    return frozenset(without) <= fold.schemes and not known & fold.schemes
