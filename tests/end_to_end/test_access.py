"""What axe sees, and what it can't: focus by pixels, order, announcements, sizes; on page and widget."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from axe import violations
from PIL import Image, ImageChops
from playwright.sync_api import Browser, expect
from talks import Place, Talk, talking
from visits import FAKE_SERVER, serving

pytestmark = pytest.mark.e2e

PLACES: tuple[Place, ...] = ("page", "widget")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(FAKE_SERVER, "{port}") as url:
        yield url


# A finger needs 44 pixels, a mark in a sentence 24.
LOW = """() => {
  const { shadowRoot } = document.querySelector("assistant-dispositifs");
  return [...document.querySelectorAll("*"), ...shadowRoot.querySelectorAll("*")]
    .filter((node) => node.matches("button, .button, summary, [role=option], input[type=text], textarea"))
    .filter((node) => node.checkVisibility() && !node.closest("header, footer, .skip"))
    .filter((node) => node.getBoundingClientRect().height < (node.className === "mark" ? 24 : 43.5))
    .map((node) => node.textContent || node.tagName);
}"""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_in_any_state(
    browser: Browser, address: str, place: Place, width: int, scheme: str
) -> None:
    found: dict[str, list[str]] = {}
    with talking(browser, address, place, width, may_complain=True, color_scheme=scheme) as talk:

        def look(state: str) -> None:
            talk.page.evaluate("scrollTo(0, document.body.scrollHeight)")  # from under what stays in view
            found[state] = [*violations(talk.page), *(f"low: {name}" for name in talk.page.evaluate(LOW))]

        look("empty")
        talk.commune.fill("saint aubin")
        expect(talk.page.get_by_role("option").first).to_be_visible()
        talk.commune.press("ArrowDown")
        look("communes offered")
        talk.commune.press("Enter")
        expect(talk.page.locator(".counts")).to_be_visible()
        look("commune chosen")
        talk.page.route("**/api/chat", lambda route: None)
        talk.send("Quelles communes ?")
        talk.send("Combien ?")
        look("reading")
        talk.button("Arrêter").click()
        expect(talk.turns.last).to_contain_text("Réponse arrêtée")
        look("stopped")
        talk.page.unroute("**/api/chat")
        turn = talk.ask("Quelles communes ?", 1)
        turn.get_by_role("button", name="Source 1").first.click()
        turn.get_by_role("button", name="Non").click()
        look("answered")
        for count, (state, question) in enumerate(
            {
                "asking": "préciser",
                "not found": "piscine",
                "out of subject": "météo",
                "conversation": "merci",
                "table": "déguisée",
            }.items(),
            start=2,
        ):
            talk.ask(question, count)
            look(state)
        talk.send("une panne")
        expect(talk.turns.last.locator(".error")).to_be_visible()
        look("error")
        talk.button("Nouvelle conversation").click()
        look("begun anew")
    assert {state: told for state, told in found.items() if told} == {}


def ring(talk: Talk) -> int:
    """How many pixels the focus changes around what has it, as they are drawn: none, if it can't be seen."""
    focused = "document.activeElement.shadowRoot?.activeElement ?? document.activeElement"
    box = talk.page.evaluate(f"(({focused}).getBoundingClientRect()).toJSON()")
    size = talk.page.viewport_size
    assert size is not None
    left, top = max(box["x"] - 6, 0), max(box["y"] - 6, 0)
    clip = {
        "x": left,
        "y": top,
        "width": min(box["width"] + 12, size["width"] - left),
        "height": min(box["height"] + 12, size["height"] - top),
    }
    shown = talk.page.screenshot(clip=clip)  # type: ignore[arg-type]
    talk.page.evaluate(f"({focused}).style.outline = 'none'")
    bare = talk.page.screenshot(clip=clip)  # type: ignore[arg-type]
    talk.page.evaluate(f"({focused}).style.outline = ''")
    changed = ImageChops.difference(*(Image.open(BytesIO(image)).convert("L") for image in (shown, bare)))
    return sum(changed.histogram()[40:])


