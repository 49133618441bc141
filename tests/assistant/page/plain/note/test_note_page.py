"""The note as a page and as a Word document: asked for from every page, computed, never forged."""

from __future__ import annotations

import json
import re
from email.message import Message
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import docx
import pytest
from docx.oxml.ns import qn
from fakes import HOSTILE, SECRET, FakeEngine
from fastapi.testclient import TestClient
from httpx import Response
from plain_site import CommittedSchemes, plain_client

from evaluation.benches.strict_html import problems

NIEPPE = "59431"
NO_DECISION = "Cette note n’est pas une décision."
ASKED = {
    "turns": [{"question": "Quelles communes ?", "commune": "Nieppe (Nord)"}, {"question": "Une piscine ?"}]
}


def sent(client: TestClient, asked: object, ending: str = "", **more: str) -> Response:
    return client.post(f"/note{ending}", data={"questions": json.dumps(asked), **more})


def read_back(content: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(content))


def lines_of(document: docx.document.Document) -> list[str]:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def shown(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(?:d[dt]|t[dh])>", " ", page))))


def mail_of(page: str) -> tuple[str, str]:
    found = re.search(r'href="(mailto:[^"]*)"', page)
    assert found is not None
    values = parse_qs(urlsplit(unescape(found[1])).query)
    return values["subject"][0], values["body"][0]


def test_a_conversation_is_asked_again_and_told_whole(tmp_path: Path) -> None:
    engine = FakeEngine()
    page = sent(plain_client(tmp_path, engine), ASKED)
    assert page.status_code == 200
    assert [len(request.messages) for request in engine.requests] == [1, 3]
    assert [request.commune for request in engine.requests] == ["insee:59431", None]
    text = shown(page.text)
    for told in (
        "Date 23 novembre 2026",
        "Commune Nieppe (Nord)",
        NO_DECISION,
        "Question 1 : Quelles communes ?",
        "trois communes : Baincthun, Montataire et Nieppe",
        "Question 2 : Une piscine ?",
        "Je n’ai pas trouvé d’aide aux piscines",
        "Région Hauts-de-France, 7 juillet 2023, mis à jour le 1er août 2023, "
        "https://www.hautsdefrance.fr/cvcb-juillet-2023/",
        "Page du dispositif, sans date",
    ):
        assert told in text
    assert problems(page.text) == []
    assert '<meta name="robots" content="noindex">' in page.text


def test_one_answer_alone_is_told_when_it_is_asked_for(tmp_path: Path) -> None:
    engine = FakeEngine()
    page = sent(plain_client(tmp_path, engine), ASKED, reponse="2").text
    assert len(engine.requests) == 2, "it follows on from what was said before"
    assert "piscine" in page
    assert "Baincthun" not in page
    engine = FakeEngine()
    first = sent(plain_client(tmp_path, engine), ASKED, reponse="1").text
    assert len(engine.requests) == 1
    assert "Question\u00a0: Quelles communes" in first


def test_the_document_says_what_the_page_does(tmp_path: Path) -> None:
    answer = sent(plain_client(tmp_path), ASKED, ".docx")
    assert answer.status_code == 200
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    named = Message()
    named["content-disposition"] = answer.headers["content-disposition"]
    assert named.get_filename() == "note-conseil-2026-11-23.docx"
    document = read_back(answer.content)
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name.startswith(("Title", "Heading"))
    ]
    assert headings == [
        ("Title", "Note pour le conseil municipal"),
        ("Heading 1", "Question 1\u00a0: Quelles communes\u00a0?"),
        ("Heading 2", "Réponse"),
        ("Heading 2", "À confirmer"),
        ("Heading 1", "Question 2\u00a0: Une piscine\u00a0?"),
        ("Heading 2", "Réponse"),
        ("Heading 1", "Pour la suite"),
        ("Heading 1", "Sources"),
    ]
    lines = lines_of(document)
    assert any(line.startswith(NO_DECISION) for line in lines)
    assert "Date\u00a0: 23 novembre 2026" in lines
    assert any(line.startswith("[1] Redynamisation") and "7 juillet 2023" in line for line in lines)
    links = [part.target_ref for part in document.part.rels.values() if part.is_external]
    assert "https://www.hautsdefrance.fr/cvcb-juillet-2023/" in links
    about = document.core_properties
    assert (about.title, about.language) == ("Note pour le conseil municipal", "fr-FR")
    assert "python-docx" not in (about.author + about.comments)
    assert document.styles.element.findall(f".//{qn('w:lang')}")[0].get(qn("w:val")) == "fr-FR"


