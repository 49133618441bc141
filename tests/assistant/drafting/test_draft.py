"""A whole document as a draft: a fiche that passes its checks, and says nothing that the document doesn't."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml
from lavoirs_sample import SAMPLES

from assistant.drafting.fiche_text import bullet, fiche_text
from assistant.drafting.naming import key
from assistant.drafting.read import Drafted, draft_file
from assistant.drafting.report import report_of
from assistant.drafting.unknown import missing_fields
from assistant.errors import NoScheme
from corpus.check import check_fiche
from corpus.fiches.fiche import Fiche, load_fiche
from evaluation.questions.documents import DOCUMENTS_DIR
from evaluation.questions.drafts import DRAFTS_DIR

TODAY = date(2026, 11, 29)
NEW = DRAFTS_DIR / "abris-velos.html"


@cache
def drafted_of(path: Path) -> Drafted:
    """The draft of a document, read once."""
    return draft_file(path)


def fiche_of(drafted: Drafted, folder: Path) -> Fiche:
    path = folder / "projet.md"
    path.write_text(fiche_text(drafted.draft, path.stem, TODAY), encoding="utf-8")
    return load_fiche(path)


def documents() -> list[Path]:
    own = [path for path in sorted(DRAFTS_DIR.iterdir()) if path.suffix in {".html", ".txt"}]
    return [*own, *sorted(DOCUMENTS_DIR.glob("cgct-d*.txt")), *sorted(DOCUMENTS_DIR.glob("fiche-epf*.txt"))]


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name[:30])
def test_a_draft_is_a_fiche_that_passes_its_checks(path: Path, tmp_path: Path) -> None:
    assert check_fiche(fiche_of(drafted_of(path), tmp_path)) == []


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name[:30])
def test_every_typed_value_bears_a_statement_of_the_fiche(path: Path, tmp_path: Path) -> None:
    drafted = drafted_of(path)
    stated = {sentence.text for _, sentence in drafted.loaded.document.sentences()}
    body = fiche_of(drafted, tmp_path).front.body
    rows = report_of(drafted.draft)["fields"]
    assert isinstance(rows, list)
    for row in rows:
        assert row["confidence"] in {"sure", "likely"}
        assert row["statements"] or row["field"] == "name"
        if row["field"] in {"funding", "windows", "criteria"}:
            assert all(bullet(item["text"]) in body for item in row["statements"])
    assert {key(row["statements"][0]["text"]) for row in rows if row["statements"]} <= set(map(key, stated))


def test_a_statement_of_a_pdf_bears_its_page(tmp_path: Path) -> None:
    drafted = drafted_of(SAMPLES / "lavoirs.pdf")
    assert "« Abords, Taux\u00a0: 20\u00a0% ; Plafond\u00a0: 3\u00a0000\u00a0€ » (p. 1)".replace(
        " ;", "\u00a0;"
    ) in fiche_text(drafted.draft, "lavoirs", TODAY)
    assert missing_fields(drafted.draft) == ("funder",), "a union of communes is no payer that a fiche has"


def test_what_must_be_filled_is_left_out_and_told(tmp_path: Path) -> None:
    text = fiche_text(drafted_of(SAMPLES / "lavoirs.pdf").draft, "lavoirs", TODAY)
    front = yaml.safe_load(text.split("---\n")[1])
    assert "funder" not in front
    assert "# à compléter, le document ne le dit pas : funder" in text


def test_what_is_not_found_is_said_in_the_section_of_the_unknown(tmp_path: Path) -> None:
    fiche = fiche_of(drafted_of(NEW), tmp_path)
    unknown = [block.text for block in fiche.sections[-1].blocks]
    assert "La règle de cumul avec d’autres aides n’a pas été trouvée dans le document lu." in unknown
    assert not [text for text in unknown if "taux" in text]


def test_a_name_that_another_fiche_has_is_told() -> None:
    drafted = draft_file(NEW, taken=lambda: {"abris velos"})
    assert "abris velos" not in map(key, drafted.draft.aliases)
    assert any("Abris vélos" in doubt.why for doubt in drafted.draft.doubts)


def test_contacts_are_kept(tmp_path: Path) -> None:
    values = [item.value for item in drafted_of(NEW).draft.contacts]
    assert values == ["mobilites@exemple-region.fr", "03\u00a000\u00a000\u00a000\u00a001"] or values == [
        "mobilites@exemple-region.fr",
        "03 00 00 00 01",
    ]


def test_a_text_about_no_aid_gives_no_fiche(tmp_path: Path) -> None:
    path = tmp_path / "recette.txt"
    path.write_text("Tarte au sucre\n\nÉtalez la pâte. Ajoutez 200 g de sucre et cuisez 30 minutes.\n")
    with pytest.raises(NoScheme, match="aucune fiche n’en a été tirée"):
        draft_file(path)


def test_nothing_of_a_statement_is_read_as_markdown() -> None:
    assert bullet("1. étape : voir [ici](x) et *là*") == "1\\. étape : voir \\[ici\\](x) et \\*là\\*."
