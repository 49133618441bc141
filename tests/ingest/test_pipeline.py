import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from ingest.errors import ForeignIndex, IngestBusy, LoadError
from ingest.generations import FORMAT, _sum_of
from ingest.index import open_store
from ingest.lexical import open_lexical
from ingest.pipeline import IngestReport

pytestmark = pytest.mark.slow


def texts(workshop) -> list[str]:
    """Every sentence that the current generation serves."""
    generations = workshop.generations
    store = open_store(generations.path(generations.current()) / "chroma", "essai")
    try:
        return [sentence.text for chunk in store.all_chunks() for sentence in chunk.sentences]
    finally:
        store.close()


def rewrite_manifest(workshop, **changes: object) -> None:
    """Write the manifests as another version of the program would."""
    generations = workshop.generations
    generations.finish(replace(generations.manifest(), **changes))


class TestFirstRun:
    def test_the_fiches_are_indexed(self, workshop) -> None:
        report = workshop.run()
        assert (report.documents, report.chunks, report.embedded, report.copied) == (2, 2, 2, 0)
        assert (report.removed, report.up_to_date, report.paths) == ((), False, ())
        assert any("Le document 2 dit" in text for text in texts(workshop))

    def test_the_manifest_says_what_it_was_made_from(self, workshop) -> None:
        page = workshop.write_page(10)
        report = workshop.run(workshop.pages)
        manifest = workshop.generations.manifest()
        assert manifest.generation == report.generation == workshop.generations.current()
        assert (manifest.format, manifest.encoder, manifest.dimension) == (FORMAT, "fake:1", 48)
        assert manifest.paths == report.paths == (str(workshop.pages),)
        assert manifest.chunks == sum(manifest.documents.values()) == report.chunks == 4
        assert {name.partition("-")[0] for name in manifest.documents} == {
            "fiche:lavoirs",
            "fiche:haies",
            f"doc:{page.name.partition('-')[0]}",
        }
        assert manifest.previous is None

    def test_what_is_embedded_is_the_text_with_its_heading(self, workshop) -> None:
        workshop.run()
        assert workshop.embedder.embedded[0].startswith("Aide haies > Objet\nLe document 2 dit")

    def test_the_word_index_holds_the_same_chunks(self, workshop) -> None:
        workshop.write_page(10)
        report = workshop.run(workshop.pages)
        words = open_lexical(workshop.generations.path(report.generation) / "lexical")
        assert words is not None
        assert len(words) == report.chunks
        assert words.search("lavoirs", 1)[0].chunk_id.startswith("fiche:lavoirs#")

    def test_progress_ends_at_the_whole(self, workshop) -> None:
        workshop.write_page(10)
        steps: list[tuple[str, int, int]] = []
        workshop.run(workshop.pages, progress=lambda *step: steps.append(step))
        assert {"lecture", "indexation"} <= {name for name, _, _ in steps}
        last = {name: (done, total) for name, done, total in steps}
        assert all(done == total > 0 for done, total in last.values())