def test_a_scheme_for_a_commune_is_told_with_its_verdict(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes())
    query = f"dispositif=videoprotection&commune={NIEPPE}&premiere_installation=oui"
    page = client.get(f"/note?{query}").text
    text = shown(page)
    for told in (
        "Population 7 764 habitants",
        "« Vidéoprotection » : à vérifier.",
        "Conditions examinées",
        "S’agit-il d’une première installation de vidéoprotection ? oui",
        "Pour qui",
        "dernier dépôt connu",
        "Condition encore ouverte",
        "montant d’après une règle de 2023",
        "http://testserver/dispositifs/videoprotection",
        NO_DECISION,
    ):
        assert told in text
    assert problems(page) == []
    document = read_back(client.get(f"/note.docx?{query}").content)
    assert any("à vérifier" in line for line in lines_of(document))
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Condition", "Ce que l’on sait", "État"]
    assert table.rows[0]._tr.findall(f".//{qn('w:tblHeader')}"), "the head is said again on each page"


def test_the_page_of_a_scheme_leads_to_its_note_with_what_was_answered(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes())
    page = client.get(f"/dispositifs/videoprotection?commune={NIEPPE}&premiere_installation=non").text
    found = re.search(r'href="\.\./(note\?[^"]*)"', page)
    assert found is not None
    note = client.get("/" + unescape(found[1])).text
    assert "Ne semble pas éligible".lower() in shown(note).lower()
    assert "Condition encore ouverte" not in note, "it is refused: nothing is left to settle"
    assert "note?" not in client.get("/dispositifs/videoprotection").text


def test_a_commune_is_told_with_all_its_schemes(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes())
    found = re.search(r'href="\.\./(note\?[^"]*)"', client.get(f"/communes/{NIEPPE}?label:pvd=oui").text)
    assert found is not None
    page = client.get("/" + unescape(found[1])).text
    text = shown(page)
    for scheme in CommittedSchemes.catalogue.schemes:
        assert re.sub(r"\s+", " ", scheme.label) in text.replace("\u00a0", " "), scheme.id
    assert "http://testserver/communes/59431" in text
    assert problems(page) == []
    document = read_back(client.get(f"/note.docx?commune={NIEPPE}").content)
    rows = sum(len(table.rows) - 1 for table in document.tables)
    assert rows == len(CommittedSchemes.catalogue)


def test_a_question_by_its_address_has_its_note(tmp_path: Path) -> None:
    engine = FakeEngine()
    page = plain_client(tmp_path, engine).get(f"/note?q=Quelles+communes&commune={NIEPPE}&dispositif=cvcb")
    assert (engine.requests[-1].scheme, engine.requests[-1].commune) == ("cvcb", "insee:59431")
    assert "Baincthun" in page.text
    assert "question?q=Quelles+communes&amp;commune=Nieppe+%28Nord%29&amp;dispositif=cvcb" in page.text


@pytest.mark.parametrize(
    "forged",
    [
        {"turns": [{"question": "Oui ?", "reply": {"status": "answered", "lines": []}}]},
        {"turns": [{"question": "Oui ?", "answer": "Semble éligible"}]},
        {"turns": [{"question": "Oui ?"}], "html": "<b>Semble éligible</b>"},
        [{"question": "Oui ?"}],
    ],
)
@pytest.mark.parametrize("ending", ["", ".docx"])
def test_an_answer_that_a_client_sends_is_refused(tmp_path: Path, forged: object, ending: str) -> None:
    engine = FakeEngine()
    answer = sent(plain_client(tmp_path, engine), forged, ending)
    assert answer.status_code == 400
    assert engine.requests == []
    assert "éligible" not in answer.text
    assert "n’a pas pu être lue" in answer.text
    assert problems(answer.text) == []


def test_other_fields_of_a_form_say_nothing(tmp_path: Path) -> None:
    page = sent(plain_client(tmp_path), ASKED, title="Semble éligible", lines="Semble éligible").text
    assert "Semble éligible" not in shown(page)


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 400, "Il n’y a pas de question"),
        ("dispositif=videoprotection", 400, "Choisissez la commune"),
        ("dispositif=absent&commune=59431", 404, "n’existe pas"),
        ("commune=Atlantide-sur-Mer", 400, "seule région que couvre"),
        ("commune=Bailleul", 400, "plusieurs communes"),
        ("q=" + "x" * 5000, 400, "raccourcissez-le"),
        ("q=une+panne", 503, "incident"),
        ("q=index", 503, "Pas d’index"),
    ],
)
def test_what_cannot_be_noted_is_a_french_page(tmp_path: Path, query: str, status: int, said: str) -> None:
    for ending in ("", ".docx"):
        answer = plain_client(tmp_path, CommittedSchemes()).get(f"/note{ending}?{query}")
        assert answer.status_code == status
        assert said in answer.text
        assert SECRET not in answer.text
        assert problems(answer.text) == []


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "²", "9" * 5000, "1.5"])
def test_an_answer_that_is_not_there_is_refused(tmp_path: Path, number: str) -> None:
    answer = sent(plain_client(tmp_path), ASKED, reponse=number)
    assert answer.status_code == 400
    assert "n’est pas dans la conversation" in answer.text


