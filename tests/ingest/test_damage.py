"""Whatever happens to a file of an index: served, or one French line; and mended by the command it names."""

import os
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import ingest.pipeline as pipeline
from ingest.checking import ailments
from ingest.errors import IngestError
from ingest.private_copy import PrivateCopy
from ingest.reader import IndexReader
from ingest.sealed import damaged_parts

QUESTION = "aide pour la toiture du lavoir"
_CONFTEST = Path(__file__).with_name("conftest.py")


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory):
    """A small index with a recorded page, copied for each damage."""
    import runpy

    workshop = runpy.run_path(str(_CONFTEST))["Workshop"](tmp_path_factory.mktemp("whole"))
    workshop.write_page(1)
    workshop.run(workshop.pages)
    return workshop


@pytest.fixture
def own(indexed, tmp_path: Path):
    shutil.copytree(indexed.index_dir, tmp_path / "index")
    workshop = indexed.__class__.__new__(indexed.__class__)
    workshop.__dict__.update(indexed.__dict__, index_dir=tmp_path / "index")
    return workshop


def found(workshop) -> list[tuple[str, float]]:
    """What a server that starts finds: near in meaning and by words."""
    snapshot = IndexReader(workshop.generations, workshop.embedder).snapshot()
    near = snapshot.vectors.search(workshop.embedder.embed_question(QUESTION), 5)
    by_words = snapshot.words.search(QUESTION, 5)
    texts = [chunk.text for chunk in snapshot.vectors.chunks(list(near)).values()]
    pairs = [
        *near.items(),
        *((hit.chunk_id, hit.score) for hit in by_words),
        *((text, 0.0) for text in texts),
    ]
    return [(name, round(score, 5)) for name, score in pairs]


REFUSED: list[tuple[str, float]] = []


def served(workshop) -> list[tuple[str, float]]:
    """What is found; nothing when one French line refuses it and names the command that mends it."""
    try:
        return found(workshop)
    except IngestError as error:
        line = str(error)
    if line.endswith("ancez : assistant ingest") and "\n" not in line:
        return REFUSED
    raise AssertionError(line)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes() or b"\0")
    content[len(content) // 2] ^= 0x40
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "removed": Path.unlink,
    "truncated": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "zeroed": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "flipped": flip,
}


# A file of each part: how it's compared with its digest is the same for all files of a part.
PARTS = (
    "essai.current", "manifest.json", "manifest.copy.json", "chroma.sqlite3", "header.bin", "meta.json",
    "vocabulary.json", "values.json",
)  # fmt: skip


def one(workshop, name: str) -> Path:
    return min(workshop.index_dir.rglob(name))


def test_every_file_is_told_damaged_however_it_is(own) -> None:
    manifest = own.generations.manifest()
    folder = own.generations.path(manifest.generation)
    assert {name.split("/")[0] for name in manifest.files} == {"chroma", "lexical", "vocabulary.json"}
    for name in manifest.files:
        path = folder / name
        whole = path.read_bytes()
        for damage, spoil in DAMAGES.items():
            spoil(path)
            if not path.exists() or path.read_bytes() != whole:
                assert damaged_parts(folder, manifest.files) == {name.split("/")[0]}, (name, damage)
            path.write_bytes(whole)
    assert damaged_parts(folder, manifest.files) == frozenset()


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_the_damage_table(own, tmp_path: Path, damage: str) -> None:
    whole = found(own)
    paths = own.generations.recorded_paths()
    shutil.copytree(own.index_dir, tmp_path / "saved")
    for name in PARTS:
        shutil.rmtree(own.index_dir)
        shutil.copytree(tmp_path / "saved", own.index_dir)
        DAMAGES[damage](one(own, name))
        assert served(own) in (whole, REFUSED), f"{name}: served, but otherwise"
        report = own.run()
        assert report.repaired, f"{name}: nothing was seen"
        assert report.paths == paths == own.generations.recorded_paths(), f"{name}: recorded paths are lost"
        assert found(own) == whole, f"{name}: not mended"
        assert ailments(own.generations) == [], name


def test_once_mended_there_is_nothing_to_do(own) -> None:
    one(own, "essai.current").unlink()
    flip(one(own, "chroma.sqlite3"))
    assert set(own.run().repaired) == {"manifeste", "vecteurs"}
    again = own.run()
    assert (again.up_to_date, again.repaired) == (True, ())


def test_what_is_sound_is_not_made_again(own) -> None:
    folder = own.generations.path(own.generations.current())
    flip(folder / "vocabulary.json")
    chroma = {path.name: path.read_bytes() for path in (folder / "chroma").rglob("*") if path.is_file()}
    report = own.run()
    assert (report.repaired, report.embedded, report.copied) == (("vocabulaire",), 0, report.chunks)
    folder = own.generations.path(report.generation)
    assert chroma == {
        path.name: path.read_bytes() for path in (folder / "chroma").rglob("*") if path.is_file()
    }
    shutil.rmtree(folder / "chroma")
    report = own.run()
    assert (report.repaired, report.embedded, report.copied) == (("vecteurs",), report.chunks, 0)


