"""A chat server on the loopback that does what a test scripts: answers, fills shapes, breaks off, refuses."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "petit-modele"


@dataclass
class Script:
    """What the server does; ``asked`` keeps what it was sent.

    ``fills`` gives what it answers when a shape is to be filled, from the user's prompt: an object, or a text
    as it is. ``endless`` has it write a list without end.
    """

    pieces: tuple[str, ...] = ()
    status: int = 200
    raw: bytes | None = None
    ends: bool = True
    silent: bool = False
    fills: Callable[[str], object] | None = None
    endless: bool = False
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
        if not self.script.asked[-1].get("stream"):
            self._fill(self.script.asked[-1])
            return
        chunks = [_chunk({"content": piece}, None) for piece in self.script.pieces]
        if self.script.ends:
            chunks += [_chunk({}, "stop"), b"data: [DONE]\n\n"]
        raw = self.script.raw
        self._send(200, b"".join(chunks) if raw is None else raw, "text/event-stream")

    def _fill(self, asked: dict[str, Any]) -> None:
        """Answer whole: a tool call where tools are offered, else a text."""
        if self.script.endless:
            self._send(200, b"", "application/json")
            with suppress(OSError):
                while not self.script.released.is_set():
                    self.wfile.write(b'{"status": "answered", "statements": [1, 2, 3, ' * 1000)
            return
        raw = self.script.raw
        if raw is None:
            assert self.script.fills is not None
            raw = completion(self.script.fills(asked["messages"][-1]["content"]), asked)
        self._send(200, raw, "application/json")

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


def completion(told: object, asked: dict[str, Any]) -> bytes:
    """The body of an answer that says ``told``, in the form that was asked for."""
    text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if asked.get("tools"):
        name = asked["tools"][0]["function"]["name"]
        call = {"id": "1", "type": "function", "function": {"name": name, "arguments": text}}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    usage = {"prompt_tokens": 900, "completion_tokens": 20, "total_tokens": 920}
    shape = {"id": "1", "object": "chat.completion", "created": 1, "model": MODEL, "choices": [choice]}
    return json.dumps({**shape, "usage": usage}).encode()


def numbered(prompt: str) -> dict[str, int]:
    """The numbers of the statements that a prompt offers, by their text."""
    return {text: int(n) for n, text in re.findall(r"^(\d+)\. \([^)]*\) (.+)$", prompt, re.MULTILINE)}


def choosing(*pieces: str, status: str = "answered") -> Callable[[str], object]:
    """A model that chooses the statements that hold these pieces, in this order."""

    def fill(prompt: str) -> object:
        offered = numbered(prompt)
        chosen = [next(n for text, n in offered.items() if piece in text) for piece in pieces]
        return {"status": status, "statements": chosen}

    return fill


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
