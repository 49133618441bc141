"""What is sent to a Chroma server: its address, tenant, database and token, and how long it's waited for."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from ingest.chroma_server import ChromaServer
from ingest.configured import configured_generations
from ingest.errors import StoreUnreachable
from ingest.served_generations import ServedGenerations
from ingest.server_address import ServerAddress
from ingest.settings import IndexSettings

ANSWERS = {
    "identity": {"user_id": "", "tenant": "region", "databases": ["aides"]},
    "region": {"name": "region"},
    "aides": {"id": "00000000-0000-0000-0000-000000000000", "name": "aides", "tenant": "region"},
    "collections": [],
}


class Recording(BaseHTTPRequestHandler):
    """Answers as an empty server does; refuses whom it doesn't know."""

    seen: ClassVar[list[tuple[str, str | None]]] = []

    def do_GET(self) -> None:
        token = self.headers.get("Authorization")
        self.seen.append((self.path, token))
        self.send_response(200 if token == "Bearer s3cret" else 401)
        self.end_headers()
        self.wfile.write(json.dumps(ANSWERS[self.path.partition("?")[0].rpartition("/")[2]]).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    Recording.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Recording)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_tenant_the_database_and_the_token_are_sent(port: int) -> None:
    server = ChromaServer(ServerAddress("127.0.0.1", port, False, "region", "aides", "s3cret"))
    assert server.names("essai.") == []
    assert {token for _, token in Recording.seen} == {"Bearer s3cret"}
    assert any(
        path.startswith("/api/v2/tenants/region/databases/aides/collections") for path, _ in Recording.seen
    )


def test_a_refusal_is_told_without_the_token(port: int) -> None:
    address = ServerAddress("127.0.0.1", port, False, "region", "aides", "wrong-token")
    assert "wrong-token" not in repr(address)
    with pytest.raises(StoreUnreachable, match="ASSISTANT_CHROMA_") as told:
        ChromaServer(address).names("essai.")
    assert "wrong-token" not in str(told.value)


@pytest.mark.parametrize(
    ("url", "host", "port", "tls"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1", 8000, False),
        ("https://chroma.example.fr/", "chroma.example.fr", 443, True),
        ("http://chroma", "chroma", 80, False),
        ("https://[::1]:8443", "::1", 8443, True),
    ],
)
def test_an_address_is_read(url: str, host: str, port: int, tls: bool) -> None:
    settings = IndexSettings(
        chroma_url=url, chroma_tenant="region", chroma_database="aides", chroma_token="s3cret"
    )
    address = settings.chroma_server
    assert address == ServerAddress(host, port, tls, "region", "aides", "s3cret")
    assert "s3cret" not in repr(settings)
    generations = configured_generations(settings)
    assert isinstance(generations, ServedGenerations)
    assert generations.where == str(address)


@pytest.mark.parametrize(
    "url",
    [
        "chroma:8000",
        "ftp://chroma",
        "http://",
        "http://chroma:99999",
        "http://user:pass@chroma",
        "http://chroma/x",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="chroma_url"):
        IndexSettings(chroma_url=url)


def test_without_an_address_the_index_is_in_its_folder() -> None:
    assert IndexSettings().chroma_server is None
    assert type(configured_generations(IndexSettings())).__name__ == "Generations"
