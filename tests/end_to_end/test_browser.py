"""A mayor at the chat page: a real server, a real browser, a question, a cited answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import violations
from fakes import NO_INDEX, QUOTE, SECRET
from playwright.sync_api import Browser, expect
from visits import FAKE_SERVER, ROOT, WIDTHS, Visit, opened, serving

from assistant.page import texts

pytestmark = pytest.mark.e2e

QUESTION = "Quelles communes ont reçu le CVCB en juillet 2023 ?"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """An engine with scripted answers: hostile text, failures, every status."""
    with serving(FAKE_SERVER, "{port}") as url:
        yield url


@pytest.fixture(scope="module")
def real_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The assistant itself, which indexes the committed corpus first."""
    index = str(tmp_path_factory.mktemp("index"))
    with serving("-m", "assistant.commands.cli", "serve", "--port", "{port}", "--index", index) as url:
        yield url


# What the server says of a question comes before its receipt, as on a poor connection.
RECEIPTS_LATE = """() => {
  const real = window.fetch;
  window.fetch = async (...all) => {
    const response = await real(...all);
    if (String(all[0]).includes("queue/join")) await new Promise(done => setTimeout(done, 700));
    return response;
  };
}"""


@pytest.fixture(params=WIDTHS)
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    with opened(browser, address, request.param) as seen:
        yield seen


@pytest.mark.parametrize("width", WIDTHS)
def test_the_real_assistant_answers_from_the_real_corpus(
    browser: Browser, real_address: str, width: int
) -> None:
    with opened(browser, real_address, width) as seen:
        seen.ask(QUESTION)
        seen.wait_for_answers(1)
        turn = seen.page.locator(".turn")
        for name in ("Baincthun", "Montataire", "Nieppe", "1,78"):
            expect(turn.locator(".text")).to_contain_text(name)
        source = turn.locator(".source").first
        quote = source.locator("blockquote").inner_text().strip("«» \u00a0\u202f\n")
        fiche = (ROOT / "corpus" / "schemes" / "cvcb.md").read_text(encoding="utf-8")
        assert " ".join(quote.split()) in " ".join(fiche.split())
        expect(source.locator(".facts")).to_contain_text("7 juillet 2023")
        seen.ask("Combien de dents a un requin ?")
        seen.wait_for_answers(2)
        expect(seen.page.locator(".turn").last.locator(".text")).to_contain_text("Je n’ai pas trouvé")


@pytest.mark.parametrize("width", WIDTHS)
def test_my_commune_shows_what_each_scheme_is_for_it(browser: Browser, real_address: str, width: int) -> None:
    with opened(browser, real_address, width) as seen:
        page = seen.page
        seen.choose("nieppe", "Nieppe (Nord)")
        result = page.locator("#commune-result")
        expect(result.locator(".counts")).to_contain_text("à vérifier")
        link = result.get_by_role("link", name="Toutes les aides examinées pour Nieppe")
        assert link.get_attribute("href") == "communes/59431"
        asked = page.get_by_role("textbox", name="Votre question").bounding_box()
        assert asked is not None
        assert asked["y"] + asked["height"] <= 800
        expect(result.locator(".group").first).to_be_hidden()
        result.get_by_text("Détail ici").click()
        expect(result.locator(".commune-facts")).to_contain_text("7 764 habitants (table des communes, 2026)")
        for words in ("Possibles, à vérifier", "Exclues par la taille"):
            expect(result.get_by_role("heading", name=words)).to_be_visible()
        assert result.locator(".scheme").count() == len(list((ROOT / "corpus" / "schemes").glob("*.md")))
        scheme = result.locator(".scheme", has_text="ACTes – Fonds d’appui aux projets locaux")
        expect(scheme.locator(".state")).to_contain_text("Ouverture actuelle non vérifiée")
        expect(scheme.locator(".why")).to_be_hidden()
        scheme.locator("summary").click()
        expect(scheme.locator(".not_met")).to_contain_text("Nieppe : 7 764 habitants, seuil : moins de 2 000")
        expect(scheme.locator(".origins")).to_contain_text("11 juillet 2024")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_commune_is_chosen_goes_with_the_question_and_is_cleared(visit: Visit) -> None:
    page = visit.page
    typed = page.get_by_role("textbox", name="Nom, code postal")
    typed.fill("zzzzzz")
    expect(page.locator("#commune-said")).to_contain_text("seule région")
    typed.fill("saint aubin")
    expect(page.get_by_role("button", name="Saint-Aubin (Nord)")).to_be_visible()
    expect(page.get_by_role("button", name="Saint-Aubin (Aisne)")).to_be_visible()
    visit.choose("meteren", "Méteren (Nord)")
    expect(page.locator("#commune-result .counts")).to_contain_text("probable")
    expect(page.get_by_role("button", name="Ma commune : Méteren (Nord)")).to_be_visible()
    assert page.locator("#commune-result :is(script, img)").count() == 0
    visit.ask(QUESTION)
    visit.wait_for_answers(1)
    expect(page.locator(".turn .question")).to_contain_text("pour Méteren (Nord)")
    expect(page.locator("#commune-result")).to_be_hidden()
    page.get_by_role("button", name="Ma commune : Méteren (Nord)").click()
    page.get_by_role("button", name="Retirer").click()
    expect(page.locator("#commune-result .chosen")).to_have_count(0)
    visit.ask("CVCB ?")
    visit.wait_for_answers(2)
    expect(page.locator(".turn .place")).to_have_count(1)


