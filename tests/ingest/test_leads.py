"""List items with their lead-ins: each where it belongs, none lost."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from corpus.french.folding import words
from evaluation.questions.documents import DOCUMENTS_DIR
from ingest.assemble import cleaned, sections_of
from ingest.blanks import is_mostly_blank
from ingest.cut import cut_sentences
from ingest.formats.line_forms import item_form
from ingest.formats.parts import Heading, Item, Paragraph, Part, Row
from ingest.formats.readers import READERS
from ingest.leads import told_parts


def told(*parts: Part) -> list[str]:
    """Every statement, in order."""
    return [
        text for block in told_parts(parts) if not isinstance(block, Heading) for text in block.statements
    ]


def item(text: str) -> Item:
    """An item as a line of text gives it."""
    form = item_form(text)
    assert form is not None
    return Item(text[form.start :], 0, form.mark, form.number)


def test_the_outermost_lead_in_stands_over_the_items_of_a_deep_list() -> None:
    many = "habitants ou plus " * 10
    assert told(
        Paragraph("Peuvent demander l’aide aux lavoirs :"),
        item("1° Les syndicats de rivière :"),
        item(f"b) Dont la population compte {many}et dont :"),
        item("- soit toutes les communes sont rurales ;"),
    ) == [
        "Peuvent demander l’aide aux lavoirs : 1° Les syndicats de rivière : b) Dont la population compte "
        f"{many}et dont : soit toutes les communes sont rurales ;"
    ]


def test_an_outer_lead_in_that_is_too_long_is_told_by_itself_before_its_items() -> None:
    outer = f"Après prélèvement {'des parts anciennes ' * 26}les crédits sont répartis :"
    assert told(
        Paragraph(outer), item("1° Pour 70 % :"), item("a) la moitié selon le nombre de lavoirs ;")
    ) == [
        outer,
        "1° Pour 70 % : a) la moitié selon le nombre de lavoirs ;",
    ]


@pytest.mark.parametrize(
    ("number", "is_resumed"), [("3°", True), ("2° bis", True), ("2°", False), ("4°", False), ("1°", False)]
)
def test_only_the_next_number_resumes_a_list_that_a_text_interrupted(number: str, is_resumed: bool) -> None:
    statements = told(
        Paragraph("Sont aidés :"),
        item("1° les lavoirs ;"),
        item("2° les fontaines."),
        Paragraph("Le conseil en fixe la liste chaque année."),
        item(f"{number} les puits communaux."),
    )
    lead = "Sont aidés : " if is_resumed else ""
    assert statements[-1] == f"{lead}{number} les puits communaux."


@pytest.mark.parametrize(
    ("before", "after", "is_next"),
    [
        ("II. Taux", "III. Dépôt", True),
        ("VIII. Taux", "IX. Dépôt", True),
        ("b) taux", "c) dépôt", True),
        ("1.9. Taux", "1.10. Dépôt", True),
        ("1.2. Taux", "2.1. Dépôt", False),
        ("1° ter Taux", "2° Dépôt", True),
    ],
)
def test_numbers_letters_and_roman_numbers_follow_one_another(before: str, after: str, is_next: bool) -> None:
    statements = told(Paragraph("L’aide :"), item(before + "."), Paragraph("Une règle."), item(after + "."))
    assert statements[-1].startswith("L’aide :") is is_next


def test_a_short_line_without_an_end_leads_to_the_list_after_it() -> None:
    assert told(Paragraph("Pièces du dossier (en deux exemplaires)"), Item("un devis"), Item("un plan")) == [
        "Pièces du dossier (en deux exemplaires) : un devis ; un plan"
    ]


@pytest.mark.parametrize("line", ["Le dossier est remis en mairie.", "suite de la ligne", "mot " * 16])
def test_a_sentence_the_end_of_one_or_a_long_line_leads_to_none(line: str) -> None:
    assert told(Paragraph(line), Item("un devis")) == [
        line.strip() if line.endswith(" ") else line,
        "un devis",
    ]


def test_a_heading_with_a_colon_leads_to_the_list_under_it() -> None:
    assert told(
        Heading("Pour être aidée, la commune doit :", 2), Item("signer la charte ;"), Item("payer.")
    ) == ["Pour être aidée, la commune doit : signer la charte ; payer."]
    long = f"Si le lavoir {'ancien ' * 15}est privé :"
    assert told(Heading(long, 2), Item("un premier arrêté.")) == ["un premier arrêté."]
    assert told(Heading("À savoir :", 2), Paragraph("L’aide est ouverte.")) == ["L’aide est ouverte."]


def test_a_lead_in_reaches_each_paragraph_of_a_list_without_marks() -> None:
    assert told(
        Paragraph("Deux cas sont à distinguer :"),
        Paragraph("1er cas : le lavoir est communal. La commune dépose seule ;"),
        Paragraph("2e cas : le lavoir est privé. Le propriétaire donne son accord."),
        Paragraph("Le syndicat répond. Il a trois mois."),
    ) == [
        "Deux cas sont à distinguer : 1er cas : le lavoir est communal.",
        "La commune dépose seule ;",
        "Deux cas sont à distinguer : 2e cas : le lavoir est privé.",
        "Le propriétaire donne son accord.",
        "Le syndicat répond.",
        "Il a trois mois.",
    ]


def test_what_an_item_leads_to_may_be_a_paragraph() -> None:
    assert told(
        Item("Effet de levier attendu :"),
        Paragraph("4,5 pour la dotation."),
        Item("Les crédits sont notifiés."),
    ) == ["Effet de levier attendu : 4,5 pour la dotation.", "Les crédits sont notifiés."]


def test_a_lead_in_glued_to_the_last_item_of_a_list_leads_to_the_next_list() -> None:
    assert told(
        Paragraph("Le syndicat attribue :"),
        Item("l’aide aux lavoirs ;"),
        Item("l’aide aux puits. La commune attribue :"),
        Item("l’aide aux mares."),
    ) == [
        "Le syndicat attribue : l’aide aux lavoirs ;",
        "Le syndicat attribue : l’aide aux puits.",
        "La commune attribue : l’aide aux mares.",
    ]


def test_a_lead_in_of_a_table_is_none_of_the_text_after_it() -> None:
    assert told(
        Paragraph("Taux :"), Row(("Travaux", "Taux"), ("Toiture", "40 %")), Paragraph("Le reste est à payer.")
    ) == ["Taux : Toiture, Taux : 40 %", "Le reste est à payer."]


def test_another_sign_after_a_name_begins_the_list_that_it_names() -> None:
    assert told(Paragraph("Sont aidés :"), item("• Toiture"), item("o Tuiles"), item("• Murs")) == [
        "Sont aidés : Toiture : Tuiles",
        "Sont aidés : Murs",
    ]


def test_another_sign_inside_a_list_is_of_it() -> None:
    assert told(
        Paragraph("Sont aidés :"), item("- les haies ;"), item("• les puits ;"), item("- les mares.")
    ) == ["Sont aidés : les haies ; les puits ; les mares."]


def test_nothing_is_lost_whatever_the_parts() -> None:
    dice = random.Random(7)
    for _ in range(1000):
        parts = [_any_part(dice, rank) for rank in range(dice.randint(1, 9))]
        statements = _folded(told(*parts))
        for part in parts:
            if not isinstance(part, (Row, Heading)):
                for sentence in cut_sentences(part.text):
                    assert any(_folded_text(sentence) in text for text in statements), (sentence, parts)


@pytest.mark.parametrize("path", sorted(DOCUMENTS_DIR.glob("*.[th][xt]*")), ids=lambda path: path.stem[:30])
def test_every_sentence_of_a_document_is_in_a_statement_or_a_heading(path: Path) -> None:
    parts = list(cleaned(READERS[path.suffix](path, path.read_bytes()).parts))
    sections = sections_of(parts)
    said = _folded(
        [sentence.text for section in sections for block in section.blocks for sentence in block.sentences]
        + [" ".join(section.path) for section in sections]
    )
    for part in parts:
        texts = part.cells if isinstance(part, Row) else cut_sentences(part.text)
        for text in texts:
            folded = _folded_text(text)
            if (
                not is_mostly_blank(text)
                and len(folded.split()) > 1
                and not {"http", "mailto"} & set(words(text))
            ):
                assert any(folded in each for each in said), text


def _any_part(dice: random.Random, rank: int) -> Part:
    """A part of any kind, its words unlike those of others."""
    size = dice.choice([1, 3, 9, 18, 50, 90])
    end = dice.choice([" :", " :", ";", ".", ",", "", f". Puis mot{rank}z.", f" ; ou. Fin{rank} :"])
    start = dice.choice(["M", "m"])
    text = start + " ".join(f"ot{rank}x{place}" for place in range(size)) + end
    kind = dice.choice(["p", "p", "-", "1°", "a)", "h", "r"])
    if kind == "p":
        return Paragraph(text)
    if kind == "h":
        return Heading(text, dice.randint(1, 3))
    if kind == "r":
        return Row(("A", "B"), (f"Ligne{rank}", "3 %"))
    number = dice.randint(1, 3)
    mark = {"-": "", "1°": f"{number}° ", "a)": f"{'abc'[number - 1]}) "}[kind]
    return Item(mark + text, dice.choice([0, 0, 1]), kind, (number,) if mark else ())


def _folded_text(text: str) -> str:
    return f" {' '.join(words(text))} "


def _folded(texts: list[str]) -> list[str]:
    return [_folded_text(text) for text in texts]
