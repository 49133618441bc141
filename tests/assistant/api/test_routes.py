"""Every route, every refusal, and the events of a stream one by one."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from fakes import ANSWER, ANSWERED, HOSTILE, NO_INDEX, SECRET, FakeEngine
from fastapi.testclient import TestClient
from httpx import Response

from assistant.api.event_stream import event_frames, failure, frame
from assistant.api.routes import create_api
from assistant.reply import ChatRequest


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def client(engine: FakeEngine) -> TestClient:
    return TestClient(create_api(engine))


def ask(question: str, **members: object) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": question}], **members}


def events_of(response: Response) -> list[tuple[str, Any]]:
    """Parse a stream strictly: each event is an ``event:`` line, one ``data:`` line, an empty line."""
    assert response.text.endswith("\n\n")
    events = []
    for block in response.text.removesuffix("\n\n").split("\n\n"):
        name, data = block.split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


def problem(response: Response, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = response.json()
    assert document["status"] == status
    assert {"type", "title", "detail"} <= set(document)
    assert "Traceback" not in response.text
    return document


# --- chat -----------------------------------------------------------------------------------------


def asked(**members: object) -> dict[str, object]:
    """A request whose assistant's message comes back with what it asked."""
    before = {"role": "assistant", "content": "Laquelle ?", "asked": members}
    return {"messages": [before, {"role": "user", "content": "x"}]}


def test_chat_gives_the_whole_reply(client: TestClient, engine: FakeEngine) -> None:
    response = client.post("/api/chat", json=ask("CVCB ?", commune="59431", scheme="cvcb"))
    assert response.status_code == 200
    assert response.json() == ANSWERED.model_dump(mode="json")
    assert engine.requests[0].commune == "59431"


def test_chat_passes_the_whole_conversation(client: TestClient, engine: FakeEngine) -> None:
    messages = [
        {"role": "user", "content": "a"},
        {"role": "assistant", "content": "b"},
        {"role": "user", "content": "c"},
    ]
    assert client.post("/api/chat", json={"messages": messages}).status_code == 200
    assert [message.content for message in engine.requests[0].messages] == ["a", "b", "c"]


def test_stream_sends_status_deltas_citations_done(client: TestClient, engine: FakeEngine) -> None:
    response = client.post("/api/chat", json=ask("CVCB ?", stream=True))
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    events = events_of(response)
    assert events[0] == ("status", {"status": "answered"})
    deltas = [data["text"] for name, data in events if name == "delta"]
    assert [name for name, _ in events] == ["status", *["delta"] * len(deltas), "citations", "done"]
    assert "".join(deltas) == ANSWER
    assert events[-2][1] == ANSWERED.model_dump(mode="json")["citations"]
    assert events[-1][1] == ANSWERED.model_dump(mode="json")
    assert engine.closed_streams == 1


