"""A conversation as a note: verdicts, amounts, what is left to confirm, sources numbered once for all."""

from __future__ import annotations

import re

from fakes import ANSWERED, REPLIES, citation
from plain_site import TODAY, committed_service

from assistant.eligibility.citations import CitationBook
from assistant.eligibility.shape import eligibility_shape
from assistant.lines import line
from assistant.page.plain.note.content import Bullets, Note, Paragraph, Section, Table
from assistant.page.plain.note.of_conversation import conversation_note
from assistant.page.turns import PageTurn
from assistant.reply import CitedSource, Reply

ROOT = "http://testserver/"
SCHEME = "videoprotection"
DATED = CitedSource(title="Page", publisher="Région", url="https://www.example.fr/p", published="2023-07-07")
UNDATED = CitedSource(title="Guide")


def examined(*answers: str) -> Reply:
    """What the verdict of a real scheme is for Nieppe, as a reply tells it."""
    service = committed_service()
    book = CitationBook(service.territory)
    found = service.assessed(SCHEME, service.commune("insee:59431"), dict.fromkeys(answers, True))
    shape = eligibility_shape(found, service.catalogue.fiche(SCHEME), book)
    return Reply(
        status="answered",
        lines=(
            line("amount", "Jusqu’à 12 000 €.", (1,)),
            line("heading", "Il reste à vérifier :"),
            line("condition", "Une condition.", (2,)),
            line("reason", "Une raison.", (2,)),
            line("caution", "Dernière période connue : 2024.", (1,)),
            line("advice", "Demandez à la Région."),
        ),
        citations=book.citations,
        schemes=(SCHEME,),
        eligibility=(shape.model_copy(update={"commune": "59431"}),),
    )


def note_of(*turns: tuple[str, Reply], commune: str | None = None) -> Note:
    asked = [PageTurn(question, commune=commune).answered(reply) for question, reply in turns]
    return conversation_note(asked, committed_service(), TODAY, ROOT)


def section(note: Note, title: str) -> Section:
    return next(item for item in note.sections if item.title == title)


def texts_of(found: Section) -> list[str]:
    told: list[str] = []
    for block in found.blocks:
        match block:
            case Paragraph(text):
                told.append(text)
            case Bullets(items):
                told += items
            case Table(_, _, rows):
                told += [cell for row in rows for cell in row]
    return told


def test_the_sources_of_all_answers_are_numbered_once() -> None:
    first = Reply(
        status="answered",
        lines=(line("statement", "A [1][2] et B [2]."), line("item", "C [3][9].")),
        citations=(
            citation(1, "a", "A", DATED),
            citation(2, "b", "B", UNDATED, DATED),
            citation(3, "c", "C", DATED).model_copy(update={"page": 4}),
        ),
    )
    second = Reply(
        status="answered",
        lines=(line("statement", "D [1]."),),
        citations=(citation(1, "d", "D", UNDATED),),
    )
    note = note_of(("Un ?", first), ("Deux ?", second))
    assert [(source.n, source.title, source.place) for source in note.sources] == [
        (1, "Page", ""),
        (2, "Guide", ""),
        (3, "Page", "page\u00a04"),
    ]
    assert [source.date for source in note.sources] == ["7 juillet 2023", "sans date", "7 juillet 2023"]
    assert note.sources[0].url == "https://www.example.fr/p"
    answers = [texts_of(item) for item in note.sections if item.title == "Réponse"]
    assert answers == [["A [1][2] et B [2][1].", "C [3]."], ["D [2]."]]


def test_a_verdict_is_told_with_its_conditions_and_what_is_open() -> None:
    note = note_of(("Y avons-nous droit ?", examined()))
    assert ("Commune", "Nieppe (Nord)") in note.facts
    verdict = section(note, "Éligibilité et conditions")
    assert "à vérifier" in texts_of(verdict)[0]
    table = next(block for block in verdict.blocks if isinstance(block, Table))
    assert len(table.rows) == len(committed_service().catalogue.scheme(SCHEME).criteria)
    assert all(re.search(r"\[\d+\]$", row[0]) for row in table.rows), "each condition has its source"
    assert "Une raison." not in " ".join(texts_of(verdict))
    assert texts_of(section(note, "Montants")) == ["Jusqu’à 12 000 €. [1][2][3]"]
    left = texts_of(section(note, "À confirmer"))
    assert any("Condition encore ouverte" in text and "première installation" in text for text in left)
    assert any("Dernière période connue" in text for text in left)
    assert any("règle de 2023" in text and "Fiche vérifiée le" in text for text in left)
    after = texts_of(section(note, "Pour la suite"))
    assert after[0] == "Demandez à la Région."
    assert after[-1].endswith(f"{ROOT}dispositifs/{SCHEME}")
    assert "Réponse" not in {item.title for item in note.sections}


def test_a_condition_that_is_told_is_no_longer_open() -> None:
    open_before = texts_of(section(note_of(("?", examined())), "À confirmer"))
    open_after = texts_of(section(note_of(("?", examined("premiere_installation"))), "À confirmer"))
    assert any("première installation" in text for text in open_before)
    assert not any("première installation" in text for text in open_after)


def test_courtesies_are_left_out_and_no_answer_says_so() -> None:
    thanks = Reply(status="conversation", lines=(line("note", "Avec plaisir."),))
    note = note_of(("Une piscine ?", REPLIES["piscine"]), ("Merci", thanks))
    titles = [item.title for item in note.sections if item.level == 2 and item.title]
    assert titles == ["Question\u00a0: Une piscine ?"]
    assert texts_of(section(note, "Réponse")) == ["Je n’ai pas trouvé d’aide aux piscines dans mes sources."]
    assert "À confirmer" not in {item.title for item in note.sections}
    assert note_of(("Merci", thanks)).sections[2].title == "Réponse"


def test_a_question_asked_back_is_left_open() -> None:
    note = note_of(("Quelles aides ?", REPLIES["préciser"]))
    assert texts_of(section(note, "À confirmer")) == [
        "Question restée ouverte\u00a0: De quel dispositif parlez-vous ?"
    ]


def test_a_comparison_stays_a_table() -> None:
    note = note_of(("Différence ?", REPLIES["déguisée"]))
    table = next(block for block in section(note, "Réponse").blocks if isinstance(block, Table))
    assert table.head == ("", "« A | B »", "« C »")
    assert table.rows[0] == ("Combien", "10 % | 20 % [1]", "- non précisé")


def test_the_commune_chosen_is_told_and_the_date() -> None:
    note = note_of(("Un ?", ANSWERED), ("Deux ?", ANSWERED), commune="Nieppe (Nord)")
    assert note.facts[:2] == (("Date", "23 novembre 2026"), ("Commune", "Nieppe (Nord)"))
    assert note.facts[2][1].startswith("2 questions")
    assert note_of(("Un ?", ANSWERED)).facts[1] == ("Commune", "non précisée")
