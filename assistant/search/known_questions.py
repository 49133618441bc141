"""Compare a question with those that people ask about each scheme: who asked the like, and what answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from corpus.fiches.catalogue import Catalogue
from corpus.french.folding import fold
from ingest.embed import Embedder, Vectors
from ingest.lexical import analyse

# How much shared words, shared pieces of words and likeness of meaning count.
_WORDS, _PIECES, _MEANING = 0.40, 0.25, 0.35
_PIECE_LENGTHS = (3, 5)
# A scheme asked about in several like questions is likelier than by one alone.
_SEVERAL = 3
_KEPT = 256
# How many schemes are likely looked at for a question.
_SEVERAL_SCHEMES = 16

Scores = NDArray[np.float64]


class AskedIndex:
    """The questions that people ask about the schemes, ready to be compared with a new one.

    Attributes:
        texts: the known questions, mended.
        answers: for each, its scheme and the sentences that answer it.
    """

    def __init__(
        self, catalogue: Catalogue, embedder: Embedder, repaired: Callable[[str], str] = str
    ) -> None:
        """Index the questions of a catalogue.

        Args:
            catalogue: the schemes, with their questions.
            embedder: compares meanings.
            repaired: mends the spelling of a question, as it's done for the new ones.
        """
        self.texts: list[str] = []
        self.answers: list[tuple[str, tuple[str, ...]]] = []
        self._places: dict[str, list[int]] = {}
        for name, fiche in catalogue.fiches.items():
            sentences = fiche.sentences
            for asked in fiche.asked:
                self._places.setdefault(name, []).append(len(self.texts))
                self.texts.append(repaired(asked.text))
                self.answers.append((name, tuple(sentences[place] for place in asked.answers)))
        self._left_out: frozenset[int] = frozenset()
        self._embedder = embedder
        vectors = embedder.embed_passages(self.texts)
        self._all = _Questions(self.texts, vectors)
        # A question is compared several times on its way to a reply.
        self._cached = lru_cache(maxsize=_KEPT)(self._by_scheme)
        # Among the questions about one scheme, the words that they all share tell nothing.
        self._own = {
            name: _Questions([self.texts[place] for place in places], vectors[places], centred=True)
            for name, places in self._places.items()
        }
        self._own_cached = lru_cache(maxsize=_KEPT * _SEVERAL_SCHEMES)(self._own_likeness)

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
        scores = self._all.likeness(text, self._embedder.embed_question(text))
        scores[list(left_out)] = 0.0
        found = {}
        for name, places in self._places.items():
            best = np.sort(scores[places])[::-1][:_SEVERAL]
            found[name] = (float(best[0]), float(best.sum()) / _SEVERAL)
        return MappingProxyType(found)

    def by_sentence(self, text: str, schemes: Iterable[str]) -> Mapping[str, float]:
        """For each sentence that answers known questions about a scheme: the likeness of the best one."""
        left_out = self._left_out
        found: dict[str, float] = {}
        for name in schemes:
            if name not in self._own:
                continue
            scores = self._own_cached(name, text)
            for place, score in zip(self._places[name], scores, strict=True):
                for sentence in self.answers[place][1] if place not in left_out else ():
                    found[sentence] = max(found.get(sentence, 0.0), score)
        return found

    def _own_likeness(self, name: str, text: str) -> tuple[float, ...]:
        """How like each question about a scheme is to a text, from 0 to 1."""
        return tuple(self._own[name].likeness(text, self._embedder.embed_question(text)).tolist())


class _Questions:
    """Questions in a space of words, of pieces of words and of meaning."""

    def __init__(self, texts: Sequence[str], vectors: Vectors, *, centred: bool = False) -> None:
        """Weigh the words and pieces by how rare they are among these texts.

        Args:
            texts: the questions.
            vectors: the vector of each.
            centred: compare meanings by what they have beyond the mean of all.
        """
        self._words = _vectorizer(analyzer=_stems)
        self._pieces = _vectorizer(analyzer="char_wb", ngram_range=_PIECE_LENGTHS, preprocessor=fold)
        self._is_empty = not any(_stems(text) for text in texts)
        if self._is_empty:
            self._size = len(texts)
            return
        # Transposed: a new question touches the rows of its own words only.
        self._word_rows = self._words.fit_transform(texts).T.tocsr()
        self._piece_rows = self._pieces.fit_transform(texts).T.tocsr()
        self._mean = vectors.mean(axis=0) if centred else np.zeros(vectors.shape[1], dtype=np.float32)
        moved = vectors - self._mean
        norms = np.linalg.norm(moved, axis=1, keepdims=True)
        self._vectors = np.divide(moved, norms, out=np.zeros_like(moved), where=norms > 0)

    def likeness(self, text: str, vector: Vectors) -> Scores:
        """How like each question is to a text with its vector, from 0 to 1."""
        if self._is_empty:
            return np.zeros(self._size)
        shared = (self._words.transform([text]) @ self._word_rows).toarray()[0]
        pieces = (self._pieces.transform([text]) @ self._piece_rows).toarray()[0]
        moved = vector - self._mean
        norm = float(np.linalg.norm(moved)) or 1.0
        meaning = np.clip(self._vectors @ (moved / norm), 0.0, 1.0) if vector.any() else 0.0
        scores: Scores = np.asarray(_WORDS * shared + _PIECES * pieces + _MEANING * meaning, dtype=np.float64)
        return scores


def _stems(text: str) -> list[str]:
    return list(analyse(text))


def _vectorizer(**options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, dtype=np.float64, **options)
