"""Go through the pages of a site, nearest first: what is there is copied, unless it's the same as before."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from ingest.formats.html_links import PageLinks, links_of
from ingest.formats.sitemap import read_sitemap
from ingest.web.address import host_of, whole_address
from ingest.web.copies import Copies, Copy, Site
from ingest.web.errors import Unanswered
from ingest.web.fetch import Fetched, Fetcher
from ingest.web.robots import Robots, check_allowed, robots_of

_MOST_SITEMAPS = 50
_PDF = ".pdf"
_XML = ".xml"


@dataclass(slots=True)
class Visit:
    """What a visit of a site finds.

    Attributes:
        copies: the pages that are there, by their addresses.
        problems: a French line for each address that doesn't answer, and for pages left unread.
    """

    copies: dict[str, Copy] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def visit(
    site: Site,
    fetcher: Fetcher,
    copies: Copies,
    known: dict[str, Copy],
    progress: Callable[[str, int, int], None],
) -> Visit:
    """Visit a site.

    Args:
        site: where to begin, and how far to go.
        fetcher: gets addresses.
        copies: where pages are kept.
        known: the copies of the visit before; a page that doesn't answer keeps its own.
        progress: called with the step's name, what is done and what there is in all.

    Raises:
        Unanswered: the site itself doesn't answer, or forbids that it be read.
    """
    return _Visitor(site, fetcher, copies, known, progress).run()


class _Visitor:
    """One visit of one site."""

    def __init__(
        self,
        site: Site,
        fetcher: Fetcher,
        copies: Copies,
        known: dict[str, Copy],
        progress: Callable[[str, int, int], None],
    ) -> None:
        self._site = site
        self._fetcher = fetcher
        self._copies = copies
        self._known = known
        self._progress = progress
        self._robots = Robots()
        self._host = host_of(site.address)
        self._seen: set[str] = set()
        self._pages: set[str] = set()
        self._queue: deque[tuple[str, int]] = deque()
        self._visit = Visit()

    def run(self) -> Visit:
        self._robots = robots_of(self._fetcher, self._site.address)
        self._fetcher.delay = max(self._fetcher.delay, self._robots.delay)
        if self._site.sitemap:
            for address in self._listed():
                self._add(address, 0)
        else:
            check_allowed(self._robots, self._site.address)
            self._add(self._site.address, self._site.depth)
        while self._queue and len(self._visit.copies) < self._site.limit:
            address, depth = self._queue.popleft()
            self._page(address, depth)
            done = len(self._visit.copies)
            self._progress("pages", done, min(self._site.limit, done + len(self._queue)))
        if self._queue:
            self._visit.problems.append(
                f"« {self._site.address} » a plus de {self._site.limit} pages : les autres ne sont pas lues "
                "(--limit)."
            )
        self._keep_unseen()
        return self._visit

    def _add(self, address: str, depth: int) -> None:
        if address not in self._seen and host_of(address) == self._host and self._robots.allows(address):
            self._seen.add(address)
            self._queue.append((address, depth))

    def _page(self, address: str, depth: int) -> None:
        earlier = self._known.get(address)
        is_start = address == self._site.address
        try:
            found = self._got(address, earlier, is_start=is_start)
        except Unanswered as error:
            if is_start:
                raise
            self._visit.problems.append(str(error))
            if earlier is not None:
                self._visit.copies[address] = earlier
            return
        if found.status == "gone" and is_start:
            self._visit.problems.append(f"« {address} » n’existe pas, ou plus.")
        if found.status == "same" and earlier is not None:
            self._follow(earlier, self._copies.path(earlier).read_bytes(), depth)
            self._keep(earlier)
        elif found.status == "here" and found.kind not in {None, _XML}:
            self._copied(address, found, depth)

    def _got(self, address: str, earlier: Copy | None, *, is_start: bool) -> Fetched:
        """Get a page; its version is told only where its copy is still there."""
        if earlier is not None and not self._copies.path(earlier).is_file():
            earlier = None
        found = self._fetcher.get(
            address,
            etag=earlier.etag if earlier else None,
            last_modified=earlier.last_modified if earlier else None,
            host="" if is_start and not self._visit.copies else self._host,
        )
        if is_start:
            self._host = host_of(found.address)  # example.fr may lead to www.example.fr
        return found

    def _copied(self, address: str, found: Fetched, depth: int) -> None:
        about = links_of(found.content) if found.kind == ".html" else PageLinks()
        if not about.is_listed:
            return
        kind = found.kind or ""
        copy = Copy(
            address=address,
            page=self._own_address(about, found.address),
            site=self._site.address,
            file=self._copies.keep(address, kind, found.content),
            etag=found.etag,
            last_modified=found.last_modified,
        )
        self._follow(copy, found.content, depth)
        self._keep(copy)

    def _keep(self, copy: Copy) -> None:
        """Keep a page, unless another address already gave the same."""
        if copy.page not in self._pages:
            self._pages.add(copy.page)
            self._visit.copies[copy.address] = copy

    def _own_address(self, about: PageLinks, address: str) -> str:
        """The address that a page calls its own, if it's of the same site."""
        try:
            own = whole_address(about.canonical, address) if about.canonical else address
        except Unanswered:
            return address
        return own if host_of(own) == self._host else address

    def _follow(self, copy: Copy, content: bytes, depth: int) -> None:
        """Line up what a page leads to: other pages while there is depth left, PDFs always."""
        if not copy.file.endswith(".html"):
            return
        about = links_of(content)
        base = urljoin(copy.page, about.base) if about.base else copy.page
        for address in _whole(about.links, base):
            if depth > 0 or urlsplit(address).path.lower().endswith(_PDF):
                self._add(address, depth - 1)

    def _listed(self) -> Iterator[str]:
        """The pages that the sitemaps of a site list."""
        start = self._site.address
        is_one = urlsplit(start).path.lower().endswith(_XML)
        named = list(_whole(self._robots.sitemaps, start)) or [urljoin(start, "/sitemap.xml")]
        sitemaps = [start] if is_one else named
        read: set[str] = set()
        while sitemaps and len(read) < _MOST_SITEMAPS:
            address = sitemaps.pop(0)
            if address in read or host_of(address) != self._host:
                continue
            read.add(address)
            found = self._fetcher.get(address, host=self._host)
            try:
                pages, further = read_sitemap(found.content)
            except ValueError as error:
                raise Unanswered(f"« {address} » n’est pas un plan de site (sitemap).") from error
            sitemaps += _whole(further, address)
            yield from _whole(pages, address)

    def _keep_unseen(self) -> None:
        """Keep what wasn't come across where something didn't answer: it may be linked from there."""
        if self._visit.problems:
            for address, copy in self._known.items():
                if address not in self._seen and copy.page not in self._pages:
                    self._visit.copies[address] = copy


def _whole(links: Iterable[str], base: str) -> Iterator[str]:
    """Links as whole addresses, without those that lead to no page (mailto:, javascript:)."""
    for link in links:
        try:
            yield whole_address(link, base)
        except Unanswered:
            continue