def test_a_break_in_mid_stream_is_an_error_event(
    client: TestClient, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.post("/api/chat", json=ask("coupure", stream=True))
    assert response.status_code == 200
    name, document = events_of(response)[-1]
    assert (name, document["status"]) == ("error", 500)
    assert SECRET not in response.text
    assert document["incident"] in caplog.text
    assert engine.closed_streams == 1


def test_an_error_before_the_first_event_is_a_plain_problem(client: TestClient) -> None:
    assert problem(client.post("/api/chat", json=ask("index", stream=True)), 503)["detail"] == NO_INDEX


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (ask(""), 422, "la question est vide"),
        (ask(" \n\t"), 422, "la question est vide"),
        (ask("a" * 10_000), 422, "4000 caractères"),
        (ask("a" * 30_000), 422, "trop long"),
        ({"messages": []}, 422, "liste vide"),
        ({}, 422, "obligatoire"),
        ([], 422, "objet JSON"),
        ({"messages": [{"role": "assistant", "content": "x"}]}, 422, "utilisateur"),
        ({"messages": [{"role": "robot", "content": "x"}]}, 422, "à choisir parmi"),
        (ask("x", stream="peut-être"), 422, "true ou false"),
        (asked(about="tout"), 422, "à choisir parmi"),
        (asked(about="conditions", criteria=[-1]), 422, "0 au moins"),
        (asked(about="conditions", criteria=[0] * 200), 422, "99 éléments au plus"),
        (asked(about="need", choices=["c" * 500]), 422, "400 caractères"),
        (asked(about="need", more=1), 422, "champ inconnu"),
        ({"messages": [{"role": "user", "content": "x", "schemes": []}]}, 422, "messages de l’assistant"),
        (ask("x", unknown=1), 422, "champ inconnu"),
        (ask("x", scheme="nulle-part"), 404, "nulle-part\u00a0» n’existe pas"),
        (ask("x", scheme="nulle-part", stream=True), 404, "nulle-part\u00a0» n’existe pas"),
        (ask("x", commune="99999"), 404, "99999"),
        (ask("x", commune="99999", stream=True), 404, "n’est pas le code d’une commune"),
        (ask("x", commune="Trifouilly"), 404, "n’est pas le nom d’une commune"),
        (ask("index"), 503, "assistant ingest"),
    ],
)
def test_chat_refuses_in_french(client: TestClient, body: object, status: int, words: str) -> None:
    assert words in problem(client.post("/api/chat", json=body), status)["detail"]


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe{", b'{"messages": [}', b"[" * 100_000])
def test_a_body_that_is_no_json_is_refused(client: TestClient, body: bytes) -> None:
    response = client.post("/api/chat", content=body, headers={"Content-Type": "application/json"})
    assert problem(response, 422 if body == b"" else 400)["title"]


def test_a_body_of_another_type_is_refused(client: TestClient) -> None:
    response = client.post("/api/chat", content=json.dumps(ask("x")), headers={"Content-Type": "text/plain"})
    assert "Content-Type: application/json" in problem(response, 422)["detail"]


def test_a_lone_surrogate_is_refused(client: TestClient) -> None:
    body = rb'{"messages":[{"role":"user","content":"a \ud800"}]}'
    response = client.post("/api/chat", content=body, headers={"Content-Type": "application/json"})
    assert "Unicode" in problem(response, 422)["detail"]


def test_an_unexpected_error_shows_only_its_number(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.post("/api/chat", json=ask("panne"))
    document = problem(response, 500)
    assert SECRET not in response.text
    assert document["incident"] in document["detail"]
    assert document["incident"] in caplog.text
    assert SECRET in caplog.text  # the traceback is for the log
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_client_that_goes_away_stops_the_engine(engine: FakeEngine) -> None:
    async def read_one_then_leave() -> bytes:
        events = engine.stream(ChatRequest.model_validate(ask("CVCB ?", stream=True)))
        frames = event_frames(next(events), events, frame, failure)
        first = await anext(frames)
        await anext(frames)
        await frames.aclose()
        return first

    assert asyncio.run(read_one_then_leave()).startswith(b"event: status\n")
    assert engine.closed_streams == 1


# --- search, schemes ------------------------------------------------------------------------------


def test_search_gives_scored_passages(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "dernier commerce", "k": 2}).json()
    assert found["query"] == "dernier commerce"
    assert len(found["hits"]) == 2
    assert {"text", "scheme_id", "section", "score", "document_id"} <= set(found["hits"][0])


def test_search_within_a_scheme(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "x", "scheme": "hostile"}).json()
    assert found["hits"][0]["scheme_id"] == "hostile"
    assert client.get("/api/search?q=x&scheme=").status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 422, "obligatoire"),
        ("q=", 422, "la requête est vide"),
        ("q=+", 422, "la requête est vide"),
        ("q=x&k=0", 422, "1 au moins"),
        ("q=x&k=1000", 422, "100 au plus"),
        ("q=x&k=dix", 422, "nombre entier"),
        ("q=" + "a" * 5000, 422, "4000 caractères"),
        ("q=x&scheme=nulle-part", 404, "n’existe pas"),
    ],
)
def test_search_refuses_in_french(client: TestClient, query: str, status: int, words: str) -> None:
    assert words in problem(client.get(f"/api/search?{query}"), status)["detail"]


