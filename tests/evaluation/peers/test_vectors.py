"""An encoder alone: the nearest passages first, found again in the folder where they were kept."""

from __future__ import annotations

from pathlib import Path

from fake_embedder import FakeEmbedder

from corpus.fiches.document import Block, Document, Section, Sentence
from evaluation.peers.vectors import OurEncoder
from ingest.embed import Embedder


class OfStems(OurEncoder):
    """The same search with an encoder without a model."""

    def _load(self) -> Embedder:
        return FakeEmbedder()


def document(name: str, text: str) -> Document:
    section = Section(path=("Objet",), blocks=(Block((Sentence(text),)),))
    return Document(
        id=name,
        title=name,
        scheme_id=None,
        path="",
        published=None,
        updated=None,
        sources=(),
        sections=(section,),
    )


DOCUMENTS = [
    document("lavoir", "Le lavoir ancien se restaure avec l’aide de la Région."),
    document("haie", "Les haies se plantent en hiver."),
]


def test_the_nearest_passage_comes_first(tmp_path: Path) -> None:
    search = OfStems(DOCUMENTS, tmp_path)
    assert search.chunks == 2
    assert [found.document_id for found in search.rank("planter des haies", 2)] == ["haie", "lavoir"]
    assert len(search.rank("planter des haies", 1)) == 1


def test_what_a_folder_holds_is_opened(tmp_path: Path) -> None:
    found = OfStems(DOCUMENTS, tmp_path).rank("un lavoir", 2)
    again = OfStems((), tmp_path)
    assert again.chunks == 2
    assert again.rank("un lavoir", 2) == found


def test_without_a_folder_it_only_encodes() -> None:
    alone = OfStems()
    alone.ask("un lavoir")
    alone.encode(["Le lavoir ancien."])
    assert alone.chunks == 0
