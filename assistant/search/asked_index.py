"""Compare a question with those that people ask about each scheme: who asked the like, and what answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from assistant.search.known_questions import KnownQuestions
from assistant.search.rare_terms import Integers, RareTerms, Weights, pieces
from corpus.fiches.catalogue import Catalogue
from ingest.embed import Embedder, Vectors
from ingest.lexical import analyse

# How much shared words, shared pieces of words and likeness of meaning count.
_WORDS, _PIECES, _MEANING = 0.40, 0.25, 0.35
# A scheme asked about in several like questions is likelier than by one alone.
_SEVERAL = 3
_KEPT = 256
# How many schemes are likely looked at for a question.
_SEVERAL_SCHEMES = 16

Scores = NDArray[np.float64]
# The terms of a text, and how often each occurs in it.
Counted = tuple[Integers, Weights]


class AskedIndex:
    """The questions that people ask about the schemes, ready to be compared with a new one.

    Attributes:
        texts: the known questions, mended.
        answers: for each, its scheme and the sentences that answer it.
    """

    def __init__(self, catalogue: Catalogue, embedder: Embedder, known: KnownQuestions) -> None:
        """Index the questions of a catalogue.

        Args:
            catalogue: the schemes, with their questions.
            embedder: compares meanings.
            known: the same questions, as they are compared; see :mod:`assistant.search.known_questions`.
        """
        self.texts = known.texts
        self.answers: list[tuple[str, tuple[str, ...]]] = []
        self._places: dict[str, slice] = {}
        for name, fiche in catalogue.fiches.items():
            if fiche.asked:
                self._places[name] = slice(len(self.answers), len(self.answers) + len(fiche.asked))
            sentences = fiche.sentences
            self.answers += [
                (name, tuple(sentences[place] for place in asked.answers)) for asked in fiche.asked
            ]
        self._left_out: frozenset[int] = frozenset()
        self._embedder = embedder
        self._known = known
        self._all = _Likeness(known)
        # A question is compared several times on its way to a reply.
        self._cached = lru_cache(maxsize=_KEPT)(self._by_scheme)
        # Among the questions about one scheme, the words that they all share tell nothing.
        self._own = lru_cache(maxsize=None)(self._likeness_within)
        self._own_cached = lru_cache(maxsize=_KEPT * _SEVERAL_SCHEMES)(self._own_likeness)
        self._counted = lru_cache(maxsize=_KEPT)(self._terms)

    def __len__(self) -> int:
        """How many questions are known."""
        return len(self.texts)

    def leaving_out(self, places: Iterable[int]) -> AskedIndex:
        """The same index without some of its questions: to fit weights on those very questions."""
        view = copy(self)
        view._left_out = frozenset(places)
        return view

    def by_scheme(self, text: str) -> Mapping[str, tuple[float, float]]:
        """For each scheme: the likeness of its best question to a text, and the mean of its few best.

        Args:
            text: the question, its spelling mended.
        """
        return self._cached(text, self._left_out)

    def _by_scheme(self, text: str, left_out: frozenset[int]) -> Mapping[str, tuple[float, float]]:
        scores = self._all.of(*self._counted(text), self._embedder.embed_question(text))
        scores[list(left_out)] = 0.0
        found = {}
        for name, places in self._places.items():
            if left_out.issuperset(range(places.start, places.stop)):
                continue  # nobody is known to ask about it
            best = np.sort(scores[places])[::-1][:_SEVERAL]
            found[name] = (float(best[0]), float(best.sum()) / _SEVERAL)
        return MappingProxyType(found)

    def by_sentence(self, text: str, schemes: Iterable[str]) -> Mapping[str, float]:
        """For each sentence that answers known questions about a scheme: the likeness of the best one."""
        left_out = self._left_out
        found: dict[str, float] = {}
        for name in schemes:
            if name not in self._places:
                continue
            for place, score in enumerate(self._own_cached(name, text), self._places[name].start):
                for sentence in self.answers[place][1] if place not in left_out else ():
                    found[sentence] = max(found.get(sentence, 0.0), score)
        return found

    def _own_likeness(self, name: str, text: str) -> tuple[float, ...]:
        """How like each question about a scheme is to a text, from 0 to 1."""
        likeness = self._own(name).of(*self._counted(text), self._embedder.embed_question(text))
        return tuple(likeness.tolist())

    def _terms(self, text: str) -> tuple[Counted, Counted]:
        """The words of a text that known questions hold, and its pieces of words."""
        return self._known.stems.counted(analyse(text)), self._known.pieces.counted(pieces(text))

    def _likeness_within(self, name: str) -> _Likeness:
        return _Likeness(self._known, self._places[name])


class _Likeness:
    """Known questions in a space of words, of pieces of words and of meaning."""

    def __init__(self, known: KnownQuestions, only: slice | None = None) -> None:
        """Weigh the words and pieces by how rare they are among these questions.

        Args:
            known: the questions.
            only: keep to those of these places, and compare meanings by what they have beyond their mean.
        """
        self._words = RareTerms(known.stems, only)
        self._pieces = RareTerms(known.pieces, only)
        self._mean: Vectors | float = 0.0
        self._vectors = known.vectors
        if only is not None:
            self._mean, self._vectors = _centred(known.vectors[only])

    def of(self, stems: Counted, pieces: Counted, vector: Vectors) -> Scores:
        """How like each question is to a text, from 0 to 1.

        Args:
            stems: the words of the text.
            pieces: its pieces of words.
            vector: what it means.
        """
        if not len(self._words):
            return np.zeros(self._words.size)
        shared = self._words.likeness(*stems)
        letters = self._pieces.likeness(*pieces)
        moved = vector - self._mean
        norm = float(np.linalg.norm(moved)) or 1.0
        meaning = np.clip(self._vectors @ (moved / norm), 0.0, 1.0) if vector.any() else 0.0
        scores: Scores = np.asarray(
            _WORDS * shared + _PIECES * letters + _MEANING * meaning, dtype=np.float64
        )
        return scores


def _centred(vectors: Vectors) -> tuple[Vectors, Vectors]:
    """The mean of vectors, and what each has beyond it, of norm 1."""
    mean: Vectors = vectors.mean(axis=0)
    moved = vectors - mean
    norms = np.linalg.norm(moved, axis=1, keepdims=True)
    return mean, np.divide(moved, norms, out=np.zeros_like(moved), where=norms > 0)
