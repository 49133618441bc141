"""Half of a surrogate pair, wherever it stands in a request, is refused in French."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeEngine
from fastapi.testclient import TestClient

from assistant.api.guards.whole_text import broken_parameters, broken_places
from assistant.api.routes import create_api
from assistant.settings import AssistantSettings

HALF = "\ud83d"
MODEL = "assistant-dispositifs"
WORDS = "texte qui n’est pas de l’Unicode valide"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    settings = AssistantSettings.model_construct(index_dir=tmp_path / "index")
    return TestClient(create_api(FakeEngine(), settings))


def post(client: TestClient, path: str, body: object, encoding: str = "ascii") -> Any:
    """Send JSON as written: escaped, or with the three bytes of half a pair."""
    text = json.dumps(body, ensure_ascii=encoding == "ascii")
    return client.post(
        path, content=text.encode(encoding, "surrogatepass"), headers={"Content-Type": "application/json"}
    )


def said(role: str, content: object) -> dict[str, object]:
    return {"role": role, "content": content}


CHAT = {"messages": [said("user", "CVCB ?")]}
COMPLETION = {"model": MODEL, **CHAT}
BODIES: list[tuple[str, dict[str, Any], str]] = [
    ("/api/chat", {"messages": [said("user", f"Combien {HALF} ?")]}, "#/messages/0/content"),
    (
        "/api/chat",
        {"messages": [said("user", "a"), said("assistant", HALF), said("user", "b")], "stream": True},
        "#/messages/1/content",
    ),
    ("/api/chat", {**CHAT, "commune": f"Nieppe{HALF}"}, "#/commune"),
    ("/api/chat", {**CHAT, "scheme": f"{HALF}cvcb"}, "#/scheme"),
    ("/api/chat", {**CHAT, f"x{HALF}": 1}, "#/x\N{REPLACEMENT CHARACTER}"),
    ("/api/eligibility", {"commune": f"Nieppe{HALF}"}, "#/commune"),
    ("/api/eligibility", {"facts": {"project": HALF}}, "#/facts/project"),
    ("/api/eligibility", {"facts": {"project": ["shop", HALF]}}, "#/facts/project/1"),
    ("/api/eligibility", {"facts": {"project": {"a": [{"b": HALF}]}}}, "#/facts/project/a/0/b"),
    ("/api/eligibility", {"facts": {HALF: True}}, "#/facts/\N{REPLACEMENT CHARACTER}"),
    ("/api/feedback", {"rating": "useful", "comment": HALF}, "#/comment"),
    ("/api/feedback", {"rating": "useful", "schemes": [HALF]}, "#/schemes/0"),
    ("/api/feedback", {"rating": HALF}, "#/rating"),
]


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "utf-16"])
@pytest.mark.parametrize(("path", "body", "pointer"), BODIES)
def test_a_body_is_refused_with_the_place(
    client: TestClient, path: str, body: dict[str, Any], pointer: str, encoding: str
) -> None:
    response = post(client, path, body, encoding)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert {"detail": WORDS, "pointer": pointer} in response.json()["errors"]
    assert "https:" not in response.text


@pytest.mark.parametrize(
    "body",
    [
        {**COMPLETION, "messages": [said("user", HALF)]},
        {**COMPLETION, "messages": [said("user", HALF)], "stream": True},
        {**COMPLETION, "messages": [said("user", [{"type": "text", "text": f"a{HALF}"}])]},
        {**COMPLETION, "messages": [said("system", HALF), *CHAT["messages"]]},
        {**COMPLETION, "messages": [said("assistant", HALF), *CHAT["messages"]]},
        {**COMPLETION, "scheme": HALF},
        {**COMPLETION, "commune": HALF},
        {**COMPLETION, "model": HALF},
        {**COMPLETION, "tools": [{"function": {"name": HALF}}]},
    ],
)
def test_a_completion_is_refused_in_its_own_form(client: TestClient, body: dict[str, Any]) -> None:
    response = post(client, "/v1/chat/completions", body)
    error = response.json()["error"]
    assert (response.status_code, error["type"]) == (400, "invalid_request_error")
    assert WORDS in error["message"]
    assert error["param"]


@pytest.mark.parametrize("path", ["/api/search?k=3&q=", "/api/communes?q=", "/api/search?q=a&scheme="])
@pytest.mark.parametrize("query", ["%ED%A0%BD", "niep%E9", "a%FFb"])
def test_a_query_of_stray_bytes_is_refused(client: TestClient, path: str, query: str) -> None:
    response = client.get(path + query)
    assert response.status_code == 422
    [error] = response.json()["errors"]
    assert (error["detail"], error["parameter"]) == (
        WORDS,
        path.removesuffix("=").rpartition("?")[2].rpartition("&")[2],
    )


def test_whole_pairs_pass(client: TestClient) -> None:
    assert (
        post(client, "/api/chat", {"messages": [said("user", "CVCB \N{POLICE OFFICER} ?")]}).status_code
        == 200
    )
    assert client.get("/api/communes", params={"q": "niep \N{POLICE OFFICER} é"}).status_code == 200


def test_what_is_no_json_keeps_its_own_refusal(client: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    assert client.post("/api/chat", content=b"{", headers=headers).status_code == 400
    assert client.post("/api/chat", content=b"[" * 100_000, headers=headers).status_code == 400
    assert client.post("/api/chat", content=b'"\\ud83d"').status_code == 422


def test_any_depth_is_looked_into() -> None:
    value: Any = HALF
    for _ in range(5_000):
        value = [value]
    [place] = broken_places(value)
    assert len(place) == 5_000


def test_a_parameter_is_named_by_its_readable_part() -> None:
    assert broken_parameters(b"a=1&b%20c=%FF&d=%C3%A9") == ["b c"]
    assert broken_parameters(b"%FF=1") == ["\N{REPLACEMENT CHARACTER}"]
    assert broken_parameters(b"") == []
