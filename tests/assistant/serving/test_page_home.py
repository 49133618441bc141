"""A chat page's requests reach the worker that made it, whichever worker a connection reached."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from assistant.commands.serve import listen
from assistant.page.shell import french_page
from assistant.serving.page_home import WORKER_HEADER, PageHome

LIMIT = 60


class Told:
    """An application that tells what reached it.

    ``/gradio_api/stream`` streams until its client leaves, ``/gradio_api/cut`` stops in the middle.
    """

    def __init__(self) -> None:
        self.left = threading.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        head = {"type": "http.response.start", "status": 200, "headers": []}
        if scope["path"].endswith("/gradio_api/stream"):
            await send(head)
            await send({"type": "http.response.body", "body": b"first\n", "more_body": True})
            while (await receive())["type"] != "http.disconnect":
                pass
            self.left.set()
            return
        if scope["path"].endswith("/gradio_api/cut"):
            await send(head)
            await send({"type": "http.response.body", "body": b"first\n", "more_body": True})
            return
        request = Request(scope, receive)
        told = {
            "path": scope["path"],
            "raw_path": scope["raw_path"].decode(),
            "query": scope["query_string"].decode(),
            "client": scope["client"][0] if scope["client"] else None,
            "scheme": scope["scheme"],
            "home": scope["assistant.page_home"],
            "headers": {name.decode(): value.decode() for name, value in scope["headers"]},
            "bytes": len(await request.body()),
        }
        await send({**head, "headers": [(b"set-by", b"app")]})
        await send({"type": "http.response.body", "body": json.dumps(told).encode()})


@contextmanager
def running(app: PageHome, sockets: list[socket.socket]) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", proxy_headers=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": sockets})
    thread.start()
    try:
        limit = time.monotonic() + LIMIT
        while not server.started and time.monotonic() < limit:
            time.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        thread.join()


class Pair:
    """Two workers, each with a listener of its own so that a test chooses which one it reaches."""

    def __init__(self, folder: Path) -> None:
        self.paths = {number: folder / str(number) for number in (1, 2)}
        self.apps = {number: Told() for number in (1, 2)}
        self.clients: dict[int, httpx.Client] = {}

    def ask(self, reached: int, path: str, **asked: Any) -> dict[str, Any]:
        answer = self.clients[reached].get(path, **asked)
        assert answer.status_code == 200
        return {**answer.json(), "worker": answer.headers.get_list(WORKER_HEADER), "got": answer.headers}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("w")  # short: the path of a Unix socket has some hundred characters


@pytest.fixture(scope="module")
def pair(folder: Path) -> Iterator[Pair]:
    made = Pair(folder)
    with running_pair(made):
        yield made


@contextmanager
def running_pair(pair: Pair) -> Iterator[None]:
    def own(number: int) -> socket.socket:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(pair.paths[number]))
        listener.listen(8)
        return listener

    fronts = {number: listen("127.0.0.1", 0) for number in (1, 2)}
    owns = {number: own(number) for number in (1, 2)}
    homes = {number: PageHome(pair.apps[number], number, pair.paths, "/aides") for number in (1, 2)}
    with running(homes[1], [fronts[1], owns[1]]), running(homes[2], [fronts[2], owns[2]]):
        for number, front in fronts.items():
            address = f"http://127.0.0.1:{front.getsockname()[1]}"
            pair.clients[number] = httpx.Client(base_url=address, timeout=LIMIT)
        yield
        for client in pair.clients.values():
            client.close()
    for home in homes.values():
        for way in home._ways.values():
            asyncio.run(way.aclose())
    for opened in (*fronts.values(), *owns.values()):
        opened.close()


@pytest.mark.parametrize("reached", [1, 2])
@pytest.mark.parametrize(
    ("path", "worker", "seen"),
    [
        ("/page-1/gradio_api/queue/data?session_hash=a%20b", 1, "/gradio_api/queue/data"),
        ("/page-2/gradio_api/queue/data?session_hash=a%20b", 2, "/gradio_api/queue/data"),
        ("/aides/page-2/gradio_api/x%2Fy", 2, "/aides/gradio_api/x/y"),
        ("/page-3/gradio_api/x", 1, "/gradio_api/x"),  # there were more workers before
        ("/page-0/gradio_api/x", 2, "/gradio_api/x"),
    ],
)
def test_what_a_page_asks_reaches_its_worker(
    pair: Pair, reached: int, path: str, worker: int, seen: str
) -> None:
    told = pair.ask(reached, path)
    assert told["worker"] == [str(worker)]
    assert told["path"] == seen
    assert "page-" not in told["raw_path"]
    assert told["query"] == path.partition("?")[2]
    assert told["got"].get_list("set-by") == ["app"]
    assert len(told["got"].get_list("date")) == 1


@pytest.mark.parametrize("path", ["/", "/api/chat", "/page-2/api/chat", "/page-2", "/page-x/gradio_api/x"])
def test_anything_else_is_served_where_it_comes(pair: Pair, path: str) -> None:
    for reached in (1, 2):
        told = pair.ask(reached, path)
        assert (told["worker"], told["path"]) == ([str(reached)], path)
        assert told["home"] == f"page-{reached}"


def test_a_body_and_its_sender_are_handed_over_whole(pair: Pair) -> None:
    answer = pair.clients[1].post(
        "/page-2/gradio_api/queue/join",
        content=b"x" * 300_000,
        headers={"X-Forwarded-For": "192.0.2.7", "X-Assistant-Peer": "https 1 198.51.100.1"},
    )
    told = answer.json()
    assert told["bytes"] == 300_000
    assert (told["client"], told["scheme"]) == ("127.0.0.1", "http")
    assert told["headers"]["x-forwarded-for"] == "192.0.2.7"
    assert told["headers"]["host"].startswith("127.0.0.1:")
    assert "x-assistant-peer" not in told["headers"]


def test_nobody_outside_can_say_who_they_are(pair: Pair) -> None:
    told = pair.ask(2, "/page-2/gradio_api/x", headers={"X-Assistant-Peer": "https 1 198.51.100.1"})
    assert (told["client"], told["scheme"]) == ("127.0.0.1", "http")


def test_a_stream_passes_as_it_comes_and_ends_with_its_reader(pair: Pair) -> None:
    with pair.clients[1].stream("GET", "/page-2/gradio_api/stream") as answer:
        assert next(answer.iter_lines()) == "first"
    assert pair.apps[2].left.wait(LIMIT)


def test_an_answer_that_its_worker_leaves_unfinished_does_not_look_whole(pair: Pair) -> None:
    with pair.clients[1].stream("GET", "/page-2/gradio_api/cut") as answer:
        lines = answer.iter_lines()
        assert next(lines) == "first"
        with pytest.raises(httpx.RemoteProtocolError):
            list(lines)
    assert pair.ask(1, "/page-2/gradio_api/x")["worker"] == ["2"]


def test_a_worker_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    home = PageHome(Told(), 1, {1: tmp_path / "1", 2: tmp_path / "2"})
    transport = httpx.ASGITransport(home)

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get("/page-2/gradio_api/x")

    answer = asyncio.run(ask())
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_page_is_told_where_to_ask() -> None:
    html = '<html lang="en"><script data-gradio-mode></script></html>'
    assert "new URL('./page-2', location.href)" in french_page(html, home="page-2")
    assert "new URL('./', location.href)" in french_page(html)
