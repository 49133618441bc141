"""What a reader writes on the chat page is never lost: reload, Back, offline, restart, failure."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe import violations
from chromium import free_port, wait_until_up
from fakes import ANSWERED, HOSTILE, HOSTILE_REPLY
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect
from visits import FAKE_SERVER, WIDTHS, Visit, opened, serving

pytestmark = pytest.mark.e2e

LIMIT = 60  # seconds


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(FAKE_SERVER, "{port}") as url:
        yield url


@pytest.fixture(params=WIDTHS)
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    with opened(browser, address, request.param) as seen:
        yield seen


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page that may complain: Gradio does when it's left or loses its server."""
    context = browser.new_context(viewport={"width": request.param, "height": 800}, locale="en-US")
    shown = context.new_page()
    arrive(shown, address)
    yield shown
    assert shown.evaluate("window.pwned") is None
    assert shown.evaluate("document.documentElement.scrollWidth") <= request.param
    context.close()


def arrive(page: Page, address: str) -> None:
    """Open the page, and wait for the server's word on what comes back: it may change what is kept."""
    page.goto(address)
    expect(page.get_by_role("button", name="Envoyer")).to_be_visible()
    expect(page.locator("[data-restored]")).to_be_attached()


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Votre question")


def said(page: Page) -> Locator:
    """The line below the field."""
    return page.locator("#question-said")


def answered(page: Page, question: str, turns: int = 1) -> None:
    """Ask, and wait for the whole answer to be kept."""
    field(page).fill(question)
    field(page).press("Enter")
    expect(page.locator(".turn")).to_have_count(turns)
    expect(page.locator("[role=log]")).to_have_attribute("aria-busy", "false")
    expect(said(page)).to_have_text("")


def kept(page: Page) -> dict[str, str]:
    stored: dict[str, str] = json.loads(page.evaluate("JSON.stringify(sessionStorage)"))
    return {name.rsplit(" ", 1)[1]: value for name, value in stored.items()}


@contextmanager
def held(page: Page) -> Iterator[None]:
    """Questions leave the page and reach the server only at the end."""
    waiting: list[Route] = []
    page.route("**/queue/join*", lambda route: waiting.append(route))
    yield
    for route in waiting:
        route.continue_()
    page.unroute("**/queue/join*")


# --- while it's written ---------------------------------------------------------------------------


def test_enter_on_nothing_does_nothing(visit: Visit) -> None:
    for typed in ("", "   ", "\n \n"):
        field(visit.page).fill(typed)
        field(visit.page).press("Enter")
        visit.page.get_by_role("button", name="Envoyer").click()
    answered(visit.page, "CVCB ?")
    expect(visit.page.locator(".turn .question")).to_contain_text("CVCB")


def test_several_lines_are_shown_on_several_lines(visit: Visit) -> None:
    field(visit.page).press_sequentially("Bonjour,")
    for words in ("nous avons 900 habitants.", "Quelle aide ?"):
        field(visit.page).press("Shift+Enter")
        field(visit.page).press_sequentially(words)
    one_line = 2 * 16
    assert field(visit.page).evaluate("node => node.clientHeight") > 2 * one_line
    field(visit.page).press("Enter")
    visit.wait_for_answers(1)
    shown = visit.page.locator(".turn .question").inner_text().splitlines()
    assert [line for line in shown if line][-3:] == [
        "Bonjour,",
        "nous avons 900 habitants.",
        "Quelle aide\u00a0?",
    ]
    assert field(visit.page).evaluate("node => node.clientHeight") < 2 * one_line


def test_enter_that_chooses_a_composed_word_sends_nothing(visit: Visit) -> None:
    field(visit.page).fill("commun")
    for event in ("{isComposing: true}", "{keyCode: 229}"):
        field(visit.page).evaluate(
            "(node, how) => node.dispatchEvent(new KeyboardEvent('keydown', "
            f"{{key: 'Enter', bubbles: true, cancelable: true, ...{event}}}))"
        )
    expect(field(visit.page)).to_have_value("commun")
    answered(visit.page, "CVCB ?")


