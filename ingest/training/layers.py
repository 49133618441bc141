"""The layers of the encoder in torch: what the frozen ones give is kept once, the others run at each step."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import gelu, layer_norm, linear, normalize, scaled_dot_product_attention

from ingest.training.onnx_graph import HEADS

Tensors = Mapping[str, Tensor]
_EPSILON = 1e-12
_TOKENS_A_STEP = 8192
_PADDING = 1


class Layers:
    """Runs texts through layers; those below ``frozen`` once a text, their outputs kept in memory.

    The low-rank adapters of a layer, if any, are added to its linear maps (Hu et al., "LoRA", 2021).
    """

    def __init__(self, weights: Tensors, tokenizer: Tokenizer, frozen: int, device: str = "cpu") -> None:
        """Take the weights of an encoder, by the names of BERT's state dictionary.

        Args:
            weights: float32, on ``device``.
            tokenizer: cuts the texts.
            frozen: how many layers, from the first, are left as they are.
            device: of torch.
        """
        self._weights = weights
        self._tokenizer = tokenizer
        self._tokenizer.no_padding()
        self._frozen = frozen
        self._count = 1 + max(int(n.split(".")[2]) for n in weights if n.startswith("encoder.layer."))
        self._device = device
        self._kept: dict[str, Tensor] = {}

    @property
    def trained(self) -> range:
        """Numbers of the layers that aren't frozen."""
        return range(self._frozen, self._count)

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def keep(self, texts: Iterable[str], most_tokens: int) -> None:
        """Run texts through the frozen layers; each, prefix included, cut after so many tokens."""
        new = [text for text in dict.fromkeys(texts) if _key(text) not in self._kept]
        cut = [
            (text, encoded.ids[:most_tokens]) for text, encoded in zip(new, self._encoded(new), strict=True)
        ]
        for part in _by_length(cut):
            ids, mask = _padded([torch.tensor(ids) for _, ids in part])
            hidden = self._embedded(ids.to(self._device))
            for layer in range(self._frozen):
                hidden = self._layer(layer, hidden, mask.to(self._device), {})
            for (text, tokens), row in zip(part, hidden, strict=True):
                self._kept[_key(text)] = row[: len(tokens)].half().cpu()

    def vectors(self, texts: Sequence[str], adapters: Tensors) -> Tensor:
        """Return the unit vectors of texts that were kept, shape (len(texts), dimension)."""
        hidden, mask = _padded([self._kept[_key(text)] for text in texts])
        hidden, mask = hidden.float().to(self._device), mask.to(self._device)
        for layer in self.trained:
            hidden = self._layer(layer, hidden, mask, adapters)
        share = mask.unsqueeze(-1).float()
        return normalize((hidden * share).sum(1) / share.sum(1), dim=1)

    def new_adapters(self, maps: Sequence[str], rank: int) -> dict[str, Tensor]:
        """Adapters of the layers that aren't frozen, which change nothing yet."""
        made: dict[str, Tensor] = {}
        for name in (f"encoder.layer.{layer}.{part}" for layer in self.trained for part in maps):
            outputs, inputs = self._weights[f"{name}.weight"].shape
            made[f"{name}.down"] = torch.randn(rank, inputs) / inputs**0.5
            made[f"{name}.up"] = torch.zeros(outputs, rank)
        return {name: value.to(self._device).requires_grad_() for name, value in made.items()}

    def _encoded(self, texts: list[str]) -> list[Any]:
        encoded: list[Any] = self._tokenizer.encode_batch(texts)
        return encoded

    def _embedded(self, ids: Tensor) -> Tensor:
        weights = self._weights
        vectors = weights["embeddings.word_embeddings.weight"][ids]
        places = weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        if (kinds := weights.get("embeddings.token_type_embeddings.weight")) is not None:
            places = places + kinds[0]
        return self._normalised("embeddings.LayerNorm", vectors + places)

    def _layer(self, number: int, hidden: Tensor, mask: Tensor, adapters: Tensors) -> Tensor:
        name = f"encoder.layer.{number}"
        texts, tokens, width = hidden.shape

        def split(part: str) -> Tensor:
            moved = self._linear(f"{name}.attention.self.{part}", hidden, adapters)
            return moved.view(texts, tokens, HEADS, width // HEADS).transpose(1, 2)

        with torch.autocast(self._device, dtype=torch.bfloat16):
            met = scaled_dot_product_attention(
                split("query"), split("key"), split("value"), attn_mask=mask[:, None, None, :]
            )
            met = met.transpose(1, 2).reshape(texts, tokens, width)
            moved = self._linear(f"{name}.attention.output.dense", met, adapters)
            hidden = self._normalised(f"{name}.attention.output.LayerNorm", hidden + moved)
            spread = gelu(self._linear(f"{name}.intermediate.dense", hidden, adapters))
            moved = self._linear(f"{name}.output.dense", spread, adapters)
            return self._normalised(f"{name}.output.LayerNorm", hidden + moved)

    def _linear(self, name: str, given: Tensor, adapters: Tensors) -> Tensor:
        moved = linear(given, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])
        if f"{name}.down" in adapters:
            moved = moved + linear(linear(given, adapters[f"{name}.down"]), adapters[f"{name}.up"])
        return moved

    def _normalised(self, name: str, given: Tensor) -> Tensor:
        scale, shift = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return layer_norm(given.float(), (given.shape[-1],), scale, shift, _EPSILON)


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _by_length(cut: list[tuple[str, list[int]]]) -> Iterable[list[tuple[str, list[int]]]]:
    """Texts of like length together, so many tokens at a time."""
    waiting: list[tuple[str, list[int]]] = []
    for item in sorted(cut, key=lambda item: len(item[1])):
        if waiting and (len(waiting) + 1) * len(item[1]) > _TOKENS_A_STEP:
            yield waiting
            waiting = []
        waiting.append(item)
    if waiting:
        yield waiting


def _padded(rows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Rows made as long as the longest, and which of their places hold something."""
    mask = torch.zeros(len(rows), max(len(row) for row in rows), dtype=torch.bool)
    fill = 0 if rows[0].ndim > 1 else _PADDING
    out = torch.full((*mask.shape, *rows[0].shape[1:]), fill, dtype=rows[0].dtype)
    for place, row in enumerate(rows):
        out[place, : len(row)] = row
        mask[place, : len(row)] = True
    return out, mask
