"""Visits of addresses, on a small server of loopback; and what they make to look at again."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from watch_builders import SOURCE, fiche

from corpus.watch.addresses import addresses_of, turn_of, unanswered
from corpus.watch.finding import Kind
from corpus.watch.visits import USER_AGENT, Bounds, Visit, visit_all

TODAY = date(2026, 11, 28)
_QUICK = Bounds(timeout_s=0.3, pause_s=0)


@dataclass
class Site:
    """A server, what it was asked and how many requests it held at once."""

    address: str = ""
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    slow: threading.Event = field(default_factory=threading.Event)

    def visit(self, *paths: str) -> list[Visit]:
        urls = [self.address + path for path in paths]
        visits = visit_all(urls, _QUICK, environment=False)
        return [visits[url] for url in urls]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            with lock:
                site.at_once += 1
                site.most_at_once = max(site.most_at_once, site.at_once)
                site.asked.append((self.command, self.path, self.headers["User-Agent"]))
            if self.path == "/lente":
                site.slow.wait(10)
            if self.path == "/coupe-tete" and self.command == "HEAD":
                site.at_once -= 1
                self.close_connection = True
                return
            time.sleep(0.005)  # long enough for a second request to be seen beside it
            with lock:
                site.at_once -= 1
            status = {"/absente": 404, "/retiree": 410, "/refus": 403, "/panne": 503}.get(self.path, 200)
            if self.path == "/sans-tete" and self.command == "HEAD":
                status = 405
            moved = {"/ancienne": "/page", "/boucle": "/boucle", "/perdue": "/absente"}.get(self.path)
            self.send_response(301 if moved else status)
            if moved:
                self.send_header("Location", moved)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_GET = _answer  # noqa: N815 - the names that http.server calls

        def log_message(self, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield site
        site.slow.set()
        server.shutdown()
        thread.join()


def test_a_page_that_answers_is_asked_for_its_head_alone(site: Site) -> None:
    assert site.visit("/page") == [Visit("answers")]
    assert site.asked == [("HEAD", "/page", USER_AGENT)]


@pytest.mark.parametrize("path", ["/sans-tete", "/coupe-tete"])
def test_the_page_is_asked_for_when_its_head_is_refused(site: Site, path: str) -> None:
    assert site.visit(path) == [Visit("answers")]
    assert [method for method, _, _ in site.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("path", "outcome", "reason"),
    [
        ("/absente", "silent", "la page n’existe plus (code 404)"),
        ("/retiree", "silent", "la page n’existe plus (code 410)"),
        ("/perdue", "silent", "la page n’existe plus (code 404)"),
        ("/refus", "unsure", "le serveur refuse de répondre (code 403)"),
        ("/panne", "unsure", "le serveur refuse de répondre (code 503)"),
        ("/boucle", "unsure", "renvoie sans fin d’une adresse à l’autre"),
        ("/ancienne", "answers", ""),
    ],
)
def test_what_a_server_says_tells_whether_a_page_is_gone(
    site: Site, path: str, outcome: str, reason: str
) -> None:
    (visit,) = site.visit(path)
    assert (visit.outcome, visit.reason, visit.reached) == (outcome, reason, True)


def test_a_server_that_never_answers_is_left(site: Site) -> None:
    (visit,) = site.visit("/lente")
    assert visit == Visit("silent", "aucune réponse en 0,3 s", reached=False)


def test_an_address_without_a_server_is_silent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and never listening: a connection is refused
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        visits = visit_all([url], _QUICK, environment=False)
    assert visits == {url: Visit("silent", "la connexion échoue", reached=False)}


def test_a_host_gets_one_request_at_a_time(site: Site) -> None:
    visits = site.visit(*(f"/page-{number}" for number in range(12)))
    assert {visit.outcome for visit in visits} == {"answers"}
    assert (len(site.asked), site.most_at_once) == (12, 1)


def test_each_address_is_visited_once_whatever_place_in_the_page_is_cited(tmp_path: Path) -> None:
    second = SOURCE.replace("n: 1", "n: 2").replace("/page", "/page#tarif").replace("La page", "Tarif")
    assert addresses_of([fiche(tmp_path, sources=(SOURCE, second))]) == ["https://example.org/page"]


def test_all_addresses_have_their_turn_within_days() -> None:
    urls = [f"https://example.org/{number}" for number in range(7)]
    days = [date(2026, 11, day) for day in (1, 2, 3)]
    turns = [turn_of(urls, 3, day) for day in days]
    assert {len(turn) for turn in turns} == {3}
    assert {url for turn in turns for url in turn} == set(urls)
    assert turn_of(urls, 7, TODAY) == urls


def test_an_address_is_told_where_it_is_cited(tmp_path: Path) -> None:
    url = "https://example.org/page"
    read = [fiche(tmp_path)]
    (found,) = unanswered(read, {url: Visit("silent", "la connexion échoue")}, TODAY)
    assert (found.kind, found.on, found.scheme) == (Kind.SILENT, "2026-11-28", "passerelles")
    assert found.what == f"{url}\u00a0: la connexion échoue"
    assert [f.kind for f in unanswered(read, {url: Visit("unsure", "code 403")}, TODAY)] == [Kind.UNSURE]
    assert unanswered(read, {url: Visit("answers")}, TODAY) == []
    assert unanswered(read, {}, TODAY) == []
