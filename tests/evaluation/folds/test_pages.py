"""A fiche as a plain page: each format, its tables, what ingestion reads of it, and the fold made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_corpus import FICHES, SmallCorpus

from corpus.fiches.catalogue import load_catalogue
from corpus.fiches.fiche import load_fiche
from evaluation.errors import FoldLeak
from evaluation.folds.corpus import no_questions
from evaluation.folds.folds import Fold
from evaluation.folds.leak import check_without_fiches
from evaluation.folds.page_files import FORMATS, html_page, markdown_page, text_page
from evaluation.folds.page_lines import PageLine, lines_of
from evaluation.folds.pages import corpus_of_pages, write_page

FOLD = Fold(1, frozenset({"halles", "haies", "lavoirs"}))
RULES = """\
funding:
  - {rate_min: 0.2, rate_max: 0.4, amount_max: 60000, valid_from: 2023, valid_until: 2024, source: 1}
  - {label: "par plant", amount_max: 3, per: plant, expense_min: 1500.5, source: 1}
windows:
  - {label: "premier appel", opens: 2023-04-03, closes: 2023-06-30, source: 1}
  - {closes: 2024-01-31, source: 1}
relations: [{kind: often_confused_with, scheme: lavoirs}, {kind: often_confused_with, scheme: ecoles}]
sources:"""
WITH_RULES = FICHES["halles"].replace("sources:", RULES)


@pytest.fixture
def corpus(tmp_path: Path) -> SmallCorpus:
    made = SmallCorpus(tmp_path / "corpus")
    made.write("halles", WITH_RULES)
    made.ask_about("halles", ("Quel taux pour une halle ?", "jusqu’à 40 %"))
    made.ask_about("ecoles", ("Qui isole une école ?", "isolation des bâtiments"))
    return made


def halles(corpus: SmallCorpus, *, with_tables: bool = True) -> tuple[PageLine, ...]:
    return lines_of(load_fiche(corpus.schemes / "halles.md", no_questions), with_tables=with_tables)


def rows(lines: tuple[PageLine, ...], section: str) -> list[tuple[str, ...]]:
    return [line.cells for line in lines if line.section == section and line.kind in {"head", "row"}]


# --- the lines ------------------------------------------------------------------------------------


def test_a_page_says_the_title_and_the_body_without_numbers_of_sources(corpus: SmallCorpus) -> None:
    first, heading, item, *_ = halles(corpus, with_tables=False)
    assert first == PageLine("heading", ("Aide aux halles de marché",), "", 1)
    assert heading == PageLine("heading", ("Objet",), "Objet", 2)
    assert item.kind == "item"
    assert item.text.endswith("une halle couverte.")
    told = "\n".join(line.text for line in halles(corpus, with_tables=False))
    assert "[1]" not in told
    assert "marché couvert" not in told  # an alias stands in the front matter alone


def test_typed_rules_are_rows_in_the_section_where_they_belong(corpus: SmallCorpus) -> None:
    lines = halles(corpus)
    assert rows(lines, "Montant") == [
        ("Aide", "Taux", "Aide au plus", "Dépense", "Période"),
        (
            "Aide aux halles de marché",
            "de 20\u00a0% à 40\u00a0%",
            "jusqu’à 60\u00a0000\u00a0€",
            "–",
            "de 2023 à 2024",
        ),
        ("par plant", "–", "jusqu’à 3\u00a0€ par plant", "au moins 1\u00a0500,50\u00a0€", "–"),
    ]
    assert rows(lines, "Calendrier") == [
        ("Dépôt", "Ouverture", "Clôture"),
        ("premier appel", "3 avril 2023", "30 juin 2023"),
        ("Aide aux halles de marché", "–", "31 janvier 2024"),
    ]
    assert [line.level for line in lines if line.text == "Taux et plafonds"] == [3]


def test_a_table_without_a_section_of_its_own_ends_the_page(corpus: SmallCorpus) -> None:
    corpus.write("halles", WITH_RULES.replace("## Calendrier", "## Dates"))
    lines = halles(corpus)
    assert [(line.text, line.level) for line in lines if line.kind == "heading"][-1] == ("Dates de dépôt", 2)
    assert lines[-1].section == "Calendrier"


# --- the files ------------------------------------------------------------------------------------


LINES = (
    PageLine("heading", ("Aide <verte>",), "", 1),
    PageLine("heading", ("Montant",), "Montant", 2),
    PageLine("item", ("De 3 * 4 € & plus.",), "Montant"),
    PageLine("item", ("2024. Encore.",), "Montant"),
    PageLine("head", ("Aide", "Taux"), "Montant"),
    PageLine("row", ("A | B", "30 %"), "Montant"),
)


def test_html_carries_the_furniture_of_a_site() -> None:
    page = html_page(LINES)
    assert "<h1>Aide &lt;verte&gt;</h1>\n<h2>Montant</h2>\n<ul>\n<li>De 3 * 4 € &amp; plus.</li>" in page
    assert "<tr><th>Aide</th><th>Taux</th></tr>\n<tr><td>A | B</td><td>30 %</td></tr>" in page
    assert page.count("<nav") == 3
    assert "<footer>" in page


def test_text_has_headings_alone_on_their_line() -> None:
    assert text_page(LINES[:4]) == "Aide <verte>\n\nMontant\n\n- De 3 * 4 € & plus.\n- 2024. Encore.\n"


def test_markdown_keeps_signs_from_being_marks() -> None:
    assert markdown_page(LINES) == (
        "# Aide \\<verte\\>\n\n## Montant\n\n- De 3 \\* 4 € & plus.\n- 2024\\. Encore.\n\n"
        "| Aide | Taux |\n|---|---|\n| A \\| B | 30 % |\n"
    )


@pytest.mark.parametrize("rank", range(len(FORMATS)))
def test_ingestion_reads_every_sentence_of_a_page_and_nothing_of_its_site(
    corpus: SmallCorpus, tmp_path: Path, rank: int
) -> None:
    fiche = load_fiche(corpus.schemes / "halles.md", no_questions)
    page = write_page(fiche, tmp_path, rank)
    assert page.document.title == fiche.scheme.name
    assert page.document.scheme_id is None
    assert page.document.keywords == ()
    assert all(page.holds(sentence) for sentence in fiche.sentences)
    for section, sentence in page.document.sentences():
        wanted = {"Taux et plafonds": "Montant", "Dates de dépôt": "Calendrier"}.get(
            section.title, section.title
        )
        assert page.section_of(sentence.text, section.title) == wanted
        assert page.text.places(sentence.text)  # neither a menu nor a footer


@pytest.mark.slow
def test_every_real_fiche_is_read_whole_in_every_format(tmp_path: Path) -> None:
    for fiche in load_catalogue(asked_from=no_questions).fiches.values():
        for rank in range(len(FORMATS)):
            page = write_page(fiche, tmp_path, rank)
            lost = [sentence for sentence in fiche.sentences if not page.holds(sentence)]
            assert not lost, f"{fiche.scheme.id}, format {rank}"


# --- the fold -------------------------------------------------------------------------------------


def test_a_fold_knows_its_pages_and_the_other_fiches(corpus: SmallCorpus, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    made = corpus_of_pages(FOLD, folder, corpus.schemes)
    assert sorted(path.name for path in folder.iterdir()) == ["haies.html", "halles.txt", "lavoirs.md"]
    assert list(made.catalogue.fiches) == ["ecoles"]
    assert made.catalogue.fiche("ecoles").asked
    assert [document.scheme_id for document in made.documents] == ["ecoles", None, None, None]
    check_without_fiches(made.catalogue, made.documents, FOLD, corpus.schemes)


def test_what_other_fiches_say_of_the_fold_in_typed_relations_goes(
    corpus: SmallCorpus, tmp_path: Path
) -> None:
    made = corpus_of_pages(Fold(1, frozenset({"lavoirs"})), tmp_path, corpus.schemes)
    assert [link.scheme for link in made.catalogue.scheme("halles").relations] == ["ecoles"]


def test_a_fiche_of_the_fold_left_in_the_catalogue_is_named(corpus: SmallCorpus, tmp_path: Path) -> None:
    made = corpus_of_pages(FOLD, tmp_path, corpus.schemes)
    with pytest.raises(FoldLeak, match=r"pli 1 : la fiche « .*haies\.md » est connue"):
        check_without_fiches(corpus.catalogue, made.documents, FOLD, corpus.schemes)


def test_a_fiche_of_the_fold_left_in_the_index_is_named(corpus: SmallCorpus, tmp_path: Path) -> None:
    made = corpus_of_pages(FOLD, tmp_path, corpus.schemes)
    fiche = corpus.catalogue.fiche("lavoirs").as_document
    with pytest.raises(FoldLeak, match=r"lavoirs\.md » est connue"):
        check_without_fiches(made.catalogue, (*made.documents, fiche), FOLD, corpus.schemes)
