"""The real assistant behind both, in a real browser, and what stands around the conversation."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from talks import Place, talking
from visits import FAKE_SERVER, ROOT, serving

from assistant.page import texts

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """An engine with scripted answers."""
    with serving(FAKE_SERVER, "{port}") as url:
        yield url


@pytest.fixture(scope="module")
def real_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The assistant itself, which indexes the committed corpus first."""
    index = str(tmp_path_factory.mktemp("index"))
    with serving("-m", "assistant.commands.cli", "serve", "--port", "{port}", "--index", index) as url:
        yield url


@pytest.mark.parametrize(("place", "width"), [("page", 1280), ("widget", 390)])
def test_the_real_assistant_answers_from_the_real_corpus(
    browser: Browser, real_address: str, place: Place, width: int
) -> None:
    with talking(browser, real_address, place, width) as talk:
        turn = talk.ask("Quelles communes ont reçu le CVCB en juillet 2023 ?")
        for name in ("Baincthun", "Montataire", "Nieppe", "1,78"):
            expect(turn.locator(".answer")).to_contain_text(name)
        source = turn.locator(".sources details").first
        quote = (source.locator("blockquote").text_content() or "").strip("«» \u00a0\u202f\n")
        fiche = (ROOT / "corpus" / "schemes" / "cvcb.md").read_text(encoding="utf-8")
        assert " ".join(quote.split()) in " ".join(fiche.split())
        expect(source.locator(".facts").last).to_contain_text("7 juillet 2023")
        turn = talk.ask("Combien de dents a un requin ?", 2)
        expect(turn.locator(".answer")).to_contain_text("Je n’ai pas trouvé")


@pytest.mark.parametrize(("place", "width"), [("page", 390), ("widget", 1280)])
def test_a_cost_that_is_told_is_used_for_the_commune_chosen(
    browser: Browser, real_address: str, place: Place, width: int
) -> None:
    with talking(browser, real_address, place, width) as talk:
        talk.commune.fill("59850")
        expect(talk.page.get_by_role("option")).to_have_count(1)
        talk.commune.press("Enter")
        expect(talk.page.locator(".counts")).to_contain_text("à vérifier")
        asked = talk.field.bounding_box()
        assert asked is not None
        assert asked["y"] + asked["height"] <= 800
        turn = talk.ask("12 caméras de vidéoprotection pour 80 000 €, combien peut-on toucher ?")
        expect(turn.locator(".answer")).to_contain_text(re.compile(r"24\s000\s€"))
        expect(turn.locator(".about")).to_have_text("pour Nieppe (Nord)")


def test_the_page_is_french_and_leads_to_the_question_at_once(browser: Browser, address: str) -> None:
    with talking(browser, address, "page") as talk:
        page = talk.page
        assert page.evaluate("document.documentElement.lang") == "fr"
        expect(page).to_have_title(texts.PAGE_TITLE)
        expect(page.get_by_role("heading", level=1)).to_have_text(texts.PAGE_TITLE)
        words = page.locator("body").inner_text()
        assert "Vérifiez auprès du service instructeur" in words
        assert not re.search(r"Gradio|Submit|Loading|Settings|Use via API", words)
        assert page.locator(".start button").count() == sum(map(len, texts.EXAMPLES.values()))
        expect(talk.field).to_be_focused()
        skip = page.get_by_role("link", name=texts.TO_QUESTION)
        for _ in range(10):
            if skip.evaluate("node => node === document.activeElement"):
                break
            page.keyboard.press("Shift+Tab")
        expect(skip).to_be_focused()
        page.keyboard.press("Enter")
        expect(talk.field).to_be_focused()


def test_without_script_the_page_leads_to_those_that_need_none(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("noscript p")).to_have_text(texts.NO_SCRIPT)
    page.get_by_role("link", name="Poser une question").click()
    page.get_by_label("Votre question").fill("Quelles communes ?")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Réponse sourcée")).to_be_visible()
    context.close()
