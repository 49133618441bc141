import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.fiches.document import Document
from ingest.chunk import Chunk, chunk_document
from ingest.errors import ForeignIndex
from ingest.index import VectorStore, create_store, open_store

pytestmark = pytest.mark.slow


@pytest.fixture
def chunks(document: Callable[..., Document]) -> list[Chunk]:
    themes = ["lavoir toiture charpente", "haie arbre bocage", "vélo piste cyclable", "école cantine classe"]
    made: list[Chunk] = []
    for number, theme in enumerate(themes):
        text = " ".join([f"{theme} commune aide"] * 20) + "."
        scheme = f"aide-{number}" if number < 3 else None
        made += chunk_document(
            document(
                (("Objet",), [text]), id=f"d{number}", title=theme, scheme_id=scheme, published="2023-07"
            )
        )
    return made


@pytest.fixture
def vectors(chunks: list[Chunk], embedder) -> np.ndarray:
    return embedder.embed_passages([chunk.embedded_text for chunk in chunks])


@pytest.fixture
def store(tmp_path: Path, chunks: list[Chunk], vectors: np.ndarray) -> Iterator[VectorStore]:
    store = create_store(tmp_path / "chroma", "essai")
    store.add(chunks, vectors)
    yield store
    store.close()


def test_the_nearest_chunks_come_first_and_whole(store: VectorStore, chunks: list[Chunk], embedder) -> None:
    found = store.search(embedder.embed_question("vélo piste cyclable"), 3)
    assert store.chunks(list(found))[next(iter(found))] == chunks[2]
    assert len(found) == 3
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_a_score_is_the_cosine_similarity(
    store: VectorStore, chunks: list[Chunk], vectors: np.ndarray, embedder
) -> None:
    question = embedder.embed_question("haie arbre et lavoir")
    expected = dict(zip([chunk.id for chunk in chunks], (vectors @ question).tolist(), strict=True))
    assert store.search(3 * question, 10) == pytest.approx(expected, abs=1e-5)


def test_a_document_is_read_whole_in_its_order(
    tmp_path: Path, document: Callable[..., Document], embedder
) -> None:
    sections = [((f"Partie {n}",), [" ".join([f"mot{n} suite texte"] * 40) + "."]) for n in range(60)]
    long, other = (chunk_document(document(*sections, id=name)) for name in ("long", "autre"))
    assert len(long) > 20
    store = create_store(tmp_path / "own", "essai")
    chunks = [*other[:3], *long, *other[3:]]
    store.add(chunks, embedder.embed_passages([chunk.embedded_text for chunk in chunks]))
    assert store.document_chunks("long") == list(long)
    assert store.document_chunks("absent") == []
    store.close()


def test_a_search_may_keep_to_one_scheme(store: VectorStore, embedder) -> None:
    question = embedder.embed_question("vélo piste cyclable")
    (only,) = store.chunks(list(store.search(question, 5, "aide-0"))).values()
    assert only.scheme_id == "aide-0"
    assert store.search(question, 5, "aide-inconnue") == {}


def test_a_question_without_a_known_word_breaks_nothing(store: VectorStore, embedder) -> None:
    assert len(store.search(np.zeros(embedder.dimension, dtype=np.float32), 2)) == 2


def test_chunks_and_vectors_are_found_by_id_and_unknown_ids_left_out(
    store: VectorStore, chunks: list[Chunk], vectors: np.ndarray
) -> None:
    ids = [chunks[3].id, "inconnu", chunks[0].id]
    assert store.chunks(ids) == {chunks[3].id: chunks[3], chunks[0].id: chunks[0]}
    found = store.vectors(ids)
    assert set(found) == {chunks[3].id, chunks[0].id}
    np.testing.assert_allclose(found[chunks[3].id], vectors[3], atol=1e-6)
    assert store.chunks([]) == store.vectors([]) == store.vectors(["inconnu"]) == {}


def test_every_chunk_is_read_back(store: VectorStore, chunks: list[Chunk]) -> None:
    assert store.count() == 4
    assert {chunk.id: chunk for chunk in store.all_chunks()} == {chunk.id: chunk for chunk in chunks}


def test_an_empty_store_finds_nothing(tmp_path: Path, embedder) -> None:
    store = create_store(tmp_path / "vide", "essai")
    assert store.search(embedder.embed_question("vélo"), 5) == {}
    assert list(store.all_chunks()) == []
    store.close()


def test_many_chunks_go_through_several_batches(
    tmp_path: Path, chunks: list[Chunk], embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.index._BATCH", 50)
    many = [replace(chunks[0], id=f"c{number}") for number in range(120)]
    vectors = embedder.embed_passages([f"texte {number}" for number in range(120)])
    store = create_store(tmp_path / "grand", "essai")
    store.add(many, vectors)
    assert store.count() == 120
    found = store.vectors([chunk.id for chunk in many])
    np.testing.assert_allclose([found[chunk.id] for chunk in many], vectors, atol=1e-6)
    assert {chunk.id for chunk in store.all_chunks()} == {chunk.id for chunk in many}
    store.close()


def test_what_was_written_is_there_when_opened_again(
    tmp_path: Path, store: VectorStore, chunks: list[Chunk], embedder
) -> None:
    store.close()
    again = open_store(tmp_path / "chroma", "essai")
    assert again.count() == 4
    assert list(again.search(embedder.embed_question("école cantine classe"), 1)) == [chunks[3].id]
    again.close()


def test_closing_one_reader_leaves_the_other_one_open(tmp_path: Path, store: VectorStore, embedder) -> None:
    reader, other = (open_store(tmp_path / "chroma", "essai") for _ in range(2))
    other.close()
    assert reader.count() == 4
    assert len(reader.search(embedder.embed_question("vélo"), 2)) == 2
    reader.close()


class TestForeign:
    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(ForeignIndex, match=r"incomplet\. Relancez : assistant ingest"):
            open_store(tmp_path / "absent", "essai")
        assert not (tmp_path / "absent").exists()

    def test_another_collection(self, tmp_path: Path, store: VectorStore) -> None:
        with pytest.raises(ForeignIndex, match=r"illisible .* Relancez : assistant ingest"):
            open_store(tmp_path / "chroma", "autre")

    def test_something_else_than_a_database(self, tmp_path: Path) -> None:
        (tmp_path / "chroma.sqlite3").write_bytes(b"pas une base" * 100)
        with pytest.raises(ForeignIndex, match=r"illisible .* Relancez : assistant ingest"):
            open_store(tmp_path, "essai")

    def test_a_database_cut_short(self, tmp_path: Path, store: VectorStore) -> None:
        store.close()
        shutil.copytree(tmp_path / "chroma", tmp_path / "coupe")
        path = tmp_path / "coupe" / "chroma.sqlite3"
        path.write_bytes(path.read_bytes()[:20_000])
        with pytest.raises(ForeignIndex, match=r"illisible .* Relancez : assistant ingest"):
            open_store(tmp_path / "coupe", "essai")