def test_a_text_too_long_is_kept_whole_and_said(visit: Visit) -> None:
    long = "é" * 4_840
    field(visit.page).fill("é" * 3_700)
    expect(said(visit.page)).to_have_text(re.compile(r"^3\s700 caractères sur 4\s000"))
    field(visit.page).fill(long)
    expect(said(visit.page)).to_have_text(re.compile(r"4\s840 caractères, 4\s000 au plus"))
    expect(field(visit.page)).to_have_attribute("aria-invalid", "true")
    field(visit.page).press("Enter")
    visit.page.get_by_role("button", name="Envoyer").click()
    expect(field(visit.page)).to_have_value(long)
    assert violations(visit.page) == []
    # Emoji count once each, as the server counts them.
    field(visit.page).fill("\N{HOUSE BUILDING}" * 4_000)
    expect(said(visit.page)).to_have_text(re.compile(r"^4\s000 caractères sur"))
    field(visit.page).press("Enter")
    visit.wait_for_answers(1)
    expect(visit.page.get_by_role("alert")).to_have_count(0)
    expect(said(visit.page)).to_have_text("")


def test_letters_typed_while_an_answer_is_written_are_kept(visit: Visit) -> None:
    field(visit.page).fill("lentement, quelles communes ?")
    field(visit.page).press("Enter")
    field(visit.page).press_sequentially("et pour Bailleul ?", delay=30)
    expect(field(visit.page)).to_have_value("et pour Bailleul ?")
    visit.wait_for_answers(1)
    expect(said(visit.page)).to_have_text("")
    expect(field(visit.page)).to_have_value("et pour Bailleul ?")
    field(visit.page).press("Enter")
    visit.wait_for_answers(2)
    expect(visit.page.locator(".turn .question").last).to_contain_text("et pour Bailleul")


def test_enter_while_an_answer_is_awaited_says_so_and_loses_nothing(visit: Visit) -> None:
    with held(visit.page):
        field(visit.page).fill("Première ?")
        field(visit.page).press("Enter")
        expect(said(visit.page)).to_have_text("Question envoyée…")
        field(visit.page).fill("Deuxième ?")
        field(visit.page).press("Enter")
        expect(said(visit.page)).to_contain_text("Une réponse est en cours")
        visit.page.locator("#starters button").first.click()
        expect(field(visit.page)).to_have_value("Deuxième ?")
    visit.wait_for_answers(1)
    expect(said(visit.page)).to_have_text("")
    expect(field(visit.page)).to_have_value("Deuxième ?")
    field(visit.page).press("Enter")
    visit.wait_for_answers(2)


def test_a_failure_leaves_what_is_being_typed_alone(page: Page) -> None:
    with held(page):
        field(page).fill("une panne ?")
        field(page).press("Enter")
        field(page).fill("la suite")
    expect(page.get_by_role("alert")).to_contain_text("incident")
    expect(field(page)).to_have_value("la suite")
    page.reload()
    expect(field(page)).to_have_value("une panne ?\nla suite")


# --- when the page comes back ---------------------------------------------------------------------


def test_a_reload_brings_back_turns_commune_and_text(page: Page) -> None:
    Visit(page, "").choose("meteren", "Méteren (Nord)")
    answered(page, "Quelles communes ?")
    answered(page, "à préciser", 2)
    field(page).fill("la suite,\nen deux lignes")
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn .place")).to_have_text(["pour Méteren (Nord)"] * 2)
    expect(page.locator(".turn .text").first).to_contain_text("Baincthun, Montataire et Nieppe")
    expect(page.locator(".turn").first.locator(".source")).to_have_count(2)
    expect(page.get_by_role("button", name="Ma commune : Méteren (Nord)")).to_be_visible()
    expect(page.locator("#starters")).to_be_hidden()
    expect(field(page)).to_have_value("la suite,\nen deux lignes")
    expect(field(page)).to_have_attribute("placeholder", "Question pour Méteren")
    assert violations(page) == []
    field(page).fill("")
    page.get_by_role("button", name="La vidéoprotection").click()
    Visit(page, "").wait_for_answers(3)
    expect(page.locator(".turn .place")).to_have_count(3)
    page.get_by_role("button", name="Ma commune : Méteren (Nord)").click()
    page.get_by_role("button", name="Retirer").click()
    expect(page.locator("#commune-result .chosen")).to_have_count(0)
    page.reload()
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.locator("#commune > button")).not_to_contain_text("Méteren")


def test_the_conversation_goes_on_with_what_was_said_before_the_reload(page: Page) -> None:
    answered(page, "Quelles communes ?")
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    with page.expect_request("**/queue/join*") as sent:
        answered(page, "CVCB ?", 2)
    _, conversation, _ = sent.value.post_data_json["data"]
    assert [turn["question"] for turn in json.loads(conversation)["turns"]] == ["Quelles communes ?"]


