"""Fit how much each leg of the search weighs, on BEIR sets: what a set chooses is measured on the others.

The fitted values are copied by hand into ``assistant/search/retrieve.py``, so that a change of weights is a
change that can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from assistant.search.retrieve import LEG_WEIGHTS, WITHOUT_LETTERS, HybridRetriever
from evaluation.judging.statistics import Figure, mean_of_groups
from evaluation.questions.beir import TestSet
from ingest.embed import Embedder
from ingest.generations import Generations
from ingest.pipeline import index_documents
from ingest.reader import IndexReader

Array = NDArray[np.float64]
LEGS = tuple(LEG_WEIGHTS)
STEP = 0.05
_RANKS = 10
_DISCOUNTS = 1 / np.log2(np.arange(2, _RANKS + 2))


@dataclass(frozen=True, slots=True)
class Found:
    """What the legs found for one question.

    Attributes:
        scaled: score of each passage by each leg, shape (passages, legs), from 0 to 1; passages of a
            document stand together.
        starts: place of the first passage of each document.
        grades: grade of each document, shape (documents,).
        ideal: gain of the best ranking that the judgements allow.
    """

    scaled: Array
    starts: NDArray[np.intp]
    grades: Array
    ideal: float

    @classmethod
    def of(
        cls,
        legs: Mapping[str, Mapping[str, float]],
        document_of: Mapping[str, str],
        grades: Mapping[str, int],
    ) -> Found:
        """Line up the scores of the legs.

        Args:
            legs: for each leg, scaled scores by passage.
            document_of: the document of each passage.
            grades: grade by document.
        """
        names = sorted(
            {name for scores in legs.values() for name in scores}, key=lambda n: (document_of[n], n)
        )
        documents = [document_of[name] for name in names]
        firsts = [place for place, name in enumerate(documents) if place == 0 or documents[place - 1] != name]
        best = np.sort(np.array(list(grades.values()), dtype=np.float64))[::-1][:_RANKS]
        return cls(
            scaled=np.array([[legs[leg].get(name, 0.0) for leg in LEGS] for name in names]).reshape(
                -1, len(LEGS)
            ),
            starts=np.array(firsts, dtype=np.intp),
            grades=np.array([grades.get(documents[place], 0) for place in firsts], dtype=np.float64),
            ideal=float(best @ _DISCOUNTS[: len(best)]),
        )

    def ndcg(self, weights: Array) -> Array:
        """Return nDCG@10 under several weightings, a document scored by its best passage.

        Args:
            weights: shape (weightings, legs).
        """
        if not len(self.starts) or not self.ideal:
            return np.zeros(len(weights))
        scores = np.maximum.reduceat(self.scaled @ weights.T, self.starts, axis=0)
        order = np.argsort(-scores, axis=0, kind="stable")[:_RANKS]
        gains: Array = self.grades[order].T @ _DISCOUNTS[: len(order)]
        return gains / self.ideal


class Weighting(BaseModel):
    """Weights and what they give.

    Attributes:
        weights: by leg.
        ndcg_10: over the questions it's measured on.
        gain: that less what the weights in use give on the same questions.
    """

    model_config = ConfigDict(frozen=True)

    weights: dict[str, float]
    ndcg_10: Figure
    gain: Figure


class SetFit(BaseModel):
    """What one set says.

    Attributes:
        name: the set.
        own: what it would choose for itself: an upper bound, fitted where it's measured.
        others: what the other sets choose, measured here; None when there is no other.
        in_use: what is in use, measured here.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    own: Weighting
    others: Weighting | None
    in_use: Weighting


class FusionFit(BaseModel):
    """Weights fitted on several sets, each set weighing the same.

    Attributes:
        sets: set by set.
        together: what all choose together, to be copied into the search.
        left_out: mean over sets of what each is given by the others; None for one set.
        in_use: the mean of what is in use.
    """

    model_config = ConfigDict(frozen=True)

    sets: list[SetFit]
    together: Weighting
    left_out: Figure | None
    in_use: Weighting


def gather(
    test_set: TestSet,
    embedder: Embedder,
    folder: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Found]:
    """Index a set under ``folder``, ask every leg its questions, and keep what each found."""
    generations = Generations(folder, "fusion")
    index_documents(generations, embedder, list(test_set.documents.values()))
    reader = IndexReader(generations, embedder)
    retriever = HybridRetriever(reader, embedder)
    document_of = {chunk.id: chunk.document_id for chunk in reader.snapshot().vectors.all_chunks()}
    found = []
    for number, (name, text) in enumerate(test_set.queries.items(), 1):
        found.append(Found.of(retriever.legs(text), document_of, test_set.qrels[name]))
        progress(number, len(test_set.queries))
    return found


def weightings(*, with_letters: bool = True, step: float = STEP) -> Array:
    """Return every way to share a weight of 1 between the legs by steps, shape (weightings, legs)."""
    parts = round(1 / step)
    shares = [
        share
        for share in product(range(parts + 1), repeat=len(LEGS))
        if sum(share) == parts and (with_letters or not share[LEGS.index("letters")])
    ]
    return np.array(shares, dtype=np.float64) / parts


def fit_fusion(sets: Mapping[str, Sequence[Found]], *, with_letters: bool = True) -> FusionFit:
    """Fit the weights on sets, each left out in turn.

    Args:
        sets: what the legs found for the questions of each set.
        with_letters: False for an index without letters: two legs share the weight.

    Raises:
        ValueError: there is no set, or one without a question.
    """
    if not sets or not all(sets.values()):
        raise ValueError("each set must hold a question")
    used = LEG_WEIGHTS if with_letters else WITHOUT_LETTERS
    tried = np.vstack([[used[leg] for leg in LEGS], weightings(with_letters=with_letters)])
    values = {name: np.array([question.ndcg(tried) for question in found]) for name, found in sets.items()}
    everywhere = list(values.values())
    own = {name: _best([table]) for name, table in values.items()}
    others = {
        name: _best([table for other, table in values.items() if other != name])
        for name in values
        if len(values) > 1
    }
    left_out = [values[name][:, place] for name, place in others.items()]
    return FusionFit(
        sets=[
            SetFit(
                name=name,
                own=_weighting([table], tried, own[name]),
                others=_weighting([table], tried, others[name]) if others else None,
                in_use=_weighting([table], tried, 0),
            )
            for name, table in values.items()
        ],
        together=_weighting(everywhere, tried, _best(everywhere)),
        left_out=mean_of_groups([column.tolist() for column in left_out]) if left_out else None,
        in_use=_weighting(everywhere, tried, 0),
    )


def _best(tables: Sequence[Array]) -> int:
    """Place of the weighting with the best mean over sets; the one in use, the first, where it's as good."""
    return int(np.argmax(np.mean([table.mean(axis=0) for table in tables], axis=0)))


def _weighting(tables: Sequence[Array], tried: Array, place: int) -> Weighting:
    return Weighting(
        weights=dict(zip(LEGS, (round(float(share), 3) for share in tried[place]), strict=True)),
        ndcg_10=mean_of_groups([table[:, place].tolist() for table in tables]),
        gain=mean_of_groups([(table[:, place] - table[:, 0]).tolist() for table in tables]),
    )
