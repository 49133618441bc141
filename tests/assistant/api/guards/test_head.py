"""HEAD is answered wherever GET is, with its headers and no body; OPTIONS names the methods of an address."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest
from fakes import FakeEngine
from loopback import served

from assistant.api.routes import create_api
from assistant.page.legal import legal_router
from assistant.page.widget_routes import widget_router
from assistant.settings import AssistantSettings

VARY = {"date", "x-request-id", "server"}
READ = [
    "/healthz",
    "/readyz",
    "/openapi.json",
    "/v1/models",
    "/v1/models/assistant-dispositifs",
    "/api/schemes",
    "/api/schemes/cvcb",
    "/api/search?q=commerce",
    "/api/communes?q=niep",
    "/widget.js",
    "/demo",
    "/demo.css",
    "/mentions-legales",
    "/page.css",
]
REFUSED = [
    ("/api/schemes/nulle-part", 404),
    ("/api/search", 422),
    ("/api/nulle-part", 404),
    ("/v1/x", 404),
    ("/x", 404),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("head")
    settings = AssistantSettings.model_construct(index_dir=folder / "index", cors_origins="https://a.example")
    app = create_api(FakeEngine(), settings, (widget_router(), legal_router(None)))
    with served(app) as found:
        yield found


@pytest.mark.parametrize(("path", "status"), [*((path, 200) for path in READ), *REFUSED])
def test_head_is_get_without_its_body(address: str, path: str, status: int) -> None:
    head, get = httpx.head(address + path), httpx.get(address + path)
    assert (head.status_code, get.status_code) == (status, status)
    assert head.content == b""
    assert get.content
    told = [{name: value for name, value in one.headers.items() if name not in VARY} for one in (head, get)]
    assert told[0] == told[1]


def test_a_connection_serves_one_head_after_another(address: str, caplog: pytest.LogCaptureFixture) -> None:
    _, _, authority = address.partition("//")
    connection = HTTPConnection(authority, timeout=60)
    connection.connect()
    first = connection.sock
    assert first is not None
    with caplog.at_level(logging.INFO):
        for path in (*READ, *(path for path, _ in REFUSED)):
            connection.request("HEAD", path)
            response = connection.getresponse()
            assert response.read() == b""
            assert int(response.headers["content-length"]) > 0
            assert connection.sock is first, path
    connection.close()
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_head_of_what_is_only_posted_to_is_refused(address: str) -> None:
    response = httpx.head(f"{address}/api/chat")
    assert (response.status_code, response.headers["allow"]) == (405, "OPTIONS, POST")


def test_head_is_counted_as_head(address: str) -> None:
    httpx.head(f"{address}/demo")
    counted = httpx.get(f"{address}/metrics").text
    assert 'method="HEAD",route="/demo",status="200"' in counted
    assert httpx.head(f"{address}/metrics").status_code == 200


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        ("/healthz", "GET, HEAD, OPTIONS"),
        ("/api/chat", "OPTIONS, POST"),
        ("/v1/chat/completions", "OPTIONS, POST"),
        ("/demo", "GET, HEAD, OPTIONS"),
    ],
)
def test_options_names_the_methods(address: str, path: str, allow: str) -> None:
    response = httpx.options(address + path)
    assert (response.status_code, response.headers["allow"], response.content) == (204, allow, b"")
    assert httpx.request("PUT", address + path).headers["allow"] == allow


def test_options_of_an_unknown_address_is_refused(address: str) -> None:
    assert httpx.options(f"{address}/api/nulle-part").status_code == 404
