import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

import ingest.generations as module
from ingest.errors import ForeignIndex, IngestBusy, IngestError, NoIndex
from ingest.generations import FORMAT, Generations, Manifest
from ingest.reader import IndexReader

Finish = Callable[..., Manifest]


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    return Generations(tmp_path / "index", "essai")


@pytest.fixture
def finish(generations: Generations) -> Finish:
    def finish(previous: str | None = None) -> Manifest:
        manifest = Manifest(
            format=FORMAT,
            generation=generations.start(),
            created="2026-11-23T10:00:00+00:00",
            encoder="fake:1",
            dimension=48,
            chunker=1,
            corpus_hash="abc",
            paths=("/données/pagés",),
            documents={"fiche:lavoirs": 2},
            chunks=2,
            previous=previous,
        )
        generations.finish(manifest)
        return manifest

    return finish


def damage(generations: Generations, manifest: Manifest, text: str) -> None:
    (generations.path(manifest.generation) / "manifest.json").write_text(text, encoding="utf-8")


def test_nothing_is_made_before_the_first_ingestion(generations: Generations) -> None:
    assert generations.current() is None
    assert not generations.index_dir.exists()
    with pytest.raises(NoIndex, match=r"Aucun index « essai » dans « .*index »\. Lancez : assistant ingest"):
        generations.manifest()


def test_a_finished_generation_is_current_and_its_manifest_is_read_back(
    generations: Generations, finish: Finish
) -> None:
    manifest = finish()
    assert generations.current() == manifest.generation
    assert generations.manifest() == manifest


def test_a_started_generation_is_not_current(generations: Generations, finish: Finish) -> None:
    first = finish()
    started = generations.start()
    assert generations.path(started).is_dir()
    assert generations.current() == first.generation
    with pytest.raises(ForeignIndex):
        generations.manifest(started)


def test_generations_started_together_have_different_ids(generations: Generations) -> None:
    assert len({generations.start() for _ in range(20)}) == 20


def test_an_older_generation_can_still_be_read(generations: Generations, finish: Finish) -> None:
    first = finish()
    finish(first.generation)
    assert generations.manifest(first.generation) == first


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "{}", '{"format": 2, "sum": "a"}'])
def test_a_damaged_manifest_is_told_with_what_to_run(
    generations: Generations, finish: Finish, content: str
) -> None:
    damage(generations, finish(), content)
    with pytest.raises(
        ForeignIndex, match=r"abîmé ou vient d’une autre version\. Relancez : assistant ingest"
    ):
        generations.manifest()


def test_a_manifest_with_a_field_more_is_of_another_version(generations: Generations, finish: Finish) -> None:
    manifest = finish()
    damage(generations, manifest, json.dumps(asdict(manifest) | {"autre": 1}))
    with pytest.raises(ForeignIndex, match="Relancez : assistant ingest"):
        generations.manifest()


def test_another_format_is_told(generations: Generations, finish: Finish) -> None:
    generations.finish(replace(finish(), format=FORMAT + 1))
    with pytest.raises(ForeignIndex, match=f"au format {FORMAT + 1}, le programme attend le format {FORMAT}"):
        generations.manifest()


def test_an_index_of_before_sums_is_told(generations: Generations, finish: Finish) -> None:
    damage(generations, finish(), json.dumps({"format": 2, "paths": ["/données"]}))
    with pytest.raises(ForeignIndex, match=f"au format 2, le programme attend le format {FORMAT}"):
        generations.manifest()


def test_one_flipped_digit_is_a_damaged_manifest(generations: Generations, finish: Finish) -> None:
    manifest = finish()
    text = (generations.path(manifest.generation) / "manifest.json").read_text(encoding="utf-8")
    damage(generations, manifest, text.replace('"chunks": 2', '"chunks": 3'))
    with pytest.raises(ForeignIndex, match="abîmé"):
        generations.manifest()


class TestLatest:
    """What an ingestion goes on from outlives the loss of any one file."""

    def test_it_is_the_current_one(self, generations: Generations, finish: Finish) -> None:
        assert generations.latest() is None
        manifest = finish(finish().generation)
        assert generations.latest() == manifest
        assert not generations.mend(manifest)

    @pytest.mark.parametrize("name", ["manifest.json", "manifest.copy.json"])
    def test_one_manifest_is_enough_and_mends_the_other(
        self, generations: Generations, finish: Finish, name: str
    ) -> None:
        manifest = finish()
        path = generations.path(manifest.generation) / name
        before = path.read_bytes()
        path.unlink()
        assert generations.latest() == manifest
        assert generations.recorded_paths() == manifest.paths
        assert generations.mend(manifest)
        assert path.read_bytes() == before

    @pytest.mark.parametrize("pointer", [None, b"", b"absente\n", b"\0" * 25])
    def test_a_lost_pointer_is_set_to_the_newest_whole_generation(
        self, generations: Generations, finish: Finish, pointer: bytes | None
    ) -> None:
        manifest = finish(finish().generation)  # within one second: their names may be in the other order
        generations.start()
        path = generations.index_dir / "essai.current"
        path.unlink()
        if pointer is not None:
            path.write_bytes(pointer)
        latest = generations.latest()
        assert latest is not None
        assert latest == manifest
        assert generations.recorded_paths() == manifest.paths
        assert generations.mend(latest)
        assert generations.current() == manifest.generation


