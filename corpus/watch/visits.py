"""Visit addresses over the network, politely: one request a host at a time, HEAD before GET, no body read."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import httpx

USER_AGENT = "regional-schemes-assistant (verification des sources ; une requete a la fois)"
_GONE = frozenset({404, 410})
_FIRST_ERROR = 400
_MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far visits may go.

    Attributes:
        timeout_s: how long each wait for a server may last, in seconds.
        pause_s: how long a host is left alone between two requests, in seconds.
        hosts: how many hosts are visited at the same time.
    """

    timeout_s: float = 10.0
    pause_s: float = 1.0
    hosts: int = 8


@dataclass(frozen=True, slots=True)
class Visit:
    """What an address answered.

    Attributes:
        outcome: it answers, it doesn't any more, or only a person can tell.
        reason: why, in French, without final stop; empty when it answers.
        reached: whether its server said anything at all.
    """

    outcome: Literal["answers", "silent", "unsure"]
    reason: str = ""
    reached: bool = True


def visit_all(urls: Iterable[str], bounds: Bounds, *, environment: bool = True) -> dict[str, Visit]:
    """Visit each address once.

    Args:
        urls: the addresses.
        bounds: how far to go.
        environment: whether the proxies of the environment are used.
    """
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(urlsplit(url).netloc.lower(), []).append(url)
    with (
        httpx.Client(
            headers={"User-Agent": USER_AGENT},
            timeout=bounds.timeout_s,
            follow_redirects=True,
            max_redirects=_MOST_REDIRECTS,
            trust_env=environment,
        ) as client,
        ThreadPoolExecutor(bounds.hosts) as pool,
    ):
        rounds = pool.map(lambda of_host: _visit_host(client, of_host, bounds), by_host.values())
        return {url: visit for visits in rounds for url, visit in visits.items()}


def _visit_host(client: httpx.Client, urls: Sequence[str], bounds: Bounds) -> dict[str, Visit]:
    visits: dict[str, Visit] = {}
    for url in urls:
        if visits:
            time.sleep(bounds.pause_s)
        visits[url] = _visit(client, url, bounds)
    return visits


def _visit(client: httpx.Client, url: str, bounds: Bounds) -> Visit:
    """Ask for the head alone; then for the page, as some servers refuse the first or leave it unanswered."""
    visit = _ask(client, "HEAD", url, bounds)
    if visit.outcome == "answers":
        return visit
    time.sleep(bounds.pause_s)
    return _ask(client, "GET", url, bounds)


def _ask(client: httpx.Client, method: str, url: str, bounds: Bounds) -> Visit:
    try:
        with client.stream(method, url) as response:
            status = response.status_code
    except httpx.TimeoutException:
        waited = f"{bounds.timeout_s:g}".replace(".", ",")
        return Visit("silent", f"aucune réponse en {waited} s", reached=False)
    except httpx.TooManyRedirects:
        return Visit("unsure", "renvoie sans fin d’une adresse à l’autre")
    except httpx.TransportError:
        return Visit("silent", "la connexion échoue", reached=False)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
        return Visit("unsure", "cette adresse ne peut pas être demandée", reached=False)
    if status < _FIRST_ERROR:
        return Visit("answers")
    if status in _GONE:
        return Visit("silent", f"la page n’existe plus (code {status})")
    return Visit("unsure", f"le serveur refuse de répondre (code {status})")
