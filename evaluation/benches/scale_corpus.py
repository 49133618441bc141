"""Make a corpus of any size out of real documents: each text is half of one passage and half of another."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from corpus.fiches.document import Block, Document, Section, Sentence
from ingest.chunk import Chunk, chunk_document

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
    draw = random.Random(_SEED)  # noqa: S311 - repeatable, no secret
    for number in range(size):
        one, other = draw.sample(passages, 2)
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
