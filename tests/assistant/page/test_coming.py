"""The API answers before the chat page is there; what is at its address until then, and if it never comes."""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fakes import FakeEngine
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from loopback import served

from assistant.api.routes import create_api
from assistant.page.coming import ComingPage
from assistant.page.legal import legal_router
from assistant.settings import AssistantSettings

SOON, AT_ONCE = 30.0, 0.0  # seconds that a request waits for the page


class Builder:
    """Builds a page when it's told to, or fails to; notes how its life begins and ends."""

    def __init__(self, error: Exception | None = None) -> None:
        self.may_build = threading.Event()
        self.error = error
        self.lived: list[str] = []

    def __call__(self) -> FastAPI:
        self.may_build.wait(60)
        if self.error:
            raise self.error

        @asynccontextmanager
        async def life(_app: FastAPI) -> AsyncGenerator[None]:
            self.lived.append("begun")
            yield
            self.lived.append("ended")

        page = FastAPI(lifespan=life, openapi_url=None)

        @page.get("/")
        def root() -> HTMLResponse:
            return HTMLResponse("the page")

        return page


def application(builder: Builder, patience_s: float, **settings: object) -> FastAPI:
    root = ComingPage(builder, patience_s)
    app = create_api(FakeEngine(), AssistantSettings.model_construct(**settings), [legal_router(None)], root)
    app.mount("/", root)
    return app


@pytest.fixture
def builder() -> Iterator[Builder]:
    made = Builder()
    yield made
    made.may_build.set()


def page_state(client: httpx.Client, wanted: str) -> bool:
    """Ask until the page has left the state it was in."""
    for _ in range(500):
        if client.get("/readyz").json()["page"] != "loading":
            break
        threading.Event().wait(0.02)
    return bool(client.get("/readyz").json() == {"status": "ready", "page": wanted})


def test_the_api_answers_while_the_page_is_coming(builder: Builder) -> None:
    ask = {"messages": [{"role": "user", "content": "CVCB ?"}]}
    with served(application(builder, AT_ONCE)) as address, httpx.Client(base_url=address) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/readyz").json() == {"status": "ready", "page": "loading"}
        assert client.post("/api/chat", json=ask).json()["status"] == "answered"
        assert client.get("/mentions-legales").status_code == 200
        waiting = client.get("/")
        assert waiting.status_code == 200
        assert waiting.headers["cache-control"] == "no-store"
        assert 'lang="fr"' in waiting.text
        assert waiting.headers["retry-after"] == "2"
        assert "location.reload()" in waiting.text
        assert "La page de discussion se prépare\u00a0:" in waiting.text
        builder.may_build.set()
        assert page_state(client, "ready")
        there = client.get("/")
        assert there.text == "the page"
        assert "retry-after" not in there.headers
        assert builder.lived == ["begun"]
    assert builder.lived == ["begun", "ended"]


def test_a_request_of_the_first_seconds_waits_for_the_page(builder: Builder) -> None:
    with served(application(builder, SOON)) as address:
        found: list[httpx.Response] = []
        asking = threading.Thread(target=lambda: found.append(httpx.get(f"{address}/", timeout=60)))
        asking.start()
        assert httpx.get(f"{address}/healthz").status_code == 200
        assert found == []
        builder.may_build.set()
        asking.join()
    assert found[0].text == "the page"


def test_other_addresses_are_a_problem_to_come_back_to(builder: Builder) -> None:
    with served(application(builder, AT_ONCE)) as address, httpx.Client(base_url=address) as client:
        for method, path in (("GET", "/config"), ("POST", "/"), ("POST", "/gradio_api/queue/join")):
            early = client.request(method, path)
            assert early.status_code == 503, path
            assert early.headers["retry-after"] == "2"
            assert early.json()["title"] == "Page en préparation"
        assert client.get("/api/nulle-part").status_code == 404  # ours, whatever becomes of the page
        builder.may_build.set()
        assert page_state(client, "ready")
        assert client.get("/nulle-part").status_code == 404


@pytest.mark.parametrize(
    ("error", "is_traced"), [(ModuleNotFoundError("No module named 'gradio'"), False), (OSError("ô"), True)]
)
def test_a_page_that_cannot_be_built_leaves_the_api_serving(
    error: Exception, is_traced: bool, caplog: pytest.LogCaptureFixture
) -> None:
    builder = Builder(error)
    builder.may_build.set()
    with served(application(builder, SOON)) as address, httpx.Client(base_url=address) as client:
        assert page_state(client, "failed")
        failed = client.get("/")
        assert failed.status_code == 503
        assert "n’a pas pu être chargée" in failed.text
        assert 'href="demo"' in failed.text
        assert "<script" not in failed.text
        assert "retry-after" not in failed.headers
        assert str(error) not in failed.text
        assert client.get("/config").status_code == 404
        assert client.get("/api/schemes").status_code == 200
    (told,) = (record for record in caplog.records if record.name == "assistant.page.coming")
    assert str(error) in told.getMessage()
    assert bool(told.exc_info) is is_traced


def test_the_server_leaves_while_the_page_is_coming(builder: Builder) -> None:
    leaving = threading.Timer(0.5, builder.may_build.set)
    with served(application(builder, AT_ONCE)) as address:
        assert httpx.get(f"{address}/healthz").status_code == 200
        leaving.start()
    leaving.join()
    assert builder.lived == []


def test_what_it_serves_is_counted_as_the_page_under_its_prefix(builder: Builder) -> None:
    app = application(builder, AT_ONCE, root_path="/aides")
    with served(app) as address, httpx.Client(base_url=address) as client:
        assert 'href="page.css"' in client.get("/aides/").text
        assert client.get("/").status_code == 200
        counted = client.get("/metrics").text
        builder.may_build.set()  # the server waits for it before it leaves
    assert 'assistant_http_requests_total{method="GET",route="page",status="200"} 2.0' in counted