class TestAgain:
    def test_nothing_changed_nothing_is_done(self, workshop) -> None:
        workshop.write_page(10)
        first = workshop.run(workshop.pages)
        before = sorted(
            (path, path.stat().st_mtime_ns) for path in workshop.index_dir.rglob("*") if path.is_file()
        )
        again = workshop.run()
        after = sorted(
            (path, path.stat().st_mtime_ns) for path in workshop.index_dir.rglob("*") if path.is_file()
        )
        assert workshop.embedder.embedded == []
        assert again == IngestReport(
            generation=first.generation,
            documents=first.documents,
            chunks=first.chunks,
            embedded=0,
            copied=0,
            up_to_date=True,
            paths=first.paths,
        )
        assert [path for path, _ in before] == [path for path, _ in after]
        assert [pair for pair in before if pair[0].suffix != ".lock"] == [
            pair for pair in after if pair[0].suffix != ".lock"
        ]

    def test_the_same_path_given_twice_is_up_to_date(self, workshop, monkeypatch: pytest.MonkeyPatch) -> None:
        workshop.write_page(10)
        workshop.run(workshop.pages)
        monkeypatch.chdir(workshop.pages.parent)
        assert workshop.run(Path("pages")).up_to_date
        assert workshop.run(workshop.pages / ".." / "pages").up_to_date

    def test_only_what_changed_is_embedded(self, workshop) -> None:
        workshop.write_page(10)
        page = workshop.write_page(11)
        first = workshop.run(workshop.pages)
        text = page.read_text(encoding="utf-8")
        workshop.write_page(
            11, text.replace("Le document 11 dit en phrase 0", "Le document 11 annonce en phrase 0")
        )
        again = workshop.run()
        assert (again.embedded, again.copied, again.chunks) == (1, first.chunks - 1, first.chunks)
        assert len(workshop.embedder.embedded) == 1
        assert "annonce en phrase 0" in workshop.embedder.embedded[0]
        assert again.generation != first.generation
        served = " ".join(texts(workshop))
        assert "Le document 11 annonce en phrase 0" in served
        assert "Le document 11 dit en phrase 0" not in served

    def test_copied_vectors_are_those_of_the_chunks(self, workshop) -> None:
        workshop.write_page(10)
        workshop.run(workshop.pages)
        workshop.write_page(11)
        report = workshop.run()
        store = open_store(workshop.generations.path(report.generation) / "chroma", "essai")
        for chunk in store.all_chunks():
            ((found, score),) = store.search(workshop.embedder.embed_question(chunk.embedded_text), 1).items()
            assert found == chunk.id
            assert score == pytest.approx(1, abs=1e-5)
        store.close()

    def test_a_change_that_no_vector_sees_is_still_taken_over(self, workshop) -> None:
        workshop.run()
        path = workshop.schemes / "haies.md"
        path.write_text(
            path.read_text(encoding="utf-8").replace("2023-07-07", "2024-01-01"), encoding="utf-8"
        )
        report = workshop.run()
        assert (report.up_to_date, report.embedded, report.copied) == (False, 0, 2)
        store = open_store(workshop.generations.path(report.generation) / "chroma", "essai")
        dates = {chunk.scheme_id: chunk.sources[0].published for chunk in store.all_chunks()}
        store.close()
        assert dates == {"haies": "2024-01-01", "lavoirs": "2023-07-07"}

    def test_a_removed_fiche_is_removed(self, workshop) -> None:
        workshop.run()
        (workshop.schemes / "haies.md").unlink()
        report = workshop.run()
        assert report.removed == ("fiche:haies",)
        assert (report.documents, report.embedded) == (1, 0)
        assert not any("Le document 2 dit" in text for text in texts(workshop))


