"""The officer's board in a real browser: axe, overflow, in and out, nothing kept in history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from axe import violations
from loopback import served
from plain_site import plain_app
from playwright.sync_api import Browser, expect

from assistant.api.counts.shape import Counted, Question
from assistant.api.counts.store import CountStore

pytestmark = pytest.mark.e2e

TOKEN = "un-jeton-bien-assez-long"


def fill(folder: Path) -> None:
    """Counts of some days, and questions of all lengths."""
    today = date.today()
    counted = Counted()
    for back in range(9):
        day = today - timedelta(days=back)
        counted.add(Counted({(day, "answered", "ask_scheme"): back % 7 + 1, (day, "error", ""): back % 3}))
        counted.add(Counted(took={(day, 200): back}))
        texts = ("piscine", "x" * 500, "Une aide pour le cimetière, " * 12)
        counted.questions.append(Question(day, "unanswerable", texts[back % 3]))
    CountStore(folder / "board.sqlite", 365).add(counted, today)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("board")
    fill(folder)
    settings = {"board_token": TOKEN, "log_questions": True, "feedback_texts": True}
    with served(plain_app(folder, **settings)) as address:
        for rating, comment in (("useful", "Merci."), ("not_useful", "y" * 900)):
            body = {"rating": rating, "reasons": ["unclear"], "schemes": ["cvcb"], "comment": comment}
            httpx.post(f"{address}/api/feedback", json=body).raise_for_status()
        yield f"{address}/tableau-de-bord"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_and_nothing_overflows(
    browser: Browser, site: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site)
    wrong = violations(page)
    page.get_by_label("Jeton").fill(TOKEN)
    page.get_by_role("button", name="Entrer").click()
    page.goto(f"{site}?jours=7")
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    wrong += violations(page)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append("overflows")
    assert wrong == []
    context.close()


def test_a_visit_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(site)
    page.get_by_label("Jeton").fill(TOKEN)
    page.get_by_role("button", name="Entrer").click()
    expect(page.get_by_role("heading", name="Questions sans réponse", exact=True)).to_be_visible()
    page.get_by_text("Voir le tableau jour par jour").first.click()
    expect(page.get_by_role("table", name="Réponses par jour")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Réponses par statut, pour un tableur (CSV)").click()
    assert download.value.suggested_filename == "reponses-par-statut.csv"
    page.get_by_role("button", name="Sortir").click()
    expect(page.get_by_label("Jeton")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Jeton")).to_be_visible()
    assert [text for text in complaints if "favicon" not in text] == []
    context.close()
