"""An index on a real Chroma server lives as one on disk does, and several machines share it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from chroma_run import ChromaRun
from website import website

from ingest.changes import Changes
from ingest.checking import ailments
from ingest.errors import ForeignIndex, IngestBusy, IngestError, LoadError, NoIndex, StoreUnreachable
from ingest.pipeline import ingest
from ingest.reader import IndexReader, Snapshot
from ingest.served_generations import ServedGenerations
from ingest.web.copies import Site
from ingest.web.sources import SiteChanges

pytestmark = pytest.mark.e2e
QUESTION = "aide pour la toiture du lavoir"
_numbers = count()


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    run = ChromaRun(tmp_path_factory.mktemp("chroma"))
    run.start()
    yield run
    run.stop()


class Machine:
    """A machine with a folder of its own, whose index is on the server."""

    def __init__(self, workshop, chroma: ChromaRun, collection: str, folder: Path) -> None:
        self.workshop, self.chroma, self.collection, self.folder = workshop, chroma, collection, folder

    @property
    def generations(self) -> ServedGenerations:
        return ServedGenerations(self.folder, self.collection, self.chroma.client(), asked_every_s=0)

    def run(self, *paths: Path, **options):
        self.workshop.embedder.embedded.clear()
        return ingest(
            self.generations, self.workshop.embedder, paths, schemes_dir=self.workshop.schemes, **options
        )

    def reader(self) -> IndexReader:
        return IndexReader(self.generations, self.workshop.embedder)

    def held(self) -> set[str]:
        """The generations that the server holds."""
        start = f"{self.collection}."
        names = {name.removeprefix(start) for name in self.chroma.client().names(start)}
        return names - {"current"}


def found(snapshot: Snapshot, embedder) -> list[tuple[str, float]]:
    near = snapshot.vectors.search(embedder.embed_question(QUESTION), 5)
    by_words = [(hit.chunk_id, hit.score) for hit in snapshot.words.search(QUESTION, 5)]
    return [(name, round(score, 5)) for name, score in [*near.items(), *by_words]]


@pytest.fixture
def machines(workshop, chroma: ChromaRun, tmp_path: Path) -> tuple[Machine, Machine]:
    collection = f"essai-{next(_numbers)}"
    one, two = (Machine(workshop, chroma, collection, tmp_path / name) for name in ("one", "two"))
    return one, two


def test_what_is_found_is_what_a_folder_finds(workshop, machines: tuple[Machine, Machine]) -> None:
    one, two = machines
    with pytest.raises(NoIndex, match=r"Aucun index « essai-\d+ » dans « http://127\.0\.0\.1:\d+ »\. Lancez"):
        one.reader().snapshot()
    workshop.write_page(10)
    report = one.run(workshop.pages)
    assert (report.chunks, report.embedded, report.copied) == (4, 4, 0)
    workshop.run(workshop.pages)
    on_disk = IndexReader(workshop.generations, workshop.embedder).snapshot()
    for machine in machines:
        served = machine.reader().snapshot()
        assert found(served, workshop.embedder) == found(on_disk, workshop.embedder) != []
        assert dict(served.vocabulary) == dict(on_disk.vocabulary)
        assert list(served.vectors.all_chunks()) == list(on_disk.vectors.all_chunks())
        assert served.vectors.scheme_chunks("lavoirs") == on_disk.vectors.scheme_chunks("lavoirs") != []
        assert ailments(machine.generations) == []
    again = two.run()
    assert (again.up_to_date, again.generation, again.repaired) == (True, report.generation, ())


def test_the_others_follow_a_new_generation_and_the_one_before_is_kept(
    workshop, machines: tuple[Machine, Machine]
) -> None:
    one, two = machines
    made = [one.run().generation]
    reader = two.reader()
    before = reader.snapshot()
    for number in (10, 11):
        workshop.write_page(number)
        report = one.run(workshop.pages)
        made.append(report.generation)
        assert (report.embedded, report.copied) == (2, report.chunks - 2)
        assert one.held() == set(made[-2:])
        if number == 10:
            assert len(before.vectors.search(workshop.embedder.embed_question("lavoir"), 9)) == 2
    after = reader.snapshot()
    assert after.manifest.generation == made[-1]
    assert after.vectors.count() == len(after.words) == 6


def test_words_are_kept_by_each_machine_and_made_again_where_they_are_damaged(
    workshop, machines: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = machines
    one.run()
    whole = found(two.reader().snapshot(), workshop.embedder)
    (place,) = (two.folder / two.collection / "words").iterdir()
    with monkeypatch.context() as patch:
        patch.setattr("ingest.own_words.build_lexical", lambda *_, **__: pytest.fail("it was kept"))
        assert found(two.reader().snapshot(), workshop.embedder) == whole
    for name in ("vocabulary.json", "sealed.json", "lexical/meta.json"):
        (place / name).write_bytes(b"")
        assert found(two.reader().snapshot(), workshop.embedder) == whole
        assert (place / name).read_bytes() != b""
    shutil.rmtree(two.folder)
    two.folder.write_text("no folder can be made here")
    assert found(two.reader().snapshot(), workshop.embedder) == whole
    two.folder.unlink()
    workshop.write_page(10)
    one.run(workshop.pages)
    two.reader().snapshot()
    one.reader().snapshot()
    assert len(list((one.folder / one.collection / "words").iterdir())) == 1


def test_what_the_server_lost_is_told_and_mended(workshop, machines: tuple[Machine, Machine]) -> None:
    one, two = machines
    report = one.run()
    whole = found(one.reader().snapshot(), workshop.embedder)
    server = one.chroma.client()
    server.delete(f"{one.collection}.current")
    with pytest.raises(NoIndex, match="assistant ingest"):
        two.reader().snapshot()
    assert one.run().repaired == ("manifeste",)
    assert one.generations.current() == report.generation

    server._connected().get_collection(f"{one.collection}.{report.generation}").delete(
        ids=[next(iter(dict(whole)))]
    )
    with pytest.raises(ForeignIndex, match=r"compte 1 passages au lieu de 2\. Relancez : assistant ingest"):
        two.reader().snapshot()
    assert one.run().repaired == ("vecteurs",)
    assert found(two.reader().snapshot(), workshop.embedder) == whole

    server.delete(f"{one.collection}.{one.generations.current()}")
    with pytest.raises(ForeignIndex, match="Relancez : assistant ingest"):
        two.reader().snapshot()
    one.run()
    assert found(two.reader().snapshot(), workshop.embedder) == whole


def test_a_failed_ingestion_leaves_no_half_generation(
    workshop, machines: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = machines
    first = one.run().generation
    workshop.write_page(10)

    def fail(_texts: list[str]) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(workshop.embedder, "embed_passages", fail)
        with pytest.raises(MemoryError):
            one.run(workshop.pages)
    assert one.held() == {first}
    assert two.generations.current() == first


def test_what_a_killed_machine_left_goes_after_a_day(workshop, machines: tuple[Machine, Machine]) -> None:
    one, _ = machines
    first = one.run().generation
    now, old = one.generations.new_id(), "20200101T000000-dead"
    for name in (now, old):
        one.generations.create_store(name, 2)
    assert one.run().up_to_date
    assert one.held() == {first, now}, "what may be another machine's at work is left alone"


def test_of_two_machines_at_once_one_is_told_to_run_again(
    workshop, machines: tuple[Machine, Machine]
) -> None:
    one, two = machines
    one.run()
    workshop.write_page(10)

    def meanwhile(step: str, _done: int, _total: int) -> None:
        if step == "indexation" and len(two.generations.manifest().documents) == 2:
            two.run(workshop.pages)

    with pytest.raises(IngestBusy, match="entre-temps"):
        one.run(workshop.pages, progress=meanwhile)
    assert len(two.generations.manifest().documents) == 3
    assert two.generations.current() in two.held()
    assert one.run().up_to_date


def test_documents_of_another_machine_are_not_taken_out(workshop, machines: tuple[Machine, Machine]) -> None:
    one, two = machines
    workshop.write_page(10)
    one.run(workshop.pages)
    workshop.pages.rename(workshop.pages.with_name("elsewhere"))
    with pytest.raises(LoadError, match=r"n’existe pas sur cette machine.*assistant ingest --forget"):
        two.run()
    assert len(two.generations.manifest().documents) == 3
    assert two.run(forget=(workshop.pages,)).documents == 2


def test_pages_of_a_site_that_another_machine_read_are_not_taken_out(
    workshop, machines: tuple[Machine, Machine]
) -> None:
    one, two = machines
    with website() as site:
        site.page("/halles", "Les halles", "Le taux est de 40 % du coût.")
        address = f"{site.address}/halles"
        added = SiteChanges(added=(Site(address, delay=0),), allows_private=True)
        one.run(sites=added)
        with pytest.raises(LoadError, match="ne sont pas sur cette machine"):
            two.run()
        assert one.run().up_to_date
        assert two.run(sites=added).up_to_date
        assert len(two.run(sites=SiteChanges(forgotten=(address,))).removed) == 1


def test_what_cannot_be_read_stays_as_the_server_holds_it(
    workshop, machines: tuple[Machine, Machine]
) -> None:
    one, two = machines
    page = workshop.write_page(10)
    first = one.run(workshop.pages)
    text = page.read_text(encoding="utf-8")
    page.write_bytes(bytes(range(256)))
    report = two.run(compares=True)
    assert [why.endswith("L’ancienne version reste servie.") for why in report.unread] == [True]
    assert (report.up_to_date, report.generation, report.changes) == (True, first.generation, Changes())
    page.write_text(text.replace("Page 10", "Page dix"), encoding="utf-8")
    (changed,) = one.run(compares=True).changes.changed
    assert (changed.title, changed.origin) == ("Page dix", str(page))


def test_what_is_told_of_files_is_amended_unless_another_machine_was_faster(
    workshop, machines: tuple[Machine, Machine]
) -> None:
    one, two = machines
    one.run()
    slower = two.generations
    with slower.locked():
        amended = replace(slower.manifest(), sites=("https://mairie.example/",))
        slower.amend(amended)
        assert one.generations.manifest() == amended
        workshop.write_fiche("haies", "Le taux est de 40 %.")
        current = one.run(sites=SiteChanges(forgotten=amended.sites)).generation
        with pytest.raises(IngestBusy, match="entre-temps"):
            slower.amend(amended)
    assert one.generations.manifest().generation == current


def test_a_server_that_is_not_there_is_told(workshop, tmp_path: Path) -> None:
    nowhere = Machine(workshop, ChromaRun(tmp_path), "essai", tmp_path / "one")
    line = r"Le serveur Chroma « http://127\.0\.0\.1:\d+ » ne répond pas ou refuse .*ASSISTANT_CHROMA_\*\.$"
    for asked in (nowhere.run, nowhere.reader().snapshot, nowhere.generations.manifest):
        with pytest.raises(StoreUnreachable, match=line) as told:
            asked()
        assert "\n" not in str(told.value)
        assert isinstance(told.value, IngestError)
