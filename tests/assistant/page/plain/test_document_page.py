"""The page of a document: its text, its source, no script; a document that isn't there."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import HOSTILE_PASSAGE, FakeEngine
from plain_site import plain_client

from assistant.page.plain.document_page import parts_of
from evaluation.benches.strict_html import problems
from ingest.chunk import Chunk, ChunkSentence


def test_a_hostile_document_is_only_text(tmp_path: Path) -> None:
    page = plain_client(tmp_path).get(f"/documents/{HOSTILE_PASSAGE.document_id}?partie=99999")
    assert page.status_code == 200
    assert "La mairie" in page.text
    assert "mars 2025" in page.text
    assert "<script" not in page.text
    assert problems(page.text) == []


@pytest.mark.parametrize("name", ["doc:absent", "fiche:cvcb", "<b>", "a" * 3000])
def test_a_document_that_is_not_there_is_a_french_page(tmp_path: Path, name: str) -> None:
    page = plain_client(tmp_path).get(f"/documents/{name}")
    assert page.status_code == 404
    assert "Ce document n’est pas, ou n’est plus, dans l’index." in page.text
    assert problems(page.text) == []


def test_an_index_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    page = plain_client(tmp_path, FakeEngine(usable=False)).get("/documents/doc:x")
    assert page.status_code == 503
    assert "Pas d’index" in page.text


def test_sentences_stand_under_their_heading_and_page() -> None:
    def passage(*sentences: ChunkSentence) -> Chunk:
        return Chunk("d#1", "d", None, "T", (), "T", "", sentences, ())

    parts = list(
        parts_of(
            [
                passage(ChunkSentence("Un.", "A", ()), ChunkSentence("Deux.", "A", ())),
                passage(ChunkSentence("Trois.", "A", ()), ChunkSentence("Quatre.", "B", (), 2)),
            ]
        )
    )
    assert [(part.heading, part.page, part.sentences) for part in parts] == [
        ("A", None, ("Un.", "Deux.", "Trois.")),
        ("B", 2, ("Quatre.",)),
    ]