def test_a_new_conversation_forgets_the_old_one(page: Page) -> None:
    answered(page, "Quelles communes ?")
    field(page).fill("la suite")
    page.get_by_role("button", name="Nouvelle conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(field(page)).to_have_value("")
    assert kept(page) == {}
    page.reload()
    expect(page.locator("#starters")).to_be_visible()
    answered(page, "CVCB ?")
    expect(page.locator(".turn")).to_have_count(1)


def test_back_and_forward_bring_the_conversation_back(page: Page) -> None:
    answered(page, "Quelles communes ?")
    field(page).fill("la suite")
    page.get_by_role("link", name="Mentions légales").click()
    expect(page.get_by_role("heading", name="Mentions légales")).to_be_visible()
    page.go_back()
    expect(page.locator(".turn")).to_have_count(1)
    expect(field(page)).to_have_value("la suite")
    page.go_forward()
    expect(page.get_by_role("heading", name="Mentions légales")).to_be_visible()
    page.go_back()
    expect(page.locator(".turn")).to_have_count(1)
    answered(page, "CVCB ?", 2)


def test_a_page_brought_back_whole_starts_again_from_what_it_kept(page: Page) -> None:
    answered(page, "Quelles communes ?")
    field(page).fill("la suite")
    with page.expect_event("load"):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator(".turn")).to_have_count(1)
    expect(field(page)).to_have_value("la suite")


def test_an_unanswered_question_comes_back_to_the_field(page: Page) -> None:
    answered(page, "Quelles communes ?")
    page.route("**/queue/join*", lambda route: None)
    field(page).fill("Deuxième ?")
    field(page).press("Enter")
    expect(said(page)).to_have_text("Question envoyée…")
    field(page).fill("la suite")
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    expect(field(page)).to_have_value("Deuxième ?\nla suite")


def test_offline_nothing_is_sent_and_nothing_is_lost(page: Page) -> None:
    answered(page, "Quelles communes ?")
    page.context.set_offline(True)
    page.wait_for_function("!navigator.onLine")
    field(page).fill("Deuxième ?")
    field(page).press("Enter")
    expect(said(page)).to_contain_text("Vous n’êtes pas connecté à Internet")
    assert violations(page) == []
    page.context.set_offline(False)
    expect(said(page)).to_have_text("")
    expect(field(page)).to_have_value("Deuxième ?")
    expect(page.locator(".turn")).to_have_count(1)
    field(page).press("Enter")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("[role=log]")).to_have_attribute("aria-busy", "false")


def test_a_connection_lost_while_a_question_leaves_gives_it_back(page: Page) -> None:
    answered(page, "Quelles communes ?")
    page.route("**/queue/join*", lambda route: route.abort("connectionreset"))
    field(page).fill("Deuxième ?")
    field(page).press("Enter")
    expect(page.get_by_text("La connexion au serveur est coupée").first).to_be_visible()
    # Gradio loads the page again as soon as the server answers.
    expect(page.locator("[data-testid=toast-text]")).to_have_count(0)
    page.unroute("**/queue/join*")
    expect(field(page)).to_have_value("Deuxième ?")
    expect(page.locator(".turn")).to_have_count(1)
    field(page).press("Enter")
    expect(page.locator(".turn")).to_have_count(2)


# --- when the server goes away --------------------------------------------------------------------


