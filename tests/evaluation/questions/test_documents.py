"""Plain documents as cases name them: which headings they have, and what stands under each."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.questions.documents import (
    PlainDocument,
    bare_name,
    cited_document,
    document_files,
    is_under,
    plain_documents,
)
from evaluation.questions.page_lines import page_lines
from ingest.load import document_id, load_page

TEXT = """\
# Aide aux halles

Une aide de la Région.

## Montant

La Région paie **40 %** du coût, dans la limite
de 60 000 €, selon la délibération.

### Plafonds

Le plafond est de 60 000 € par halle et par an.

## Démarche

II. Ce que le dossier contient avant toute

décision

Le plan de financement et le devis sont joints au dossier.

2.1. Délais

La réponse vient sous deux mois.

Contacts utiles

Le service des halles répond le matin.
"""


@pytest.fixture
def halles(tmp_path: Path) -> PlainDocument:
    (tmp_path / "halles.txt").write_text(TEXT, encoding="utf-8")
    return plain_documents(tmp_path)["halles"]


@pytest.mark.parametrize(
    ("heading", "quote"),
    [
        ("Montant", "La Région paie 40 % du coût, dans la limite de 60 000 €"),
        ("montant", "Le plafond est de 60 000 € par halle et par an."),
        ("Plafonds", "Le plafond est de 60 000 € par halle et par an."),
        ("Aide aux halles", "La réponse vient sous deux mois."),
        ("Démarche", "Le plan de financement et le devis sont joints au dossier."),
        ("II. Ce que le dossier contient avant toute décision", "le devis sont joints au dossier"),
        ("Ce que le dossier contient", ""),
        ("2.1. Délais", "La réponse vient sous deux mois."),
        ("Contacts utiles", "Le service des halles répond le matin."),
        ("*", "Une aide de la Région."),
    ],
)
def test_what_stands_under_a_heading(halles: PlainDocument, heading: str, quote: str) -> None:
    if not quote:  # the number of a heading belongs to it
        assert halles.spans(heading) == ()
        return
    assert is_under(f"halles/{heading}", halles, halles.places(quote), ())


@pytest.mark.parametrize(
    ("heading", "quote"),
    [
        ("Plafonds", "La Région paie 40 % du coût"),
        ("Montant", "La réponse vient sous deux mois."),
        ("2.1. Délais", "Le plan de financement et le devis sont joints"),
        ("Contacts utiles", "La réponse vient sous deux mois."),
        ("*", "Cette phrase n’y est pas."),
    ],
)
def test_what_does_not(halles: PlainDocument, heading: str, quote: str) -> None:
    assert not is_under(f"halles/{heading}", halles, halles.places(quote), ()) or heading == "*"
    assert not is_under(f"haies/{heading}", halles, halles.places(quote), ())


def test_a_text_cut_otherwise_is_found_by_its_runs(halles: PlainDocument) -> None:
    quote = "Avis. La Région paie 40 % du coût, dans la limite de 60 000 €, selon [la délibération](x)."
    assert is_under("halles/Montant", halles, halles.places(quote), ())
    assert not is_under("halles/Démarche", halles, halles.places(quote), ())


def test_what_is_not_found_goes_by_the_heading_that_the_index_tells(halles: PlainDocument) -> None:
    assert is_under("halles/Montant", halles, (), ("MONTANT",))
    assert not is_under("halles/Montant", halles, (), ("Démarche",))


@pytest.mark.parametrize("heading", ["Prix", "Plafonds de l’aide", "", "!"])
def test_an_unknown_heading_has_no_span(halles: PlainDocument, heading: str) -> None:
    assert halles.spans(heading) == ()


def test_a_page_is_read_by_its_tags() -> None:
    page = "<h1>Aide\n <b>aux halles</b></h1><p>Une aide\nde la Région.</p><ul><li>un<li>deux</ul>"
    lines = [row.strip() for row in page_lines(page) if row.strip()]
    assert lines == ["# Aide aux halles", "Une aide de la Région.", "un", "deux"]


def test_names() -> None:
    assert bare_name("halles.txt/Montant") == "halles/Montant"
    assert bare_name("halles/Montant.txt") == "halles/Montant.txt"
    assert bare_name("modele.html") == "modele"


def test_the_index_knows_a_document_under_its_file(tmp_path: Path) -> None:
    for path in document_files():
        found = cited_document(document_id(path))
        assert found is not None
        assert found.path == path
    assert cited_document("fiche:halles") is None
    assert cited_document(document_id(tmp_path / "notre-page.txt")) is None


@pytest.mark.slow
@pytest.mark.parametrize("path", document_files(), ids=lambda path: path.stem)
def test_what_the_index_reads_of_a_document_is_found_in_it(path: Path) -> None:
    """Most sentences: a table or a link may be written otherwise."""
    document = plain_documents()[path.stem]
    sentences = [sentence.text for _, sentence in load_page(path).sentences()]
    found = sum(bool(document.places(text)) for text in sentences)
    assert found >= 0.9 * len(sentences)


def test_each_document_is_told_of_in_the_index_of_their_folder() -> None:
    told = (document_files()[0].parent / "INDEX.md").read_text(encoding="utf-8")
    assert [path.name for path in document_files() if f"`{path.name}`" not in told] == []
