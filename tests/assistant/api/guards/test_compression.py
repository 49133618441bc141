"""Texts are compressed for who accepts it, once; a stream comes as it is made, HEAD tells what GET does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fakes import FakeEngine
from fastapi import FastAPI, Response
from loopback import served

from assistant.api.guards.compression import Compression
from assistant.api.routes import create_api
from assistant.events import Event
from assistant.page.legal import legal_router
from assistant.page.plain.drawing import Pages
from assistant.page.plain.refusals import RefusalPages
from assistant.page.plain.router import plain_routers
from assistant.page.widget_routes import widget_router
from assistant.patience import Patience
from assistant.reply import ChatRequest
from assistant.settings import AssistantSettings

GZIP = {"Accept-Encoding": "gzip, deflate, br, zstd"}
PLAIN = {"Accept-Encoding": "identity"}
BROWSER = {"Accept": "text/html,*/*;q=0.8"}
TEXTS = ["/widget.js", "/demo", "/demo.css", "/page.css", "/openapi.json", "/communes/59431", "/metrics"]
VARY = {"date", "x-request-id", "server"}
NOTE = "/note.docx?commune=59431&scheme=cvcb"
ASK = {"messages": [{"role": "user", "content": "CVCB ?"}], "stream": True}
_LIMIT_S = 60.0


class HeldEngine(FakeEngine):
    """Says nothing after its first event until it's let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def stream(self, request: ChatRequest, patience: Patience | None = None) -> Iterator[Event]:
        for event in super().stream(request, patience):
            yield event
            assert self.go.wait(_LIMIT_S)


@pytest.fixture(scope="module")
def engine() -> HeldEngine:
    return HeldEngine()


@pytest.fixture(scope="module")
def client(engine: HeldEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder: Path = tmp_path_factory.mktemp("compression")
    settings = AssistantSettings.model_construct(index_dir=folder / "index", requests_per_minute=0)
    app = create_api(engine, settings, (widget_router(), legal_router(None), *plain_routers("")))
    with served(app) as address, httpx.Client(base_url=address, timeout=_LIMIT_S) as opened:
        yield opened


def on_the_wire(client: httpx.Client, path: str, headers: dict[str, str]) -> tuple[httpx.Response, int]:
    """The answer, and how many bytes of body were received for it."""
    with client.stream("GET", path, headers=headers) as response:
        response.read()
        return response, response.num_bytes_downloaded


@pytest.mark.parametrize("path", TEXTS)
def test_a_text_is_compressed_and_says_on_what_that_depends(client: httpx.Client, path: str) -> None:
    small, received = on_the_wire(client, path, GZIP)
    whole, plain = on_the_wire(client, path, PLAIN)
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) == received < plain / 2
    assert "content-encoding" not in whole.headers
    for response in (small, whole):
        assert "Accept-Encoding" in response.headers["vary"]
    if path != "/metrics":  # it counts the question just asked
        assert small.content == whole.content


@pytest.mark.parametrize("accepted", ["gzip;q=0", "br, gzip; q=0.0", "br", "deflate, identity"])
def test_who_refuses_gzip_gets_none(client: httpx.Client, accepted: str) -> None:
    response = client.get("/widget.js", headers={"Accept-Encoding": accepted})
    assert "content-encoding" not in response.headers
    assert "Accept-Encoding" in response.headers["vary"]


@pytest.mark.parametrize("path", [*(path for path in TEXTS if path != "/metrics"), "/healthz", NOTE])
def test_head_tells_what_get_does(client: httpx.Client, path: str) -> None:
    head, get = client.head(path, headers=GZIP), client.get(path, headers=GZIP)
    told = [{name: value for name, value in one.headers.items() if name not in VARY} for one in (head, get)]
    assert (head.status_code, head.content, told[0]) == (200, b"", told[1])


@pytest.mark.parametrize("path", ["/healthz", NOTE])
def test_what_is_small_or_packed_already_is_left(client: httpx.Client, path: str) -> None:
    response = client.get(path, headers=GZIP)
    assert response.status_code == 200
    assert "content-encoding" not in response.headers


def test_a_stream_comes_as_it_is_made(client: httpx.Client, engine: HeldEngine) -> None:
    with client.stream("POST", "/api/chat", json=ASK, headers=GZIP) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in response.headers
        pieces = response.iter_raw()
        assert next(pieces) == b'event: status\ndata: {"status":"answered"}\n\n'
        assert not engine.go.is_set()  # nothing else was said yet
        engine.go.set()
        assert b"event: done" in b"".join(pieces)


def test_a_refusal_is_still_a_page_for_a_browser_and_a_problem_for_a_program(tmp_path: Path) -> None:
    settings = AssistantSettings.model_construct(index_dir=tmp_path / "index")
    app = create_api(FakeEngine(), settings)
    app.add_middleware(RefusalPages, pages=Pages(""))
    with served(app) as address:
        path = f"{address}/aides/{'x' * 2000}"  # the problem names it: it's long
        page, problem = httpx.get(path, headers={**GZIP, **BROWSER}), httpx.get(path, headers=GZIP)
    assert (page.status_code, problem.status_code) == (404, 404)
    assert "<h1>Page introuvable</h1>" in page.text
    assert len(problem.content) > 1000
    assert problem.json()["status"] == 404


def small_app() -> FastAPI:
    app = FastAPI()

    @app.get("/packed")
    def packed() -> Response:
        return Response(b"x" * 5000, media_type="text/plain", headers={"Content-Encoding": "zstd"})

    @app.get("/same")
    def same() -> Response:
        return Response(status_code=304, headers={"ETag": '"a"', "Vary": "Accept-Encoding"})

    app.add_middleware(Compression)
    return app


def test_what_is_compressed_once_is_not_compressed_again_and_304_has_no_body() -> None:
    with served(small_app()) as address, httpx.Client(base_url=address) as client:
        with client.stream("GET", "/packed", headers=GZIP) as response:
            assert b"".join(response.iter_raw()) == b"x" * 5000
            assert response.headers["content-encoding"] == "zstd"
        same = client.get("/same", headers=GZIP)
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", '"a"')
    assert "content-encoding" not in same.headers
