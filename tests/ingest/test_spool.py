"""Chunks kept on disk: read back as they were, as often as needed, gone at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.chunk import Chunk, ChunkSentence
from ingest.spool import ChunkSpool


def chunk(number: int, document: str = "doc:a") -> Chunk:
    sentence = ChunkSentence(f"Première ligne.\u2028 Une « suite » \n numéro {number}.", "Objet", (1, 2))
    return Chunk(
        id=f"{document}#{number}",
        document_id=document,
        scheme_id=None,
        title="Aide",
        sections=("Objet",),
        heading="Aide > Objet",
        text=sentence.text,
        sentences=(sentence,),
        sources=(),
    )


CHUNKS = [chunk(0), chunk(1), chunk(2, "doc:b")]


def test_chunks_are_read_back_in_order_as_often_as_needed() -> None:
    with ChunkSpool(iter(CHUNKS)) as spool:
        assert len(spool) == 3
        assert list(spool) == CHUNKS
        assert list(spool) == CHUNKS
        assert spool.documents == {"doc:a": 2, "doc:b": 1}


@pytest.mark.parametrize(("size", "lengths"), [(1, [1, 1, 1]), (2, [2, 1]), (5, [3])])
def test_batches_hold_every_chunk_once(size: int, lengths: list[int]) -> None:
    with ChunkSpool(CHUNKS) as spool:
        batches = list(spool.batches(size))
    assert [len(batch) for batch in batches] == lengths
    assert [item for batch in batches for item in batch] == CHUNKS


def test_an_empty_spool_is_empty() -> None:
    with ChunkSpool(()) as spool:
        assert len(spool) == 0
        assert list(spool.batches(3)) == []


def test_the_digest_tells_content_and_order() -> None:
    def digest(*chunks: Chunk) -> str:
        with ChunkSpool(chunks) as spool:
            return spool.digest

    assert digest(*CHUNKS) == digest(*CHUNKS)
    assert len({digest(*CHUNKS), digest(*reversed(CHUNKS)), digest(*CHUNKS[:2]), digest()}) == 4


def test_a_failure_while_cutting_is_raised() -> None:
    def cut() -> Iterator[Chunk]:
        yield CHUNKS[0]
        raise ValueError("the file is gone")

    with pytest.raises(ValueError, match="gone"):
        ChunkSpool(cut())
