"""Every refusal of a tool is one French sentence; no message of a client leaves it without an answer."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from mcp.server.mcpserver.exceptions import ToolError
from mcp.shared.message import SessionMessage
from mcp.types import jsonrpc_message_adapter
from pydantic import ValidationError
from real_server import settings

from assistant.api.mcp.french_server import MARK, FrenchServer, read_again
from assistant.api.mcp.server import build_server
from assistant.eligibility.service import load_service
from assistant.errors import TooBusy
from assistant.reply import SearchHit
from corpus.fiches.catalogue import load_catalogue

HALF = "\udc00"
NOT_TEXT = "texte qui n’est pas de l’Unicode valide"


@pytest.fixture(scope="module")
def server() -> FrenchServer:
    def search(need: str, count: int) -> tuple[SearchHit, ...]:
        if need == "panne":
            raise RuntimeError("mot de passe")
        if need == "foule":
            raise TooBusy
        return ()

    return build_server(load_service(load_catalogue()), search, "1")


def refusal(server: FrenchServer, tool: str, arguments: dict[str, Any]) -> str:
    with pytest.raises(ToolError) as refused:
        asyncio.run(server.call_tool(tool, arguments))
    text = str(refused.value)
    assert not {"error", "input", "should", "http", "executing", "GET"} & set(text.lower().split())
    assert "http" not in text
    text.encode()
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("trouver_commune", {}, "« nom » refusé : champ obligatoire absent"),
        ("trouver_commune", {"nom": ""}, "« nom » refusé : texte vide"),
        ("trouver_commune", {"nom": " \t"}, "« nom » refusé : texte vide"),
        ("trouver_commune", {"nom": None}, "« nom » refusé : un texte est attendu"),
        ("trouver_commune", {"nom": "a" * 101}, "100 caractères au plus"),
        ("chercher_dispositifs", {"besoin": "a", "nombre": 0}, "« nombre » refusé : nombre trop petit, 1"),
        ("chercher_dispositifs", {"besoin": "a", "nombre": 1000}, "nombre trop grand, 10 au plus"),
        ("chercher_dispositifs", {"besoin": "a", "nombre": 2.5}, "un nombre entier est attendu"),
        ("chercher_dispositifs", {"nombre": []}, "« besoin » refusé : champ obligatoire absent ; « nombre »"),
        ("verifier_eligibilite", {"commune": "Nieppe", "faits": [1]}, "« faits » refusé : un objet JSON"),
        ("verifier_eligibilite", {"commune": "Nieppe", "faits": {"cost": "x"}}, "un montant en euros"),
        ("verifier_eligibilite", {"commune": "Nieppe", "faits": {"cost": None}}, "un montant en euros"),
        (
            "verifier_eligibilite",
            {"commune": "Nieppe", "dispositif": "zz"},
            "donnés par chercher_dispositifs",
        ),
        ("verifier_eligibilite", {"commune": "Nieppe", "dispositif": "z" * 300}, "200 caractères au plus"),
        ("autre_outil", {}, "L’outil « autre_outil » n’existe pas. Outils : chercher_dispositifs, "),
        ("chercher_dispositifs", {"besoin": "foule"}, "Trop de questions"),
        ("chercher_dispositifs", {"besoin": f"cam{HALF}"}, f"« besoin » refusé : {NOT_TEXT}"),
        ("chercher_dispositifs", {"besoin": MARK}, f"« besoin » refusé : {NOT_TEXT}"),
        ("verifier_eligibilite", {"commune": HALF}, f"« commune » refusé : {NOT_TEXT}"),
        ("verifier_eligibilite", {"commune": "Nieppe", "faits": {"project": ["shop", HALF]}}, NOT_TEXT),
        ("verifier_eligibilite", {"commune": "Nieppe", "faits": {HALF: True}}, NOT_TEXT),
        ("trouver_commune", {"nom": "niep", HALF: 1}, NOT_TEXT),
        (f"outil{HALF}", {}, "n’existe pas"),
    ],
)
def test_a_refusal_is_one_french_sentence(
    server: FrenchServer, tool: str, arguments: dict[str, Any], words: str
) -> None:
    assert words in refusal(server, tool, arguments)


def test_what_nobody_expected_is_an_incident(server: FrenchServer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        said = refusal(server, "chercher_dispositifs", {"besoin": "panne"})
    assert "Une erreur inattendue" in said
    assert "mot de passe" not in said
    assert "mot de passe" in caplog.text


def unread(line: str) -> Exception:
    with pytest.raises(ValidationError) as refused:
        jsonrpc_message_adapter.validate_json(line)
    return refused.value


def test_a_message_with_half_a_pair_is_read_with_a_mark() -> None:
    call = {
        "jsonrpc": "2.0",
        "id": 7,
        "method": "tools/call",
        "params": {"name": "x", "arguments": {"a": HALF}},
    }
    read = read_again(unread(json.dumps(call)))
    assert isinstance(read, SessionMessage)
    assert read.message.model_dump()["params"]["arguments"] == {"a": MARK}


@pytest.mark.parametrize("line", ["", "{", "[1]", "null", f'["{HALF}', '{"a": "\\ud800"}', "[" * 9000])
def test_what_is_no_message_stays_unread(line: str) -> None:
    error = unread(line.encode("utf-8", "replace").decode())
    assert read_again(error) is error


# --- the process ----------------------------------------------------------------------------------

# The command as it is, but for an engine that never comes.
ENDLESS = """
import threading
import assistant.commands.mcp as mcp
mcp._ready_engine = lambda settings: threading.Event().wait()
mcp.command([])
"""
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "t", "version": "1"},
    },
}
READY = {"jsonrpc": "2.0", "method": "notifications/initialized"}


def call(number: int, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    params = {"name": tool, "arguments": arguments}
    return {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params}


@contextmanager
def loading_for_ever() -> Iterator[subprocess.Popen[str]]:
    """The server while its encoder loads, already greeted."""
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS],
        env=settings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            say(process, json.dumps(HELLO), json.dumps(READY))
            assert heard(process)["id"] == 1
            yield process
        finally:
            process.kill()


def say(process: subprocess.Popen[str], *lines: str) -> None:
    assert process.stdin is not None
    process.stdin.write("".join(f"{line}\n" for line in lines))
    process.stdin.flush()


def heard(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    message: dict[str, Any] = json.loads(process.stdout.readline())
    return message


@pytest.mark.slow
def test_the_process_ends_with_its_client_whatever_it_is_doing() -> None:
    with loading_for_ever() as process:
        waits = call(2, "chercher_dispositifs", {"besoin": "caméras"})
        say(process, json.dumps(waits), json.dumps(call(3, "trouver_commune", {"nom": "niep"})))
        assert heard(process)["id"] == 3  # so that the search, called before it, waits for the engine
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(60) == 0


@pytest.mark.slow
def test_the_process_ends_when_told_to() -> None:
    with loading_for_ever() as process:
        process.terminate()
        assert process.wait(60) == -signal.SIGTERM


@pytest.mark.slow
def test_a_call_that_is_no_text_is_answered_and_the_next_ones_too() -> None:
    with loading_for_ever() as process:
        broken = [
            json.dumps(call(n, "trouver_commune", {"nom": f"niep{half}"}))
            for n, half in ((2, HALF), (3, "\ud83d"))
        ]
        say(process, "{", *broken, "[]", "\\ud800", json.dumps(call(4, "trouver_commune", {"nom": "niep"})))
        answers = {answer["id"]: answer["result"] for answer in (heard(process) for _ in range(3))}
    assert set(answers) == {2, 3, 4}
    for number in (2, 3):
        assert answers[number]["isError"]
        assert NOT_TEXT in answers[number]["content"][0]["text"]
    assert answers[4]["structuredContent"]["communes"][0]["insee"] == "59431"
