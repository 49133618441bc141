"""A visitor of the chat page in a real browser, and the server visited: what they ask and what goes wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from chromium import free_port, wait_until_up
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

ROOT = Path(__file__).parents[1]
FAKE_SERVER = str(ROOT / "tests" / "end_to_end" / "fake_server.py")
WIDTHS = [1280, 360]
PATIENCE = 8_000  # milliseconds: what is awaited comes, however slow the machine
expect.set_options(timeout=PATIENCE)


@contextmanager
def serving(*command: str) -> Iterator[str]:
    """A server of our own, on a free port, stopped by its process id."""
    port = free_port()
    server = subprocess.Popen([sys.executable, *(word.format(port=port) for word in command)], cwd=ROOT)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_up(url, server, seconds=300, path="/")  # the page itself, which comes after the API
        yield url
    finally:
        server.terminate()
        server.wait(timeout=120)


@dataclass
class Visit:
    """A page with what it asked for and what it complained of."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def asked(self, request: Request) -> None:
        self.requests.append(request.url)

    def ask(self, question: str) -> None:
        self.page.get_by_role("textbox", name="Votre question").fill(question)
        self.page.get_by_role("button", name="Envoyer").click()

    def choose(self, typed: str, label: str) -> None:
        """Type the name of a commune and pick it in the list."""
        self.page.get_by_role("textbox", name="Nom, code postal").fill(typed)
        self.page.get_by_role("button", name=label).click()
        expect(self.page.locator("#commune-result h2").first).to_have_text(label)

    def wait_for_answers(self, count: int) -> None:
        expect(self.page.locator(".turn")).to_have_count(count)
        expect(self.page.locator("[role=log]")).to_have_attribute("aria-busy", "false")

    def foreign_requests(self) -> list[str]:
        local = (self.address + "/", "data:", "blob:")
        return [url for url in self.requests if not url.startswith(local)]


@contextmanager
def opened(browser: Browser, address: str, width: int) -> Iterator[Visit]:
    """The page, opened by someone whose browser speaks English; checked for leaks at the end."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="en-US")
    seen = Visit(context.new_page(), address)
    seen.page.on("console", seen.heard)
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.page.on("request", seen.asked)
    seen.page.goto(address)
    expect(seen.page.get_by_role("button", name="Envoyer")).to_be_visible()
    yield seen
    assert seen.foreign_requests() == []
    assert seen.complaints == []
    assert seen.page.evaluate("window.pwned") is None
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
