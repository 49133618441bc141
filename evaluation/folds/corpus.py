"""What a fold answers from: the schemes it knows, the documents indexed, and how they map back to fiches.

This is where one kind of unpreparedness differs from another: a fiche left in the catalogue without its
questions, or its text alone as a plain page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import Problem
from corpus.fiches.asked import AskedQuestion, AskedSource, read_asked
from corpus.fiches.catalogue import SCHEMES_DIR, Catalogue, load_catalogue
from corpus.fiches.document import Document
from evaluation.folds.folds import Fold
from evaluation.questions.cases import Case
from evaluation.runs.run import Outcome, Passage


def as_it_came(outcome: Outcome) -> Outcome:
    """The outcome itself: its citations already name fiches and their sections."""
    return outcome


def where_it_was(passage: Passage, _text: str) -> Passage:
    """The passage itself: it already names a fiche and its sections."""
    return passage


def as_it_is(case: Case) -> Case | None:
    """The case itself: nothing that it expects is out of reach."""
    return case


@dataclass(frozen=True, slots=True)
class FoldCorpus:
    """What a fold answers from.

    Attributes:
        catalogue: the schemes that it knows, without the questions about those of the fold.
        documents: what is indexed, and nothing else.
        restored: writes what came back in terms of fiches: the scheme and the section that each citation and
            each passage found stand for, where the document cited isn't a fiche; called before it's judged.
        placed: the same for a passage that another search has found, given its text.
        stand_ins: by document that is no fiche's, the scheme that it stands for.
    """

    catalogue: Catalogue
    documents: tuple[Document, ...]
    restored: Callable[[Outcome], Outcome] = as_it_came
    placed: Callable[[Passage, str], Passage] = where_it_was
    stand_ins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A way not to be prepared for the fiches of a fold.

    Attributes:
        name: as it's given to ``--unprepared``.
        label: in French, for a title.
        corpus: makes the corpus of a fold; the folder is empty, the fold's own, and goes after the measure.
        expected: a case as it can be asked in this way, without what is out of reach (a verdict on a page);
            None when nothing is left to ask.
        knows_fiches: whether the fiches of the fold are in the catalogue and indexed; otherwise one that is
            found there, or read once the corpus is made, is a leak.
    """

    name: str
    label: str
    corpus: Callable[[Fold, Path], FoldCorpus]
    expected: Callable[[Case], Case | None] = as_it_is
    knows_fiches: bool = True


def questions_without(schemes: Collection[str]) -> AskedSource:
    """A source of the questions that people ask, which never opens the files of some schemes."""

    def asked(path: Path, sentences: Sequence[str]) -> tuple[tuple[AskedQuestion, ...], list[Problem]]:
        return ((), []) if path.stem in schemes else read_asked(path, sentences)

    return asked


def no_questions(_path: Path, _sentences: Sequence[str]) -> tuple[tuple[AskedQuestion, ...], list[Problem]]:
    """A source without any question: for a catalogue that only names fiches and checks replies."""
    return (), []


def corpus_of_fiches(fold: Fold, _folder: Path, schemes_dir: Path = SCHEMES_DIR) -> FoldCorpus:
    """All fiches, those of the fold too, but none of the questions about those."""
    catalogue = load_catalogue(schemes_dir, questions_without(fold.schemes))
    return FoldCorpus(catalogue, tuple(fiche.as_document for fiche in catalogue.fiches.values()))


FICHE = Kind("fiche", "fiches que rien n’a préparées", corpus_of_fiches)
