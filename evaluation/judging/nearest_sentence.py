"""How well an encoder alone finds the sentence that answers, among those of the right fiche."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.fiches.fiche import Fiche
from ingest.embed import Embedder
from ingest.statements import statements_of

AMONG = 3


@dataclass(frozen=True, slots=True)
class NearestSentence:
    """Of the questions about some fiches, whether a sentence that answers comes first, and among three.

    Attributes:
        first: a value a question.
        among: a value a question.
    """

    first: tuple[bool, ...] = ()
    among: tuple[bool, ...] = ()

    def __add__(self, other: NearestSentence) -> NearestSentence:
        """Those of further fiches with them."""
        return NearestSentence(self.first + other.first, self.among + other.among)


def nearest_sentences(fiches: Sequence[Fiche], embedder: Embedder) -> NearestSentence:
    """Put the known questions of fiches to an encoder.

    Args:
        fiches: with the questions that people ask about them.
        embedder: trained on none of these questions.
    """
    found = NearestSentence()
    for fiche in fiches:
        if not fiche.asked:
            continue
        statements = embedder.embed_passages(list(statements_of(fiche.as_document)))
        questions = embedder.embed_questions([asked.text for asked in fiche.asked])
        order = np.argsort(-(questions @ statements.T), axis=1, kind="stable")[:, :AMONG]
        right = [np.isin(places, asked.answers) for places, asked in zip(order, fiche.asked, strict=True)]
        found += NearestSentence(tuple(bool(r[0]) for r in right), tuple(bool(r.any()) for r in right))
    return found