@pytest.mark.parametrize("pointer", [b"absente\n", b"\xff\xfe\n", "généré".encode()])
def test_a_pointer_to_nothing_is_a_damaged_index(
    generations: Generations, finish: Finish, pointer: bytes
) -> None:
    finish()
    (generations.index_dir / "essai.current").write_bytes(pointer)
    with pytest.raises(ForeignIndex, match="Relancez : assistant ingest"):
        generations.manifest()


def test_an_empty_pointer_is_no_index(generations: Generations, finish: Finish) -> None:
    finish()
    (generations.index_dir / "essai.current").write_text("\n", encoding="ascii")
    with pytest.raises(NoIndex):
        generations.manifest()


def test_two_collections_do_not_meet(tmp_path: Path, generations: Generations, finish: Finish) -> None:
    finish()
    other = Generations(generations.index_dir, "autre")
    assert other.current() is None
    started = other.start()
    generations.clean()
    assert other.path(started).is_dir()
    with generations.locked(), other.locked():
        pass


def test_clean_keeps_the_current_and_the_previous_generation(
    generations: Generations, finish: Finish
) -> None:
    first, second, third = finish(), finish(), finish()
    orphan = generations.start()
    draft = generations.index_dir / "essai.current.0123abcd.tmp"
    draft.write_text("x", encoding="ascii")
    (generations.path(first.generation) / "chroma").mkdir()
    deleted = generations.clean(second.generation)
    assert sorted(deleted) == sorted([first.generation, orphan])
    assert {path.name for path in (generations.index_dir / "essai").iterdir()} == {
        second.generation,
        third.generation,
    }
    assert not draft.exists()


def test_clean_without_any_index_deletes_nothing(generations: Generations) -> None:
    assert generations.clean() == []


@pytest.mark.parametrize("step", ["manifest.json", "essai.current"])
def test_a_crash_while_writing_leaves_the_former_generation_current(
    generations: Generations, finish: Finish, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first = finish()
    rename = Path.replace

    def die(self: Path, target: Path) -> Path:
        if Path(target).name == step:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        finish(first.generation)
    monkeypatch.undo()
    assert generations.manifest() == first
    generations.clean()
    assert [path.name for path in generations.index_dir.iterdir() if path.suffix == ".tmp"] == []
    assert {path.name for path in (generations.index_dir / "essai").iterdir()} == {first.generation}


class TestTwoAtOnce:
    def test_another_thread_is_refused(self, generations: Generations) -> None:
        said: list[BaseException] = []

        def ingest() -> None:
            try:
                with Generations(generations.index_dir, "essai").locked():
                    pass
            except IngestBusy as error:
                said.append(error)

        with generations.locked():
            thread = threading.Thread(target=ingest)
            thread.start()
            thread.join()
        assert "Une autre indexation est en cours" in str(said[0])
        assert "Attendez qu’elle se termine, puis relancez." in str(said[0])

    def test_another_process_is_refused_until_the_first_dies(self, generations: Generations) -> None:
        hold = (
            "import sys, time, pathlib; from ingest.generations import Generations\n"
            "with Generations(pathlib.Path(sys.argv[1]), 'essai').locked():\n"
            "    print('held', flush=True); time.sleep(60)\n"
        )
        root = Path(module.__file__).parents[1]
        with subprocess.Popen(
            [sys.executable, "-c", hold, str(generations.index_dir)],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(root)},
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"held\n"
            with pytest.raises(IngestBusy), generations.locked():
                pass
            process.kill()
            process.wait()
            with generations.locked():
                pass

    def test_the_lock_is_released_after_an_error(self, generations: Generations) -> None:
        with pytest.raises(RuntimeError, match="panne"), generations.locked():
            raise RuntimeError("panne")
        with generations.locked():
            pass


@pytest.mark.parametrize("below", ["", "encore/plus"])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, below: str) -> None:
    (tmp_path / "fichier").write_text("x", encoding="ascii")
    folder = tmp_path / "fichier" / below
    with pytest.raises(IngestError, match=r"Impossible d’écrire dans « .*fichier.* Choisissez un dossier"):
        Generations(folder, "essai").locked().__enter__()


def test_a_clock_that_goes_back_changes_nothing(workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    first = workshop.run()
    reader = IndexReader(workshop.generations, workshop.embedder)
    assert reader.snapshot().manifest.generation == first.generation
    workshop.write_page(10)
    with monkeypatch.context() as patch:
        patch.setattr(Generations, "new_id", staticmethod(lambda: "20200101T000000-0000000a"))
        second = workshop.run(workshop.pages)
    assert second.generation < first.generation
    assert workshop.generations.current() == second.generation
    assert reader.snapshot().manifest.generation == second.generation
    assert workshop.run().up_to_date
    workshop.write_page(11)
    third = workshop.run()
    assert reader.snapshot().manifest.generation == third.generation
    assert workshop.folders() == {second.generation, third.generation}
