"""Compare a text with known ones by the terms they share, a rare one counting more (tf-idf, cosine)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.reading.wording import runs_of_letters

_SHORTEST, _LONGEST = 3, 5

Integers = NDArray[np.int32]
Weights = NDArray[np.float64]


def pieces(text: str) -> list[str]:
    """Return the runs of 3 to 5 letters inside the folded words of a text, each word's ends as spaces.

    A word shorter than a run gives itself once: "à" gives " a ", "de" gives " de" and "de ", then " de ".
    """
    return runs_of_letters(text, _SHORTEST, _LONGEST)


@dataclass(frozen=True)
class TermCounts:
    """How often each term occurs in each of some texts, term by term.

    Attributes:
        terms: every term of the texts.
        starts: where the entries of each term begin, shape (terms + 1,).
        texts: the place of the text of each entry, ascending within a term.
        counts: how often the term occurs there.
        size: how many texts there are.
    """

    terms: tuple[str, ...]
    starts: Integers
    texts: Integers
    counts: Integers
    size: int

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each term."""
        return {term: place for place, term in enumerate(self.terms)}

    @property
    def term_of_entry(self) -> Integers:
        """The place of the term of each entry."""
        return np.repeat(np.arange(len(self.terms), dtype=np.int32), np.diff(self.starts))

    def counted(self, terms: Iterable[str]) -> tuple[Integers, Weights]:
        """The places of the known terms of a new text, ascending, and how often each occurs."""
        places = self.places
        known = sorted(Counter(places[term] for term in terms if term in places).items())
        return (
            np.array([place for place, _ in known], dtype=np.int32),
            np.array([count for _, count in known], dtype=np.float64),
        )


def count_terms(texts: Iterable[Iterable[str]]) -> TermCounts:
    """Count the terms of texts, each given as its terms."""
    places: dict[str, int] = {}
    of_terms: list[int] = []
    of_texts: list[int] = []
    counts: list[int] = []
    size = 0
    for text, terms in enumerate(texts):
        size += 1
        for term, count in Counter(terms).items():
            of_terms.append(places.setdefault(term, len(places)))
            of_texts.append(text)
            counts.append(count)
    terms_of = np.array(of_terms, dtype=np.int32)
    order = np.argsort(terms_of, kind="stable")
    starts = np.zeros(len(places) + 1, dtype=np.int32)
    starts[1:] = np.cumsum(np.bincount(terms_of, minlength=len(places)))
    return TermCounts(
        terms=tuple(places),
        starts=starts,
        texts=np.array(of_texts, dtype=np.int32)[order],
        counts=np.array(counts, dtype=np.int32)[order],
        size=size,
    )


class RareTerms:
    """Texts as weighted terms, of norm 1: (1 + ln count) x (1 + ln((1 + texts) / (1 + texts with it)))."""

    def __init__(self, known: TermCounts, only: slice | None = None) -> None:
        """Weigh the terms of texts.

        Args:
            known: the terms of the texts.
            only: keep to the texts of these places: what is rare is rare among them.
        """
        first, past, _ = (only or slice(None)).indices(known.size)
        self.size = past - first
        terms, texts, counts = known.term_of_entry, known.texts, known.counts
        if only is not None:
            inside = np.flatnonzero((texts >= first) & (texts < past))
            terms, texts, counts = terms[inside], texts[inside] - first, counts[inside]
        self._terms, begin = np.unique(terms, return_index=True)
        self._starts = np.append(begin, len(terms))
        self._rarity = 1.0 + np.log((1 + self.size) / (1 + np.diff(self._starts)))
        weights = (1.0 + np.log(counts)) * np.repeat(self._rarity, np.diff(self._starts))
        norms = np.sqrt(np.bincount(texts, weights**2, minlength=self.size))
        self._texts = texts
        self._weights = weights / norms[texts]

    def __len__(self) -> int:
        """How many terms are known."""
        return len(self._terms)

    def likeness(self, terms: Integers, counts: Weights) -> Weights:
        """How like a new text each text is, from 0 to 1, shape (texts,).

        Args:
            terms: places of the terms of the new text, ascending.
            counts: how often each occurs there; see :meth:`TermCounts.counted`.
        """
        if not len(self):
            return np.zeros(self.size)
        found = np.minimum(np.searchsorted(self._terms, terms), len(self._terms) - 1)
        known = self._terms[found] == terms
        found = found[known]
        weights = (1.0 + np.log(counts[known])) * self._rarity[found]
        norm = float(np.sqrt(weights @ weights)) or 1.0
        # The entries of every term found, one after another.
        begins, lengths = self._starts[found], np.diff(self._starts)[found]
        entries = np.repeat(begins - np.append(0, np.cumsum(lengths)[:-1]), lengths) + np.arange(
            lengths.sum()
        )
        shared = np.repeat(weights / norm, lengths) * self._weights[entries]
        scores: Weights = np.bincount(self._texts[entries], shared, minlength=self.size).astype(np.float64)
        return scores
