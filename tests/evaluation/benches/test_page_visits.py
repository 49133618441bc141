"""What a visit costs is measured in a real browser: our pages beside an empty one, and a page not served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import CHROMIUM, FLAGS
from playwright.sync_api import Browser, sync_playwright
from visits import FAKE_SERVER, serving

from evaluation.benches.own_server import empty_server
from evaluation.benches.page_visits import CHAT, EMPTY, WIDGET, Shown, Visit, bench_visits
from evaluation.errors import TargetGone
from evaluation.reports.visits_table import visits_table

pytestmark = pytest.mark.e2e
SCHEME = Shown("page d’un dispositif", "/dispositifs/cvcb", "main h1")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def test_pages_are_measured_beside_an_empty_one(browser: Browser, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with serving(FAKE_SERVER, "{port}") as address, empty_server(tmp_path) as empty:
        pages = (CHAT, WIDGET, SCHEME)
        told = bench_visits(
            browser, address, empty.address, 1, pages, lambda done, count: seen.append((done, count))
        )
        lost = Shown("page inconnue", "/dispositifs/inconnu", "main h1")
        with pytest.raises(TargetGone, match="404"):
            bench_visits(browser, address, empty.address, 1, (lost,))
    visits = {visit.name: visit for visit in told}
    assert list(visits) == [EMPTY.name, CHAT.name, WIDGET.name, SCHEME.name]
    assert seen[-1] == (8, 8)
    assert all(visit.wire["html"] > 0 and visit.ready_ms > 0 for visit in told)
    assert all(visit.whole_bytes > 0 for visit in told)
    assert visits[EMPTY.name].wire["script"] > visits[WIDGET.name].wire["script"] > 0
    assert visits[CHAT.name].requests > visits[WIDGET.name].requests > 1
    assert "script" not in visits[SCHEME.name].wire
    assert {name for name, visit in visits.items() if visit.answer_ms} == {CHAT.name, WIDGET.name}


def test_the_table_shows_what_there_is() -> None:
    wire = {"html": 2_340, "style": 1_000}
    visit = Visit(
        name="page",
        requests=2,
        wire=wire,
        whole_bytes=9_000,
        first_paint_ms=None,
        ready_ms=41.6,
        answer_ms=7.0,
    )
    head, row = visits_table([visit]).splitlines()
    assert head.split()[:3] == ["requêtes", "HTML", "scripts"]
    assert row.split("  ")[0] == "page"
    for cell in ("2,3 ko", "1,0 ko", "3,3 ko", "9,0 ko", "42 ms", "7 ms"):
        assert cell in row.replace("\u00a0", " ")
