"""Which addresses are read: whole ones, of public machines, written in one way."""

import socket

import pytest
from website import website

from ingest.web.address import public_ip, web_document_id, web_name, whole_address
from ingest.web.errors import Unanswered
from ingest.web.fetch import Fetcher


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("HTTPS://WWW.Example.FR", "https://www.example.fr/"),
        ("https://example.fr:443/a#haut", "https://example.fr/a"),
        ("/b?x=1", "https://example.fr/b?x=1"),
        ("../c.pdf ", "https://example.fr/c.pdf"),
        ("//autre.fr/d", "https://autre.fr/d"),
        ("https://école.fr/é", "https://xn--cole-9oa.fr/%C3%A9"),
    ],
)
def test_an_address_is_written_in_one_way(text: str, whole: str) -> None:
    assert whole_address(text, "https://example.fr/aides/a.html") == whole
    assert whole_address(whole) == whole


@pytest.mark.parametrize(
    "text",
    [
        "file:///etc/passwd", "ftp://example.fr/a", "mailto:a@example.fr", "javascript:void(0)", "https://",
        "https://moi:secret@example.fr/", "http://[::1", "http://example.fr:99999/",
        "https://a/" + "a" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_address_to_read_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(Unanswered, match="n’est pas une adresse qu’on peut lire") as caught:
        whole_address(text)
    assert "\n" not in str(caught.value)


PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "2002:7f00:1::", "2001:0:53aa:64c::1", "ff02::1",
]  # fmt: skip


def leads_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Make every name lead to some IP addresses."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_machine_is_refused_whatever_it_is_called(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads_to(monkeypatch, "93.184.216.34", address)
    with pytest.raises(Unanswered, match="machine d’un réseau privé"):
        public_ip("aides.example.fr", 443)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_a_public_machine_is_read_at_the_address_that_was_checked(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads_to(monkeypatch, address)
    assert public_ip("aides.example.fr", 443) == address


def test_a_name_that_leads_nowhere_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(Unanswered, match=r"« nulle-part\.example » est introuvable"):
        public_ip("nulle-part.example", 80)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_a_request_to_this_machine_is_never_sent(host: str) -> None:
    with Fetcher(delay=0) as fetcher, pytest.raises(Unanswered, match=r"réseau privé|introuvable"):
        fetcher.get(f"http://{host}:9/")


@pytest.mark.e2e
def test_a_request_goes_to_the_machine_that_was_checked_under_the_name_of_the_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, int]] = []

    def checked(host: str, port: int) -> str:
        asked.append((host, port))
        return "127.0.0.1"

    monkeypatch.setattr("ingest.web.fetch.public_ip", checked)
    with website() as site, Fetcher(delay=0) as fetcher:
        site.page("/neuf", "Neuf", "Un texte.")
        site.leads("/ancien", "/neuf")
        port = int(site.address.rpartition(":")[2])
        found = fetcher.get(f"http://aides.example.fr:{port}/ancien")
        assert (found.address, found.status) == (f"http://aides.example.fr:{port}/neuf", "here")
        assert site.hosts == {f"aides.example.fr:{port}"}
    assert asked == [("aides.example.fr", port)] * 2


def test_the_id_of_a_page_shows_the_end_of_its_address() -> None:
    first, second = (f"https://example.fr/{path}/notice%20halles.pdf" for path in "ab")
    assert web_document_id(first).startswith("doc:notice halles.pdf-")
    assert web_document_id(first) != web_document_id(second)
    assert web_name("https://example.fr/") == "example.fr"
