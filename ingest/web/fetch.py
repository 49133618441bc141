"""Get addresses one after the other, with patience: bounded sizes, times and redirects, and a delay."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import PurePosixPath
from types import TracebackType
from urllib.parse import urlsplit

import httpx

from ingest.web.address import host_of, public_ip, whole_address
from ingest.web.errors import Unanswered

AGENT = "regional-schemes-assistant"
MOST_BYTES = 50_000_000
_MOST_SECONDS = 120.0
_STEP_SECONDS = 20.0
_MOST_REDIRECTS = 5
_GONE = frozenset({404, 410})
_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/csv": ".csv",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
_UNNAMED = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_BUSY = 429
_FAILS_FROM = 500


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gives.

    Attributes:
        address: where it was found, after redirects.
        status: ``here``, ``same`` as what was had before, or ``gone``.
        kind: the end of name of such a file; None of a kind that isn't read.
        content: the bytes; none unless it's ``here``.
        etag: what the server calls this version.
        last_modified: when it says that it was changed.
    """

    address: str
    status: str
    kind: str | None = None
    content: bytes = b""
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program answers: the kind of its content, as it's declared, and its bytes."""

    kind: str
    content: bytes


class PublicTransport(httpx.HTTPTransport):
    """Connects to the very address that was found to be public, whatever the name leads to a moment later."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the machine's IP address; its name stays in the header and in TLS."""
        host, url = request.url.host, request.url
        ip = public_ip(host, url.port or (443 if url.scheme == "https" else 80))
        sent = httpx.Request(
            request.method,
            url.copy_with(host=ip),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return super().handle_request(sent)


@cache
def _trusted() -> ssl.SSLContext:
    """What certificates are checked with: a second's reading, done once."""
    return httpx.create_ssl_context()


class Fetcher:
    """A client that waits between its requests."""

    def __init__(self, *, delay: float, allows_private: bool = False) -> None:
        """Open nothing yet.

        Args:
            delay: seconds between the end of a request and the next.
            allows_private: whether machines of a private network are read too.
        """
        self.delay = delay
        self._last = -delay
        # A connection is of one name: another of the same machine has its own certificate.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(
            transport=(httpx.HTTPTransport if allows_private else PublicTransport)(
                verify=_trusted(), limits=limits
            ),
            headers={"User-Agent": AGENT, "Accept-Language": "fr"},
            timeout=_STEP_SECONDS,
            follow_redirects=False,
            trust_env=False,
        )

    def get(
        self, address: str, *, etag: str | None = None, last_modified: str | None = None, host: str = ""
    ) -> Fetched:
        """Get what an address gives.

        Args:
            address: a whole address.
            etag: the version that is had already.
            last_modified: when that was changed.
            host: the only host that a redirect may lead to; any when empty.

        Raises:
            Unanswered: no answer, a refusal, too much of it, or redirects that lead away or don't end.
        """
        known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in known.items() if value}
        for _ in range(_MOST_REDIRECTS + 1):
            self._wait()
            found = self._once(address, headers)
            if isinstance(found, Fetched):
                return found
            address = found
            if host and host_of(address) != host:
                raise Unanswered(f"« {address} » est d’un autre site.")
        raise Unanswered(f"« {address} » renvoie sans fin d’une adresse à l’autre.")

    def ask(self, address: str, headers: dict[str, str], *, method: str = "GET") -> Answer:
        """Ask a program; a redirect isn't followed, since the headers may hold a key.

        Raises:
            Unanswered: no answer, another status than 200, or too much of it.
        """
        self._wait()
        with self._answering(method, address, headers) as response:
            _require_ok(address, response)
            return Answer(_named_kind(response), _content(address, response))

    def _wait(self) -> None:
        time.sleep(max(0.0, self._last + self.delay - time.monotonic()))

    def _once(self, address: str, headers: dict[str, str]) -> Fetched | str:
        """One request: what was found, or the address that it leads to."""
        with self._answering("GET", address, headers) as response:
            if response.has_redirect_location:
                return whole_address(response.headers["Location"], address)
            return _fetched(address, response)

    @contextmanager
    def _answering(self, method: str, address: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
        """Send a request and read its answer; what fails is told in French."""
        try:
            with self._client.stream(method, address, headers=headers) as response:
                yield response
        except httpx.TimeoutException as error:
            raise Unanswered(f"« {address} » ne répond pas à temps.", may_pass=True) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError) as error:
            raise Unanswered(f"« {address} » ne répond pas.", may_pass=True) from error
        finally:
            self._last = time.monotonic()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Fetcher:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()


def _fetched(address: str, response: httpx.Response) -> Fetched:
    if response.status_code in _GONE:
        return Fetched(address, "gone")
    if response.status_code == httpx.codes.NOT_MODIFIED:
        return Fetched(address, "same")
    _require_ok(address, response)
    kind = _kind(address, _named_kind(response))
    content = _content(address, response) if kind else b""
    headers = response.headers
    return Fetched(address, "here", kind, content, headers.get("ETag"), headers.get("Last-Modified"))


def _require_ok(address: str, response: httpx.Response) -> None:
    status = response.status_code
    if status != httpx.codes.OK:
        raise Unanswered(
            f"« {address} » répond {status}.",
            status=status,
            may_pass=status == _BUSY or status >= _FAILS_FROM,
            after=_seconds(response.headers.get("Retry-After", "")),
        )


def _seconds(text: str) -> float | None:
    """The delay that a header gives, in seconds or until a date; None when it gives none."""
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _content(address: str, response: httpx.Response) -> bytes:
    """The bytes of an answer, of which neither the size nor the time goes beyond limits."""
    until, content = time.monotonic() + _MOST_SECONDS, bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > MOST_BYTES:
            raise Unanswered(f"« {address} » dépasse {MOST_BYTES // 1_000_000} Mo.")
        if time.monotonic() > until:
            raise Unanswered(f"« {address} » répond trop lentement.", may_pass=True)
    return bytes(content)


def _named_kind(response: httpx.Response) -> str:
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _kind(address: str, named: str) -> str | None:
    if named in _UNNAMED:
        suffix = PurePosixPath(urlsplit(address).path).suffix.lower()
        return suffix if suffix in _KINDS.values() else None
    return _KINDS.get(named)