def test_schemes_are_listed_with_french_labels(client: TestClient) -> None:
    schemes = client.get("/api/schemes").json()["schemes"]
    assert [scheme["id"] for scheme in schemes] == ["cvcb", "hostile"]
    first = schemes[0]
    assert (first["funder"], first["funder_label"]) == ("region", "Région Hauts-de-France")
    assert first["aid_type_labels"] == ["subvention"]
    assert first["beneficiary_labels"] == ["commune"]
    assert first["status"]["as_of"] == "2024-12-20"
    assert first["funding"][0]["rate_max"] == 0.5
    assert first["windows"][0]["closes"] == "2023-06-30"
    assert first["aliases"] == ["centres-villes"]


def test_a_scheme_comes_with_its_text_and_sources(client: TestClient) -> None:
    scheme = client.get("/api/schemes/cvcb").json()
    assert scheme["sections"] == [
        {
            "title": "Objet",
            "path": ["Objet"],
            "text": "Le CVCB aide les centres-bourgs. [1] Non publié.\n- Une place. [1]",
            "sources": [1],
        }
    ]
    assert scheme["sources"][0]["published"] == "2023-07-07"
    assert [criterion["kind"] for criterion in scheme["criteria"]] == [
        "beneficiary_in",
        "population_between",
    ]
    assert scheme["relations"][0]["kind"] == "complements"


def test_a_hostile_text_comes_back_as_data(client: TestClient) -> None:
    response = client.get("/api/schemes/hostile")
    assert response.json()["name"] == HOSTILE
    assert response.headers["content-type"] == "application/json"
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert client.post("/api/chat", json=ask("hostile")).json()["citations"][0]["quote"] == HOSTILE


def test_an_unknown_scheme_is_404(client: TestClient) -> None:
    assert problem(client.get("/api/schemes/nulle-part"), 404)["title"] == "Dispositif inconnu"


# --- communes, eligibility ------------------------------------------------------------------------


def test_communes_are_completed(client: TestClient) -> None:
    found = client.get("/api/communes", params={"q": "niep"}).json()["communes"]
    assert [commune["label"] for commune in found] == ["Nieppe (Nord)"]
    assert found[0]["population_as_of"] == "2026"
    assert {"id", "label", "presence", "as_of"} <= set(found[0]["lists"][0])
    assert len(client.get("/api/communes?q=saint").json()["communes"]) == 10
    assert client.get("/api/communes?q=zzzzzz").json() == {"communes": []}


@pytest.mark.parametrize(
    ("query", "words"),
    [("", "obligatoire"), ("q=", "la requête est vide"), ("q=" + "a" * 200, "100 caractères")],
)
def test_communes_are_refused_in_french(client: TestClient, query: str, words: str) -> None:
    assert words in problem(client.get(f"/api/communes?{query}"), 422)["detail"]


def test_eligibility_of_every_scheme_and_of_one(client: TestClient) -> None:
    whole = client.post("/api/eligibility", json={"commune": "59431"}).json()
    assert [item["scheme_id"] for item in whole["eligibility"]] == ["hostile", "cvcb"]
    assert {item["verdict"] for item in whole["eligibility"]} == {"eligible"}
    assert whole["commune"]["name"] == "Nieppe"
    asked = {
        "commune": "59431",
        "scheme": "cvcb",
        "beneficiary": "commune",
        "facts": {"population": 25000},
        "on": "2026-11-23",
    }
    one = client.post("/api/eligibility", json=asked).json()
    assert [item["verdict"] for item in one["eligibility"]] == ["not_eligible"]
    criterion = one["eligibility"][0]["criteria"][1]
    assert "d’après vous" in criterion["because"]
    assert one["citations"][criterion["citation"] - 1]["scheme_id"] == "cvcb"
    assert client.post("/api/eligibility", json={}).json()["commune"] is None


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"commune": "99999"}, 404, "n’est pas le code d’une commune"),
        ({"commune": "Marseille"}, 404, "Marseille-en-Beauvaisis"),
        ({"commune": "saint aubin"}, 422, "plusieurs communes"),
        ({"scheme": "nulle-part"}, 404, "n’existe pas"),
        ({"facts": {"populaton": 1}}, 422, "population"),
        ({"facts": {"population": "x"}}, 422, "habitants"),
        ({"facts": []}, 422, "objet JSON"),
        ({"facts": {str(n): 1 for n in range(300)}}, 422, "200 éléments au plus"),
        ({"beneficiary": "maire"}, 422, "à choisir parmi"),
        ({"beneficiary": {}}, 422, "à choisir parmi"),
        ({"on": "demain"}, 422, "AAAA-MM-JJ"),
        ({"on": 1795392000}, 422, "AAAA-MM-JJ"),
        ({"on": "2999-01-01"}, 422, "n’a pas de sens ici"),
        ({"commune": "59431", "extra": 1}, 422, "champ inconnu"),
    ],
)
def test_eligibility_refuses_in_french(client: TestClient, body: object, status: int, words: str) -> None:
    assert words in problem(client.post("/api/eligibility", json=body), status)["detail"]


