"""What a document says, one statement and one thing at a time."""

from __future__ import annotations

from assistant.reading.stated.statement import Statement, statements_of
from corpus.fiches.document import Block, Document, Section, Sentence


def document(*texts: str) -> Document:
    block = Block(tuple(Sentence(text, (1,), 3) for text in texts))
    return Document("doc:a", "A", None, "a.txt", None, None, (), (Section(("Montant",), (block,)),))


def test_a_statement_keeps_its_page_its_heading_and_its_words() -> None:
    (statement,) = statements_of(document("📧 L'aide est de 20.000 euros [2]", "L'aide est de 20.000 euros"))
    assert (statement.text, statement.heading, statement.page) == (
        "L’aide est de 20\u00a0000\u00a0euros",
        "Montant",
        3,
    )


def test_a_list_with_its_lead_in_says_as_many_things_as_items() -> None:
    units = Statement(0, "Conditions à réunir : avoir un local ; employer dix salariés.").units
    assert [(unit.text, unit.lead) for unit in units] == [
        ("avoir un local", "conditions a reunir"),
        ("employer dix salariés.", "conditions a reunir"),
    ]


def test_a_row_of_a_table_says_one_thing() -> None:
    (unit,) = Statement(0, "Toiture, Taux : 40 % ; Plafond : 12 000 €").units
    assert unit.said == "40 % ; plafond : 12 000 €"
