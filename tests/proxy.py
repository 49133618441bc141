"""A small reverse proxy on loopback that publishes a server under a prefix, as web teams do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_OF_ONE_HOP = {"connection", "transfer-encoding", "keep-alive", "host", "accept-encoding"}
_PIECE = 65_536


@contextmanager
def published(server: str, prefix: str, *, strips: bool) -> Iterator[str]:
    """Publish ``server`` under ``prefix``; give the public address of the prefix, without a slash at its end.

    The server isn't told under which host it's published: its addresses must not depend on that.

    Args:
        server: its address, as ``http://127.0.0.1:7860``.
        prefix: as ``/aides``; everything else is 404.
        strips: whether the server sees addresses without the prefix.
    """

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if self.path != prefix and not self.path.startswith((f"{prefix}/", f"{prefix}?")):
                # The rest of the site: it has an icon, and none of our pages.
                self.send_response(200 if self.path == "/favicon.ico" else 404)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            path = (self.path.removeprefix(prefix) or "/") if strips else self.path
            asked = {name: value for name, value in self.headers.items() if name.lower() not in _OF_ONE_HOP}
            connection = HTTPConnection(urlsplit(server).netloc)
            try:
                connection.request(self.command, path, body or None, asked)
                answer = connection.getresponse()
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in _OF_ONE_HOP:
                        self.send_header(name, value)
                self.send_header("Connection", "close")
                self.end_headers()
                while piece := answer.read1(_PIECE):
                    self.wfile.write(piece)
                    self.wfile.flush()
            except (BrokenPipeError, ConnectionResetError):
                pass  # the visitor left in the middle of a stream
            finally:
                self.close_connection = True
                connection.close()

        do_GET = do_HEAD = do_POST = do_OPTIONS = pass_on  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    running = threading.Thread(target=proxy.serve_forever)
    running.start()
    try:
        yield f"http://127.0.0.1:{proxy.server_port}{prefix}"
    finally:
        proxy.shutdown()
        running.join()
        proxy.server_close()