def test_a_wrong_fact_is_pointed_at(client: TestClient) -> None:
    document = problem(client.post("/api/eligibility", json={"facts": {"cost": "cher"}}), 422)
    assert document["type"].endswith(":wrong-fact")
    assert document["errors"][0]["pointer"] == "#/facts/cost"


def test_the_facts_are_described(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/api/eligibility"]["post"]
    description = operation["description"]
    for words in ("`population`", "`shop` (commerce)", '{"population": 1500', "`cost`"):
        assert words in description
    assert operation["requestBody"]["content"]["application/json"]["examples"]["scheme"]["value"]["facts"]


# --- health, addresses, description ---------------------------------------------------------------


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_without_an_index_the_server_lives_but_is_not_ready() -> None:
    client = TestClient(create_api(FakeEngine(usable=False)))
    assert client.get("/healthz").status_code == 200
    assert problem(client.get("/readyz"), 503)["detail"] == NO_INDEX


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nulle-part", "/api/schemes/a/b", "/nulle-part"])
def test_an_unknown_address_is_a_french_404(client: TestClient, path: str) -> None:
    assert problem(client.get(path), 404)["title"] == "Adresse inconnue"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/chat", "POST"),
        ("DELETE", "/api/schemes", "GET"),
        ("POST", "/api/schemes/cvcb", "GET"),
        ("POST", "/healthz", "GET"),
        ("PUT", "/readyz", "GET"),
        ("POST", "/openapi.json", "GET"),
    ],
)
def test_a_method_not_allowed_names_those_that_are(
    client: TestClient, method: str, path: str, allowed: str
) -> None:
    response = client.request(method, path)
    assert allowed in problem(response, 405)["detail"]
    assert allowed in response.headers["allow"]


def test_every_answer_carries_the_security_headers(client: TestClient) -> None:
    for response in (client.get("/healthz"), client.get("/api/nulle-part"), client.get("/api/search")):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert "default-src 'none'" in response.headers["content-security-policy"]


def test_the_description_is_french_and_names_problems(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert set(document["paths"]) == {
        "/api/chat",
        "/api/search",
        "/api/schemes",
        "/api/schemes/{scheme_id}",
        "/api/communes",
        "/api/communes/{insee}",
        "/api/eligibility",
        "/api/feedback",
        "/healthz",
        "/readyz",
        "/metrics",
        "/v1/chat/completions",
        "/v1/models",
        "/v1/models/{model}",
    }
    chat = document["paths"]["/api/chat"]["post"]
    assert chat["summary"] == "Poser une question"
    assert set(chat["responses"]["200"]["content"]) == {"application/json", "text/event-stream"}
    assert set(chat["responses"]["422"]["content"]) == {"application/problem+json"}
    assert "question" in chat["requestBody"]["content"]["application/json"]["examples"]


def test_no_documentation_page_from_a_cdn(client: TestClient) -> None:
    for path in ("/docs", "/redoc"):
        assert client.get(path).status_code == 404
