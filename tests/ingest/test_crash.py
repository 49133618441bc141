"""An ingestion killed at random moments: the index that serves goes on serving."""

import os
import random
import runpy
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import ingest.pipeline as pipeline
from ingest.index import open_store
from ingest.lexical import open_lexical

SEED = 20261123
KILLS = 5
PAGES = 300
_CONFTEST = Path(__file__).with_name("conftest.py")
# The child says when its imports are done, so that the kills fall into the ingestion itself.
_CHILD = """
import runpy, sys
from pathlib import Path
from ingest.generations import Generations
from ingest.pipeline import ingest
conftest, index, schemes, pages = map(Path, sys.argv[1:])
embedder = runpy.run_path(str(conftest))["FakeEmbedder"]()
print("ready", flush=True)
ingest(Generations(index, "essai"), embedder, [pages], schemes_dir=schemes, compares=True)
print("done", flush=True)
"""


class Child:
    """An ingestion in a process of its own, in its own session."""

    def __init__(self, workshop) -> None:
        folders = [workshop.index_dir, workshop.schemes, workshop.pages]
        self.process = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(_CONFTEST), *map(str, folders)],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(Path(pipeline.__file__).parents[1])},
        )
        assert self.process.stdout is not None
        self.out = self.process.stdout
        assert self.out.readline() == b"ready\n"
        self.started = time.monotonic()

    def finish(self) -> float:
        """Wait for the end; return how long the ingestion took."""
        assert self.out.readline() == b"done\n"
        took = time.monotonic() - self.started
        self.close()
        return took

    def kill_after(self, delay: float) -> bool:
        """Kill the ingestion that many seconds after its start; False when it had ended before."""
        time.sleep(max(0.0, self.started + delay - time.monotonic()))
        self.process.send_signal(signal.SIGKILL)
        finished = self.out.readline() == b"done\n"
        self.close()
        return not finished

    def close(self) -> None:
        self.out.close()
        self.process.wait(timeout=60)


def answers(workshop, question: str) -> list[tuple[str, float]]:
    """What the index that serves finds for a question, opened anew as a server would."""
    generations = workshop.generations
    manifest = generations.manifest()
    folder = generations.path(manifest.generation)
    store = open_store(folder / "chroma", "essai")
    words = open_lexical(folder / "lexical")
    assert words is not None
    assert store.count() == len(words) == manifest.chunks
    near = [
        (name, round(score, 5))
        for name, score in store.search(workshop.embedder.embed_question(question), 5).items()
    ]
    store.close()
    return near + [(hit.chunk_id, round(hit.score, 5)) for hit in words.search(question, 5)]


@pytest.fixture(scope="module")
def duration(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long the ingestion that gets killed takes when nobody kills it."""
    workshop = runpy.run_path(str(_CONFTEST))["Workshop"](tmp_path_factory.mktemp("measure"))
    workshop.run()
    for number in range(PAGES):
        workshop.write_page(number)
    return Child(workshop).finish()


@pytest.mark.e2e
def test_a_killed_ingestion_leaves_the_former_index_serving(workshop, duration: float) -> None:
    first = workshop.run()
    question = "aide pour la toiture du lavoir"
    before = answers(workshop, question)
    assert len(before) == 4
    for number in range(PAGES):
        workshop.write_page(number)
    saved = shutil.copytree(workshop.index_dir, workshop.index_dir.with_name("saved"))
    draw = random.Random(SEED)
    # One moment in each fifth of the run, so that reading, embedding and writing are all hit.
    moments = [duration * (part + draw.random()) / KILLS for part in range(KILLS)]
    draw.shuffle(moments)
    told = f"seed {SEED}, run of {duration:.2f} s, kills at {[round(moment, 2) for moment in moments]} s"
    for moment in moments:
        delay = moment
        while not (Child(workshop).kill_after(delay) and workshop.generations.current() == first.generation):
            # This run was faster than the one that was measured, and done: back to before it, and sooner.
            assert len(answers(workshop, question)) == 10, f"{told}: killed at {delay:.2f} s"
            shutil.rmtree(workshop.index_dir)
            shutil.copytree(saved, workshop.index_dir)
            delay *= 0.8
        assert workshop.generations.current() == first.generation, f"{told}: killed at {delay:.2f} s"
        assert answers(workshop, question) == before, f"{told}: killed at {delay:.2f} s"
        # At most what this run left: the next one clears what the runs before it left.
        assert len(workshop.folders() - {first.generation}) <= 1, f"{told}: killed at {delay:.2f} s"

    report = workshop.run(workshop.pages)
    assert (report.documents, report.chunks) == (PAGES + 2, 2 * PAGES + 2), told
    assert workshop.folders() <= {first.generation, report.generation}, told
    assert list(workshop.index_dir.rglob("*.tmp")) == [], told
    assert report.generation == workshop.generations.current() != first.generation, told
    assert len(answers(workshop, question)) == 10
    assert workshop.run().up_to_date, told


def test_a_kill_between_the_manifest_and_the_pointer_changes_nothing(
    workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = workshop.run()
    before = answers(workshop, "lavoir")
    workshop.write_page(10)
    rename = Path.replace

    def die(self: Path, target: Path) -> Path:
        if Path(target).suffix == ".current":
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", die)
        with pytest.raises(KeyboardInterrupt):
            workshop.run(workshop.pages)
    assert workshop.generations.current() == first.generation
    assert answers(workshop, "lavoir") == before
    assert workshop.folders() == {first.generation}
    report = workshop.run(workshop.pages)
    assert workshop.folders() == {first.generation, report.generation}
