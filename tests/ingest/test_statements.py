"""A statement says what it's about, where it stands, and the sentence."""

from __future__ import annotations

import pytest

from corpus.fiches.catalogue import load_catalogue
from ingest.chunk import chunk_document
from ingest.statements import statement_text, statements_in, statements_of


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (("CVCB", "Montant"), "CVCB : Montant. 30 % au plus."),
        (("CVCB", ""), "CVCB : 30 % au plus."),
        (("", "Montant"), "Montant. 30 % au plus."),
        (("", ""), "30 % au plus."),
    ],
)
def test_what_is_empty_is_left_out(place: tuple[str, str], expected: str) -> None:
    assert statement_text(*place, "30 % au plus.") == expected


def test_the_sentences_of_the_passages_of_a_fiche_are_those_of_the_fiche() -> None:
    for fiche in load_catalogue().fiches.values():
        document = fiche.as_document
        told = [text for chunk in chunk_document(document) for text in statements_in(chunk)]
        assert told == list(statements_of(document))
        assert all(text.startswith(f"{fiche.scheme.label} : ") for text in told)


def test_a_plain_document_is_called_by_its_title(document) -> None:
    plain = document((("Objet",), ["Une aide est versée."]))
    assert list(statements_of(plain)) == ["Essai : Objet. Une aide est versée."]
    assert list(statements_of(document((("Objet",), ["Une aide."]), short_title="E"))) == [
        "E : Objet. Une aide."
    ]
