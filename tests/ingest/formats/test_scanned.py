"""Scanned pages: read by Tesseract where it's installed, else told; figures beside lines stay figures."""

import shutil
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from lavoirs_sample import SAMPLES, STATEMENTS, TITLE, told

import ingest.formats.ocr as ocr
from ingest.errors import LoadError
from ingest.formats.ocr import NotRecognised, find_tesseract
from ingest.formats.scanned import page_numbers, without_rules
from ingest.load import load

SCAN, PRINTED = SAMPLES / "lavoirs-scan.pdf", SAMPLES / "lavoirs.pdf"
HEAD = "level page_num block_num par_num line_num word_num left top width height conf text".replace(" ", "\t")


def has_french() -> bool:
    try:
        find_tesseract()
    except NotRecognised:
        return False
    return True


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)


def joined(path: Path, *pages: tuple[Path, int]) -> Path:
    """A PDF of pages of others, from 0."""
    whole = pypdfium2.PdfDocument.new()
    for source, number in pages:
        whole.import_pages(pypdfium2.PdfDocument(source), [number])
    whole.save(path)
    return path


@pytest.mark.slow
@pytest.mark.skipif(not has_french(), reason="Tesseract with French isn't installed")
def test_a_scan_says_what_the_page_said() -> None:
    loaded = load(SCAN)
    statements = told(loaded.document)
    prose = [statement for statement in STATEMENTS if "Plafond" not in statement[1]]
    # A word here and there is misread; the figures of the table stand, though lines are around them.
    assert len(set(prose) & set(statements)) >= len(prose) - 2
    for row in ("Charpente et toiture 40 % 12 000 €", "Maçonnerie 30 % 8 000 €", "Abords 20 % 3 000 €"):
        assert ("Montant", row) in statements
    assert (loaded.document.title, loaded.document.published) == (TITLE, "2024-03-14")
    assert loaded.document.sources[0].title == f"{TITLE} (texte reconnu sur une image)"
    assert (loaded.is_recognised, loaded.unread) == (True, ())
    assert {sentence.page for _, sentence in loaded.document.sentences()} == {1, 2}


def test_without_tesseract_a_scan_says_what_to_install(no_tesseract: None) -> None:
    with pytest.raises(LoadError, match=r"que des images de pages\. Installez Tesseract \(paquets tesseract"):
        load(SCAN)


def test_without_tesseract_the_other_pages_are_read_and_the_scanned_ones_told(
    tmp_path: Path, no_tesseract: None
) -> None:
    loaded = load(joined(tmp_path / "a.pdf", (PRINTED, 0), (SCAN, 0), (SCAN, 1)))
    (why,) = loaded.unread
    assert why.startswith(f"« {tmp_path / 'a.pdf'} », pages 2 à 3\u00a0: des images, non lues. Installez")
    assert not loaded.is_recognised
    assert ("Montant", "Le taux dépend des travaux.") in told(loaded.document)
    assert loaded.document.sources[0].title == TITLE


def test_a_printed_page_is_not_taken_for_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.formats.scanned.find_tesseract", lambda: pytest.fail("nothing to recognise"))
    assert load(PRINTED).unread == ()


def test_tesseract_without_french_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/tesseract")
    monkeypatch.setattr(ocr, "_told", lambda _: "List of available languages (2):\neng\nosd\n")
    with pytest.raises(NotRecognised, match=r"sans le français : ajoutez-le \(paquet tesseract-ocr-fra\)"):
        find_tesseract()


def test_tesseract_that_fails_leaves_the_page_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text('#!/bin/sh\n[ "$1" = --list-langs ] && echo fra && exit 0\nexit 1\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(program))
    with pytest.raises(LoadError, match="Tesseract n’a pas pu lire ces pages"):
        load(joined(tmp_path / "a.pdf", (SCAN, 1)))


def words(monkeypatch: pytest.MonkeyPatch, *rows: str) -> list[tuple[str, float]]:
    """Words with their sizes, of rows « line left top width height conf text »."""
    told_rows = [HEAD, *(f"5\t1\t1\t1\t{row[0]}\t0\t" + "\t".join(row[2:].split(" ")) for row in rows)]
    monkeypatch.setattr(ocr, "_told", lambda *_: "\n".join(told_rows))
    return [(word["text"], word["size"]) for word in ocr.Tesseract("tesseract").words(b"", 300)]


def test_letters_of_one_size_are_of_one_size_whatever_their_height(monkeypatch: pytest.MonkeyPatch) -> None:
    found = words(
        monkeypatch,
        "1 0 0 90 20 96 au", "1 100 0 90 29 96 taux", "2 0 60 90 37 96 plage", "3 0 120 200 58 96 Montant",
    )  # fmt: skip
    assert found == [("au", 10), ("taux", 10), ("plage", 10), ("Montant", 18)]


def test_bullets_lines_and_stamps_are_told_from_words(monkeypatch: pytest.MonkeyPatch) -> None:
    found = words(
        monkeypatch,
        "1 0 0 9 20 90 «+", "1 10 0 90 29 96 un", "1 110 0 90 29 96 toit",
        "2 0 60 90 29 96 «", "2 10 60 90 29 96 Toit", "2 110 60 90 29 96 »",
        "3 0 120 9 29 90 |", "3 10 120 90 29 96 |40", "3 110 120 90 29 96 %",
        "4 0 180 90 29 20 z7k",
    )  # fmt: skip
    assert [text for text, _ in found] == ["•", "un", "toit", "«", "Toit", "»", "40", "%"]


def test_lines_of_a_table_are_whitened_and_letters_are_not() -> None:
    page = np.full((400, 400), 255, dtype=np.uint8)
    page[100:180, 50:53] = 0  # a line down, one across, and a letter of a large title
    page[300:303, 50:250] = 0
    page[100:180, 200:212] = 0
    page[20:40, 300:303] = 0  # a small letter
    kept = without_rules(page, 300)
    assert (kept[:, 40:60] == 255).all()
    assert (kept[290:310] == 255).all()
    assert (kept[100:180, 200:212] == 0).all()
    assert (kept[20:40, 300:303] == 0).all()


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([3], "page 3"), ([1, 2], "pages 1 à 2"), ([1, 4, 5, 6, 9], "pages 1, 4 à 6, 9")],
)
def test_pages_are_told_in_runs(numbers: list[int], text: str) -> None:
    assert page_numbers(numbers) == text
