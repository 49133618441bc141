"""Recorded sources read again: what is new, changed, gone or away; what can't be read stays served."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from lavoirs_sample import SAMPLES

import ingest.recorded
from ingest.changes import Change, Changes
from ingest.index import open_store
from ingest.load import Loaded, load

pytestmark = pytest.mark.slow

TEXT = "Les haies\n\nLe taux est de 40 %. Le plafond est de 500 plants.\n"


def sync(workshop, *paths: Path, **options):
    return workshop.run(*paths, compares=True, **options)


def served(workshop) -> list[str]:
    """Every sentence of a document that is served, fiches left out."""
    generations = workshop.generations
    store = open_store(generations.path(generations.current()) / "chroma", "essai")
    try:
        chunks = [chunk for chunk in store.all_chunks() if chunk.scheme_id is None]
        return [sentence.text for chunk in chunks for sentence in chunk.sentences]
    finally:
        store.close()


def forget_in_manifest(workshop, *names: str) -> None:
    """Leave out of the manifest what some of its fields say of each document."""
    generations = workshop.generations
    generations.amend(replace(generations.manifest(), **{name: {} for name in names}))


@pytest.fixture
def haies(workshop) -> Path:
    path = workshop.pages / "haies.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


class TestChanges:
    def test_at_first_all_is_new(self, workshop, haies: Path) -> None:
        changes = sync(workshop, haies).changes
        assert [(change.title, change.origin, change.statements) for change in changes.new] == [
            ("Aide haies", None, 6),
            ("Aide lavoirs", None, 6),
            ("Les haies", str(haies), 2),
        ]
        assert (changes.changed, changes.gone) == ((), ())

    def test_then_nothing_has_changed(self, workshop, haies: Path) -> None:
        workshop.run(haies)
        report = sync(workshop)
        assert (report.up_to_date, report.changes) == (True, Changes())

    def test_what_changes_is_told_statement_by_statement(self, workshop, haies: Path) -> None:
        workshop.run(workshop.pages)
        haies.write_text(
            "Les haies\n\nUne haie se plante en hiver. Le taux est de 45 %. Le plafond est de 500 plants.\n",
            encoding="utf-8",
        )
        workshop.write_page(10)
        report = sync(workshop)
        (changed,) = report.changes.changed
        assert changed.added == ("Une haie se plante en hiver.", "Le taux est de 45 %.")
        assert changed.removed == ("Le taux est de 40 %.",)
        assert (changed.title, changed.origin, changed.statements) == ("Les haies", str(haies), 3)
        assert [change.title for change in report.changes.new] == ["Page 10"]
        assert report.embedded == 3

    def test_a_statement_said_once_less_is_told(self, workshop, haies: Path) -> None:
        haies.write_text(f"{TEXT}\nLe taux est de 40 %.\n", encoding="utf-8")
        workshop.run(haies)
        haies.write_text(TEXT, encoding="utf-8")
        (changed,) = sync(workshop).changes.changed
        assert (changed.added, changed.removed) == ((), ("Le taux est de 40 %.",))

    def test_another_date_changes_a_document_and_none_of_its_statements(self, workshop, haies: Path) -> None:
        workshop.run(haies)
        haies.with_name("haies.meta.yaml").write_text("published: 2026-05-02\n", encoding="utf-8")
        (changed,) = sync(workshop).changes.changed
        assert (changed.title, changed.added, changed.removed) == ("Les haies", (), ())

    def test_a_fiche_that_changes_is_told_too(self, workshop) -> None:
        workshop.run()
        workshop.write_fiche("haies", "Le taux est de 40 %.")
        (changed,) = sync(workshop).changes.changed
        assert (changed.id, changed.origin, changed.added) == ("fiche:haies", None, ("Le taux est de 40 %.",))
        assert len(changed.removed) == 6

    def test_what_is_gone_is_removed_and_told(self, workshop, haies: Path) -> None:
        workshop.write_page(10)
        workshop.run(workshop.pages)
        haies.unlink()
        report = sync(workshop)
        (gone,) = report.changes.gone
        assert gone == Change(report.removed[0], "Les haies", str(haies), 0)
        assert (report.unreachable, report.unread) == ((), ())
        assert not any("500 plants" in text for text in served(workshop))

    def test_an_index_of_before_digests_were_kept_is_compared_all_the_same(
        self, workshop, haies: Path
    ) -> None:
        workshop.write_page(10)
        workshop.run(workshop.pages)
        forget_in_manifest(workshop, "digests", "origins", "fingerprints")
        assert sync(workshop).changes == Changes()
        assert set(workshop.generations.manifest().origins.values()) > {str(haies)}
        forget_in_manifest(workshop, "digests")
        haies.write_text(TEXT.replace("40", "45"), encoding="utf-8")
        assert [change.title for change in sync(workshop).changes.changed] == ["Les haies"]

    def test_what_serves_by_words_alone_is_compared_too(
        self, workshop, haies: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stop(_texts: list[str]) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr("ingest.pipeline.WORDS_FIRST_FROM", 0)
            patch.setattr(workshop.embedder, "embed_passages", stop)
            with pytest.raises(KeyboardInterrupt):
                workshop.run(haies)
        assert not workshop.generations.manifest().has_vectors
        haies.write_text(TEXT.replace("40", "45"), encoding="utf-8")
        (changed,) = sync(workshop, haies).changes.changed
        assert changed.removed == ("Le taux est de 40 %.",)


class TestWhatCannotBeRead:
    def test_a_file_that_is_spoilt_stays_as_it_was_until_it_is_mended(self, workshop, haies: Path) -> None:
        workshop.run(workshop.pages)
        haies.write_bytes(bytes(range(256)))
        workshop.write_page(10)
        report = sync(workshop)
        (why,) = report.unread
        assert why.endswith("L’ancienne version reste servie.")
        assert str(haies) in why
        assert [change.title for change in report.changes.new] == ["Page 10"]
        assert (report.changes.changed, report.changes.gone) == ((), ())
        assert "Le taux est de 40 %." in served(workshop)
        assert sync(workshop).up_to_date
        haies.write_text(TEXT.replace("40", "45"), encoding="utf-8")
        report = sync(workshop)
        assert report.unread == ()
        assert [change.added for change in report.changes.changed] == [("Le taux est de 45 %.",)]

    def test_a_folder_whose_disk_is_away_stays_as_it_was(self, workshop, haies: Path) -> None:
        folder = workshop.pages / "partage" / "notices"
        folder.mkdir(parents=True)
        shutil.move(haies, folder)
        workshop.run(folder)
        folder.parent.rename(workshop.pages / "ailleurs")
        report = sync(workshop)
        (why,) = report.unreachable
        assert why.startswith(f"« {folder} » est injoignable")
        assert (report.changes.gone, report.documents) == ((), 3)
        assert "Le taux est de 40 %." in served(workshop)
        (workshop.pages / "ailleurs").rename(folder.parent)
        report = sync(workshop)
        assert (report.unreachable, report.up_to_date) == ((), True)

    def test_a_folder_left_empty_stays_as_it_was_until_it_is_forgotten(self, workshop, haies: Path) -> None:
        workshop.run(workshop.pages)
        haies.unlink()
        report = sync(workshop)
        assert len(report.unreachable) == 1
        assert (report.documents, report.up_to_date) == (3, True)
        report = sync(workshop, forget=(workshop.pages,))
        assert [change.title for change in report.changes.gone] == ["Les haies"]
        assert report.unreachable == ()

    def test_a_file_that_is_gone_from_a_folder_that_is_there_is_gone(self, workshop, haies: Path) -> None:
        workshop.run(haies)
        haies.unlink()
        report = sync(workshop)
        assert [change.title for change in report.changes.gone] == ["Les haies"]
        assert report.unreachable == ()

    def test_a_folder_that_cannot_be_listed_stays_as_it_was(
        self, workshop, haies: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        closed = workshop.pages / "réservé"
        closed.mkdir()
        shutil.move(haies, closed)
        workshop.write_page(10)
        workshop.run(workshop.pages)
        scan = os.scandir

        def refuse(path):
            if path in {closed, str(closed)}:
                raise PermissionError(13, "Permission denied", str(path))
            return scan(path)

        monkeypatch.setattr(os, "scandir", refuse)
        workshop.write_page(11)
        report = sync(workshop)
        assert [str(closed) in why for why in report.unreachable] == [True]
        assert [change.title for change in report.changes.new] == ["Page 11"]
        assert report.changes.gone == ()
        assert "Le taux est de 40 %." in served(workshop)

    def test_a_disk_that_fails_stops_nothing(
        self, workshop, haies: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = workshop.write_page(10)
        workshop.run(haies, page)
        exists = Path.exists

        def fail(path: Path) -> bool:
            if path == haies:
                raise OSError(116, "Stale file handle")
            return exists(path)

        monkeypatch.setattr(Path, "exists", fail)
        workshop.write_page(10, "# Page\n\nUne phrase nouvelle de la page.\n")
        report = sync(workshop)
        assert len(report.unreachable) == 1
        assert [change.title for change in report.changes.changed] == ["Page"]
        assert "Le taux est de 40 %." in served(workshop)


class TestWhatTakesLong:
    @pytest.fixture
    def reads(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Names of the files that are read."""
        names: list[str] = []

        def counted(path: Path, address: str | None = None) -> Loaded:
            names.append(path.name)
            return load(path, address)

        monkeypatch.setattr(ingest.recorded, "load", counted)
        return names

    def test_a_pdf_that_has_not_changed_is_not_read_again(
        self, workshop, haies: Path, reads: list[str]
    ) -> None:
        notice = Path(shutil.copy(SAMPLES / "lavoirs.pdf", workshop.pages / "notice.pdf"))
        workshop.run(workshop.pages)
        before = served(workshop)
        reads.clear()
        assert workshop.run().up_to_date
        haies.write_text(TEXT.replace("40", "45"), encoding="utf-8")
        assert workshop.run().embedded == 1
        assert reads == ["haies.txt"] * 2
        assert [text.replace("45", "40") for text in served(workshop)] == before
        notice.with_name("notice.pdf.meta.yaml").write_text("title: La notice\n", encoding="utf-8")
        assert "La notice" in [change.title for change in sync(workshop).changes.changed]
        assert reads == ["haies.txt"] * 3 + ["notice.pdf"]
        assert workshop.run().up_to_date

    def test_it_is_read_again_when_what_was_indexed_is_damaged(self, workshop, reads: list[str]) -> None:
        notice = Path(shutil.copy(SAMPLES / "lavoirs.pdf", workshop.pages / "notice.pdf"))
        report = workshop.run(notice)
        (workshop.generations.path(report.generation) / "chroma" / "chroma.sqlite3").write_bytes(b"x" * 100)
        workshop.write_fiche("haies", "Le taux est de 40 %.")
        assert workshop.run().documents == 3
        assert reads == ["notice.pdf"] * 2
        assert any("bassins" in text for text in served(workshop))


def test_what_was_indexed_of_a_disk_that_is_away_is_mended_but_for_its_passages(
    workshop, haies: Path
) -> None:
    folder = workshop.pages / "partage" / "notices"
    folder.mkdir(parents=True)
    shutil.move(haies, folder)
    report = workshop.run(folder)
    folder.parent.rename(workshop.pages / "ailleurs")
    (workshop.generations.path(report.generation) / "vocabulary.json").write_bytes(b"{")
    report = sync(workshop)
    assert (report.repaired, report.embedded, report.changes) == (("vocabulaire",), 0, Changes())
    assert len(report.unreachable) == 1
    assert "Le taux est de 40 %." in served(workshop)
    (workshop.generations.path(report.generation) / "chroma" / "chroma.sqlite3").write_bytes(b"x" * 100)
    report = sync(workshop)
    (why,) = report.unreachable
    assert "ce qui en était indexé est abîmé, il sera relu" in why
    assert len(report.removed) == 1
    (workshop.pages / "ailleurs").rename(folder.parent)
    assert sync(workshop).unreachable == ()
    assert "Le taux est de 40 %." in served(workshop)
