"""Addresses that may be read: whole http(s) ones, of public machines unless others are allowed."""

from __future__ import annotations

import hashlib
import ipaddress
import socket
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from ingest.web.errors import Unanswered

_MOST_CHARS = 2000
_LAST_PORT = 65535


def whole_address(text: str, base: str = "") -> str:
    """Write an address in one way: whole, its host in small letters, without its fragment.

    Args:
        text: the address, or one that is relative to ``base``.
        base: a whole address.

    Raises:
        Unanswered: it's no http(s) address, or it holds a password.
    """
    import httpx  # an ingestion of files alone doesn't wait for it

    try:
        url = httpx.URL(urldefrag(urljoin(base, text.strip())).url)
        is_odd = url.userinfo or len(text) > _MOST_CHARS or (url.port or 0) > _LAST_PORT
        if url.scheme not in {"http", "https"} or not url.host or is_odd:
            raise ValueError
    except (ValueError, httpx.InvalidURL) as error:
        raise Unanswered(f"« {text[:200]} » n’est pas une adresse qu’on peut lire (https://…).") from error
    return str(url) if urlsplit(str(url)).path else str(url.copy_with(path="/"))


def host_of(address: str) -> str:
    """The host and port of a whole address."""
    return urlsplit(address).netloc


def web_document_id(address: str) -> str:
    """Return the stable id of a page; it shows the end of its address."""
    return f"doc:{web_name(address)}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"


def site_name(address: str | None) -> str:
    """The site of an address: what publishes a page that names nobody; nothing without an address."""
    return (urlsplit(address).hostname or "") if address else ""


def web_name(address: str) -> str:
    """What a page is called where it has no title: the end of its address, else its site."""
    parts = urlsplit(address)
    return unquote(parts.path).rstrip("/").rpartition("/")[2] or parts.hostname or address


def public_ip(host: str, port: int) -> str:
    """Find the IP address of a machine, once it's known that all it has are public.

    Raises:
        Unanswered: it has none, or one of a private network.
    """
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise Unanswered(f"Le site « {host} » est introuvable.") from error
    if not found or not all(map(_is_public, found)):
        raise Unanswered(
            f"« {host} » est une machine d’un réseau privé : elle n’est pas lue "
            "(réglage ASSISTANT_WEB_PRIVATE pour un intranet)."
        )
    return found[0]


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.sixtofour or address.teredo:
            return False
        address = address.ipv4_mapped or address
    return address.is_global and not address.is_multicast
