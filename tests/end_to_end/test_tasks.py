"""What mayors and secretaries do, on the chat page and in the widget, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from docx import Document
from fakes import QUOTE
from playwright.sync_api import Browser, expect
from talks import Place, Talk, talking
from visits import FAKE_SERVER, serving

pytestmark = pytest.mark.e2e

# Each place at each width, each place by each means.
SPOTS = (
    ("page", 1280, "mouse"),
    ("page", 390, "keyboard"),
    ("widget", 1280, "keyboard"),
    ("widget", 390, "mouse"),
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(FAKE_SERVER, "{port}") as url:
        yield url


@pytest.fixture(params=SPOTS, ids=lambda spot: "-".join(map(str, spot)))
def talk(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Talk]:
    place, width, by = request.param
    with talking(browser, address, place, width, by) as talk:
        yield talk


def test_a_commune_is_chosen_and_goes_with_the_question(talk: Talk) -> None:
    page = talk.page
    talk.commune.fill("saint aubin")
    said = page.locator("#place-said")
    expect(said).to_contain_text("communes trouvées")
    offered = page.get_by_role("option")
    expect(offered.nth(0)).to_have_text("Saint-Aubin (Nord), 59440")
    expect(offered.nth(1)).to_have_text("Saint-Aubin (Pas-de-Calais), 62170")
    talk.commune.fill("59850")
    expect(offered).to_have_text(["Nieppe (Nord), 59850"])
    expect(talk.commune).to_have_attribute("aria-expanded", "true")
    if talk.by == "mouse":
        offered.click()
    else:
        talk.commune.press("Enter")
    expect(offered).to_have_count(0)
    expect(talk.commune).to_be_focused()
    expect(page.get_by_text("Commune choisie\u00a0: Nieppe (Nord)")).to_be_attached()
    expect(page.locator("details.place .counts")).to_contain_text("probable")
    link = page.get_by_role("link", name="Toutes les aides examinées pour Nieppe")
    assert link.get_attribute("href").endswith("/communes/59431")
    with page.expect_request("**/api/chat") as sent:
        turn = talk.ask("Quelles communes ?")
    assert sent.value.post_data_json["commune"] == "insee:59431"
    expect(turn.get_by_role("heading", level=3)).to_contain_text("pour Nieppe (Nord)")
    expect(page.locator("details.place")).not_to_have_attribute("open", "")
    assert talk.commune.input_value() == "Nieppe (Nord)"
    talk.act(talk.button("Retirer"))
    expect(talk.commune).to_have_value("")
    turn = talk.ask("CVCB ?", 2)
    expect(turn.get_by_role("heading", level=3)).not_to_contain_text("Nieppe")


def test_the_arrows_move_among_communes_and_what_is_none_is_said(talk: Talk) -> None:
    field = talk.commune
    field.fill("zzzzzz")
    expect(talk.page.locator("#place-said")).to_contain_text("seule région")
    field.fill("bailleul")
    options = talk.page.get_by_role("option")
    expect(options.nth(1)).to_be_visible()
    field.press("Enter")  # several, none of them told: nothing is guessed
    expect(options.nth(1)).to_be_visible()
    field.press("ArrowDown")
    field.press("ArrowDown")
    second = options.nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "place-1")
    name = second.inner_text().split(",")[0]
    field.press("ArrowUp")
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(talk.field).to_be_visible()  # the list closed, not the panel
    field.fill("bailleul ")
    expect(options.nth(1)).to_be_visible()
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    expect(talk.page.locator("details.place > summary")).to_have_text(re.compile(re.escape(name)))


def test_one_types_sends_and_stops_while_an_answer_is_written(talk: Talk) -> None:
    talk.send("lentement, quelles communes ?")
    talk.field.press_sequentially("et pour Bailleul ?", delay=15)
    expect(talk.field).to_have_value("et pour Bailleul ?")
    talk.field.press("Enter")
    expect(talk.page.get_by_text("Cette question partira dès que")).to_have_count(2)  # shown, and announced
    talk.field.fill("une troisième")
    talk.field.press("Enter")
    expect(talk.note).to_contain_text("Une question attend déjà")
    expect(talk.field).to_have_value("une troisième")
    turn = talk.answered(2)
    expect(turn.get_by_role("heading", level=3)).to_contain_text("et pour Bailleul")
    talk.field.press("Enter")
    talk.answered(3)
    talk.send("lentement, encore ?")
    expect(talk.turns.last).to_contain_text("Baincthun")
    talk.field.fill("la suite")
    talk.act(talk.button("Arrêter"))
    expect(talk.turns.last).to_contain_text("Réponse arrêtée")
    expect(talk.field).to_have_value("la suite")
    talk.act(talk.button("Réessayer"))
    talk.answered(4)
    expect(talk.field).to_have_value("la suite")


def test_a_question_that_waits_can_be_taken_back(talk: Talk) -> None:
    talk.send("lentement, quelles communes ?")
    talk.send("Combien ?")
    talk.field.fill("pour nous")
    talk.act(talk.button("La reprendre"))
    expect(talk.field).to_have_value("Combien ?\npour nous")
    talk.answered()
    expect(talk.turns).to_have_count(1)


def test_an_answer_is_read_with_its_sources_and_where_it_leads(talk: Talk) -> None:
    turn = talk.ask("Les dates pour mon agenda ?")
    expect(turn.locator(".badge")).to_have_text("Réponse sourcée")
    talk.act(turn.get_by_role("button", name="Source 1").first)
    source = turn.locator(".sources details").first
    expect(source.locator("summary")).to_be_focused()
    expect(source.locator("blockquote")).to_have_text(QUOTE)
    expect(source).to_contain_text("Notre fiche, rédigée d’après\u00a0:")
    expect(source).to_contain_text("7 juillet 2023, mis à jour le 1er août 2023")
    expect(turn.locator(".sources details").nth(1)).to_contain_text("sans date")
    expect(turn.get_by_role("link", name="Ajouter les dates de « CVCB »")).to_have_attribute(
        "href", f"{talk.address}/dispositifs/cvcb.ics"
    )
    turn = talk.ask("Quel contact ?", 2)
    expect(turn.get_by_role("link", name="guide-aides.hautsdefrance.fr")).to_be_visible()
    expect(turn.locator(".badge")).to_have_count(0)  # it cites nothing


def test_examples_choices_and_what_comes_next_are_asked_with_one_gesture(talk: Talk) -> None:
    examples = talk.page.locator(".start button")
    expect(examples.first).to_be_visible()
    talk.act(examples.first)
    turn = talk.answered()
    expect(examples).to_have_count(0)
    talk.act(turn.get_by_role("button", name="Quel est le montant de l’aide CVCB"))
    talk.answered(2)
    turn = talk.ask("à préciser", 3)
    talk.act(turn.get_by_role("button", name="La vidéoprotection"))
    talk.answered(4)


def test_what_is_no_answer_says_so_and_small_talk_is_left_alone(talk: Talk) -> None:
    badges = {
        "piscine": "Pas de réponse dans nos sources",
        "météo": "Hors sujet",
        "préciser": "Question à préciser",
    }
    for count, (question, badge) in enumerate(badges.items(), start=1):
        expect(talk.ask(question, count).locator(".badge")).to_have_text(badge)
    turn = talk.ask("merci", 4)
    expect(turn).to_contain_text("Avec plaisir.")
    assert turn.get_by_role("button").count() == 0


def test_an_opinion_is_given(talk: Talk) -> None:
    turn = talk.ask("Quelles communes ?")
    talk.act(turn.get_by_role("button", name="Non"))
    box = turn.get_by_role("checkbox", name="La réponse est incomplète")
    if talk.by == "mouse":
        box.check()
    else:
        talk.reach(box)
        talk.page.keyboard.press("Space")
    with talk.page.expect_request("**/api/feedback") as sent:
        talk.act(turn.get_by_role("button", name="Envoyer l’avis"))
    assert sent.value.post_data_json["reasons"] == ["incomplete"]
    expect(turn.get_by_text("Merci pour votre avis")).to_be_focused()


def test_a_conversation_is_begun_anew_and_brought_back(talk: Talk) -> None:
    talk.ask("Quelles communes ?")
    talk.ask("Combien ?", 2)
    talk.field.fill("la suite")
    talk.act(talk.button("Nouvelle conversation"))
    expect(talk.turns).to_have_count(0)
    expect(talk.field).to_be_focused()
    expect(talk.field).to_have_value("")
    expect(talk.note).to_have_text("Conversation effacée.")
    assert "turns" not in talk.kept()
    talk.act(talk.button("Rétablir"))
    talk.answered(2)
    expect(talk.field).to_have_value("la suite")
    expect(talk.note).to_have_text("")
    talk.reload()
    talk.answered(2)
    talk.act(talk.button("Nouvelle conversation"))
    talk.ask("CVCB ?")
    expect(talk.button("Rétablir")).to_be_hidden()


def test_an_answer_goes_to_the_council_as_a_dated_document_with_the_commune(talk: Talk) -> None:
    talk.commune.fill("nieppe")
    expect(talk.page.get_by_role("option")).to_have_count(1)
    talk.commune.press("Enter")
    talk.ask("Quelles communes ?")
    turn = talk.ask("Une piscine ?", 2)
    for name, questions in (("Note pour le conseil", 1), ("Note de toute la conversation", 2)):
        with talk.page.expect_popup() as opened:
            talk.act(turn.get_by_role("link", name=name))
        note = opened.value
        expect(note.get_by_role("heading", name="Question")).to_have_count(questions)
        expect(note.get_by_text("Nieppe (Nord)").first).to_be_visible()
        with note.expect_download() as download:
            note.get_by_text("Document Word").click()
        assert re.fullmatch(r"note-conseil-\d{4}-\d\d-\d\d\.docx", download.value.suggested_filename)
        document = Document(BytesIO(Path(download.value.path()).read_bytes()))
        told = "\n".join(part.text for part in document.paragraphs)
        assert "piscine" in told
        note.close()


def test_a_colleague_gets_a_link_that_asks_again(talk: Talk) -> None:
    talk.commune.fill("nieppe")
    expect(talk.page.get_by_role("option")).to_have_count(1)
    talk.commune.press("Enter")
    expect(talk.page.locator("details.place .counts")).to_be_visible()
    turn = talk.ask("Quelles communes & combien ?")
    mail = turn.get_by_role("link", name="Envoyer à un collègue").get_attribute("href")
    assert mail.startswith("mailto:?subject=Aides")
    link = re.search(r"http\S+", parse_qs(urlsplit(mail).query)["body"][0])
    assert link
    assert link[0].startswith(f"{talk.address}/?")
    talk.page.goto(link[0])
    # In the tab of the widget too, the link leads to the chat page.
    page = Talk(talk.page, talk.address, "page")
    expect(page.answered(1).get_by_role("heading", level=3)).to_contain_text("Quelles communes & combien")
    expect(talk.page.locator(".about")).to_have_text("pour Nieppe (Nord)")
    assert talk.page.url == f"{talk.address}/"
    page.reload()
    page.answered(1)


COPIED = """async () => {
  const [item] = await navigator.clipboard.read();
  const text = async (type) => (await item.getType(type)).text();
  return [await text("text/html"), await text("text/plain")];
}"""


@pytest.mark.parametrize("place", ["page", "widget"])
def test_an_answer_is_copied_as_rich_and_plain_text_and_printed_alone(
    browser: Browser, address: str, place: Place
) -> None:
    with talking(
        browser, address, place, permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce"
    ) as talk:
        talk.ask("Quelles communes ?")
        talk.ask("une réponse déguisée", 2)
        first = talk.turns.first
        first.get_by_role("button", name="Copier", exact=True).click()
        expect(first.get_by_text("Réponse copiée avec ses sources.")).to_be_visible()
        rich, plain = talk.page.evaluate(COPIED)
        assert "<li>L’ensemble représente" in rich
        assert 'href="https://www.hautsdefrance.fr/cvcb-juillet-2023/"' in rich
        assert "– L’ensemble représente environ 1,78 million d’euros [1]." in plain
        assert f"[1] CVCB, Lauréats : «\u00a0{QUOTE}\u00a0» Notre fiche, rédigée d’après :" in plain
        assert "https://www.hautsdefrance.fr/cvcb-juillet-2023/" in plain
        assert not re.search(r"\*\*|^#|^- ", plain, re.MULTILINE)
        last = talk.turns.last
        last.get_by_role("button", name="Copier", exact=True).click()
        expect(last.get_by_text("Réponse copiée")).to_be_visible()
        rich, plain = talk.page.evaluate(COPIED)
        assert "<table>" in rich
        assert "<b>" not in rich
        assert "Combien | 10\u00a0% | 20\u00a0%" in plain
        first.get_by_role("button", name="Copier le lien").click()
        expect(first.get_by_text("Lien copié")).to_be_visible()
        link = talk.page.evaluate("navigator.clipboard.readText()")
        assert link.startswith(f"{address}/?q=Quelles+communes")
        first.get_by_role("button", name="Imprimer").click()
        sheet = talk.page.frames[-1].locator("body")
        expect(sheet).to_contain_text("Quelles communes")
        expect(sheet).to_contain_text(QUOTE)
        expect(sheet).not_to_contain_text("déguisée")


@pytest.mark.parametrize("place", ["page", "widget"])
def test_a_slow_answer_is_told_and_can_be_stopped(browser: Browser, address: str, place: Place) -> None:
    with talking(browser, address, place) as talk:
        talk.page.clock.install()
        talk.page.route("**/api/chat", lambda route: None)
        talk.send("Quelles communes ?")
        expect(talk.turns.last).to_contain_text("Recherche dans les documents…")
        talk.page.clock.fast_forward(7_000)
        expect(talk.turns.last).to_contain_text("La réponse tarde")
        talk.button("Arrêter").click()
        expect(talk.turns.last).to_contain_text("Réponse arrêtée")


@pytest.mark.parametrize("place", ["page", "widget"])
def test_two_tabs_are_two_conversations(browser: Browser, address: str, place: Place) -> None:
    with talking(browser, address, place) as talk:
        talk.ask("Quelles communes ?")
        other = Talk(talk.page.context.new_page(), address, place)
        other.open()
        other.ask("Combien ?")
        talk.reload()
        expect(talk.answered(1).get_by_role("heading", level=3)).to_contain_text("Quelles communes")
        other.reload()
        expect(other.answered(1).get_by_role("heading", level=3)).to_contain_text("Combien")
