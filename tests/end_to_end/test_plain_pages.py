"""The pages without script in a real browser: axe, overflow, focus, a visit with JavaScript off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import violations
from loopback import served
from plain_site import CommittedSchemes, plain_app
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.e2e

PAGES = (
    "dispositifs",
    "dispositifs?theme=cctv&financeur=eu",
    "dispositifs/videoprotection",
    "dispositifs/videoprotection?commune=59431&premiere_installation=oui",
    "dispositifs/absent",
    "communes?nom=Bailleul",
    "communes/59431?premiere_installation=non",
    "question",
    "question?q=Quelles+communes&commune=59431",
    "question?q=une+panne",
    "note?q=Quelles+communes&commune=59431",
    "note?dispositif=videoprotection&commune=59431",
    "note?commune=59431",
    "note",
    "documents/doc:page.html-1",
)
# A finger needs 44 pixels.
LOW = """() => [...document.querySelectorAll("button, .button, summary, nav li > a")]
  .filter((found) => found.checkVisibility() && !found.closest(".jump"))
  .filter((found) => found.getBoundingClientRect().height < 44)
  .map((found) => found.textContent)"""
FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  return [style.outlineStyle, parseFloat(style.outlineWidth)];
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(plain_app(tmp_path_factory.mktemp("plain"), CommittedSchemes())) as address:
        yield f"{address}/"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_and_nothing_overflows(
    browser: Browser, site: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for path in PAGES:
        page.goto(site + path)
        wrong = violations(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append("overflows")
        wrong += [f"low: {name}" for name in page.evaluate(LOW)]
        if wrong:
            found[path] = wrong
    assert found == {}
    context.close()


def test_the_first_tab_skips_to_the_content_and_every_focus_shows(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}dispositifs/videoprotection")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    for _ in range(12):
        style, width = page.evaluate(FOCUS)
        assert style == "solid"
        assert width >= 3
        page.keyboard.press("Tab")
    page.close()


def test_a_whole_visit_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}communes")
    page.get_by_label("Nom, code postal ou code INSEE").fill("Nieppe")
    page.get_by_role("button", name="Chercher").click()
    expect(page).to_have_url(f"{site}communes/59431")
    asked = page.get_by_role("group", name="S’agit-il d’une première installation")
    asked.get_by_role("button", name="Non").click()
    expect(page.get_by_role("heading", name="Vos réponses")).to_be_visible()
    page.get_by_role("link", name="Poser une question pour Nieppe").click()
    page.get_by_label("Votre question").fill("Quelles communes ?")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Réponse sourcée")).to_be_visible()
    page.get_by_role("button", name="Ma commune est-elle éligible au CVCB").click()
    expect(page.locator("article.turn")).to_have_count(2)
    page.get_by_role("button", name="Note de toute la conversation").click()
    expect(page.get_by_role("heading", name="Note pour le conseil municipal")).to_be_visible()
    expect(page.get_by_role("heading", name="Question 2")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Document Word").click()
    assert download.value.suggested_filename == "note-conseil-2026-11-23.docx"
    page.go_back()
    page.get_by_role("button", name="Nouvelle conversation").click()
    expect(page.locator("article.turn")).to_have_count(0)
    context.close()


def test_the_pages_ask_for_nothing_elsewhere_and_break_no_rule_of_theirs(browser: Browser, site: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    for path in ("dispositifs", "dispositifs/cvcb", "communes/59431"):
        page.goto(site + path)
    assert {url for url in asked if not url.startswith(site)} == set()
    assert [text for text in complaints if "favicon" not in text] == []
    page.close()


def test_the_printed_page_has_no_button(browser: Browser, site: str, tmp_path: Path) -> None:
    page = browser.new_page()
    for path in ("communes/59431", "note?commune=59431", "question?q=Quelles+communes"):
        page.goto(f"{site}{path}")
        page.emulate_media(media="print")
        assert page.locator("button:visible, .button:visible").count() == 0, path
        assert page.locator("nav:visible").count() == 0, path
    page.close()