def test_damaged_vectors_are_not_copied_to_the_next_generation(own) -> None:
    whole = found(own)
    flip(one(own, "data_level0.bin"))
    report = own.run(forget=(own.pages,))
    assert (report.embedded, report.copied) == (report.chunks, 0)
    assert own.run(own.pages).documents == 3
    assert found(own) == whole


def test_a_generation_that_does_not_answer_is_not_put_in_service(
    own, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = own.generations.current()
    monkeypatch.setattr("ingest.index.VectorStore.search", lambda *_: {})
    with pytest.raises(IngestError, match=r"ne se relit pas \(vecteurs\) : il n’est pas mis en service"):
        own.run(forget=(own.pages,))
    assert own.generations.current() == before


@pytest.fixture
def small_disk() -> Iterator[Callable[[int], None]]:
    """Sets how large a file may become, as a disk that is full would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 500, 3000, 100_000, 220_000])
def test_a_full_disk_is_told_in_one_line_and_leaves_no_half_generation(
    own, small_disk: Callable[[int], None], size: int
) -> None:
    whole, before = found(own), own.generations.current()
    for number in range(2, 5):
        own.write_page(number)
    try:
        small_disk(size)
        with pytest.raises(IngestError) as told:
            own.run()
    finally:
        small_disk(-1)
        for number in range(2, 5):
            (own.pages / f"page-{number:04}.md").unlink()
    assert "n’a pas pu être écrit" in str(told.value)
    assert "\n" not in str(told.value)
    assert own.folders() == {before}
    assert found(own) == whole


def test_opening_writes_nothing(own) -> None:
    def written() -> dict[Path, tuple[bytes, int]]:
        return {
            path: (path.read_bytes(), path.stat().st_mtime_ns)
            for path in own.index_dir.rglob("*")
            if path.is_file()
        }

    before = written()
    assert found(own) == found(own)
    assert written() == before


_SEARCH = """
import runpy, sys
from pathlib import Path
from ingest.generations import Generations
from ingest.reader import IndexReader
from ingest.sealed import damaged_parts
conftest, index = map(Path, sys.argv[1:])
embedder = runpy.run_path(str(conftest))["FakeEmbedder"]()
snapshot = IndexReader(Generations(index, "essai"), embedder).snapshot()
print(*snapshot.vectors.search(embedder.embed_question("lavoir"), 5))
print(*[hit.chunk_id for hit in snapshot.words.search("lavoir", 5)])
try:
    (index / "x").touch()
except PermissionError:
    print("read-only")
"""


@pytest.mark.e2e
def test_a_read_only_folder_serves(own) -> None:
    for path in [*own.index_dir.rglob("*"), own.index_dir]:
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~0o222)
    # Whoever runs the tests as root is bound by permissions only without these powers.
    bound = (
        ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all"]
        if os.geteuid() == 0
        else []
    )
    try:
        done = subprocess.run(
            [*bound, sys.executable, "-c", _SEARCH, str(_CONFTEST), str(own.index_dir)],
            capture_output=True,
            encoding="utf-8",
            check=False,
            env=os.environ | {"PYTHONPATH": str(Path(pipeline.__file__).parents[1])},
        )
    finally:
        for path in [own.index_dir, *own.index_dir.rglob("*")]:
            path.chmod(stat.S_IMODE(path.stat().st_mode) | 0o200)
    assert done.returncode == 0, done.stderr
    near, by_words, refused = done.stdout.splitlines()
    assert "fiche:lavoirs" in near
    assert "fiche:lavoirs" in by_words
    assert refused == "read-only"


class TestPrivateCopy:
    def test_it_goes_when_it_is_closed_or_no_longer_held(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text("1")
        first, second = PrivateCopy(tmp_path), PrivateCopy(tmp_path)
        paths = [first.path, second.path]
        assert [(path / "a").read_text() for path in paths] == ["1", "1"]
        first.close()
        del second
        assert not any(path.exists() for path in paths)

    def test_what_a_killed_process_left_is_swept_away(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "t"))
        (tmp_path / "t" / "assistant-index-dead").mkdir(parents=True)
        (tmp_path / "a").mkdir()
        held = PrivateCopy(tmp_path / "a")
        other = PrivateCopy(tmp_path / "a")
        assert {path for path in (tmp_path / "t").iterdir()} == {held.path, other.path}

    def test_without_room_one_line_says_what_to_do(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "a" / "file").write_bytes(b"x" * 10)
        full = shutil.disk_usage(tmp_path)._replace(free=5)
        monkeypatch.setattr("shutil.disk_usage", lambda _: full)
        with pytest.raises(IngestError, match=r"copie de 1 Mo \(«\s.*il n’y a plus de place.*TMPDIR"):
            PrivateCopy(tmp_path / "a")