@contextmanager
def restartable() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a server, and the list of those started there; the last is stopped at the end."""
    port = free_port()
    servers: list[subprocess.Popen[bytes]] = []
    try:
        start(port, servers)
        yield f"http://127.0.0.1:{port}", servers
    finally:
        servers[-1].terminate()
        servers[-1].wait(timeout=120)


def start(port: int, servers: list[subprocess.Popen[bytes]]) -> None:
    servers.append(subprocess.Popen([sys.executable, FAKE_SERVER, str(port)]))
    wait_until_up(f"http://127.0.0.1:{port}", servers[-1])


def kill(servers: list[subprocess.Popen[bytes]]) -> None:
    servers[-1].kill()
    servers[-1].wait()


def test_a_server_killed_in_mid_stream_is_told_in_french_and_nothing_is_lost(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    with restartable() as (url, servers):
        arrive(page, url)
        answered(page, "Quelles communes ?")
        field(page).fill("lentement, quelles communes ?")
        field(page).press("Enter")
        expect(page.locator(".turn").last.locator(".text")).to_contain_text("Baincthun")
        field(page).fill("la suite")
        kill(servers)
        expect(page.get_by_text("La connexion au serveur est coupée").first).to_be_visible()
        assert not re.search(r"Connection|Error", page.locator("body").inner_text())
        typed = "lentement, quelles communes ?\nla suite"
        expect(field(page)).to_have_value(typed)
        field(page).press("Enter")
        expect(field(page)).to_have_value(typed)
        start(int(url.rsplit(":", 1)[1]), servers)
        expect(page.locator("[data-testid=toast-text]")).to_have_count(0)
        expect(page.locator(".turn")).to_have_count(1)
        expect(field(page)).to_have_value(typed)
        field(page).press("Enter")
        expect(page.locator(".turn")).to_have_count(2)
        expect(page.locator("[role=log]")).to_have_attribute("aria-busy", "false")
    context.close()


def test_a_server_restarted_between_two_questions_is_not_noticed(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    streams: set[Request] = set()
    page.on("request", lambda request: streams.add(request) if "/queue/data" in request.url else None)
    page.on("requestfinished", lambda request: streams.discard(request))
    page.on("requestfailed", lambda request: streams.discard(request))
    with restartable() as (url, servers):
        arrive(page, url)
        answered(page, "Quelles communes ?")
        # Gradio loads the page again when a stream is open while its server goes: that's the test above.
        limit = time.monotonic() + LIMIT
        while streams and time.monotonic() < limit:
            page.wait_for_timeout(50)  # milliseconds
        assert not streams
        kill(servers)
        start(int(url.rsplit(":", 1)[1]), servers)
        with page.expect_request("**/queue/join*") as sent:
            answered(page, "CVCB ?", 2)
        _, conversation, _ = sent.value.post_data_json["data"]
        assert [turn["question"] for turn in json.loads(conversation)["turns"]] == ["Quelles communes ?"]
    context.close()


# --- what is read back is never trusted -----------------------------------------------------------

FORGED = {"question": HOSTILE, "commune": HOSTILE, "reply": HOSTILE_REPLY.model_dump(mode="json")}
GOOD = {"question": "Quelles communes ?", "commune": None, "reply": ANSWERED.model_dump(mode="json")}
REFUSED = [
    HOSTILE,
    json.dumps(HOSTILE),
    json.dumps({"turns": HOSTILE}),
    json.dumps([HOSTILE]),
    json.dumps([{"question": HOSTILE}]),
    json.dumps([{**GOOD, "html": HOSTILE}]),
    json.dumps([GOOD, {**GOOD, "reply": {**GOOD["reply"], "status": HOSTILE}}]),
    json.dumps([{**GOOD, "question": "x" * 5_000}]),
    json.dumps([GOOD] * 200),
    "[" * 10_000,
]


def poison(page: Page, name: str, value: str) -> None:
    page.evaluate(
        "([name, value]) => sessionStorage.setItem(`assistant-dispositifs page 1 / ${name}`, value)",
        [name, value],
    )


def test_a_poisoned_memory_is_an_empty_conversation(page: Page) -> None:
    for value in REFUSED:
        poison(page, "turns", value)
        page.reload()
        expect(field(page)).to_be_visible()
        answered(page, "CVCB ?")
        expect(page.locator(".turn")).to_have_count(1)
        assert page.locator("#conversation :is(script, img)").count() == 0
        page.get_by_role("button", name="Nouvelle conversation").click()
        expect(page.locator(".turn")).to_have_count(0)


def test_a_forged_turn_is_only_text(page: Page) -> None:
    poison(page, "turns", json.dumps([FORGED]))
    poison(page, "commune", HOSTILE)
    poison(page, "draft", HOSTILE)
    page.reload()
    expect(field(page)).to_have_value(HOSTILE)
    field(page).fill("")
    answered(page, "CVCB ?")
    answered(page, "Combien ?", 2)
    poison(page, "turns", json.dumps([FORGED]))
    poison(page, "commune", "59431")
    page.reload()
    expect(page.locator(".turn .question")).to_contain_text("<script>window.pwned=1</script>")
    expect(page.get_by_role("button", name="Ma commune : Nieppe (Nord)")).to_be_visible()
    assert page.locator("#conversation :is(script, img), #next :is(script, img)").count() == 0
    assert page.locator(".source a").count() == 0
    for refused in (HOSTILE, "99999"):
        poison(page, "commune", refused)
        page.reload()
        expect(page.locator(".turn")).to_have_count(1)
        expect(page.locator("[data-restored]")).to_be_attached()
        expect(page.locator("#commune > button")).to_contain_text("Ma commune")
        expect(page.locator("#commune > button")).not_to_contain_text("Ma commune :")
        assert "commune" not in kept(page)


# --- on a phone -----------------------------------------------------------------------------------


def test_no_field_makes_a_phone_zoom(page: Page) -> None:
    sizes = page.locator("input:visible, textarea:visible").evaluate_all(
        "fields => fields.map(field => parseFloat(getComputedStyle(field).fontSize))"
    )
    assert len(sizes) == 2
    assert min(sizes) >= 16
