"""The API of Aides-territoires as it answers, served on loopback with the aids of a sample."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

SAMPLE = Path(__file__).parent / "ingest" / "records" / "samples" / "aids.json"
KEY = "cle-de-la-region-7b1f"


def sample() -> list[dict[str, Any]]:
    """The aids of the sample, in the form of the API."""
    aids: list[dict[str, Any]] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return aids


@dataclass
class Given:
    """An answer given in place of the API's own."""

    body: bytes = b"{}"
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class AidsApi:
    """The API: its aids, what it wants, what was asked of it.

    Attributes:
        address: where it is.
        aids: what it has.
        page_size: how many it gives at once, whatever it's asked.
        passes: the passes that it gave and that are still good.
        asked: method and path of each request.
        instead: gives another answer to a path, or None for its own.
    """

    address: str = ""
    aids: list[Any] = field(default_factory=sample)
    page_size: int = 2
    passes: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    instead: Callable[[str], Given | None] = lambda _path: None

    def once(self, part: str, given: Given) -> None:
        """Give another answer the first time that an address holds a text."""
        left = [given]
        self.instead = lambda path: left.pop() if part in path and left else None

    def aid(self, number: int) -> dict[str, Any]:
        """The aid of an id, to be changed."""
        found: dict[str, Any] = next(aid for aid in self.aids if aid["id"] == number)
        return found

    def answer(self, method: str, path: str, headers: Any) -> Given:
        """What it answers to a request."""
        self.asked.append(f"{method} {path}")
        if given := self.instead(path):
            return given
        parts = urlsplit(path)
        if (method, parts.path) == ("POST", "/api/connexion/"):
            if headers["X-AUTH-TOKEN"] != KEY:
                return _json({"message": "Authentication failed."}, 401)
            self.passes.append(f"laissez.passer.{len(self.asked)}")
            return _json({"token": self.passes[-1]})
        if (headers["Authorization"] or "").removeprefix("Bearer ") not in self.passes:
            return _json({"message": "Expired JWT Token"}, 401)
        if (method, parts.path) != ("GET", "/api/aids/"):
            return _json({"status": 404}, 404)
        return self._page({name: values[-1] for name, values in parse_qs(parts.query).items()})

    def _page(self, query: dict[str, str]) -> Given:
        page = int(query.get("page", 1))
        until = page * self.page_size
        # As behind its proxy: another scheme and host than those that were asked.
        following = f"http://api.invalid/api/aids/?{urlencode({**query, 'page': page + 1})}"
        return _json(
            {
                "count": len(self.aids),
                "previous": None,
                "next": following if until < len(self.aids) else None,
                "results": self.aids[until - self.page_size : until],
            }
        )


def _json(values: Any, status: int = 200) -> Given:
    return Given(json.dumps(values).encode(), status)


@contextmanager
def aids_api() -> Iterator[AidsApi]:
    """Serve the API on a free port of loopback."""
    api = AidsApi()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            given = api.answer(self.command, self.path, self.headers)
            self.send_response(given.status)
            for name, value in {"Content-Type": given.kind, **given.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(given.body)))
            self.end_headers()
            self.wfile.write(given.body)

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    running.start()
    api.address = f"http://127.0.0.1:{server.server_port}/api/"
    try:
        yield api
    finally:
        server.shutdown()
        running.join()
        server.server_close()
