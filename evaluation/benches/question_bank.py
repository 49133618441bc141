"""What a retrieval bench asks: documents, questions and judgements, from a BEIR folder or our own set."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.fiches.catalogue import Catalogue
from corpus.fiches.document import Document
from evaluation.judging.passages import judge_documents, judge_passages
from evaluation.questions.beir import read_test_set
from evaluation.questions.cases import Case
from evaluation.runs.run import Passage, question_of

_SEED = 20261125


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a search should find.

    Attributes:
        text: as it's asked.
        grades: grade by what is judged: a document, or a passage (``scheme/section``) of our fiches.
        by_passage: whether passages are judged, not documents.
    """

    text: str
    grades: dict[str, int]
    by_passage: bool = False

    def judge(self, passages: Sequence[Passage]) -> dict[str, float]:
        """Score a ranking of passages, best first: a value from 0 to 1 for each measure."""
        if self.by_passage:
            return judge_passages(list(self.grades), passages)
        return judge_documents(self.grades, passages)


@dataclass(frozen=True, slots=True)
class QuestionBank:
    """Documents and questions.

    Attributes:
        name: what the set is called in reports.
        documents: what is searched.
        questions: by id.
    """

    name: str
    documents: tuple[Document, ...]
    questions: dict[str, Question]

    @property
    def of_fiches(self) -> bool:
        """Whether the documents are our fiches, with passages to find."""
        return all(question.by_passage for question in self.questions.values())

    def sampled(self, limit: int | None) -> QuestionBank:
        """Keep ``limit`` questions drawn at random, the same at each run; all of them when it's None."""
        if limit is None or limit >= len(self.questions):
            return self
        kept = set(random.Random(_SEED).sample(sorted(self.questions), limit))  # noqa: S311 - a sample
        return replace(self, questions={k: v for k, v in self.questions.items() if k in kept})


def bank_of_folder(folder: Path) -> QuestionBank:
    """Read a BEIR folder.

    Raises:
        TestSetError: it can't be read.
    """
    found = read_test_set(folder)
    questions = {name: Question(text, found.qrels[name]) for name, text in found.queries.items()}
    return QuestionBank(found.name, tuple(found.documents.values()), questions)


def bank_of_fiches(cases: Sequence[Case], catalogue: Catalogue) -> QuestionBank:
    """Make a bank of our own questions: those that expect a passage of a fiche."""
    documents = tuple(fiche.as_document for fiche in catalogue.fiches.values())
    questions = {
        case.id: Question(question_of(case), dict.fromkeys(case.gold, 1), by_passage=True)
        for case in cases
        if case.gold
    }
    return QuestionBank("nos questions", documents, questions)
