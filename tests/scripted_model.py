"""A chat server on the loopback that does what a test scripts: answers, breaks off, stays silent, refuses."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "petit-modele"


@dataclass
class Script:
    """What the server does; ``asked`` keeps what it was sent."""

    pieces: tuple[str, ...] = ()
    status: int = 200
    raw: bytes | None = None
    ends: bool = True
    silent: bool = False
    address: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


class _Handler(BaseHTTPRequestHandler):
    script: Script

    def do_GET(self) -> None:
        data = [
            {"id": MODEL, "aliases": ["petit"]},
            {"id": "autre"},
            {"id": "vecteurs", "type": "text-embeddings-inference"},
        ]
        self._send(200, json.dumps({"object": "list", "data": data}).encode(), "application/json")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.script.asked.append(json.loads(body))
        self.script.keys.append(self.headers.get("Authorization", ""))
        if self.script.silent:
            self.script.released.wait(30)
            return
        if self.script.status != 200:
            self._send(self.script.status, b'{"error":{"message":"no"}}', "application/json")
            return
        chunks = [_chunk({"content": piece}, None) for piece in self.script.pieces]
        if self.script.ends:
            chunks += [_chunk({}, "stop"), b"data: [DONE]\n\n"]
        raw = self.script.raw
        self._send(200, b"".join(chunks) if raw is None else raw, "text/event-stream")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "3600")
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _chunk(delta: dict[str, str], reason: str | None) -> bytes:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": reason}
    shape = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [choice]}
    return b"data: " + json.dumps(shape).encode() + b"\n\n"


@contextmanager
def scripted(script: Script) -> Iterator[Script]:
    """Serve a script until the block ends."""
    handler = type("Handler", (_Handler,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    script.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield script
    finally:
        script.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
