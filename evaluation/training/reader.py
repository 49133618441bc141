"""Train the reader of acts and aspects on utterances and known questions: what counts, how sure it may be."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

from assistant.reading.acts import ACTS, ASPECTS, NOT_OURS
from assistant.reading.trained_reader import Head, Terms, Told, Trained, extras_of
from assistant.reading.wording import runs_of_letters, runs_of_words
from corpus.fiches.catalogue import Catalogue
from evaluation.questions.utterances import BLIND, UTTERANCES_DIR, Utterance, UtteranceFile, read_utterances
from ingest.embed import Embedder

HEADINGS_PATH = UTTERANCES_DIR.parent / "fit" / "headings.jsonl"
"""Headings of pages, each with what the text under it tells: read as questions are."""
# So many runs are kept, those that weigh most: twice as many read no better.
MOST_RUNS = 12_000
# The inverse of the penalty: 3, 8 and 20 were compared, writer left out.
STRENGTH = 8.0
_STEPS, _TOLERANCE = 300, 1e-3
# Runs met in fewer utterances say nothing of others.
_FEWEST_WORDS, _FEWEST_LETTERS = 3, 6
# Writers are left out in so many groups to see how sure a reader may be of those it hasn't met.
_GROUPS = 3
_COOLEST, _HOTTEST = 0.2, 5.0

# Known questions are short where utterances tell a story: one in so many is learned from.
_EVERY = 3
_NO_ACT = -2
_OURS = [place for place, act in enumerate(ACTS) if act not in NOT_OURS]

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How sure a reader was of writers that it hadn't learned from, once set right.

    Attributes:
        what: "whole" or "plain", then "act" or "aspect".
        temperature: what its scores were divided by.
        sure: by utterance, the probability of the likeliest label.
        right: by utterance, whether that label is the right one.
    """

    what: str
    temperature: float
    sure: tuple[float, ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Taught:
    """The utterances, then the known questions, as the readers see them.

    Attributes:
        runs: weights of the runs, shape (texts, words + letters).
        extras: shape (texts, EXTRAS).
        vectors: shape (texts, dimension).
        acts: the place of each act among the labels; -1 of a known question, until it's guessed; -2 of a
            heading, which does nothing.
        aspects: that of each aspect; -1 where nothing is asked of a scheme.
        groups: the group of writers that each is left out with; -1 of a known question and of a heading,
            which never are.
    """

    runs: csr_matrix
    extras: Floats
    vectors: Floats
    acts: Integers
    aspects: Integers
    groups: Integers

    def measures(self, *, whole: bool) -> csr_matrix:
        """All that one reader weighs, in the order of :class:`Head`."""
        parts = [self.runs, csr_matrix(self.extras)]
        return hstack([*parts, csr_matrix(self.vectors)] if whole else parts).tocsr()


def taught_utterances(
    held_back: Callable[[Utterance], bool] = lambda _utterance: False,
) -> list[UtteranceFile]:
    """The project's utterances that may be learned from: not those kept for measuring.

    Args:
        held_back: whether an utterance is left out besides.
    """
    paths = sorted(path for path in UTTERANCES_DIR.glob("*.jsonl") if path not in BLIND)
    return [
        replace(file, utterances=tuple(item for item in file.utterances if not held_back(item)))
        for file in read_utterances(paths)
    ]


def taught_headings() -> UtteranceFile:
    """Headings of pages, each with the aspect of what stands under it."""
    (headings,) = read_utterances([HEADINGS_PATH])
    return headings


def taught_questions(catalogue: Catalogue, without: Collection[str] = ()) -> list[str]:
    """One in a few of the questions that people ask about the fiches.

    Args:
        catalogue: the schemes, with their questions.
        without: schemes of which nothing is learned.
    """
    fiches = [fiche for name, fiche in catalogue.fiches.items() if name not in without]
    return [asked.text for fiche in fiches for asked in fiche.asked[::_EVERY]]


def digest_of_taught(files: Sequence[UtteranceFile]) -> str:
    """Digest of utterances with their labels."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0")
        for item in file.utterances:
            digest.update(item.model_dump_json().encode() + b"\n")
    return digest.hexdigest()


def train_reader(
    files: Sequence[UtteranceFile],
    encoder: Embedder,
    name: str,
    without: Collection[str] = (),
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    known: Sequence[str] = (),
    headings: UtteranceFile | None = None,
) -> tuple[Trained, tuple[LeftOut, ...]]:
    """Train both readers; the same utterances and encoder give the same weights.

    Args:
        files: the utterances, a file a writer.
        encoder: makes their vectors.
        name: how the encoder is called in the trained file.
        without: schemes that the utterances aren't about, told in the file.
        progress: told how many of the steps are done, of how many.
        known: known questions: ours, whatever they ask. Which of our acts each does is guessed by what was
            learned of the utterances (self-training: Scudder, 1965).
        headings: those of pages, with the aspect of what stands under each: the plain reader learns it.
    """
    files = [*files, *([headings] if headings else [])]
    utterances = [item for file in files for item in file.utterances]
    texts = [*(item.text for item in utterances), *known]
    steps = iter(range(1, 100))
    total = 4 + 4 * _GROUPS

    def one_more() -> None:
        progress(next(steps), total)

    words = _all_terms([runs_of_words(text) for text in texts], _FEWEST_WORDS)
    letters = _all_terms([runs_of_letters(text) for text in texts], _FEWEST_LETTERS)
    vectors = encoder.embed_questions(texts).astype(np.float64)
    groups = [
        -1 if file is headings else place % _GROUPS
        for place, file in enumerate(files)
        for _ in file.utterances
    ]
    seen = _guessed(_seen(utterances, known, words, letters, vectors, groups))
    kept = _heaviest(seen, len(words.places) + len(letters.places))
    words, letters = _kept_terms(words, letters, kept)
    seen = replace(_seen(utterances, known, words, letters, vectors, groups), acts=seen.acts)
    whole, sure_whole = _head(seen, whole=True, done=one_more)
    plain, sure_plain = _head(seen, whole=False, done=one_more)
    told = Told(encoder=name, made_from=digest_of_taught(files), without=tuple(sorted(without)))
    return Trained(told, words, letters, whole, plain), (*sure_whole, *sure_plain)


def _all_terms(texts: Sequence[Sequence[str]], fewest: int) -> Terms:
    """The runs of some texts that are in a few at least, in the order of letters."""
    held = Counter(run for runs in texts for run in set(runs))
    kept = sorted(run for run, count in held.items() if count >= fewest)
    rarity = [1 + np.log((1 + len(texts)) / (1 + held[run])) for run in kept]
    return _terms(kept, np.array(rarity, dtype=np.float32))


def _terms(runs: Sequence[str], rarity: NDArray[np.float32]) -> Terms:
    # As they are written, so that what is learned is what will be read.
    halves = rarity.astype(np.float16).astype(np.float32)
    return Terms({run: place for place, run in enumerate(runs)}, halves)


def _kept_terms(words: Terms, letters: Terms, kept: Integers) -> tuple[Terms, Terms]:
    first = len(words.places)
    chosen = (kept[kept < first], kept[kept >= first] - first)
    both = []
    for terms, places in zip((words, letters), chosen, strict=True):
        runs = list(terms.places)
        both.append(_terms([runs[place] for place in places.tolist()], terms.rarity[places]))
    return both[0], both[1]


def _seen(
    utterances: Sequence[Utterance],
    known: Sequence[str],
    words: Terms,
    letters: Terms,
    vectors: Floats,
    groups: Sequence[int],
) -> _Taught:
    texts = [*(item.text for item in utterances), *known]
    before = [*(bool(item.before) for item in utterances), *(False for _ in known)]
    extras = [extras_of(text, goes_on=goes_on) for text, goes_on in zip(texts, before, strict=True)]
    asked = [item.aspect if item.act == "ask_scheme" else None for item in utterances]
    return _Taught(
        runs=hstack(
            [
                _rows(words, [runs_of_words(text) for text in texts]),
                _rows(letters, [runs_of_letters(text) for text in texts]),
            ]
        ).tocsr(),
        extras=np.stack(extras).astype(np.float64),
        vectors=vectors,
        acts=np.array(
            [
                *(
                    ACTS.index(item.act) if group >= 0 else _NO_ACT
                    for item, group in zip(utterances, groups, strict=True)
                ),
                *(-1 for _ in known),
            ]
        ),
        aspects=np.array(
            [*(ASPECTS.index(aspect) if aspect else -1 for aspect in asked), *(-1 for _ in known)]
        ),
        groups=np.array([*groups, *(-1 for _ in known)]),
    )


def _guessed(seen: _Taught) -> _Taught:
    """The same with an act for each known question: the likeliest of ours."""
    unknown, told = seen.acts == -1, seen.acts >= 0
    if not unknown.any():
        return seen
    measures = seen.measures(whole=True)
    weights, bias = _fit(measures[told], seen.acts[told], len(ACTS))
    scores = measures[unknown] @ weights + bias
    acts = seen.acts.copy()
    acts[unknown] = np.array(_OURS)[scores[:, _OURS].argmax(axis=1)]
    return replace(seen, acts=acts)


def _rows(terms: Terms, texts: Sequence[Sequence[str]]) -> csr_matrix:
    rows, places, weights = [], [], []
    for row, runs in enumerate(texts):
        found, told = terms.weighed(runs)
        rows += [row] * len(found)
        places += found.tolist()
        weights += told.tolist()
    return csr_matrix((weights, (rows, places)), shape=(len(texts), len(terms.places)))


def _heaviest(seen: _Taught, runs: int) -> Integers:
    """The places of the runs that weigh most in what is read, ascending."""
    measures = seen.measures(whole=True)
    weight = np.zeros(runs)
    for labels in (seen.acts, seen.aspects):
        told = labels >= 0
        moved = np.abs(_fit(measures[told], labels[told])[0]).max(axis=1)[:runs]
        often = np.sqrt(np.asarray(seen.runs[told].multiply(seen.runs[told]).mean(axis=0))).ravel()
        moved = moved * often
        weight += moved / moved.mean()
    return np.sort(np.argsort(-weight, kind="stable")[:MOST_RUNS])


def _head(seen: _Taught, *, whole: bool, done: Callable[[], None]) -> tuple[Head, tuple[LeftOut, ...]]:
    measures = seen.measures(whole=whole)
    parts, sure = [], []
    for what, labels, names in (("act", seen.acts, ACTS), ("aspect", seen.aspects, ASPECTS)):
        told = (labels >= 0) & ~(whole & (seen.acts == _NO_ACT))
        own, right, groups = measures[told], labels[told], seen.groups[told]
        scores = np.full((len(right), len(names)), -np.inf)
        for group in range(_GROUPS):
            out = groups == group
            weights, bias = _fit(own[~out], right[~out], len(names))
            scores[out] = own[out] @ weights + bias
            done()
        of_writers = groups >= 0
        scores, judged = scores[of_writers], right[of_writers]
        temperature = _temperature(scores, judged)
        sure.append(_left_out(f"{'whole' if whole else 'plain'} {what}", temperature, scores, judged))
        weights, bias = _fit(own, right, len(names))
        done()
        parts.append((weights / temperature, bias / temperature))
    return (
        Head(
            np.concatenate([weights for weights, _ in parts], axis=1).astype(np.float32),
            np.concatenate([bias for _, bias in parts]).astype(np.float32),
        ),
        tuple(sure),
    )


def _fit(measures: csr_matrix, labels: Integers, size: int | None = None) -> tuple[Floats, Floats]:
    """Weights, shape (measures, labels), and bias, shape (labels,); an unmet label is never likely."""
    model = LogisticRegression(C=STRENGTH, max_iter=_STEPS, tol=_TOLERANCE).fit(measures, labels)
    size = size or int(labels.max()) + 1
    weights, bias = np.zeros((measures.shape[1], size)), np.full(size, -20.0)
    moved, offset = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # told as one row: what the second has more than the first
        moved, offset = np.concatenate([-moved, moved]) / 2, np.concatenate([-offset, offset]) / 2
    weights[:, model.classes_], bias[model.classes_] = moved.T, offset
    return weights, bias


def _temperature(scores: Floats, right: Integers) -> float:
    """What to divide scores by so that their probabilities are the likeliest (Guo et al., 2017)."""

    def lost(heat: float) -> float:
        told = scores / heat
        return float((logsumexp(told, axis=1) - told[np.arange(len(right)), right]).mean())

    return float(minimize_scalar(lost, bounds=(_COOLEST, _HOTTEST), method="bounded").x)


def _left_out(what: str, temperature: float, scores: Floats, right: Integers) -> LeftOut:
    told = scores / temperature
    shares = np.exp(told - logsumexp(told, axis=1, keepdims=True))
    return LeftOut(
        what,
        temperature,
        tuple(shares.max(axis=1).tolist()),
        tuple((shares.argmax(axis=1) == right).tolist()),
    )
