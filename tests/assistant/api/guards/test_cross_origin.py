"""Pages of other sites: none may call the API unless a setting names their origin."""

from __future__ import annotations

from typing import Any

import pytest
from fakes import FakeEngine
from fastapi.testclient import TestClient
from pydantic import ValidationError

from assistant.api.routes import create_api
from assistant.settings import AssistantSettings

REGION = "https://www.hautsdefrance.example"
ALLOWED = "access-control-allow-origin"
ASK = {"messages": [{"role": "user", "content": "CVCB ?"}]}


def client(origins: str) -> TestClient:
    settings = AssistantSettings.model_construct(cors_origins=origins)
    return TestClient(create_api(FakeEngine(), settings), raise_server_exceptions=False)


def preflight(on: TestClient, origin: str) -> Any:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    return on.options("/api/chat", headers={**asked, "Access-Control-Request-Headers": "content-type"})


def test_by_default_no_other_origin_may_read() -> None:
    assert ALLOWED not in preflight(client(""), REGION).headers
    response = client("").post("/api/chat", json=ASK, headers={"Origin": REGION})
    assert ALLOWED not in response.headers


def test_a_named_origin_may_ask_and_read() -> None:
    on = client(f"{REGION}, http://localhost:8000")
    for origin in (REGION, "http://localhost:8000"):
        allowed = preflight(on, origin)
        assert (allowed.status_code, allowed.headers[ALLOWED]) == (200, origin)
        response = on.post("/api/chat", json={**ASK, "stream": True}, headers={"Origin": origin})
        assert response.headers[ALLOWED] == origin
        assert "access-control-allow-credentials" not in response.headers


def test_an_origin_that_is_not_named_may_not() -> None:
    on = client(REGION)
    refused = preflight(on, "https://elsewhere.example")
    assert not [name for name in refused.headers if name.startswith("access-control")]
    assert refused.json()["detail"].startswith("Les pages de https://elsewhere.example ne peuvent pas")
    response = on.post("/api/chat", json=ASK, headers={"Origin": "https://elsewhere.example"})
    assert ALLOWED not in response.headers


# What the `openai` package of npm asks for when it runs in a browser.
OPENAI_HEADERS = (
    "authorization,content-type,x-stainless-arch,x-stainless-lang,x-stainless-os,x-stainless-package-version,"
    "x-stainless-retry-count,x-stainless-runtime,x-stainless-runtime-version,x-stainless-timeout"
)


@pytest.mark.parametrize("origins", [REGION, "*"])
@pytest.mark.parametrize(("path", "method"), [("/v1/chat/completions", "POST"), ("/v1/models", "GET")])
def test_openai_s_client_may_ask_from_a_page(origins: str, path: str, method: str) -> None:
    asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": OPENAI_HEADERS}
    response = client(origins).options(path, headers={"Origin": REGION, **asked})
    assert (response.status_code, response.headers[ALLOWED]) == (200, REGION if origins != "*" else "*")
    allowed = {name.strip() for name in response.headers["access-control-allow-headers"].split(",")}
    assert set(OPENAI_HEADERS.split(",")) <= allowed
    assert "access-control-allow-credentials" not in response.headers


def test_openai_s_client_may_not_ask_from_a_page_of_another_site() -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": OPENAI_HEADERS}
    headers = {"Origin": "https://elsewhere.example", **asked}
    response = client(REGION).options("/v1/chat/completions", headers=headers)
    assert response.status_code == 403
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_method_that_no_route_takes_is_refused_to_all(method: str) -> None:
    headers = {"Origin": REGION, "Access-Control-Request-Method": method}
    response = client(REGION).options("/api/chat", headers=headers)
    assert response.status_code == 403
    assert ALLOWED not in response.headers


@pytest.mark.parametrize(("path", "status"), [("/api/nulle-part", 404), ("/api/schemes/nulle-part", 404)])
def test_a_refusal_can_be_read_too(path: str, status: int) -> None:
    response = client(REGION).get(path, headers={"Origin": REGION})
    assert (response.status_code, response.headers[ALLOWED]) == (status, REGION)


def test_an_incident_can_be_read_too() -> None:
    broken = {"messages": [{"role": "user", "content": "panne"}]}
    response = client(REGION).post("/api/chat", json=broken, headers={"Origin": REGION})
    assert (response.status_code, response.headers[ALLOWED]) == (500, REGION)


def test_a_star_lets_all_in() -> None:
    response = client("*").get("/api/schemes", headers={"Origin": "https://elsewhere.example"})
    assert response.headers[ALLOWED] == "*"


@pytest.mark.parametrize("text", ["example.fr", "https://example.fr/", "https://a.fr https://b.fr", "null"])
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="no origin"):
        AssistantSettings(cors_origins=text)
