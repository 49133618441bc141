"""How well an encoder alone finds the sentence that answers, told by an encoder of our making."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from corpus.fiches.asked import AskedQuestion
from corpus.fiches.catalogue import load_catalogue
from evaluation.folds.corpus import no_questions
from evaluation.judging.nearest_sentence import NearestSentence, nearest_sentences
from ingest.vectors import Vectors


class ByNumber:
    """An encoder that puts each question nearest to the statements of the numbers that it says, in order."""

    name, dimension = "by-number", 64

    def embed_passages(self, texts: list[str]) -> Vectors:
        return np.eye(self.dimension, dtype=np.float32)[: len(texts)]

    def embed_questions(self, texts: list[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for closeness, place in enumerate(map(int, text.split())):
                vectors[row, place] = 1.0 - closeness / 10
        return vectors

    def embed_question(self, text: str) -> Vectors:
        return self.embed_questions([text])[0]


def test_first_and_among_three() -> None:
    fiche = next(iter(load_catalogue(asked_from=no_questions).fiches.values()))
    asked = (
        AskedQuestion("2 1 0", (2,)),
        AskedQuestion("2 1 0", (5, 1)),
        AskedQuestion("4 3 2 1", (1,)),
    )
    found = nearest_sentences([replace(fiche, asked=asked)], ByNumber())
    assert found == NearestSentence((True, False, False), (True, True, False))


def test_a_fiche_without_questions_tells_nothing() -> None:
    fiche = next(iter(load_catalogue(asked_from=no_questions).fiches.values()))
    assert nearest_sentences([fiche], ByNumber()) == NearestSentence()
