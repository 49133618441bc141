"""What a reader writes is never lost, on page and widget: reload, Back, offline, restart, failure."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe import violations
from chromium import free_port, wait_until_up
from fakes import ANSWERED, HOSTILE, HOSTILE_REPLY
from playwright.sync_api import Browser, Route, expect
from talks import LAUNCHER, Talk, talking
from visits import FAKE_SERVER, serving

pytestmark = pytest.mark.e2e

SPOTS = (("page", 1280), ("page", 390), ("widget", 1280), ("widget", 390))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(FAKE_SERVER, "{port}") as url:
        yield url


@pytest.fixture(params=SPOTS, ids=lambda spot: "-".join(map(str, spot)))
def talk(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Talk]:
    place, width = request.param
    with talking(browser, address, place, width, may_complain=True) as talk:
        yield talk


# --- while it's written ---------------------------------------------------------------------------


def test_enter_on_nothing_and_enter_that_chooses_a_composed_word_send_nothing(talk: Talk) -> None:
    for typed in ("", "   ", "\n \n"):
        talk.send(typed)
    talk.field.fill("commun")
    for event in ("{isComposing: true}", "{keyCode: 229}"):
        talk.field.evaluate(
            "(node, how) => node.dispatchEvent(new KeyboardEvent('keydown', "
            f"{{key: 'Enter', bubbles: true, cancelable: true, ...{event}}}))"
        )
    expect(talk.field).to_have_value("commun")
    expect(talk.turns).to_have_count(0)


def test_several_lines_are_shown_on_several_lines(talk: Talk) -> None:
    talk.field.press_sequentially("Bonjour,")
    talk.field.press("Shift+Enter")
    talk.field.press_sequentially("quelle aide ?")
    talk.field.press("Enter")
    shown = talk.answered().get_by_role("heading", level=3).inner_text().splitlines()
    assert [line for line in shown if line][-2:] == ["Bonjour,", "quelle aide\u00a0?"]


def test_a_text_too_long_is_kept_whole_and_said(talk: Talk) -> None:
    long = "é" * 4_840
    talk.field.fill("é" * 3_700)
    expect(talk.note).to_have_text(re.compile(r"^3\s700 caractères sur 4\s000"))
    talk.field.fill(long)
    expect(talk.note).to_have_text(re.compile(r"4\s840 caractères, 4\s000 au plus"))
    expect(talk.field).to_have_attribute("aria-invalid", "true")
    talk.field.press("Enter")
    talk.button("Envoyer").click()
    expect(talk.field).to_have_value(long)
    expect(talk.turns).to_have_count(0)
    # Emoji count once each, as the server counts them.
    talk.ask("\N{HOUSE BUILDING}" * 4_000)
    expect(talk.note).to_have_text("")


# --- when the page comes back ---------------------------------------------------------------------


def test_a_reload_brings_back_turns_commune_and_text(talk: Talk) -> None:
    talk.commune.fill("59850")
    expect(talk.page.get_by_role("option")).to_have_count(1)
    talk.commune.press("Enter")
    talk.ask("Quelles communes ?")
    talk.ask("à préciser", 2)
    talk.field.fill("la suite,\nen deux lignes")
    talk.reload()
    talk.answered(2)
    expect(talk.page.locator(".turn .about")).to_have_text(["pour Nieppe (Nord)"] * 2)
    expect(talk.turns.first.locator(".sources details")).to_have_count(2)
    expect(talk.page.locator("details.place > summary")).to_have_text("Ma commune\u00a0: Nieppe (Nord)")
    expect(talk.page.locator(".start")).to_have_count(0)
    expect(talk.field).to_have_value("la suite,\nen deux lignes")
    expect(talk.field).to_have_attribute("placeholder", "Question pour Nieppe")
    with talk.page.expect_request("**/api/chat") as sent:
        talk.ask("CVCB ?", 3)
    told = sent.value.post_data_json
    assert told["commune"] == "insee:59431"
    assert [message["content"] for message in told["messages"] if message["role"] == "user"] == [
        "Quelles communes ?",
        "à préciser",
        "CVCB ?",
    ]
    expect(talk.commune).to_be_visible()
    talk.button("Retirer").click()
    talk.reload()
    expect(talk.page.locator("details.place > summary")).to_have_text("Ma commune")


def test_back_brings_the_conversation_back(talk: Talk) -> None:
    talk.ask("Quelles communes ?")
    talk.field.fill("la suite")
    talk.page.goto(f"{talk.address}/mentions-legales")
    talk.page.go_back()
    talk.begin()
    talk.answered()
    expect(talk.field).to_have_value("la suite")
    talk.ask("CVCB ?", 2)


def test_questions_without_an_answer_come_back_to_the_field(talk: Talk) -> None:
    talk.ask("Quelles communes ?")
    talk.page.route("**/api/chat", lambda route: None)
    for question in ("Deuxième ?", "Troisième ?"):
        talk.send(question)
    talk.field.fill("la suite")
    talk.reload()
    talk.answered()
    expect(talk.field).to_have_value("Deuxième ?\nTroisième ?\nla suite")


def test_offline_nothing_is_sent_and_nothing_is_lost(talk: Talk) -> None:
    talk.ask("Quelles communes ?")
    talk.page.context.set_offline(True)
    talk.page.wait_for_function("!navigator.onLine")
    talk.send("Deuxième ?")
    expect(talk.note).to_contain_text("Vous n’êtes pas connecté à Internet")
    assert violations(talk.page) == []
    talk.page.context.set_offline(False)
    expect(talk.note).to_have_text("")
    expect(talk.field).to_have_value("Deuxième ?")
    talk.field.press("Enter")
    talk.answered(2)


def test_a_connection_lost_while_a_question_leaves_is_told_and_tried_again(talk: Talk) -> None:
    talk.ask("Quelles communes ?")
    talk.page.route("**/api/chat", lambda route: route.abort("connectionreset"))
    talk.send("Deuxième ?")
    expect(talk.turns.last.locator(".error")).to_contain_text("la connexion a été coupée")
    talk.page.unroute("**/api/chat")
    talk.button("Réessayer").click()
    talk.answered(2)


def test_a_failure_leaves_what_is_being_typed_and_what_waits(talk: Talk) -> None:
    held: list[Route] = []
    talk.page.route("**/api/chat", lambda route: held.append(route))
    talk.send("une panne ?")
    talk.send("Deuxième ?")
    talk.field.fill("la suite")
    held[0].continue_()
    talk.page.unroute("**/api/chat")
    expect(talk.turns.last.locator(".error")).to_contain_text("incident")
    expect(talk.field).to_have_value("Deuxième ?\nla suite")
    talk.reload()
    expect(talk.field).to_have_value("une panne ?\nDeuxième ?\nla suite")


# --- when the server goes away --------------------------------------------------------------------


@contextmanager
def running(port: int) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen([sys.executable, FAKE_SERVER, str(port)])
    try:
        wait_until_up(f"http://127.0.0.1:{port}", server, seconds=300, path="/")
        yield server
    finally:
        server.terminate()
        server.wait(timeout=120)


def test_a_server_killed_in_mid_answer_is_told_in_french_and_nothing_is_lost(browser: Browser) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running(port) as server:
        talks = [Talk(browser.new_page(), url, place) for place in ("page", "widget")]
        for talk in talks:
            talk.open()
            talk.ask("Quelles communes ?")
        for talk in talks:
            talk.send("lentement, quelles communes ?")
        for talk in talks:
            expect(talk.turns.last).to_contain_text("Baincthun")
            talk.field.fill("la suite")
        server.kill()
        for talk in talks:
            expect(talk.turns.last.locator(".error")).to_contain_text("la connexion a été coupée")
            assert not re.search(r"Connection|Error", talk.page.locator("body").inner_text())
            expect(talk.field).to_have_value("la suite")
        server.wait()
        with running(port):
            for talk in talks:
                # Gradio may load the page again once the server answers: the question is then in the field.
                again = talk.button("Réessayer")
                if again.is_visible():
                    again.click()
                else:
                    talk.field.press("Enter")
                talk.answered(2)
                talk.page.close()


# --- what is read back is never trusted -----------------------------------------------------------

GOOD = {"question": "Quelles communes ?", "reply": ANSWERED.model_dump(mode="json")}
POISONS = [
    HOSTILE,
    json.dumps({"turns": HOSTILE}),
    json.dumps([HOSTILE, None, 3]),
    json.dumps([{"question": HOSTILE, "reply": HOSTILE}]),
    json.dumps([{"question": HOSTILE, "reply": {"citations": HOSTILE}}]),
    json.dumps([{**GOOD, "reply": {**GOOD["reply"], "choices": None}}]),  # type: ignore[dict-item]
    "[" * 10_000,
]


def test_a_poisoned_memory_is_an_empty_conversation(talk: Talk) -> None:
    for poison in POISONS:
        talk.keep("turns", poison)
        talk.keep("commune", poison)
        talk.reload()
        talk.ask("CVCB ?")
        expect(talk.turns).to_have_count(1)


def test_a_forged_turn_is_only_text(talk: Talk) -> None:
    forged = {
        "question": HOSTILE,
        "commune": {"insee": HOSTILE, "label": HOSTILE},
        "reply": HOSTILE_REPLY.model_dump(mode="json"),
    }
    talk.keep("turns", json.dumps([forged]))
    talk.keep("draft", HOSTILE)
    talk.reload()
    expect(talk.field).to_have_value(HOSTILE)
    heading = talk.answered().get_by_role("heading", level=3)
    expect(heading).to_contain_text("<script>window.pwned=1</script>")
    assert talk.page.locator("article :is(script, img, iframe, a[href^='javascript:'])").count() == 0


def test_a_hostile_address_is_only_text(browser: Browser, address: str) -> None:
    with talking(browser, address, "page", may_complain=True) as talk:
        talk.page.goto(f"{address}/?q=%3Cimg%20src%3Dx%20onerror%3Dwindow.pwned%3D1%3E&commune=%3Cscript%3E")
        heading = talk.answered().get_by_role("heading", level=3)
        expect(heading).to_contain_text("<img src=x onerror=window.pwned=1>")
        talk.page.goto(f"{address}/?q={'a' * 4_100}&commune=99999")
        expect(talk.note).to_contain_text("4\u202f100 caractères")
        expect(talk.turns).to_have_count(0)
        talk.button("Rétablir").click()  # the conversation that was there before
        talk.answered(1)


# --- on a phone -----------------------------------------------------------------------------------


def test_no_field_makes_a_phone_zoom(talk: Talk) -> None:
    expect(talk.commune).to_be_visible()
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    assert min(talk.field.evaluate(size), talk.commune.evaluate(size)) >= 16
    # Also on a site whose own unit is small.
    talk.page.evaluate("document.documentElement.style.fontSize = '10px'")
    assert min(talk.field.evaluate(size), talk.commune.evaluate(size)) >= 16


def test_a_page_that_was_left_open_goes_on(browser: Browser, address: str) -> None:
    with talking(browser, address, "widget") as talk:
        talk.ask("Quelles communes ?")
        talk.page.keyboard.press("Escape")
        expect(talk.page.get_by_role("button", name=LAUNCHER)).to_be_focused()
        talk.begin()
        talk.answered()
