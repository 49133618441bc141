"""Tune the French table on pairs of texts: a question and the sentence that answers it.

In a batch, each question must be nearest to its own sentence among those of the others, and each sentence
to its own question: InfoNCE both ways (van den Oord et al., 2018; Henderson et al., 2017). Only the rows of
words that the pairs hold move, so that the rest of the language stays where it was. A few seconds for 3,000
pairs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

import numpy as np

from ingest.embed import SentenceTransformerEmbedder, embedder_of_table, read_table

# Chosen on a fifth of the questions held out and on the dev questions (docs/decisions/0005).
_TEMPERATURE, _RATE, _ROUNDS, _BATCH = 0.15, 0.06, 6, 256
_SEED = 20_251_125
# Encoders of the last pairs that were given: an engine built twice in a process is tuned once.
_KEPT = 2

Pair = tuple[str, str]


def tuned_embedder(pairs: Sequence[Pair]) -> SentenceTransformerEmbedder:
    """Return the default encoder, tuned on pairs; the same pairs give the same encoder, kept for a while.

    Args:
        pairs: each a question and the text that answers it; a text may answer several.

    Raises:
        EmbedderError: the files of the default encoder are missing or damaged.
    """
    return _tuned(tuple(pairs))


@lru_cache(maxsize=_KEPT)
def _tuned(pairs: tuple[Pair, ...]) -> SentenceTransformerEmbedder:
    import torch
    from torch.nn.functional import cross_entropy, embedding_bag, normalize

    tokenizer, weights = read_table()
    told = "\0".join(text for pair in pairs for text in pair)
    name = f"french-static-512-tuned:{hashlib.sha256(told.encode()).hexdigest()[:12]}"
    if not pairs:
        return embedder_of_table(tokenizer, weights, name)

    def tokens(texts: Sequence[str]) -> list[list[int]]:
        encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [list(item.ids) or [0] for item in encoded]

    asked, answers = tokens([pair[0] for pair in pairs]), tokens([pair[1] for pair in pairs])
    numbers = {text: number for number, text in enumerate(dict.fromkeys(pair[1] for pair in pairs))}
    same = torch.tensor([numbers[pair[1]] for pair in pairs])
    used = np.unique([token for row in (*asked, *answers) for token in row])
    place = {int(token): row for row, token in enumerate(used)}
    rows = torch.tensor(weights[used], requires_grad=True)
    optimizer = torch.optim.Adagrad([rows], lr=_RATE)

    def vectors(texts: Sequence[Sequence[int]]) -> torch.Tensor:
        flat = torch.tensor([place[token] for text in texts for token in text])
        starts = torch.tensor([0, *accumulate(len(text) for text in texts[:-1])])
        return normalize(embedding_bag(flat, rows, starts, mode="mean"), dim=1)

    shuffled = torch.Generator().manual_seed(_SEED)
    for _ in range(_ROUNDS):
        order = torch.randperm(len(pairs), generator=shuffled)
        for batch in order.split(_BATCH):
            chosen = batch.tolist()
            near = vectors([asked[n] for n in chosen]) @ vectors([answers[n] for n in chosen]).T
            alike = (same[batch][:, None] == same[batch][None, :]) & ~torch.eye(len(chosen), dtype=torch.bool)
            scores = (near / _TEMPERATURE).masked_fill(alike, -1e4)
            own = torch.arange(len(chosen))
            loss = cross_entropy(scores, own) + cross_entropy(scores.T, own)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    weights[used] = rows.detach().numpy()
    return embedder_of_table(tokenizer, weights, name)
