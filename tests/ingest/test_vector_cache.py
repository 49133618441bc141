"""Vectors kept on disk: a text is encoded once, by whichever process, and never wrongly given back."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from fake_embedder import FakeEmbedder

from ingest.vector_cache import CachedEmbedder
from ingest.vectors import Vectors

TEXTS = ["une halle de marché", "un lavoir à restaurer", "", "des haies"]


class Counting(FakeEmbedder):
    def __init__(self, name: str = "fake:counting", dimension: int = 64) -> None:
        super().__init__(name, dimension)
        self.encoded: list[str] = []

    def embed_passages(self, texts: list[str]) -> Vectors:
        self.encoded += texts
        return super().embed_passages(texts)

    def embed_questions(self, texts: list[str]) -> Vectors:
        self.encoded += texts
        return -super().embed_questions(texts)


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.sqlite"))


def test_what_was_encoded_is_given_back_as_it_was(tmp_path: Path) -> None:
    first = CachedEmbedder(Counting(), tmp_path).embed_passages(TEXTS)
    again = Counting()
    assert np.array_equal(CachedEmbedder(again, tmp_path).embed_passages(TEXTS[::-1]), first[::-1])
    assert again.encoded == []
    np.testing.assert_allclose(first, Counting().embed_passages(TEXTS), atol=1e-3)
    np.testing.assert_allclose(np.linalg.norm(first, axis=1), 1, atol=1e-6)


def test_only_new_texts_are_encoded_and_each_once(tmp_path: Path) -> None:
    embedder = Counting()
    cached = CachedEmbedder(embedder, tmp_path)
    cached.embed_passages(TEXTS[:2])
    vectors = cached.embed_passages([*TEXTS, TEXTS[3]])
    assert sorted(embedder.encoded) == sorted(TEXTS)
    assert np.array_equal(vectors[3], vectors[4])


def test_questions_and_passages_are_kept_apart(tmp_path: Path) -> None:
    cached = CachedEmbedder(Counting(), tmp_path)
    passages, questions = cached.embed_passages(TEXTS[:2]), cached.embed_questions(TEXTS[:2])
    np.testing.assert_allclose(questions, -passages, atol=1e-6)
    assert np.array_equal(cached.embed_questions(TEXTS[:2]), questions)
    assert not cached.embed_questions([""]).any()


def test_one_question_asked_is_written_nowhere(tmp_path: Path) -> None:
    CachedEmbedder(Counting(), tmp_path).embed_question("Ma commune a des dettes")
    assert files(tmp_path) == []


@pytest.mark.parametrize("other", [Counting("fake:other"), Counting(dimension=32)])
def test_another_encoder_never_gets_these_vectors(tmp_path: Path, other: Counting) -> None:
    CachedEmbedder(Counting(), tmp_path).embed_passages(TEXTS)
    made = CachedEmbedder(other, tmp_path).embed_passages(TEXTS)
    assert sorted(other.encoded) == sorted(TEXTS)
    assert made.shape == (4, other.dimension)


def test_no_text_gives_no_row_and_no_file(tmp_path: Path) -> None:
    assert CachedEmbedder(Counting(), tmp_path / "absent").embed_passages([]).shape == (0, 64)
    assert not (tmp_path / "absent").exists()


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    first = CachedEmbedder(Counting(), tmp_path).embed_passages(TEXTS)
    (kept,) = files(tmp_path)
    for beside in tmp_path.glob("*.sqlite-*"):
        beside.unlink()
    kept.write_bytes(b"no database" * 1000)
    embedder = Counting()
    assert np.array_equal(CachedEmbedder(embedder, tmp_path).embed_passages(TEXTS), first)
    assert np.array_equal(CachedEmbedder(embedder, tmp_path).embed_passages(TEXTS), first)
    assert sorted(embedder.encoded) == sorted(TEXTS)


def test_a_damaged_vector_is_encoded_again(tmp_path: Path) -> None:
    whole = CachedEmbedder(Counting(), tmp_path).embed_passages(TEXTS)
    (path,) = files(tmp_path)
    with closing(sqlite3.connect(path)) as database:
        ((row,),) = database.execute(
            "SELECT vector FROM vectors WHERE vector != zeroblob(128) LIMIT 1"
        ).fetchall()
        damaged = bytes([row[0], row[1] ^ 0x40]) * (len(row) // 2)
        database.execute("UPDATE vectors SET vector = ? WHERE vector = ?", (damaged, row))
        database.commit()
    again = Counting()
    assert np.array_equal(CachedEmbedder(again, tmp_path).embed_passages(TEXTS), whole)
    assert len(again.encoded) == 1


def test_a_folder_that_cannot_be_written_costs_the_time_and_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    vectors = CachedEmbedder(Counting(), tmp_path / "file" / "vectors").embed_passages(TEXTS)
    np.testing.assert_allclose(vectors, Counting().embed_passages(TEXTS), atol=1e-3)
    assert "vectors are not kept in" in caplog.text


def test_several_may_keep_at_once(tmp_path: Path) -> None:
    lists = [[f"texte {number} de {writer % 2}" for number in range(150)] for writer in range(4)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda texts: CachedEmbedder(Counting(), tmp_path).embed_passages(texts), lists))
    again = Counting()
    for texts, vectors in zip(lists, made, strict=True):
        assert np.array_equal(CachedEmbedder(again, tmp_path).embed_passages(texts), vectors)
    assert again.encoded == []


def test_what_was_encoded_before_a_kill_is_kept(tmp_path: Path) -> None:
    class Dying(Counting):
        def embed_passages(self, texts: list[str]) -> Vectors:
            if len(self.encoded) >= 128:
                raise KeyboardInterrupt
            return super().embed_passages(texts)

    texts = [f"texte {number:04}" for number in range(400)]
    with pytest.raises(KeyboardInterrupt):
        CachedEmbedder(Dying(), tmp_path).embed_passages(texts)
    embedder = Counting()
    CachedEmbedder(embedder, tmp_path).embed_passages(texts)
    assert len(embedder.encoded) == 400 - 128