def test_a_poor_connection_loses_nothing_of_what_opens_a_turn(visit: Visit) -> None:
    page = visit.page
    visit.choose("meteren", "Méteren (Nord)")
    page.evaluate(RECEIPTS_LATE)
    for count in range(1, 4):
        page.get_by_role("textbox", name="Nom, code postal").fill("saint aubin")
        page.wait_for_timeout(500)
        visit.ask(QUESTION)
        visit.wait_for_answers(count)
        expect(page.locator("#commune-result")).to_be_hidden()
        expect(page.get_by_role("textbox", name="Votre question")).to_have_value("")
        page.get_by_role("button", name="Ma commune : Méteren (Nord)").click()
        expect(page.locator("#commune-result")).to_be_visible()


# What of the ring of the focused field stands out of an ancestor that cuts it, in pixels.
CUT = """() => {
  const field = document.activeElement, style = getComputedStyle(field), own = field.getBoundingClientRect();
  const out = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
  let cut = 0;
  for (let at = field.parentElement; at; at = at.parentElement) {
    if (getComputedStyle(at).overflow === "visible") continue;
    const box = at.getBoundingClientRect();
    const past = [box.left - own.left, own.right - box.right, box.top - own.top, own.bottom - box.bottom];
    cut = Math.max(cut, ...past.map(side => side + out));
  }
  return [style.outlineStyle, cut];
}"""


def test_the_ring_of_the_commune_field_is_whole(visit: Visit) -> None:
    visit.page.get_by_role("textbox", name="Nom, code postal").focus()
    visit.page.keyboard.type("nie")
    style, cut = visit.page.evaluate(CUT)
    assert style == "solid"
    assert cut <= 0


def test_enter_takes_the_only_commune(visit: Visit) -> None:
    typed = visit.page.get_by_role("textbox", name="Nom, code postal")
    typed.fill("59850")
    typed.press("Enter")
    expect(visit.page.locator("#commune-result .commune-facts")).to_contain_text("Nieppe (Nord)")
    expect(visit.page.locator("#suggestions button:visible")).to_have_count(0)


def test_the_page_is_french(visit: Visit) -> None:
    assert visit.page.evaluate("document.documentElement.lang") == "fr"
    expect(visit.page).to_have_title("Assistant des dispositifs régionaux")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Assistant des dispositifs régionaux")
    words = visit.page.locator("body").inner_text()
    assert "Vérifiez auprès du service instructeur" in words
    assert not re.search(r"Gradio|Submit|Loading|Settings|Use via API", words)
    assert visit.page.locator("#starters button").count() == sum(map(len, texts.EXAMPLES.values()))


