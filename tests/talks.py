"""A conversation in a real browser, on the chat page or in the widget, by mouse or by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, Locator, Page, expect
from visits import PATIENCE

Place = Literal["page", "widget"]
By = Literal["mouse", "keyboard"]
WIDTHS = (1280, 390)
LAUNCHER = "Une question sur les aides"
_MOST_TABS = 120
_FOCUSED = "node => node.getRootNode().activeElement === node"
expect.set_options(timeout=PATIENCE)


@dataclass
class Talk:
    """A visitor somewhere, with what the page asked for and what it complained of."""

    page: Page
    address: str
    place: Place
    by: By = "mouse"
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.address}/{'' if self.place == 'page' else 'demo'}{query}")
        self.begin()

    def begin(self) -> None:
        """Open the panel where there is one, and wait for the field."""
        if self.place == "widget":
            self.page.get_by_role("button", name=LAUNCHER).click()
        expect(self.field).to_be_visible()

    def reload(self) -> None:
        self.page.reload()
        self.begin()

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox", name="Votre question")

    @property
    def note(self) -> Locator:
        """The line below the field."""
        return self.page.locator("#note")

    @property
    def turns(self) -> Locator:
        return self.page.locator("article.turn")

    @property
    def commune(self) -> Locator:
        """The field of the commune, opened."""
        if not self.page.get_by_role("combobox").is_visible():
            self.act(self.page.locator("details.place > summary"))
        return self.page.get_by_role("combobox", name="Nom, code postal")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def act(self, target: Locator) -> None:
        """Press what is there, as this visitor does."""
        if self.by == "mouse":
            target.click()
            return
        self.reach(target)
        self.page.keyboard.press("Enter")

    def reach(self, target: Locator) -> None:
        """Go to it by Tab alone, from wherever the focus is."""
        expect(target).to_be_visible()
        for _ in range(_MOST_TABS):
            if target.evaluate(_FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} can't be reached by Tab")

    def send(self, question: str) -> None:
        self.field.fill(question)
        if self.by == "mouse":
            self.button("Envoyer").click()
        else:
            self.field.press("Enter")

    def ask(self, question: str, turns: int = 1) -> Locator:
        self.send(question)
        return self.answered(turns)

    def answered(self, count: int = 1) -> Locator:
        """Wait until so many answers are whole, and nothing runs."""
        expect(self.page.locator("article.turn .main-part")).to_have_count(count)
        expect(self.button("Arrêter")).to_be_hidden()
        return self.turns.last

    def kept(self) -> dict[str, str]:
        stored: dict[str, str] = json.loads(self.page.evaluate("JSON.stringify(sessionStorage)"))
        return {name.rsplit(" ", 1)[1]: value for name, value in stored.items()}

    def keep(self, name: str, value: str) -> None:
        """Put something in the place of what the tab keeps."""
        key = f"assistant-dispositifs {self.address} 2 {name}"
        self.page.evaluate("([key, value]) => sessionStorage.setItem(key, value)", [key, value])


@contextmanager
def talking(
    browser: Browser,
    address: str,
    place: Place,
    width: int = 1280,
    by: By = "mouse",
    *,
    may_complain: bool = False,
    **context_options: object,
) -> Iterator[Talk]:
    """A visitor whose browser speaks English; nothing foreign asked, nothing hostile run, nothing cut off."""
    options: dict[str, object] = {"viewport": {"width": width, "height": 800}, "locale": "en-US"}
    context = browser.new_context(**{**options, **context_options})  # type: ignore[arg-type]
    talk = Talk(context.new_page(), address, place, by)
    talk.page.on("request", lambda request: talk.requests.append(request.url))
    talk.page.on(
        "console",
        lambda said: talk.complaints.append(said.text) if said.type in {"error", "warning"} else None,
    )
    talk.page.on("pageerror", lambda error: talk.complaints.append(str(error)))
    talk.open()
    yield talk
    local = (f"{address}/", "data:", "blob:")
    assert [url for url in talk.requests if not url.startswith(local)] == []
    assert may_complain or talk.complaints == []
    assert talk.page.evaluate("window.pwned") is None
    assert talk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
