"""Of Gradio's addresses, those that the chat page doesn't ask for are closed."""

from __future__ import annotations

import asyncio

import pytest
from fakes import FakeEngine
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.routes import create_api
from assistant.settings import AssistantSettings

CLOSED = (
    ("POST", "upload"),
    ("GET", "upload_progress?upload_id=a"),
    ("POST", "run/predict/all"),
    ("POST", "run/other"),
    ("POST", "api/predict"),
    ("POST", "call/predict"),
    ("POST", "call/v2/predict"),
    ("GET", "call/predict/a"),
    ("POST", "component_server"),
    ("POST", "process_recording"),
    ("POST", "stream/a"),
    ("GET", "file=/etc/hostname"),
    ("GET", "proxy=http://127.0.0.1"),
    ("GET", "deep_link"),
    ("GET", "openapi.json"),
    ("POST", "vibe-edit"),
    ("POST", "queue/joined"),
)


@pytest.mark.parametrize("prefix", ["", "/aides"])
@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_what_the_page_never_asks_for_is_unknown(method: str, path: str, prefix: str) -> None:
    # Nothing is mounted at /: what lets the request through would be refused all the same, as a page of ours.
    app = create_api(FakeEngine(), AssistantSettings.model_construct(root_path=prefix, max_body_bytes=10))
    answer = TestClient(app).request(method, f"{prefix}/gradio_api/{path}", content=b"x" * 100)
    assert answer.status_code == 404, "its body isn't even measured"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.fixture(scope="module")
def client() -> TestClient:
    """Of the whole application, built inside a running loop: outside one, Gradio leaves loops open."""

    async def build() -> FastAPI:
        from assistant.page.app import create_app

        return create_app(FakeEngine())

    return TestClient(asyncio.run(build()), raise_server_exceptions=False)


@pytest.mark.model
def test_no_file_is_taken_and_nothing_is_called_beside_the_queue(client: TestClient) -> None:
    assert client.post("/gradio_api/upload", files={"files": b"a"}).status_code == 404
    for method, path in CLOSED:
        assert client.request(method, f"/gradio_api/{path}").status_code == 404, path


@pytest.mark.model
def test_what_the_page_asks_for_is_open(client: TestClient) -> None:
    for path in ("info", "startup-events", "app_id", "theme.css"):
        assert client.get(f"/gradio_api/{path}").status_code == 200, path
    for path in ("queue/join", "run/predict", "cancel", "reset"):
        assert client.post(f"/gradio_api/{path}", json={}).status_code == 422, path


def test_what_makes_work_is_counted() -> None:
    client = TestClient(create_api(FakeEngine(), AssistantSettings.model_construct(requests_per_minute=2)))
    paths = ("queue/join", "run/predict", "queue/join", "run/predict")
    statuses = [client.post(f"/gradio_api/{path}", json={}).status_code for path in paths]
    assert statuses == [404, 404, 429, 429], "nothing is mounted at / here"
    assert client.get("/gradio_api/info").status_code == 404, "what only shows isn't"