def test_a_question_gets_a_cited_answer(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.wait_for_answers(1)
    turn = visit.page.locator(".turn")
    expect(turn.locator(".badge")).to_have_text("Réponse sourcée")
    expect(turn.locator(".text")).to_contain_text("Baincthun, Montataire et Nieppe")
    first = turn.locator(".source").first
    expect(first.locator("blockquote")).to_have_text(QUOTE)
    expect(first.locator(".facts")).to_have_text(
        "Région Hauts-de-France · 7 juillet 2023, mis à jour le 1er août 2023"
    )
    link = first.get_by_role("link")
    assert link.get_attribute("href") == "https://www.hautsdefrance.fr/cvcb-juillet-2023/"
    assert link.get_attribute("rel") == "noopener noreferrer"
    turn.get_by_role("link", name="Voir la source 2").click()
    expect(turn.locator(".source.shown")).to_have_id("source-1-2")
    assert visit.page.evaluate("document.activeElement.id") == "source-1-2"
    assert visit.page.url == visit.address + "/"


def test_a_conversation_goes_on_and_starts_afresh(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("button", name="Qu’est-ce que le dispositif ACTes").click()
    visit.wait_for_answers(1)
    expect(page.locator("#starters")).to_be_hidden()
    page.get_by_role("button", name="Quel est le montant de l’aide CVCB").click()
    visit.wait_for_answers(2)
    visit.ask("à préciser")
    visit.wait_for_answers(3)
    page.get_by_role("button", name="La vidéoprotection").click()
    visit.wait_for_answers(4)
    page.get_by_role("button", name="Nouvelle conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#starters")).to_be_visible()


def test_failures_are_french_sentences_and_the_question_is_kept(visit: Visit) -> None:
    for question, words in [("index", NO_INDEX), ("panne", "incident"), ("coupure", "incident")]:
        visit.ask(question)
        expect(visit.page.locator(".turn .question")).to_contain_text(question)
        visit.wait_for_answers(1)
        expect(visit.page.get_by_role("alert").last).to_contain_text(words)
        expect(visit.page.get_by_role("textbox", name="Votre question")).to_have_value(question)
    assert SECRET not in visit.page.content()
    assert "Traceback" not in visit.page.content()


def test_hostile_texts_stay_texts(visit: Visit) -> None:
    visit.ask("hostile <img src=x onerror=window.pwned=1>")
    visit.wait_for_answers(1)
    expect(visit.page.locator(".source blockquote")).to_contain_text("<script>window.pwned=1</script>")
    assert visit.page.locator("#conversation :is(script, img)").count() == 0
    assert visit.page.locator(".source a").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_axe_finds_nothing_in_any_state(browser: Browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    seen = Visit(page, address)
    expect(page.get_by_role("button", name="Envoyer")).to_be_visible()
    found = {"empty": violations(page)}
    seen.choose("nieppe", "Nieppe (Nord)")
    expect(page.locator("#commune-result .chosen")).to_be_visible()
    found["commune"] = violations(page)
    page.locator("#commune-result .whole > summary").click()
    expect(page.locator("#commune-result h2").first).to_be_visible()
    found["its schemes"] = violations(page)
    seen.ask("lentement, quelles communes ?")
    expect(page.locator(".turn .text")).to_contain_text("Baincthun")
    found["streaming"] = violations(page)
    seen.wait_for_answers(1)
    found["answered"] = violations(page)
    seen.ask("à préciser")
    seen.wait_for_answers(2)
    found["choices"] = violations(page)
    for button in page.locator("button:visible, summary:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44, button.inner_text()
    seen.ask("une panne")
    seen.wait_for_answers(3)
    found["error"] = violations(page)
    assert {state: told for state, told in found.items() if told} == {}
    context.close()


def test_an_answer_is_copied_and_kept_with_its_sources(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address)
    seen = Visit(page, address)
    expect(page.get_by_role("button", name="Envoyer")).to_be_visible()
    seen.ask("Quelles communes ?")
    seen.wait_for_answers(1)
    page.get_by_role("button", name="Copier avec les sources").click()
    expect(page.locator(".tools [role=status]")).to_have_text("Copié")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert QUOTE in copied
    assert "7 juillet 2023" in copied
    with page.expect_download() as download:
        page.get_by_role("button", name="Enregistrer").click()
    assert Path(download.value.path()).read_text(encoding="utf-8") == copied
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Note pour le conseil (réponse 1)").click()
    expect(opened.value.get_by_role("heading", name="Question : Quelles communes ?")).to_be_visible()
    opened.value.close()
    page.get_by_role("link", name="Mentions légales").click()
    expect(page.get_by_role("heading", name="Mentions légales")).to_be_visible()
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_conversation_by_keyboard_alone(browser: Browser, address: str, width: int) -> None:
    with opened(browser, address, width) as seen:
        keys = seen.page.keyboard
        expect(seen.page.get_by_role("textbox", name="Votre question")).to_be_focused()
        keys.type("Quelles communes ?")
        keys.press("Enter")
        seen.wait_for_answers(1)
        mark = seen.page.get_by_role("link", name="Source 1").first
        for _ in range(60):
            if mark.evaluate("node => node === document.activeElement"):
                break
            keys.press("Shift+Tab")
        expect(mark).to_be_focused()
        keys.press("Enter")
        expect(seen.page.locator(".source").first).to_be_focused()
        follow_up = seen.page.get_by_role("button", name="Quel est le montant")
        for _ in range(60):
            if follow_up.evaluate("node => node === document.activeElement"):
                break
            keys.press("Tab")
        expect(follow_up).to_be_focused()
        keys.press("Enter")
        seen.wait_for_answers(2)
