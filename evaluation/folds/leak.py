"""Refuse, while a fold is measured or trained, every reading of a file that the fold must not know.

Python tells every opening of a file to its audit hooks (PEP 578), whoever opens it and by whatever name:
a reader that goes round the one door for questions is seen as well. What native code opens by itself isn't
told; none of ours reads YAML.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.answering.knowledge import Knowledge
from assistant.reply import ChatRequest, Reply, SearchHit
from corpus.fiches.catalogue import SCHEMES_DIR, Catalogue
from corpus.fiches.document import Document
from corpus.fiches.fiche import asked_path
from evaluation.errors import FoldLeak
from evaluation.folds.folds import FOLDS_DIR, Fold
from evaluation.questions.cases import QUESTIONS_DIR
from evaluation.runs.target import Target

FICHE_SUFFIX = ".md"


class LeakGuard:
    """What one fold must not read, and the first such file that was read all the same."""

    def __init__(self, fold: Fold, forbidden: Iterable[Path]) -> None:
        """Forbid files, and whole folders, to a fold."""
        self.fold = fold
        self._forbidden = frozenset(os.path.realpath(path) for path in forbidden)
        self._leaked: str | None = None

    def forbid(self, paths: Iterable[Path]) -> None:
        """Forbid further files from now on."""
        self._forbidden |= {os.path.realpath(path) for path in paths}

    def opening(self, path: str) -> None:
        """Be told that a file is about to be opened.

        Raises:
            FoldLeak: the fold must not know it.
        """
        real = os.path.realpath(path)
        if real in self._forbidden or any(str(folder) in self._forbidden for folder in Path(real).parents):
            self._leaked = self._leaked or real
            self.check()

    def check(self) -> None:
        """Raise again if anything was read, even where the first error was swallowed.

        Raises:
            FoldLeak: the fold has read what it must not know.
        """
        if self._leaked is not None:
            raise leak_of(self.fold, self._leaked)


def leak_of(fold: Fold, path: str | Path) -> FoldLeak:
    """The error that names the file."""
    if Path(path).suffix == FICHE_SUFFIX:
        return FoldLeak(
            f"Fuite dans le pli {fold.number} : la fiche « {_shown(Path(path))} » est connue, alors que "
            "seule sa page doit l’être. La mesure est arrêtée. Retirez-la du catalogue et de l’index."
        )
    return FoldLeak(
        f"Fuite dans le pli {fold.number} : « {_shown(Path(path))} » a été lu, alors que rien de ce qui "
        "prépare ses fiches ne doit l’être. La mesure est arrêtée. Faites passer cette lecture par la source "
        "de questions donnée à la construction (load_catalogue), qui les laisse de côté."
    )


def forbidden_to(fold: Fold, schemes_dir: Path = SCHEMES_DIR, data: Path = FOLDS_DIR.parent) -> list[Path]:
    """What a fold must not read: the questions of its fiches, what others learnt from them, the exam itself.

    Args:
        fold: the fold.
        schemes_dir: where the fiches are.
        data: where the data of the evaluation are.
    """
    kept = [path for path in (data / FOLDS_DIR.name).glob("*") if path.is_dir()]
    return [
        *(asked_path(schemes_dir / f"{name}.md") for name in sorted(fold.schemes)),
        *(path for path in kept if path.name != str(fold.number)),
        data / QUESTIONS_DIR.name,
        data / "utterances",
    ]


@contextmanager
def without_leaks(fold: Fold, forbidden: Iterable[Path]) -> Iterator[LeakGuard]:
    """Watch every file that this process opens until the end of the block.

    Raises:
        FoldLeak: one of those forbidden was opened, in the block or in a thread of its own.
    """
    guard = LeakGuard(fold, forbidden)
    _watch(guard, watched=True)
    try:
        yield guard
    finally:
        _watch(guard, watched=False)
    guard.check()


def check_knowledge(knowledge: Knowledge, fold: Fold) -> None:
    """Look in what is known for a question about a fiche of the fold, wherever it was read before.

    Raises:
        FoldLeak: there is one.
    """
    known = {name for name, _ in knowledge.asked.answers}
    for name, fiche in knowledge.catalogue.fiches.items():
        if name in fold.schemes and (fiche.asked or name in known):
            raise leak_of(fold, asked_path(fiche.path))


def check_trained(knowledge: Knowledge, fold: Fold) -> None:
    """Look whether what reads messages or tells subjects has learned anything of a fiche of the fold.

    Raises:
        FoldLeak: it may have.
    """
    if not fold.schemes <= knowledge.acts.learned_nothing_of:
        raise FoldLeak(
            f"Fuite dans le pli {fold.number} : le lecteur des messages a appris d’énoncés sur ses fiches. "
            "La mesure est arrêtée. Donnez-lui celui du pli : assistant train reader --folds."
        )
    if not fold.schemes <= set(knowledge.learned.told.without):
        raise FoldLeak(
            f"Fuite dans le pli {fold.number} : ce qui reconnaît les dispositifs a appris de messages sur "
            "ses fiches. La mesure est arrêtée. Donnez-lui ce qui est appris pour le pli : assistant train "
            "subject --folds."
        )


def fiches_of(fold: Fold, schemes_dir: Path = SCHEMES_DIR) -> list[Path]:
    """The fiches of a fold: where only their pages are known, nothing reads them once these are written."""
    return [schemes_dir / f"{name}{FICHE_SUFFIX}" for name in sorted(fold.schemes)]


def check_without_fiches(
    catalogue: Catalogue, documents: Iterable[Document], fold: Fold, schemes_dir: Path = SCHEMES_DIR
) -> None:
    """Look in the catalogue and in what is indexed for a fiche of the fold.

    Raises:
        FoldLeak: there is one.
    """
    indexed = {document.scheme_id for document in documents}
    for path in fiches_of(fold, schemes_dir):
        if path.stem in catalogue or path.stem in indexed:
            raise leak_of(fold, path)


class Watched:
    """A target that answers no more once its fold has leaked."""

    def __init__(self, target: Target, guard: LeakGuard) -> None:
        """Ask ``target`` as long as ``guard`` has seen nothing."""
        self._target, self._guard = target, guard

    def reply(self, request: ChatRequest) -> Reply:
        """Answer a request.

        Raises:
            FoldLeak: the fold has read what it must not know, now or before.
        """
        self._guard.check()
        reply = self._target.reply(request)
        self._guard.check()
        return reply

    def search(self, query: str, k: int) -> tuple[SearchHit, ...]:
        """Find the best passages; same errors as ``reply``."""
        self._guard.check()
        return self._target.search(query, k)


_lock = threading.Lock()
_guards: tuple[LeakGuard, ...] = ()
_is_hooked = False


def _watch(guard: LeakGuard, *, watched: bool) -> None:
    """Start or stop telling a guard; the hook itself stays, since Python removes none, and does nothing."""
    global _guards, _is_hooked
    with _lock:
        _guards = (*_guards, guard) if watched else tuple(other for other in _guards if other is not guard)
        if not _is_hooked:
            sys.addaudithook(_hook)
            _is_hooked = True


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event != "open" or not _guards or not isinstance(arguments[0], str | bytes | os.PathLike):
        return
    path = os.fsdecode(arguments[0])
    for guard in _guards:
        guard.opening(path)


def _shown(path: Path) -> str:
    """The path as it's written in the project, when it's one of its files."""
    root = SCHEMES_DIR.parents[1]
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