class TestPaths:
    def test_a_path_is_recorded_and_followed(self, workshop) -> None:
        workshop.write_page(10)
        assert workshop.run(workshop.pages).documents == 3
        workshop.write_page(11)
        report = workshop.run()
        assert (report.documents, report.embedded, report.paths) == (4, 2, (str(workshop.pages),))

    def test_a_file_gone_from_a_recorded_folder_is_removed(self, workshop) -> None:
        workshop.write_page(10)
        gone = workshop.write_page(11)
        workshop.run(workshop.pages)
        gone.unlink()
        report = workshop.run()
        assert [name.partition("-")[0] for name in report.removed] == ["doc:page"]
        assert report.removed[0].startswith(f"doc:{gone.name}-")
        assert (report.documents, report.embedded, report.copied) == (3, 0, 4)
        assert not any("Le document 11 dit" in text for text in texts(workshop))

    def test_a_recorded_path_that_is_gone_loses_its_documents_and_comes_back(self, workshop) -> None:
        workshop.write_page(10)
        workshop.run(workshop.pages)
        workshop.pages.rename(workshop.pages.with_name("away"))
        report = workshop.run()
        assert (report.documents, len(report.removed), report.paths) == (2, 1, (str(workshop.pages),))
        workshop.pages.with_name("away").rename(workshop.pages)
        assert workshop.run().documents == 3

    def test_forget_takes_a_path_and_its_documents_out(self, workshop) -> None:
        first, second = workshop.write_page(10), workshop.write_page(11)
        workshop.run(first, second)
        report = workshop.run(forget=(first,))
        assert report.paths == (str(second),)
        assert (report.documents, len(report.removed), report.embedded) == (3, 1, 0)
        assert workshop.run().paths == (str(second),)

    def test_a_path_that_is_gone_can_be_forgotten(self, workshop) -> None:
        page = workshop.write_page(10)
        workshop.run(page)
        page.unlink()
        workshop.run()
        assert workshop.run(forget=(page,)).paths == ()
        assert workshop.run().paths == ()

    def test_forgetting_a_path_inside_another_one_is_recorded_though_nothing_else_changes(
        self, workshop
    ) -> None:
        page = workshop.write_page(10)
        workshop.run(page, workshop.pages)
        report = workshop.run(forget=(page,))
        assert (report.documents, report.paths) == (3, (str(workshop.pages),))
        assert workshop.run().paths == (str(workshop.pages),)

    def test_forgetting_an_unknown_path_is_refused_with_those_known(self, workshop) -> None:
        page = workshop.write_page(10)
        workshop.run(page)
        with pytest.raises(LoadError) as caught:
            workshop.run(forget=(workshop.pages,))
        assert f"« {workshop.pages} » n’est pas un chemin enregistré" in str(caught.value)
        assert f"Chemins enregistrés : {page}." in str(caught.value)

    def test_a_file_named_twice_is_indexed_once(self, workshop) -> None:
        page = workshop.write_page(10)
        report = workshop.run(page, workshop.pages)
        assert report.documents == 3
        assert report.paths == (str(page), str(workshop.pages))

    def test_a_missing_path_is_refused_and_not_recorded(self, workshop) -> None:
        workshop.run()
        with pytest.raises(LoadError, match="n’existe pas"):
            workshop.run(workshop.pages / "absent.md")
        assert workshop.run().paths == ()

    def test_a_folder_without_a_known_file_is_refused(self, workshop) -> None:
        (workshop.pages / "photo.png").write_bytes(b"PNG")
        with pytest.raises(LoadError, match=r"ne contient aucun fichier d’un format connu \(.*\.md"):
            workshop.run(workshop.pages)

    def test_every_kind_of_file_goes_in(self, workshop) -> None:
        body = "Une phrase de la page. " * 20
        for name, text in {
            "a.txt": f"Le titre\n\n{body}",
            "b.md": f"# Le titre\n\n{body}",
            "c.html": f"<html><head><title>Le titre</title></head><body><p>{body}</p></body></html>",
        }.items():
            (workshop.pages / name).write_text(text, encoding="utf-8")
        assert workshop.run(workshop.pages).documents == 5


BAD_FILES = {
    "image.txt": (bytes(range(256)), "n’est pas un texte lisible"),
    "abîmé.pdf": (b"%PDF-1.7 tronque", "est abîmé ou n’est pas un fichier PDF"),
    "macro.docm": (b"PK", "fichier à macros"),
    "vide.md": (b"", "ne contient aucun texte"),
    "gros.txt": (b"a" * 20_000_001, "dépasse 20 Mo"),
}


