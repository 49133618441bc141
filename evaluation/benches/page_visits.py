"""Open our pages in a browser beside an empty Gradio page: bytes by kind, requests, and waits."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from evaluation.errors import TargetGone

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUESTION = "Combien pour la vidéoprotection ?"
_PATIENCE_MS = 60_000
_QUIET_CHECKS, _CHECK_MS, _MOST_CHECKS = 8, 50, 400
# Connections that stay open as long as the page.
_STREAMS = ("/heartbeat/", "/queue/data")
_KINDS = {"Document": "html", "Script": "script", "Stylesheet": "style", "Font": "font"}
_FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


@dataclass(frozen=True, slots=True)
class Shown:
    """A page to open; what is looked for in it is told by CSS selectors.

    Attributes:
        name: how a table names it, in French.
        path: from the root of its server.
        ready: is there once the page can be used.
        opener: is clicked before a question is typed, if anything is.
        field: where a question is typed; None where none is asked.
        whole: is there once the answer is whole.
    """

    name: str
    path: str
    ready: str
    opener: str | None = None
    field: str | None = None
    whole: str = ""


EMPTY = Shown("page Gradio vide", "/", "#ready")
_WHOLE = "article.turn .tools"
CHAT = Shown("page de discussion", "/", "form.ask textarea", None, "form.ask textarea", _WHOLE)
WIDGET = Shown("composant", "/demo", ".launcher", ".launcher", "form.ask textarea", _WHOLE)
PAGES = (
    CHAT,
    WIDGET,
    Shown("page d’une commune", "/communes/59431", "main h1"),
    Shown("page d’un dispositif", "/dispositifs/videoprotection", "main h1"),
)


class Visit(BaseModel):
    """What a first visit costs, nothing kept from before; times are medians of several visits.

    Attributes:
        name: of the page.
        requests: how many the page makes until it's quiet.
        wire: bytes received, headers included, by kind: html, script, style, font, other.
        whole_bytes: the same once decompressed, without headers.
        first_paint_ms: from the start to the first text drawn; None where the browser tells none.
        ready_ms: from the start until the page can be used.
        answer_ms: from the key that sends a question to the whole answer; None where none is asked.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    requests: int
    wire: dict[str, int]
    whole_bytes: int
    first_paint_ms: float | None
    ready_ms: float
    answer_ms: float | None

    @property
    def bytes(self) -> int:
        """All that is received."""
        return sum(self.wire.values())


def bench_visits(
    browser: Browser,
    address: str,
    empty_address: str,
    rounds: int = 5,
    pages: Sequence[Shown] = PAGES,
    progress: Callable[[int, int], None] = lambda done, count: None,
) -> list[Visit]:
    """Visit each page in turn, as often as asked, the empty one among them; a first round isn't counted.

    Args:
        browser: opens each page with nothing in its cache.
        address: of our server.
        empty_address: of the server of the empty page.
        rounds: visits of each page that are counted.
        pages: of our server.
        progress: called with how many visits are over, and how many there are.

    Raises:
        TargetGone: a page isn't served, or never becomes what it should.
    """
    visited = [(empty_address, EMPTY), *((address, shown) for shown in pages)]
    visits: dict[str, list[Visit]] = {shown.name: [] for _, shown in visited}
    count = (rounds + 1) * len(visited)
    for turn in range(rounds + 1):
        for place, (root, shown) in enumerate(visited, start=1):
            visits[shown.name].append(_visit(browser, root, shown))
            progress(turn * len(visited) + place, count)
    return [_middle(of_one[1:]) for of_one in visits.values()]


def _middle(visits: Sequence[Visit]) -> Visit:
    """The last visit, with the median times of all."""
    times: dict[str, float | None] = {}
    for name in ("first_paint_ms", "ready_ms", "answer_ms"):
        told = [value for visit in visits if (value := getattr(visit, name)) is not None]
        times[name] = round(median(told), 1) if told else None
    return visits[-1].model_copy(update=times)


def _visit(browser: Browser, root: str, shown: Shown) -> Visit:
    from playwright.sync_api import Error

    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        wire = _Wire(page)
        started = time.perf_counter()
        response = page.goto(root + shown.path, timeout=_PATIENCE_MS)
        if response is None or not response.ok:
            raise TargetGone(f"« {shown.path} » n’est pas servie : {response and response.status}.")
        page.locator(shown.ready).first.wait_for(state="attached", timeout=_PATIENCE_MS)
        ready = _ms_since(started)
        wire.wait_until_quiet(page)
        received, requests, whole = dict(wire.bytes), len(wire.kinds), wire.whole
        painted = page.evaluate(_FIRST_PAINT)
        return Visit(
            name=shown.name,
            requests=requests,
            wire=received,
            whole_bytes=whole,
            first_paint_ms=painted,
            ready_ms=ready,
            answer_ms=_answer_ms(page, shown),
        )
    except Error as error:
        raise TargetGone(f"« {shown.path} » : {error.message.splitlines()[0]}") from error
    finally:
        context.close()


def _answer_ms(page: Page, shown: Shown) -> float | None:
    if shown.field is None:
        return None
    if shown.opener:
        page.locator(shown.opener).first.click()
    page.locator(shown.field).first.fill(QUESTION)
    started = time.perf_counter()
    page.locator(shown.field).first.press("Enter")
    page.locator(shown.whole).first.wait_for(timeout=_PATIENCE_MS)
    return _ms_since(started)


def _ms_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)


class _Wire:
    """What a page asks for and receives, as the browser counts it."""

    def __init__(self, page: Page) -> None:
        """Listen to a page that nothing has been asked of yet."""
        self.kinds: dict[str, str] = {}
        self.bytes: Counter[str] = Counter()
        self.whole = 0
        self._awaited: set[str] = set()
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.dataReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.loadingFailed", lambda told: self._awaited.discard(told["requestId"]))
        session.send("Network.enable")

    def wait_until_quiet(self, page: Page) -> None:
        """Wait until nothing has been awaited for a while, but what stays open; at most some seconds."""
        quiet = 0
        for _ in range(_MOST_CHECKS):
            quiet = 0 if self._awaited else quiet + 1
            if quiet == _QUIET_CHECKS:
                return
            page.wait_for_timeout(_CHECK_MS)

    def _sent(self, told: dict[str, Any]) -> None:
        url = told["request"]["url"]
        if not url.startswith("http"):
            return
        self.kinds[told["requestId"]] = _KINDS.get(told.get("type", ""), "other")
        if not any(stream in url for stream in _STREAMS):
            self._awaited.add(told["requestId"])

    def _received(self, told: dict[str, Any]) -> None:
        if told["requestId"] in self.kinds:
            self.whole += told["dataLength"]

    def _finished(self, told: dict[str, Any]) -> None:
        self._awaited.discard(told["requestId"])
        if (kind := self.kinds.get(told["requestId"])) is not None:
            self.bytes[kind] += int(told["encodedDataLength"])
