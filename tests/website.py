"""A small site served on loopback: pages by their paths, versions by their ETags, what was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """What a path answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Website:
    """The pages of a site, that tests change, and what was asked of it."""

    address: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def page(self, path: str, title: str, *said: str, head: str = "", status: int = 200) -> None:
        """Put an HTML page: its title, then paragraphs, or links where a text begins as one."""
        body = "".join(_told(text) for text in said)
        text = (
            f"<html lang=fr><head><title>{title}</title>{head}</head><body><main>{body}</main></body></html>"
        )
        self.put(path, text.encode(), "text/html; charset=utf-8", status)

    def put(self, path: str, body: bytes, kind: str, status: int = 200, **headers: str) -> None:
        """Put any answer."""
        self.answers[path] = Answer(body, status, {"Content-Type": kind, **headers})

    def leads(self, path: str, to: str) -> None:
        """Make a path lead elsewhere."""
        self.answers[path] = Answer(b"", 302, {"Location": to})

    def paths(self) -> list[str]:
        """The paths asked for since the last time, robots.txt aside."""
        paths = [path for path, _ in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return paths


def _told(text: str) -> str:
    if text.startswith(("/", "http", "mailto:", "../", "?")):
        return f"<p><a href='{text}'>Voir aussi</a></p>"
    return f"<p>{text}</p>"


@contextmanager
def website() -> Iterator[Website]:
    """Serve a site on a free port of loopback."""
    site = Website()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = site.answers.get(self.path, Answer(b"", 404))
            tag = f'"{sha256(answer.body).hexdigest()[:12]}"'
            is_same = answer.status == 200 and self.headers["If-None-Match"] == tag
            status = 304 if is_same else answer.status
            site.asked.append((self.path, status))
            site.hosts.add(self.headers["Host"])
            self.send_response(status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status == 200:
                self.send_header("ETag", tag)
            if not is_same:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if not is_same:
                self.wfile.write(answer.body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    running.start()
    site.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        running.join()
        server.server_close()
