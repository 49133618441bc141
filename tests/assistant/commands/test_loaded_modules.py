"""What each command loads: an answer costs no torch, a page no more than Gradio."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from real_server import CONSOLE, settings

pytestmark = pytest.mark.e2e

NEVER = {
    "torch", "transformers", "sentence_transformers", "sklearn", "scipy", "sympy", "kubernetes", "langsmith",
    "langchain_core", "spellchecker", "ir_measures", "onnx",
}  # fmt: skip
OF_THE_PAGE = {"gradio", "pandas"}
OF_SERVERS = {"fastapi", "uvicorn", "sqlalchemy"}
_LOADED = re.compile(r"^import time: +\d+ \| +\d+ \| +([^\s.]+)", re.MULTILINE)
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_LIMIT_S = 3600  # a first ingest encodes the whole corpus


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("loaded")


@pytest.fixture(scope="module")
def ingested(folder: Path) -> set[str]:
    """The index that commands use is built once, by one of them."""
    return loaded(folder, "ingest", "--index", "index")


@dataclass(frozen=True)
class Started:
    """A command that runs; each module that it imports is written, as it is, in a file."""

    process: subprocess.Popen[str]
    log: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def loaded(self) -> set[str]:
        """The packages loaded so far."""
        return set(_LOADED.findall(self.said()))

    def wait(self) -> None:
        """Wait for its end."""
        self.process.communicate(timeout=_LIMIT_S)


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator[Started]:
    log = folder / f"{arguments[0]}.log"
    with (
        log.open("w") as stderr,
        subprocess.Popen(
            [CONSOLE, *arguments],
            cwd=folder,
            env={**settings(), "PYTHONPROFILEIMPORTTIME": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            encoding="utf-8",
        ) as process,
    ):
        try:
            yield Started(process, log)
        finally:
            process.kill()


def loaded(folder: Path, *arguments: str) -> set[str]:
    """The packages that a command loads from its start to its end."""
    with started(folder, *arguments) as command:
        command.wait()
        assert command.process.returncode == 0, command.said()
        return command.loaded()


def test_ingest(ingested: set[str]) -> None:
    assert "chromadb" in ingested
    assert ingested & (NEVER | OF_THE_PAGE | OF_SERVERS) == set()


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["ask", "Combien pour la vidéoprotection ?"], "chromadb"),
        (["search", "un préau d’école"], "chromadb"),
        (["doctor"], "chromadb"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_reads_the_index(arguments: list[str], needed: str, folder: Path, ingested: set[str]) -> None:
    assert ingested
    found = loaded(folder, *arguments, "--index", "index")
    assert needed in found
    assert found & (NEVER | OF_THE_PAGE | OF_SERVERS) == set()


@pytest.mark.parametrize(
    "arguments", [["eligibility", "--commune", "Nieppe"], ["corpus", "check"]], ids=lambda value: value[0]
)
def test_what_reads_the_fiches_alone(arguments: list[str], folder: Path) -> None:
    found = loaded(folder, *arguments)
    assert "yaml" in found
    heavy = {"chromadb", "onnxruntime", "tokenizers", "trafilatura"}
    assert found & (NEVER | OF_THE_PAGE | OF_SERVERS | heavy) == set()


def test_serve(folder: Path, ingested: set[str]) -> None:
    """Gradio and what it loads come after the API, and nothing else is loaded for them."""
    assert ingested
    with started(folder, "serve", "--port", "0", "--index", "index") as command:
        address = address_of(command)
        before = set(_LOADED.findall(command.said().partition("Page de discussion")[0]))
        wait_for_page(address)
        answer = httpx.post(
            f"{address}/api/chat",
            json={"messages": [{"role": "user", "content": "Combien pour la vidéoprotection ?"}]},
            timeout=_LIMIT_S,
        )
        assert answer.json()["status"] == "answered"
        command.process.terminate()
        command.wait()
        after = command.loaded()
    assert before >= OF_SERVERS
    assert before & (NEVER | OF_THE_PAGE) == set()
    assert after >= OF_THE_PAGE
    assert after & NEVER == set()


def address_of(command: Started) -> str:
    """Wait until a server says where it answers."""
    limit = time.monotonic() + _LIMIT_S
    while time.monotonic() < limit and command.process.poll() is None:
        if found := _ADDRESS.search(command.said()):
            return found.group()
        time.sleep(0.1)
    pytest.fail("the server didn't start:\n" + command.said()[-2000:])


def wait_for_page(address: str) -> None:
    """Wait until the chat page is served too."""
    limit = time.monotonic() + _LIMIT_S
    while time.monotonic() < limit:
        try:
            if httpx.get(f"{address}/readyz", timeout=_LIMIT_S).json()["page"] == "ready":
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail("the page didn't come")


def test_mcp(folder: Path, ingested: set[str]) -> None:
    """A whole session: what a search loads is there too."""
    assert ingested
    asked = [
        {
            "id": 1,
            "method": "initialize",
            "params": {
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "clientInfo": {"name": "test", "version": "1"},
            },
        },
        {"method": "notifications/initialized"},
        {
            "id": 2,
            "method": "tools/call",
            "params": {"name": "chercher_dispositifs", "arguments": {"besoin": "installer des caméras"}},
        },
    ]
    with started(folder, "mcp", "--index", "index") as command:
        stdin, stdout = command.process.stdin, command.process.stdout
        assert stdin is not None
        assert stdout is not None
        for message in asked:
            stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        stdin.flush()
        answers = (json.loads(line) for line in stdout)
        answer = next(item for item in answers if item.get("id") == 2)
        assert "videoprotection" in json.dumps(answer)
        command.wait()
        found = command.loaded()
    assert {"mcp", "chromadb"} <= found
    assert found & (NEVER | OF_THE_PAGE) == set()
