"""Make a corpus of any size out of real documents: each text is half of one passage and half of another.

Encoding a million texts would take a day, so the vector of such a text is made of the vectors of the two.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np

from corpus.fiches.document import Block, Document, Section, Sentence
from ingest.chunk import Chunk, chunk_document
from ingest.embed import Embedder, Vectors
from ingest.vectors import unit

_SEED = 20_251_125
# So many documents are said to be of one scheme: what a search kept to one scheme is measured on.
OF_A_SCHEME = 20


def passages_of(documents: Sequence[Document]) -> list[Chunk]:
    """Cut documents into the passages that are recombined."""
    return [chunk for document in documents for chunk in chunk_document(document) if chunk.sentences]


def recombined(passages: Sequence[Chunk], size: int) -> Iterator[Document]:
    """Yield ``size`` documents of one passage each, the same at each run, one at a time.

    The first sentences of one passage are followed by the last of another: words, lengths and their
    frequencies stay those of real texts, and no two documents are alike.

    Raises:
        ValueError: there are fewer than two passages.
    """
    if len(passages) < 2:
        raise ValueError("two passages at least are needed")
    for number, (first, second) in enumerate(_pairs(len(passages), size)):
        one, other = passages[first], passages[second]
        told = [sentence.text for sentence in one.sentences[: (len(one.sentences) + 1) // 2]]
        told += [sentence.text for sentence in other.sentences[len(other.sentences) // 2 :]]
        block = Block(tuple(Sentence(text) for text in told))
        yield Document(
            id=f"texte-{number}",
            title=f"{one.title} ({number})",
            scheme_id=f"aide-{number // OF_A_SCHEME}",
            path="",
            published=None,
            updated=None,
            sources=(),
            sections=(Section(path=(one.title,), blocks=(block,)),),
        )


class RecombinedVectors:
    """An encoder of recombined texts, which encodes what they are made of only, once."""

    def __init__(self, embedder: Embedder, passages: Sequence[Chunk], size: int) -> None:
        """Encode the passages that ``size`` texts are recombined from."""
        self._embedder = embedder
        self._vectors = embedder.embed_passages([passage.embedded_text for passage in passages])
        self._pairs = np.array(list(_pairs(len(passages), size)), dtype=np.int32)
        self.name = embedder.name
        self.dimension = embedder.dimension

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Return the mean, of norm 1, of the vectors of the two passages that each text comes from."""
        pairs = self._pairs[[_number(text) for text in texts]]
        return unit(self._vectors[pairs].sum(axis=1))

    def embed_question(self, text: str) -> Vectors:
        """Encode a question."""
        return self._embedder.embed_question(text)

    def embed_questions(self, texts: list[str]) -> Vectors:
        """Encode questions."""
        return self._embedder.embed_questions(texts)


def _pairs(passages: int, size: int) -> Iterator[tuple[int, int]]:
    """Places of the two passages that each text is made of."""
    draw = random.Random(_SEED)  # noqa: S311 - repeatable, no secret
    for _ in range(size):
        one, other = draw.sample(range(passages), 2)
        yield one, other


def _number(text: str) -> int:
    """The number of a recombined text, in the title that its chunks begin with."""
    title = text.partition("\n")[0].rpartition(" > ")[0]
    return int(title.rpartition("(")[2].rstrip(")"))
