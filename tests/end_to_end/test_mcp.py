"""``assistant mcp`` as a client of the Model Context Protocol meets it: a real process over stdio."""

from __future__ import annotations

import asyncio
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from real_server import CONSOLE, settings

from corpus.fiches.catalogue import SCHEMES_DIR

pytestmark = pytest.mark.e2e


REFUSED = [
    ("verifier_eligibilite", {"commune": "Marseille"}, "n’est pas le nom d’une commune"),
    ("verifier_eligibilite", {"commune": "saint aubin"}, "désigne plusieurs communes"),
    ("verifier_eligibilite", {"commune": "59431", "dispositif": "nulle-part"}, "n’existe pas"),
    ("verifier_eligibilite", {"commune": "59431", "faits": {"populaton": 1}}, "« populaton »"),
]
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "search": ("chercher_dispositifs", {"besoin": "installer des caméras", "nombre": 2}),
    "one": (
        "verifier_eligibilite",
        {"commune": "Nieppe", "dispositif": "videoprotection", "faits": {"population": 25000}},
    ),
    "all": ("verifier_eligibilite", {"commune": "59431"}),
    "commune": ("trouver_commune", {"nom": "niep"}),
    **{words: (name, arguments) for name, arguments, words in REFUSED},
}


@dataclass(frozen=True)
class Session:
    """What the server said of itself, and its results by the names of ``CALLS``."""

    info: Any
    instructions: str | None
    tools: dict[str, Any]
    results: dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mcp")


@pytest.fixture(scope="module")
def session(folder: Path) -> Session:
    """One session of the official client; the first search waits for an index to be built."""

    async def talk() -> Session:
        process = StdioServerParameters(
            command=str(CONSOLE), args=["mcp", "--index", "index"], env=settings(), cwd=folder
        )
        async with Client(process, read_timeout_seconds=600) as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            results = {key: await client.call_tool(*call) for key, call in CALLS.items()}
            return Session(client.server_info, client.instructions, tools, results)

    return asyncio.run(talk())


def test_the_tools_are_described_in_french_and_typed(session: Session) -> None:
    assert (session.info.name, session.info.title) == (
        "assistant-dispositifs",
        "Assistant des dispositifs régionaux",
    )
    assert "Citez toujours la source" in (session.instructions or "")
    assert set(session.tools) == {"chercher_dispositifs", "verifier_eligibilite", "trouver_commune"}
    for tool in session.tools.values():
        assert "commune" in tool.description
        assert tool.annotations.read_only_hint
        assert tool.output_schema["properties"]
        for parameter in tool.input_schema["properties"].values():
            assert parameter["description"]
    assert session.tools["chercher_dispositifs"].input_schema["required"] == ["besoin"]


def test_schemes_are_found_with_their_dated_sources(session: Session) -> None:
    result = session.results["search"]
    assert not result.is_error
    found = result.structured_content["schemes"]
    assert len(found) <= 2
    assert found[0]["id"] == "videoprotection"
    for scheme in found:
        assert scheme["status_as_of"]
        for passage in scheme["passages"]:
            assert passage["text"]
        assert any(passage["sources"] for passage in scheme["passages"])
    assert found[0]["passages"][0]["sources"][0]["title"]
    assert json.loads(result.content[0].text) == result.structured_content


def test_eligibility_of_one_scheme(session: Session) -> None:
    content = session.results["one"].structured_content
    [verdict] = content["schemes"]
    assert (verdict["scheme_id"], content["commune"]) == ("videoprotection", "Nieppe (Nord)")
    assert verdict["verdict"] == "not_eligible"
    quoted = {citation["n"] for citation in content["detail"]["citations"]}
    criteria = content["detail"]["eligibility"][0]["criteria"]
    assert {criterion["citation"] for criterion in criteria} <= quoted
    assert any("d’après vous" in criterion["because"] for criterion in criteria)


def test_eligibility_of_all_schemes_is_short_enough_for_a_model_to_read(session: Session) -> None:
    content = session.results["all"].structured_content
    assert {scheme["scheme_id"] for scheme in content["schemes"]} == {
        path.stem for path in SCHEMES_DIR.glob("*.md")
    }
    assert content["detail"] is None
    assert all(scheme["source"]["title"] for scheme in content["schemes"])
    assert len(json.dumps(content, ensure_ascii=False)) < 66_000


def test_a_commune_is_found(session: Session) -> None:
    [commune] = session.results["commune"].structured_content["communes"]
    assert (commune["insee"], commune["label"]) == ("59431", "Nieppe (Nord)")
    assert commune["source"]["title"]


@pytest.mark.parametrize("words", [words for _, _, words in REFUSED])
def test_a_refusal_is_said_in_french(session: Session, words: str) -> None:
    result = session.results[words]
    assert result.is_error
    assert words in result.content[0].text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Traceback" not in result.content[0].text


def test_nothing_but_the_protocol_is_written_on_stdout(folder: Path, session: Session) -> None:
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    search = {
        "jsonrpc": "2.0",
        "id": 2,
        "method": "tools/call",
        "params": {"name": "chercher_dispositifs", "arguments": {"besoin": "vidéoprotection"}},
    }
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    process = subprocess.Popen(
        [CONSOLE, "mcp", "--index", "index"],
        cwd=folder,
        env=settings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        for message in (hello, ready, search):
            process.stdin.write(json.dumps(message) + "\n")
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(2)]
        process.stdin.close()
        rest = process.stdout.read()
        said = process.stderr.read()
        process.wait(60)
    assert [answer["id"] for answer in answers] == [1, 2]
    assert answers[1]["result"]["structuredContent"]["schemes"][0]["id"] == "videoprotection"
    assert rest == ""
    assert said == ""
    assert process.returncode == 0
