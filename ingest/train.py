"""Train the rows of a static table on pairs: InfoNCE both ways, near misses, Matryoshka sizes.

Contrastive loss among a batch: van den Oord et al., 2018; Henderson et al., 2017. The same loss on the first
dimensions alone, for shorter vectors: Kusupati et al., 2022. The default figures are those of the
table shipped here; seven times as many steps made it worse.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import Any

import numpy as np

from ingest.embed import Vectors
from ingest.training_pairs import TrainingPair, by_source

_SEED = 20_251_125
_ONE_SOURCE, _LONG_TEXT, _LONG_ANCHOR, _SLOW = 0.7, 20, 4, 1e-3
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    Attributes:
        steps: how many batches.
        seconds: stop after so many seconds even then; the rate falls to nothing by whichever end is nearer.
        batch: pairs in a batch.
        rate: highest learning rate (Adam), reached over ``warm_up`` steps, then falling to nothing.
        warm_up: steps to reach it.
        scale: what cosines are multiplied by.
        sizes: lengths of the vectors that must serve alone.
        dropped: share of the words of an anchor left out at random, so that no word decides alone.
    """

    steps: int = 1112
    seconds: float = inf
    batch: int = 512
    rate: float = 0.01
    warm_up: int = 50
    scale: float = 20.0
    sizes: tuple[int, ...] = (512, 256, 128)
    dropped: float = 0.1


# For a corpus of its own: gentle, so that the rest of the language stays where it was.
ADAPT = Recipe(steps=10_000, seconds=20.0, rate=0.002, warm_up=20, sizes=(512, 256), dropped=0.25)


def train_table(
    tokenizer: Any,
    weights: Vectors,
    pairs: Sequence[TrainingPair],
    recipe: Recipe = Recipe(),
    progress: Progress = lambda _done, _total: None,
) -> Vectors:
    """Return the rows of a table after training; rows of words that no pair holds don't move.

    Args:
        tokenizer: see :func:`ingest.embed.read_table`; cuts a text into the words that the rows stand for.
        weights: shape (words, dimension); left as they are.
        pairs: at least two.
        recipe: how to train.
        progress: called after each batch with the steps done and in all.
    """
    import torch

    asked = _cut(tokenizer, [pair.anchor for pair in pairs])
    passages = list(dict.fromkeys(text for pair in pairs for text in (pair.positive, *pair.misses)))
    place_of = {text: place for place, text in enumerate(passages)}
    answers = _cut(tokenizer, passages)
    used = np.unique(np.concatenate([*asked, *answers]))
    row_of = np.zeros(len(weights), dtype=np.int64)
    row_of[used] = np.arange(len(used))
    asked, answers = [row_of[text] for text in asked], [row_of[text] for text in answers]
    rows = torch.tensor(weights[used], requires_grad=True)
    optimizer = torch.optim.Adam([rows], lr=recipe.rate, betas=(0.9, 0.99))
    draw, noise = random.Random(_SEED), np.random.default_rng(_SEED)  # noqa: S311 - repeatable, no secret
    groups, started = by_source(pairs), time.monotonic()
    for step in range(recipe.steps):
        gone = max(step / recipe.steps, (time.monotonic() - started) / recipe.seconds)
        if gone >= 1:
            break
        warm = min(1.0, (step + 1) / recipe.warm_up)
        optimizer.param_groups[0]["lr"] = recipe.rate * max(_SLOW, warm * (1 - gone))
        chosen = _batch(pairs, groups, recipe.batch, draw)
        own = [place_of[pairs[n].positive] for n in chosen]
        misses = [place_of[draw.choice(pairs[n].misses)] for n in chosen if pairs[n].misses]
        anchors = _vectors(rows, [_thinned(asked[n], recipe.dropped, _LONG_ANCHOR, noise) for n in chosen])
        texts = _vectors(
            rows, [_thinned(answers[n], recipe.dropped / 2, _LONG_TEXT, noise) for n in own + misses]
        )
        loss = sum(_loss(anchors, texts, size, recipe.scale) for size in recipe.sizes)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        progress(step + 1, recipe.steps)
    trained = weights.copy()
    trained[used] = rows.detach().numpy()
    return trained


def random_rows(words: int, dimension: int) -> Vectors:
    """Return rows to start from when there are none, shape (words, dimension)."""
    rows = np.random.default_rng(_SEED).normal(0, 1 / np.sqrt(dimension), (words, dimension))
    return rows.astype(np.float32)


def _cut(tokenizer: Any, texts: Sequence[str]) -> list[Any]:
    encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [np.array(item.ids or [0], dtype=np.int64) for item in encoded]


def _batch(
    pairs: Sequence[TrainingPair], groups: Sequence[Sequence[int]], size: int, draw: random.Random
) -> list[int]:
    """Choose pairs, mostly of one source, of as many documents and passages as there are pairs."""
    if draw.random() < _ONE_SOURCE:
        (pool,) = draw.choices(groups, weights=[len(group) for group in groups])
    else:
        pool = range(len(pairs))
    chosen: dict[str, int] = {}
    texts: set[str] = set()
    for place in draw.sample(pool, min(len(pool), 3 * size)):
        pair = pairs[place]
        document = pair.document or str(place)
        if document not in chosen and pair.positive not in texts:
            chosen[document] = place
            texts.add(pair.positive)
    return list(chosen.values())[:size]


def _thinned(text: Any, share: float, long: int, noise: np.random.Generator) -> Any:
    """Leave out a share of the words of a text that has more than ``long``."""
    if len(text) <= long:
        return text
    kept = text[noise.random(len(text)) >= share]
    return kept if len(kept) else text


def _vectors(rows: Any, texts: Sequence[Any]) -> Any:
    import torch
    from torch.nn.functional import embedding_bag

    starts = torch.tensor([0, *accumulate(len(text) for text in texts[:-1])])
    return embedding_bag(torch.from_numpy(np.concatenate(texts)), rows, starts, mode="mean")


def _loss(anchors: Any, texts: Any, size: int, scale: float) -> Any:
    """Each anchor nearest to its own passage; half as much, each passage to its own anchor."""
    import torch
    from torch.nn.functional import cross_entropy, normalize

    scores = scale * normalize(anchors[:, :size], dim=1) @ normalize(texts[:, :size], dim=1).T
    own = torch.arange(len(anchors))
    return cross_entropy(scores, own) + 0.5 * cross_entropy(scores[:, : len(anchors)].T, own)
