"""The catalogue read from what was kept is the catalogue read from its files."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_corpus import SmallCorpus

from corpus.errors import CorpusError
from corpus.fiches.catalogue import load_catalogue
from ingest.kept import Kept
from ingest.kept_catalogue import load_kept_catalogue


@pytest.mark.slow
def test_every_fiche_is_the_one_of_its_file(tmp_path: Path) -> None:
    load_kept_catalogue(Kept(tmp_path, writes=True))
    read, expected = load_kept_catalogue(Kept(tmp_path)), load_catalogue()
    assert list(read.fiches) == list(expected.fiches)
    for name, fiche in expected.fiches.items():
        kept = read.fiche(name)
        assert kept == fiche
        assert kept.as_document == fiche.as_document
        assert kept.scheme.model_fields_set == fiche.scheme.model_fields_set
        assert kept.front.lines == fiche.front.lines


def test_a_fiche_edited_since_is_read_from_its_file(tmp_path: Path) -> None:
    corpus = SmallCorpus(tmp_path / "corpus")
    folder = tmp_path / "kept"
    load_kept_catalogue(Kept(folder, writes=True), corpus.schemes)
    written = {path.name for path in folder.iterdir()}
    path = corpus.schemes / "halles.md"
    path.write_text(path.read_text(encoding="utf-8").replace("40 %", "45 %"), encoding="utf-8")
    edited = load_kept_catalogue(Kept(folder), corpus.schemes)
    assert edited == load_catalogue(corpus.schemes)
    assert any("45 %" in sentence for sentence in edited.fiche("halles").sentences)
    assert {path.name for path in folder.iterdir()} == written


def test_questions_added_since_are_read(tmp_path: Path) -> None:
    corpus = SmallCorpus(tmp_path / "corpus")
    kept = Kept(tmp_path / "kept", writes=True)
    assert load_kept_catalogue(kept, corpus.schemes).fiche("halles").asked == ()
    corpus.ask_about("halles", ("Combien pour une halle ?", "jusqu’à 40 % du coût"))
    assert [asked.text for asked in load_kept_catalogue(kept, corpus.schemes).fiche("halles").asked] == [
        "Combien pour une halle ?"
    ]


def test_a_wrong_fiche_is_told_as_ever(tmp_path: Path) -> None:
    corpus = SmallCorpus(tmp_path / "corpus")
    kept = Kept(tmp_path / "kept", writes=True)
    load_kept_catalogue(kept, corpus.schemes)
    path = corpus.schemes / "halles.md"
    path.write_text(path.read_text(encoding="utf-8").replace("id: halles", "id: marches"), encoding="utf-8")
    (corpus.schemes / "vide.md").mkdir()
    with pytest.raises(CorpusError) as read:
        load_kept_catalogue(kept, corpus.schemes)
    with pytest.raises(CorpusError) as loaded:
        load_catalogue(corpus.schemes)
    assert read.value.problems == loaded.value.problems