class TestNothingIsLost:
    @pytest.mark.parametrize("name", BAD_FILES)
    def test_a_bad_file_is_told_and_the_others_are_indexed(self, workshop, name: str) -> None:
        workshop.write_page(10)
        workshop.run(workshop.pages)
        content, message = BAD_FILES[name]
        (workshop.pages / name).write_bytes(content)
        workshop.write_page(11)
        report = workshop.run()
        (why,) = report.unread
        assert message in why
        assert name in why
        assert report.documents == 4
        assert workshop.generations.current() == report.generation
        assert (again := workshop.run()).up_to_date
        assert again.unread == report.unread
        (workshop.pages / name).unlink()
        assert workshop.run().unread == ()

    def test_a_wrong_fiche_leaves_the_former_index_serving(self, workshop) -> None:
        first = workshop.run()
        workshop.write_fiche("haies", "Texte.").write_text("---\nid: haies\n---\nTexte.\n", encoding="utf-8")
        with pytest.raises(CorpusError, match=r"haies\.md:\d+ \(champ « name »\)"):
            workshop.run()
        assert workshop.generations.current() == first.generation

    def test_an_encoder_that_fails_leaves_the_former_index_serving(
        self, workshop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = workshop.run()
        workshop.write_page(10)

        def fail(_texts: list[str]) -> None:
            raise MemoryError

        with monkeypatch.context() as patch:
            patch.setattr(workshop.embedder, "embed_passages", fail)
            with pytest.raises(MemoryError):
                workshop.run(workshop.pages)
        assert workshop.generations.current() == first.generation
        assert len(texts(workshop)) == 12
        assert workshop.folders() == {first.generation}
        second = workshop.run(workshop.pages)
        assert workshop.folders() == {first.generation, second.generation}

    def test_chunks_that_did_not_arrive_are_not_made_current(
        self, workshop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ingest.index.VectorStore.add", lambda *_: None)
        with pytest.raises(ForeignIndex, match=r"ne se relit pas \(vecteurs\) : il n’est pas mis en service"):
            workshop.run()
        assert workshop.generations.current() is None

    def test_a_second_ingestion_at_the_same_time_is_refused(self, workshop) -> None:
        first = workshop.run()
        workshop.write_page(10)
        with workshop.generations.locked(), pytest.raises(IngestBusy, match="en cours"):
            workshop.run(workshop.pages)
        assert workshop.generations.current() == first.generation
        assert workshop.run(workshop.pages).documents == 3

    def test_an_ingestion_that_starts_during_another_is_refused(self, workshop) -> None:
        refused: list[str] = []

        def meanwhile(step: str, _done: int, _total: int) -> None:
            if step == "indexation":
                with pytest.raises(IngestBusy):
                    workshop.run()
                refused.append(step)

        workshop.run(progress=meanwhile)
        assert refused == ["indexation"]
        assert workshop.run().up_to_date


class TestGenerationsOnDisk:
    def test_the_previous_generation_is_kept_and_older_ones_deleted(self, workshop) -> None:
        made = []
        for number in range(10, 14):
            workshop.write_page(number)
            made.append(workshop.run(workshop.pages).generation)
            assert workshop.folders() == set(made[-2:])
        assert workshop.generations.manifest().previous == made[-2]

    def test_disk_is_reclaimed(self, workshop) -> None:
        def size() -> int:
            return sum(path.stat().st_size for path in workshop.index_dir.rglob("*") if path.is_file())

        sizes = []
        for number in range(5):
            workshop.write_page(10, f"# Page\n\n{'Une phrase de la page. ' * 200} Version {number}.")
            workshop.run(workshop.pages)
            sizes.append(size())
        assert max(sizes[1:]) < 1.2 * min(sizes[1:])
        assert sizes[-1] < 2.5 * sizes[0]

    def test_the_previous_generation_can_still_be_read_while_the_next_one_is_made(self, workshop) -> None:
        first = workshop.run()
        reader = open_store(workshop.generations.path(first.generation) / "chroma", "essai")
        workshop.write_page(10)
        workshop.run(workshop.pages)
        assert reader.count() == 2
        assert len(reader.search(workshop.embedder.embed_question("lavoir"), 5)) == 2
        reader.close()

    def test_a_run_with_nothing_to_do_keeps_the_previous_generation(self, workshop) -> None:
        first = workshop.run()
        workshop.write_page(10)
        second = workshop.run(workshop.pages)
        assert workshop.run().up_to_date
        assert workshop.folders() == {first.generation, second.generation}

    def test_what_a_killed_run_left_is_removed_even_when_nothing_changed(self, workshop) -> None:
        first = workshop.run()
        (workshop.generations.path("20200101T000000-dead") / "chroma").mkdir(parents=True)
        assert workshop.run().up_to_date
        assert workshop.folders() == {first.generation}


class TestForeignIndex:
    def run_with_all_embedded(self, workshop) -> IngestReport:
        report = workshop.run()
        assert not report.up_to_date
        assert (report.embedded, report.copied) == (report.chunks, 0)
        assert workshop.run().up_to_date
        return report

    def test_another_encoder_embeds_everything_anew(self, workshop) -> None:
        workshop.run()
        workshop.embedder.name = "fake:2"
        self.run_with_all_embedded(workshop)
        assert workshop.generations.manifest().encoder == "fake:2"

    def test_another_dimension_embeds_everything_anew(self, workshop) -> None:
        workshop.run()
        workshop.embedder.dimension = 32
        self.run_with_all_embedded(workshop)
        assert workshop.generations.manifest().dimension == 32

    def test_another_chunker_is_taken_over(self, workshop) -> None:
        workshop.run()
        rewrite_manifest(workshop, chunker=0)
        report = workshop.run()
        assert not report.up_to_date
        assert workshop.run().up_to_date

    def test_another_format_is_made_anew(self, workshop) -> None:
        first = workshop.run()
        rewrite_manifest(workshop, format=FORMAT + 1)
        report = self.run_with_all_embedded(workshop)
        assert workshop.folders() == {report.generation} != {first.generation}

    @pytest.mark.parametrize("content", ["", "{", "{}", "null"])
    def test_a_damaged_manifest_is_mended(self, workshop, content: str) -> None:
        first = workshop.run()
        path = workshop.generations.path(first.generation) / "manifest.json"
        path.write_text(content, encoding="utf-8")
        assert workshop.run().repaired == ("manifeste",)
        assert workshop.generations.manifest().generation == first.generation
        assert workshop.run().repaired == ()

    @pytest.mark.parametrize("content", ["", "{", "{}", "null"])
    def test_two_damaged_manifests_are_made_anew(self, workshop, content: str) -> None:
        first = workshop.run()
        for name in ("manifest.json", "manifest.copy.json"):
            path = workshop.generations.path(first.generation) / name
            path.write_text(content, encoding="utf-8")
        self.run_with_all_embedded(workshop)

    def test_a_generation_that_vanished_is_made_anew(self, workshop) -> None:
        first = workshop.run()
        shutil.rmtree(workshop.generations.path(first.generation))
        self.run_with_all_embedded(workshop)

    def test_vectors_that_cannot_be_read_are_made_anew(self, workshop) -> None:
        first = workshop.run()
        (workshop.generations.path(first.generation) / "chroma" / "chroma.sqlite3").write_bytes(b"x" * 100)
        workshop.write_page(10)
        report = workshop.run(workshop.pages)
        assert (report.embedded, report.copied) == (4, 0)

    @pytest.mark.parametrize("change", [{"format": FORMAT + 1}, {"format": 2, "champ": 1}])
    def test_recorded_paths_survive_another_version(self, workshop, change: dict[str, object]) -> None:
        workshop.write_page(10)
        workshop.run(workshop.pages)
        folder = workshop.generations.path(workshop.generations.current())
        for name in ("manifest.json", "manifest.copy.json"):
            values = json.loads((folder / name).read_text(encoding="utf-8")) | change
            if "champ" in change:
                del values["sum"]  # there was none in format 2
            else:
                values["sum"] = _sum_of({name: value for name, value in values.items() if name != "sum"})
            (folder / name).write_text(json.dumps(values), encoding="utf-8")
        report = workshop.run()
        assert report.paths == (str(workshop.pages),)
        assert report.documents == 3
