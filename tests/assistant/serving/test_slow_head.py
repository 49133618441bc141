"""Connections whose request never comes are cut; those that are answered, or asked of again, aren't."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from assistant.serving.slow_head import HeadInTime

WAIT_S = 30
SOON = 0.3
HEAD = b"GET / HTTP/1.1\r\nHost: here\r\n"


class Soon(HeadInTime):
    """Cuts sooner."""

    seconds = SOON


async def slow_answer(_scope: Scope, _receive: Receive, send: Send) -> None:
    await asyncio.sleep(3 * SOON)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
    await send({"type": "http.response.body", "body": b"done"})


@pytest.fixture
def port() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(
            slow_answer, http=Soon, lifespan="off", log_level="critical", timeout_keep_alive=60
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join()


@pytest.fixture
def connection(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=WAIT_S) as made:
        yield made


@pytest.mark.parametrize("begun", [b"", b"G", HEAD])
def test_a_head_that_never_ends_is_cut(connection: socket.socket, begun: bytes) -> None:
    connection.sendall(begun)
    assert connection.recv(100) == b"", "closed by the server, which waits for no more"


def test_drops_do_not_put_it_off(connection: socket.socket) -> None:
    stopped = threading.Event()

    def drip() -> None:
        connection.sendall(HEAD)
        while not stopped.wait(SOON / 5):
            try:
                connection.sendall(b"a")
            except OSError:
                return

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        assert connection.recv(100) == b""
    except ConnectionResetError:
        pass  # a drop came after the end
    finally:
        stopped.set()
        dripping.join()


def test_a_long_answer_is_awaited_and_the_next_head_has_its_own_time(connection: socket.socket) -> None:
    for _ in range(2):
        connection.sendall(HEAD + b"\r\n")
        answer = b""
        while not answer.endswith(b"done"):
            piece = connection.recv(1000)
            assert piece, "cut while it was answered"
            answer += piece
        assert answer.startswith(b"HTTP/1.1 200")
    connection.sendall(HEAD)
    assert connection.recv(100) == b""
