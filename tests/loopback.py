"""An application served on a free port of loopback by a real server, in a thread of the tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi import FastAPI

from assistant.commands.serve import listen

_START_LIMIT = 180


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve ``app``; give its address, stop it at the end."""
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", proxy_headers=False))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    running.start()
    try:
        limit = time.monotonic() + _START_LIMIT
        while not server.started:
            if time.monotonic() > limit or not running.is_alive():
                pytest.fail("the server didn't start")
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        running.join()
        listener.close()
