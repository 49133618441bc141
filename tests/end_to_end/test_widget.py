"""The widget as a visitor meets it: real server, real browser, the demo page and a page of another origin."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from axe import violations
from chromium import free_port, wait_until_up
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.e2e

WIDTHS = [1280, 390]
expect.set_options(timeout=60_000)  # milliseconds: what is awaited comes, however slow the machine
MOST_BYTES = 16_000  # compressed
HOST_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src {api}",
        "connect-src {api}",
        "style-src 'none'",
        "img-src 'none'",
        "base-uri 'none'",
    )
)
HOST_PAGE = """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Un site</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main><h1>Un site</h1>
<assistant-dispositifs api="{api}" commune="59431">
<a href="{api}/">Ouvrir l’assistant</a></assistant-dispositifs></main>
<script type="module" src="{api}/widget.js"></script></body></html>"""


@contextmanager
def api_server(port: int, *origins: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    script = Path(__file__).with_name("fake_server.py")
    server = subprocess.Popen([sys.executable, str(script), str(port), *origins])
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(url, server)
        yield url, server
    finally:
        server.terminate()
        server.wait(timeout=120)


class _Host(BaseHTTPRequestHandler):
    """A page of another origin with the strictest policy that lets the widget work."""

    def __init__(self, *arguments, api: str) -> None:
        self.api = api
        super().__init__(*arguments)

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", HOST_POLICY.format(api=self.api))
        self.end_headers()
        page = HOST_PAGE.format(api=self.api)
        pages = {"/": page, "/inline": page.replace('commune="59431"', 'mode="inline" accent="#ffe08a"')}
        self.wfile.write(pages.get(self.path, "").encode())

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def host_site(api: str) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, api=api))
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


@pytest.fixture(scope="module")
def sites() -> Iterator[tuple[str, str]]:
    """The API, and a page of another origin that it allows."""
    port = free_port()
    with host_site(f"http://127.0.0.1:{port}") as host, api_server(port, host) as (api, _):
        yield api, host


@contextmanager
def visiting(browser: Browser, address: str, origins: tuple[str, ...], width: int) -> Iterator[Page]:
    """A page, checked at the end: nothing asked of another origin, no complaint, nothing hostile run."""
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    yield page
    assert [url for url in asked if not url.startswith(origins)] == []
    assert [said for said in complaints if not said.startswith(("log:", "info:"))] == []
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert context.cookies() == []
    context.close()


@pytest.fixture(params=WIDTHS)
def demo(request: pytest.FixtureRequest, browser: Browser, sites: tuple[str, str]) -> Iterator[Page]:
    """The demo page, the panel open."""
    api, _ = sites
    with visiting(browser, f"{api}/demo", (api + "/",), request.param) as page:
        page.get_by_role("button", name="Une question sur les aides").click()
        yield page


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox", name="Votre question").fill(question)
    page.get_by_role("button", name="Envoyer", exact=True).click()


def last_turn(page: Page) -> Locator:
    return page.locator("article.turn").last


def answered(page: Page, count: int = 1) -> Locator:
    """Wait until the last answer is whole."""
    expect(page.locator("article.turn")).to_have_count(count)
    expect(last_turn(page).get_by_role("button", name="Copier", exact=True)).to_be_visible()
    return last_turn(page)


def test_the_file_is_small_and_open_to_every_origin(sites: tuple[str, str]) -> None:
    response = httpx.get(f"{sites[0]}/widget.js", headers={"Origin": "https://example.org"})
    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) <= MOST_BYTES
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["content-type"].startswith("text/javascript")
    assert "innerHTML" not in response.text
    assert "eval(" not in response.text


def test_a_conversation_by_keyboard_alone(demo: Page) -> None:
    keys = demo.keyboard
    expect(demo.get_by_role("textbox", name="Votre question")).to_be_focused()
    keys.type("Quelles communes ?")
    keys.press("Enter")
    turn = answered(demo)
    first_mark = turn.get_by_role("button", name="Source 1").first
    for _ in range(40):
        if first_mark.evaluate("node => node.getRootNode().activeElement === node"):
            break
        keys.press("Shift+Tab")
    expect(first_mark).to_be_focused()
    keys.press("Enter")
    expect(turn.locator("summary").first).to_be_focused()
    expect(turn.locator("blockquote").first).to_be_visible()
    keys.press("Escape")
    launcher = demo.get_by_role("button", name="Une question sur les aides")
    expect(launcher).to_be_focused()
    keys.press("Enter")
    expect(demo.get_by_role("textbox", name="Votre question")).to_be_focused()
    expect(demo.locator("article.turn")).to_have_count(1)


def test_the_conversation_outlives_a_reload_and_goes_with_the_tab(demo: Page) -> None:
    ask(demo, "Quelles communes ?")
    answered(demo)
    demo.reload()
    demo.get_by_role("button", name="Une question sur les aides").click()
    answered(demo)
    kept = demo.evaluate("JSON.stringify([Object.keys(sessionStorage), Object.keys(localStorage)])")
    (own,), others = json.loads(kept)
    assert own.startswith("assistant-dispositifs")
    assert others == []


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Votre question")


def test_sentences_are_announced_whole(demo: Page) -> None:
    ask(demo, "lentement, quelles communes ?")
    said = demo.locator("[aria-live=polite].unseen p")
    answered(demo)
    heard = said.all_inner_texts()
    assert heard[0].startswith("Recherche")
    assert all(text.rstrip().endswith((".", "!", "?", "…")) for text in heard[:-1])
    expect(demo.get_by_role("log")).to_have_attribute("aria-live", "off")


def test_feedback_goes_once_however_often_it_is_pressed(demo: Page) -> None:
    sent: list[str] = []
    demo.on("request", lambda request: sent.append(request.url) if "/api/feedback" in request.url else None)
    ask(demo, "Quelles communes ?")
    turn = answered(demo)
    three_times = "node => { node.click(); node.click(); node.click(); }"
    turn.get_by_role("button", name="Oui").evaluate(three_times)
    expect(turn.get_by_text("Merci pour votre avis")).to_be_focused()
    ask(demo, "CVCB ?")
    turn = answered(demo, 2)
    turn.get_by_role("button", name="Non").evaluate(three_times)
    turn.get_by_role("button", name="Envoyer l’avis").evaluate(three_times)
    expect(turn.get_by_text("Merci pour votre avis")).to_be_visible()
    assert len(sent) == 2


def test_feedback_that_did_not_go_can_be_tried_again(browser: Browser, sites: tuple[str, str]) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{sites[0]}/demo")
    page.get_by_role("button", name="Une question sur les aides").click()
    ask(page, "Quelles communes ?")
    turn = answered(page)
    page.route("**/api/feedback", lambda route: route.fulfill(status=503, body="{}"))
    turn.get_by_role("button", name="Oui").click()
    expect(turn.get_by_text("L’avis n’a pas pu être envoyé")).to_be_visible()
    expect(turn.get_by_role("button", name="Oui")).to_be_focused()
    assert violations(page) == []
    page.unroute("**/api/feedback")
    turn.get_by_role("button", name="Oui").click()
    expect(turn.get_by_text("Merci pour votre avis")).to_be_visible()
    context.close()


@pytest.mark.parametrize("question", ["une panne", "une coupure"])
def test_a_failure_is_told_and_can_be_tried_again(
    browser: Browser, sites: tuple[str, str], question: str
) -> None:
    api, _ = sites
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{api}/demo")
    page.get_by_role("button", name="Une question sur les aides").click()
    ask(page, question)
    expect(last_turn(page).locator(".error")).to_be_visible()
    expect(last_turn(page).get_by_role("button", name="Réessayer")).to_be_focused()
    assert "Traceback" not in last_turn(page).inner_text()
    assert violations(page) == []
    context.close()


def test_hostile_text_stays_text(demo: Page) -> None:
    ask(demo, "hostile")
    turn = answered(demo)
    turn.get_by_role("button", name="Source 1").click()
    assert turn.locator("script, img, iframe, a[href^='javascript:']").count() == 0
    assert turn.locator(".answer a").count() == 0
    expect(turn.locator(".answer")).to_contain_text("<script>")


@pytest.mark.parametrize("width", WIDTHS)
def test_lines_are_drawn_by_their_kind_whatever_their_text(
    browser: Browser, sites: tuple[str, str], width: int
) -> None:
    api, host = sites
    with visiting(browser, f"{host}/inline", (api + "/", host + "/"), width) as page:
        ask(page, "une réponse déguisée")
        answer = answered(page).locator(".answer")
        assert answer.locator("li").all_inner_texts() == ["| a | b |", "- une condition1"]
        assert answer.locator("ul").count() == 2
        assert answer.locator("b, i, hr").count() == 0
        told = answer.locator("p").all_inner_texts()
        assert {"- <b>pas une liste</b>", "| c | d |"} <= set(told)
        if answer.locator("table").count():
            assert answer.locator("tr").count() == 3
            assert answer.locator("thead th").all_inner_texts() == ["«\u00a0A | B\u00a0»", "«\u00a0C\u00a0»"]
            assert answer.locator("tbody th").all_inner_texts() == ["Combien", "---"]
            assert answer.locator("tbody td").first.inner_text() == "10\u00a0% | 20\u00a0%1"
        else:
            assert width < 640
            assert answer.locator("dt").all_inner_texts() == ["«\u00a0A | B\u00a0»", "«\u00a0C\u00a0»"] * 2
            assert answer.locator("dd").first.inner_text() == "10\u00a0% | 20\u00a0%1"
        assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_of_another_origin_with_a_strict_policy(
    browser: Browser, sites: tuple[str, str], width: int
) -> None:
    api, host = sites
    with visiting(browser, host, (api + "/", host + "/"), width) as page:
        page.get_by_role("button", name="Une question sur les aides").click()
        with page.expect_request("**/api/chat") as sent:
            ask(page, "Quelles communes ?")
        assert sent.value.post_data_json["commune"] == "insee:59431"
        answered(page).get_by_role("button", name="Oui").click()
        expect(last_turn(page).get_by_text("Merci pour votre avis")).to_be_visible()
        panel = page.locator("dialog.panel")
        assert panel.evaluate("node => getComputedStyle(node).display") == "flex"  # the style got through


@pytest.mark.parametrize("width", WIDTHS)
def test_in_the_page_itself(browser: Browser, sites: tuple[str, str], width: int) -> None:
    api, host = sites
    with visiting(browser, f"{host}/inline", (api + "/", host + "/"), width) as page:
        ask(page, "Quelles communes ?")
        answered(page)
        head = page.locator(".head")
        assert head.evaluate("node => getComputedStyle(node).color") == "rgb(0, 0, 0)"  # on a light accent
        assert violations(page) == []


def test_on_a_phone_the_page_behind_cannot_be_reached(browser: Browser, sites: tuple[str, str]) -> None:
    api, _ = sites
    with visiting(browser, f"{api}/demo", (api + "/",), 360) as page:
        page.get_by_role("button", name="Une question sur les aides").click()
        expect(page.get_by_role("textbox", name="Votre question")).to_be_focused()
        for _ in range(12):
            page.keyboard.press("Tab")
            reached = page.evaluate("document.activeElement.tagName")
            assert reached in {"ASSISTANT-DISPOSITIFS", "BODY"}
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Une question sur les aides")).to_be_focused()


def test_without_script_a_link_is_left(browser: Browser, sites: tuple[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{sites[0]}/demo")
    expect(page.get_by_role("link", name="Ouvrir l’assistant")).to_be_visible()
    context.close()


def test_nothing_is_lost_at_320_pixels(browser: Browser, sites: tuple[str, str]) -> None:
    api, _ = sites
    with visiting(browser, f"{api}/demo", (api + "/",), 320) as page:
        page.get_by_role("button", name="Une question sur les aides").click()
        ask(page, "Quelles communes ?")
        turn = answered(page)
        for button in turn.get_by_role("button").all():
            box = button.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 320
            assert box["height"] >= (24 if button.get_attribute("class") == "mark" else 44)


def test_the_accessibility_tree_of_the_panel(browser: Browser, sites: tuple[str, str]) -> None:
    api, _ = sites
    with visiting(browser, f"{api}/demo", (api + "/",), 1280) as page:
        page.get_by_role("button", name="Une question sur les aides").click()
        ask(page, "Quelles communes ?")
        answered(page)
        expect(page.get_by_role("dialog", name="Assistant des aides aux communes")).to_match_aria_snapshot("""
          - dialog "Assistant des aides aux communes":
            - heading "Assistant des aides aux communes" [level=2]
            - button "Fermer"
            - button "Nouvelle conversation"
            - group: Ma commune
            - log "Conversation":
              - article:
                - 'heading "Vous : Quelles communes ?" [level=3]'
                - heading "Sources" [level=4]
                - group "Pour continuer"
                - group "Garder cette réponse":
                  - button "Copier"
                  - button "Imprimer"
                  - link "Note pour le conseil (nouvelle fenêtre)"
                  - link "Envoyer à un collègue"
                  - button "Copier le lien"
                - group "Cette réponse vous a-t-elle été utile ?"
            - textbox "Votre question"
            - button "Envoyer"
        """)
