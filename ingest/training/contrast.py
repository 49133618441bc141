"""Tune the last layers of an encoder: each question nearest to the statements that answer it.

InfoNCE with several right answers (van den Oord et al., 2018): a question is compared with all passages of
its batch, and with those of its own text alone, which are the hardest. Only low-rank adapters of the last
layers move, so that the rest of the language stays where it was and a training is a small file.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ingest.training.adapter import Adapter
from ingest.training.examples import Batch, BatchSizes, Examples, batches_of
from ingest.training.layers import Layers

QUESTION, PASSAGE = "query: ", "passage: "
"""What stands before a question and before a passage (Wang et al., "Multilingual E5", 2024)."""

Progress = Callable[[int, int], None]
"""Called after each step with those done and those in all."""

_MAPS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an encoder is tuned.

    Attributes:
        rank: of the adapters.
        rate: learning rate of AdamW at its highest, after a tenth of the steps.
        temperature: what similarities are divided by.
        inside: what a question against its own text weighs, beside 1 for the whole batch.
        epochs: how many times each question is seen.
        most_tokens: what is read of a text.
        sizes: of the batches.
        share: how much of what was learned is kept (Wortsman et al., "Robust fine-tuning of zero-shot
            models", 2022): all of it answers the fiches a little better, and other texts worse.
        seed: of what is drawn.
    """

    rank: int = 32
    rate: float = 5e-4
    temperature: float = 0.02
    inside: float = 1.0
    epochs: int = 1
    most_tokens: int = 128
    share: float = 0.7
    sizes: BatchSizes = BatchSizes()  # noqa: RUF009 - frozen
    seed: int = 20_261_127


def tune(
    layers: Layers, examples: Examples, recipe: Recipe, progress: Progress = lambda _done, _all: None
) -> Adapter:
    """Tune the layers that aren't frozen; the same examples and recipe give the same adapter.

    Args:
        layers: those of the encoder; what the frozen ones give is kept in it.
        examples: what to learn from, without prefixes.
        recipe: how.
        progress: see :data:`Progress`.
    """
    torch.manual_seed(recipe.seed)
    draw = random.Random(recipe.seed)  # noqa: S311 - the same seed gives the same batches
    layers.keep([QUESTION + text for text in examples.questions()], recipe.most_tokens)
    layers.keep([PASSAGE + text for text in examples.passages()], recipe.most_tokens)
    adapters = layers.new_adapters(_MAPS, recipe.rank)
    moved = list(adapters.values())
    optimizer = torch.optim.AdamW(moved, lr=recipe.rate, weight_decay=0.01)
    epochs = [batches_of(examples, recipe.sizes, draw) for _ in range(recipe.epochs)]
    steps = [batch for batches in epochs for batch in batches]
    for done, batch in enumerate(steps):
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate * _share(done, len(steps))
        loss = _loss(layers, batch, adapters, recipe)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        progress(done + 1, len(steps))
    return {
        name: value.detach().cpu().numpy() * (recipe.share if name.endswith(".up") else 1.0)
        for name, value in adapters.items()
    }


def _share(done: int, every: int) -> float:
    """Which share of the rate is used at a step: up for a tenth of them, then down to a twentieth."""
    return min(1.0, (done + 1) / max(1.0, 0.1 * every)) * max(0.05, 1 - done / every)


def _loss(layers: Layers, batch: Batch, adapters: dict[str, Tensor], recipe: Recipe) -> Tensor:
    texts = [QUESTION + text for text in batch.questions] + [PASSAGE + text for text in batch.passages]
    vectors = layers.vectors(texts, adapters)
    asked, told = vectors[: len(batch.questions)], vectors[len(batch.questions) :]
    near = asked @ told.T / recipe.temperature
    right = torch.logsumexp(near.masked_fill(~_mask(batch.answers, near), _NEVER), 1)
    whole = (torch.logsumexp(near, 1) - right).mean()
    own = (torch.logsumexp(near.masked_fill(~_mask(batch.among, near), _NEVER), 1) - right).mean()
    return (whole + recipe.inside * own) / (1 + recipe.inside)


def _mask(places: Sequence[Sequence[int]], like: Tensor) -> Tensor:
    mask = torch.zeros(like.shape, dtype=torch.bool)
    for row, columns in enumerate(places):
        mask[row, list(columns)] = True
    return mask.to(like.device)