@pytest.mark.parametrize("place", PLACES)
def test_every_stop_of_the_keyboard_is_seen_in_pixels_and_in_order(
    browser: Browser, address: str, place: Place
) -> None:
    with talking(browser, address, place, reduced_motion="reduce") as talk:
        talk.ask("Quelles communes ?")
        summary = talk.page.locator("details.place > summary")
        summary.focus()
        stops: list[str] = []
        for _ in range(40):
            talk.page.keyboard.press("Tab")
            name = talk.page.evaluate(
                "(() => { const at = document.activeElement.shadowRoot?.activeElement; return at ? "
                "(at.getAttribute('aria-label') || at.textContent || at.tagName).trim() : ''; })()"
            )
            if not name:
                break
            stops.append(name)
            # Three pixels all around the smallest thing there is: a mark of 24 by 24.
            assert ring(talk) >= 3 * 4 * 24 * 0.6, name
        ordered = ["Source 1", "Copier", "Imprimer", "Oui", "TEXTAREA", "Envoyer"]
        assert [stop for stop in stops if stop in ordered] == ["Source 1", *ordered]


@pytest.mark.parametrize("place", PLACES)
def test_an_answer_is_announced_line_by_line_and_the_log_keeps_quiet(
    browser: Browser, address: str, place: Place
) -> None:
    with talking(browser, address, place) as talk:
        talk.ask("lentement, quelles communes ?")
        heard = talk.page.locator("[aria-live=polite].unseen p").all_inner_texts()
        assert heard[0] == "Recherche dans les documents…"
        assert heard[1:] == [
            "En juillet 2023, la Région a retenu trois communes\u00a0: Baincthun, Montataire et Nieppe.",
            "L’ensemble représente environ 1,78 million d’euros.",
            "La phase 2 du dispositif court de 2023 à 2027.",
            "Réponse entière.",
        ]
        expect(talk.page.get_by_role("log")).to_have_attribute("aria-live", "off")


# WCAG 1.4.12.
SPACED = """() => {
  const style = new CSSStyleSheet();
  style.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-bottom: 2em !important; }
  `);
  for (const root of [document, document.querySelector("assistant-dispositifs").shadowRoot]) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, style];
  }
}"""
CUT = """() => {
  const isText = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  const isCut = (node) => {
    const { left, right } = node.getBoundingClientRect();
    const hides = getComputedStyle(node).overflowX === "hidden" && node.scrollWidth > node.clientWidth + 1;
    return right > innerWidth + 1 || left < -1 || hides;
  };
  return [...document.querySelector("assistant-dispositifs").shadowRoot.querySelectorAll("*")]
    .filter((node) => isText(node) && node.checkVisibility() && !node.closest(".unseen, [hidden]"))
    .filter(isCut)
    .map((node) => node.textContent.slice(0, 40));
}"""


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_cut_at_320_pixels_nor_with_spaced_text(
    browser: Browser, address: str, place: Place
) -> None:
    with talking(browser, address, place, 320) as talk:
        talk.ask("Quelles " + "communesdelaregion" * 4 + " ?")
        assert talk.page.evaluate(CUT) == []
        assert talk.page.evaluate("document.documentElement.scrollWidth") <= 320
        talk.page.evaluate(SPACED)
        assert talk.page.evaluate(CUT) == []
        assert talk.page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("place", PLACES)
def test_forced_colours_keep_borders_and_motion_stops_when_asked(
    browser: Browser, address: str, place: Place
) -> None:
    options = {"forced_colors": "active", "reduced_motion": "reduce"}
    with talking(browser, address, place, may_complain=True, **options) as talk:
        style = "node => [getComputedStyle(node).borderTopStyle, getComputedStyle(node).borderTopWidth]"
        for target in (talk.field, talk.button("Envoyer")):
            assert target.evaluate(style) == ["solid", "1px"]
        talk.page.route("**/api/chat", lambda route: None)
        talk.send("Quelles communes ?")
        dot = talk.page.locator(".searching")
        assert dot.evaluate("node => getComputedStyle(node, '::before').animationName") == "none"
