"""Train what tells which scheme a message is about, on known questions and on utterances."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from assistant.search.learned_subject import BUCKETS, Learned, Told, counted, weighed
from corpus.fiches.catalogue import Catalogue
from evaluation.questions.utterances import UtteranceFile

# The inverse of the penalty: 4, 8 and 30 were compared, writer left out.
STRENGTH = 8.0
_STEPS, _REMEMBERED = 40, 6
# The share of the best of several schemes that a good reply would be about: the others share the rest.
_FIRST = 0.7

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class About:
    """Something typed, with the schemes that it's about, the best first."""

    text: str
    schemes: tuple[str, ...]


def taught_subjects(
    catalogue: Catalogue, files: Sequence[UtteranceFile], without: Collection[str] = ()
) -> list[About]:
    """What is learned from: the questions that people ask about the fiches, then the utterances.

    Args:
        catalogue: the schemes, with their questions.
        files: the utterances that may be learned from.
        without: schemes of which nothing is learned, not even from what is about others too.
    """
    known = [About(asked.text, (name,)) for name, fiche in catalogue.fiches.items() for asked in fiche.asked]
    typed = [
        About(" ".join([*said.before, said.text]), said.schemes)
        for file in files
        for said in file.utterances
        if said.schemes
    ]
    return [item for item in [*known, *typed] if not set(item.schemes) & set(without)]


def digest_of_subjects(taught: Sequence[About]) -> str:
    """Digest of what is learned from."""
    digest = hashlib.sha256()
    for item in taught:
        digest.update("\0".join((item.text, *item.schemes)).encode() + b"\n")
    return digest.hexdigest()


def train_subject(
    taught: Sequence[About],
    without: Collection[str] = (),
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Learned:
    """Fit a multinomial logistic regression; the same texts give the same weights.

    Args:
        taught: about two schemes at least.
        without: schemes that none of them is about, told in the file.
        progress: told how many of the steps are done, of how many at most.
    """
    schemes = sorted({name for item in taught for name in item.schemes})
    rarity = _rarity([item.text for item in taught])
    measures = _rows([item.text for item in taught], rarity)
    weights, bias = _fitted(measures, _right(taught, schemes), progress)
    told = Told(made_from=digest_of_subjects(taught), schemes=tuple(schemes), without=tuple(sorted(without)))
    return Learned.of(told, rarity, weights.astype(np.float32), bias.astype(np.float32))


def _rarity(texts: Sequence[str]) -> NDArray[np.float32]:
    """How rare the runs of each bucket are: 1 + ln((1 + texts) / (1 + texts with one))."""
    held = np.zeros(BUCKETS)
    for text in texts:
        held[counted(text)[0]] += 1
    # As it is written, so that what is learned is what will be read.
    return (1 + np.log((1 + len(texts)) / (1 + held))).astype(np.float16).astype(np.float32)


def _rows(texts: Sequence[str], rarity: NDArray[np.float32]) -> csr_matrix:
    found = [weighed(text, rarity) for text in texts]
    starts = np.cumsum([0, *(len(places) for places, _ in found)])
    places = np.concatenate([places for places, _ in found])
    weights = np.concatenate([told for _, told in found])
    return csr_matrix((weights, places, starts), shape=(len(texts), BUCKETS))


def _right(taught: Sequence[About], schemes: Sequence[str]) -> Floats:
    """By text, then by scheme, the share of each that it's about; they sum to 1."""
    place = {name: number for number, name in enumerate(schemes)}
    right = np.zeros((len(taught), len(schemes)))
    for row, item in enumerate(taught):
        first, *others = (place[name] for name in item.schemes)
        right[row, first] = _FIRST if others else 1.0
        right[row, others] = (1 - _FIRST) / max(1, len(others))
    return right


def _fitted(
    measures: csr_matrix, right: Floats, progress: Callable[[int, int], None]
) -> tuple[Floats, Floats]:
    """Weights, shape (buckets, schemes), and bias, shape (schemes,): the right ones are likeliest."""
    schemes = right.shape[1]
    turned = measures.T.tocsr()
    done = 0

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights, bias = flat[:-schemes].reshape(-1, schemes), flat[-schemes:]
        scores = measures @ weights + bias
        scores -= scores.max(axis=1, keepdims=True)
        likely = np.exp(scores)
        total = likely.sum(axis=1, keepdims=True)
        lost = float((right * (np.log(total) - scores)).sum() + (weights * weights).sum() / (2 * STRENGTH))
        slope = likely / total - right
        return lost, np.concatenate([(turned @ slope + weights / STRENGTH).ravel(), slope.sum(axis=0)])

    def one_more(xk: Floats) -> None:  # as scipy calls it
        nonlocal done
        del xk
        done += 1
        progress(done, _STEPS)

    start = np.zeros((measures.shape[1] + 1) * schemes)
    found = np.asarray(
        minimize(
            loss,
            start,
            jac=True,
            method="L-BFGS-B",
            callback=one_more,
            options={"maxiter": _STEPS, "maxcor": _REMEMBERED},
        ).x,
        dtype=np.float64,
    )
    return found[:-schemes].reshape(-1, schemes), found[-schemes:]
