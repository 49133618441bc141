"""The pages under the prefix of a reverse proxy, in a real browser: nothing is asked outside the prefix."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from chromium import free_port, wait_until_up
from playwright.sync_api import Browser, Page, expect
from proxy import published

pytestmark = pytest.mark.e2e

PREFIX = "/services/aides"
SLOWEST = 60_000  # milliseconds


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    port = free_port()
    script = Path(__file__).with_name("fake_server.py")
    process = subprocess.Popen(
        [sys.executable, script, str(port)], env={**os.environ, "ASSISTANT_ROOT_PATH": PREFIX}
    )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_up(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=120)


@pytest.fixture(scope="module", params=[True, False], ids=["stripped", "left"])
def site(request: pytest.FixtureRequest, server: str) -> Iterator[str]:
    with published(server, PREFIX, strips=request.param) as address:
        yield address


@contextmanager
def visiting(browser: Browser, site: str, path: str) -> Iterator[Page]:
    """A page of the site, checked at the end: nothing asked elsewhere, nothing that failed, no complaint."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    failed: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.goto(site + path)
    yield page
    inside = (f"{site}/", "data:", "blob:")
    assert [url for url in asked if not url.startswith(inside) and url != site] == []
    assert failed == []
    assert complaints == []
    context.close()


def ask(page: Page) -> None:
    """Ask on the chat page, and wait for the whole answer."""
    page.get_by_role("textbox", name="Votre question").fill("Quelles communes ?")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("article.turn blockquote").first).to_be_attached(timeout=SLOWEST)


@pytest.mark.parametrize("path", ["/", "/?a=1"])
def test_the_chat_page_answers_and_leads_to_the_legal_page(browser: Browser, site: str, path: str) -> None:
    with visiting(browser, site, path) as page:
        ask(page)
        page.get_by_role("link", name="Mentions légales").click()
        expect(page).to_have_url(f"{site}/mentions-legales")
        page.get_by_role("link", name="Retour à l’assistant").click()
        expect(page).to_have_url(f"{site}/")
        expect(page.get_by_role("button", name="Envoyer")).to_be_visible()


def test_the_widget_answers_on_the_demo_page(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/demo") as page:
        expect(page.get_by_role("link", name="Ouvrir l’assistant")).to_have_count(0)  # the widget replaced it
        page.get_by_role("button", name="Une question sur les aides").click()
        page.get_by_role("textbox", name="Votre question").fill("Quelles communes ?")
        page.get_by_role("button", name="Envoyer", exact=True).click()
        turn = page.locator("article.turn").last
        expect(turn.get_by_role("button", name="Copier", exact=True)).to_be_visible()
        turn.get_by_role("button", name="Oui").click()
        expect(page.get_by_text("Merci pour votre avis.")).to_be_visible()


def test_the_chat_page_takes_its_root_from_its_own_address(browser: Browser, server: str) -> None:
    """Whatever the server believes: a proxy that takes the prefix off needs no setting for it."""
    with published(server, "/ailleurs", strips=True) as site, visiting(browser, site, "/") as page:
        ask(page)
        assert page.evaluate("window.gradio_config.root") == site
