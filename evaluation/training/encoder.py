"""What the encoder learns from: the questions about the fiches, each with the sentences that answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from corpus.fiches.catalogue import Catalogue
from ingest.statements import statements_of
from ingest.training.contrast import Recipe
from ingest.training.examples import Asked, AskedText, Examples, Pair
from ingest.training.folder import Start
from ingest.training.layers import Layers

FROZEN = 8
"""Layers left as they are on a CPU: what they give is computed once a text."""


@dataclass(frozen=True, slots=True)
class Training:
    """What one training needs, shared by the product's and the folds'.

    Attributes:
        start: the weights that it starts from.
        recipe: how it's tuned.
        pairs: texts of others that keep the language general; none by default.
        frozen: how many layers are left as they are.
    """

    start: Start
    recipe: Recipe
    pairs: tuple[Pair, ...] = ()
    frozen: int = FROZEN

    def layers(self) -> Layers:
        """The layers of the start, ready to run; on a graphics card where there is one."""
        device = "cuda" if torch.cuda.is_available() else "cpu"
        weights = {name: torch.tensor(value, device=device) for name, value in self.start.weights.items()}
        return Layers(weights, Tokenizer.from_file(str(self.start.tokenizer)), self.frozen, device)


def examples_of(catalogue: Catalogue, without: Collection[str] = (), pairs: Sequence[Pair] = ()) -> Examples:
    """What the fiches teach: the questions about each, with the statements that answer.

    Args:
        catalogue: the schemes with their questions.
        without: schemes that nothing is learned of.
        pairs: further texts.
    """
    texts = []
    for name, fiche in catalogue.fiches.items():
        asked = tuple(Asked(question.text, tuple(question.answers)) for question in fiche.asked)
        if name not in without and asked:
            texts.append(AskedText(tuple(statements_of(fiche.as_document)), asked))
    return Examples(tuple(texts), tuple(pairs))
