"""Two assistants, as processes, on one Chroma server: each is killed in turn, alone and behind a proxy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest
import served_corpus
from chroma_run import ChromaRun
from chromium import free_port, wait_until_up
from served_corpus import ServedCorpus

from evaluation.benches.failover import bench_failover, reply_of
from evaluation.benches.own_assistants import PREFIX, own_caddy

pytestmark = pytest.mark.e2e

QUESTIONS = (
    "Quel est le montant de l’aide pour une halle ?",
    "Qui a restauré son lavoir ?",
    "Quel temps fera-t-il demain à Lille ?",
)
LIMIT = 120
ROOT = Path(__file__).parents[2]
CADDY = shutil.which("caddy", path=os.pathsep.join((os.environ["PATH"], str(ROOT / "var/caddy/usr/bin"))))


class Assistant:
    """An assistant in a process of its own, with a folder of its own."""

    def __init__(self, folder: Path, chroma: ChromaRun) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._command = [
            sys.executable,
            served_corpus.__file__,
            str(self.port),
            str(chroma.port),
            str(folder),
        ]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, env={**os.environ, "ASSISTANT_ROOT_PATH": PREFIX})

    def wait(self) -> None:
        assert self._process is not None
        wait_until_up(self.address, self._process, path="/readyz")

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assistant, Assistant]]:
    tmp_path = tmp_path_factory.mktemp("pair")
    chroma = ChromaRun(tmp_path / "chroma")
    chroma.start()
    both = (Assistant(tmp_path / "one", chroma), Assistant(tmp_path / "two", chroma))
    try:
        ServedCorpus(tmp_path / "ingesting", chroma.client).ingest()
        for assistant in both:
            assistant.start()
        for assistant in both:
            assistant.wait()
        yield both
    finally:
        for assistant in both:
            assistant.kill()
        chroma.stop()


def ask_either(assistants: Sequence[Assistant], question: str) -> dict[str, object]:
    """Ask as a proxy does: the next one when the first can't be reached."""
    body = {"messages": [{"role": "user", "content": question}]}
    for assistant in assistants:
        try:
            answer = httpx.post(f"{assistant.address}/api/chat", json=body, timeout=LIMIT)
        except httpx.TransportError:
            continue
        assert answer.status_code == 200, answer.text
        return {name: value for name, value in answer.json().items() if name != "timings_ms"}
    pytest.fail("neither answers")


def test_each_may_be_lost_in_turn_and_the_answers_stay_right(pair: tuple[Assistant, Assistant]) -> None:
    one, two = pair
    before = [ask_either([one], question) for question in QUESTIONS]
    assert [reply["status"] for reply in before] == ["answered", "answered", "out_of_scope"]
    assert [ask_either([two], question) for question in QUESTIONS] == before
    for lost, left in ((one, two), (two, one)):
        lost.kill()
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{lost.address}/healthz", timeout=LIMIT)
        assert [ask_either([lost, left], question) for question in QUESTIONS] == before
        lost.start()
        lost.wait()
        assert [ask_either([lost], question) for question in QUESTIONS] == before


@pytest.mark.skipif(CADDY is None, reason="Caddy isn't there: make proxy")
def test_behind_the_proxy_that_is_shipped_every_question_gets_its_reply(
    pair: tuple[Assistant, Assistant], tmp_path: Path
) -> None:
    replies = [{question: reply_of(one.address, question)[1] for question in QUESTIONS} for one in pair]
    expected = {question: reply for question, reply in replies[0].items() if reply is not None}
    assert len(expected) == len(QUESTIONS)
    assert replies[1] == expected
    with own_caddy(tmp_path, str(CADDY), [one.port for one in pair]) as address:
        found = bench_failover(address, expected, pair, kills=1, clients=4, seed=1, settle_s=1)
        assert httpx.get(f"{address}/metrics", timeout=LIMIT).status_code == 404, "not for the public"
    assert (found.kills, found.wrong, found.left) == (2, 0, 0)
    assert found.questions > 2 * len(QUESTIONS)


@pytest.mark.skipif(CADDY is None, reason="Caddy isn't there: make proxy")
def test_the_file_of_the_proxy_is_sound(tmp_path: Path) -> None:
    command = [str(CADDY), "validate", "--adapter", "caddyfile", "--config", str(ROOT / "deploy/Caddyfile")]
    told = subprocess.run(
        command,
        env={**os.environ, "HOME": str(tmp_path), "SITE": "assistant.example.fr"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 0, told.stderr
