"""What a site lets robots read, as its robots.txt says."""

from __future__ import annotations

from urllib.parse import urljoin

from protego import Protego

from ingest.web.errors import Unanswered
from ingest.web.fetch import AGENT, Fetcher

_MOST_BYTES = 500_000
_MOST_DELAY_S = 30.0


class Robots:
    """The rules of a site; all is allowed where it has none."""

    def __init__(self, text: str = "") -> None:
        """Read the text of a robots.txt."""
        self._rules = Protego.parse(text)

    def allows(self, address: str) -> bool:
        """Whether an address may be read."""
        return bool(self._rules.can_fetch(address, AGENT))

    @property
    def delay(self) -> float:
        """How many seconds it wants between two requests, half a minute at most."""
        return min(float(self._rules.crawl_delay(AGENT) or 0), _MOST_DELAY_S)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it names."""
        return tuple(self._rules.sitemaps)


def robots_of(fetcher: Fetcher, address: str) -> Robots:
    """Get the robots.txt of the site of an address.

    Raises:
        Unanswered: the site doesn't answer, so that nothing tells what it allows.
    """
    found = fetcher.get(urljoin(address, "/robots.txt"))
    if found.status == "gone":
        return Robots()
    if found.kind not in {".txt", None}:
        return Robots()  # a page in its place
    return Robots(found.content[:_MOST_BYTES].decode("utf-8", errors="replace"))


def check_allowed(robots: Robots, address: str) -> None:
    """Raise Unanswered when a site forbids the address that was asked for."""
    if not robots.allows(address):
        raise Unanswered(f"« {address} » est interdit aux robots par le site (robots.txt).")