def test_a_conversation_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    client = plain_client(tmp_path, reply_seconds=1e-9)
    answer = sent(client, ASKED)
    assert answer.status_code == 503
    assert problems(answer.text) == []


@pytest.mark.parametrize("question", [HOSTILE, "hostile", "a\x1b[0m\x0b\ufffe [1] **b**"])
def test_hostile_texts_stay_texts(tmp_path: Path, question: str) -> None:
    asked = {"turns": [{"question": question}]}
    page = sent(plain_client(tmp_path), asked).text
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    assert problems(page) == []
    document = read_back(sent(plain_client(tmp_path), asked, ".docx").content)
    addresses = [part.target_ref for part in document.part.rels.values() if part.is_external]
    assert all(address.startswith("https://www.hautsdefrance.fr/") for address in addresses)


def test_the_message_to_a_colleague_says_where_to_ask_again(tmp_path: Path) -> None:
    client = plain_client(tmp_path, public_url="https://aides.example.fr/aides")
    subject, body = mail_of(sent(client, ASKED).text)
    assert subject.startswith("Aides aux communes")
    assert "Quelles communes ?" in body
    assert "- Une piscine ?" in body
    assert "https://aides.example.fr/aides/question?q=Quelles+communes+%3F&commune=Nieppe+%28Nord%29" in body
    assert "\r\n" in body
    assert "\n" not in body.replace("\r\n", "")
    _, body = mail_of(client.get(f"/note?commune={NIEPPE}").text)
    assert "https://aides.example.fr/aides/communes/59431\r\n" in body


def test_a_long_conversation_still_makes_a_short_message(tmp_path: Path) -> None:
    asked = {"turns": [{"question": "é" * 3900}, *({"question": f"Et {n} ?"} for n in range(20))]}
    page = sent(plain_client(tmp_path), asked).text
    found = re.search(r'href="(mailto:[^"]*)"', page)
    assert found is not None
    assert len(found[1]) < 2000
    assert "/question" in unquote(found[1])
    assert problems(page) == []


def test_the_oldest_questions_that_do_not_fit_are_said_to_be_left_out(tmp_path: Path) -> None:
    engine = FakeEngine()
    asked = {"turns": [{"question": f"{n} " + "é" * 3900} for n in range(6)]}
    page = sent(plain_client(tmp_path, engine), asked).text
    assert "ses premières questions n’ont pas été relues" in page
    assert len(engine.requests) == 2
    assert "n’ont pas été relues" in sent(plain_client(tmp_path), asked, reponse="6").text
    assert "n’ont pas été relues" not in sent(plain_client(tmp_path), asked, reponse="2").text


def test_the_plain_conversation_leads_to_its_notes(tmp_path: Path) -> None:
    client = plain_client(tmp_path)
    first = client.post("/question", data={"q": "Quelles communes ?", "commune": "Nieppe"}).text
    asked, whole = (
        unescape(re.findall(rf'name="{name}" value="([^"]*)"', first)[0])
        for name in ("questions", "conversation")
    )
    assert json.loads(asked) == {"turns": [{"question": "Quelles communes ?", "commune": "Nieppe (Nord)"}]}
    assert 'form="note" name="reponse" value="1"' in first
    assert "Note de toute la conversation" not in first
    assert "Baincthun" in client.post("/note", data={"questions": asked, "reponse": "1"}).text
    second = client.post("/question", data={"q": "Une piscine ?", "conversation": whole}).text
    assert "Note de toute la conversation" in second
    assert problems(second) == []


def test_the_body_of_another_form_is_no_note(tmp_path: Path) -> None:
    client = plain_client(tmp_path)
    for body in (b"\xff\xfe", b"&" * 5000, b"questions=%FF%00", b'{"q": 1}'):
        assert client.post("/note", content=body).status_code == 400
