"""What came back about a page, told as of its fiche: scheme, section, and whether it's word for word."""

from __future__ import annotations

from pathlib import Path

import pytest
from run_builders import make_case, make_reply
from small_corpus import TODAY, SmallCorpus

from assistant.reply import Citation
from corpus.fiches.catalogue import load_catalogue
from evaluation.folds.corpus import no_questions
from evaluation.folds.pages import write_page
from evaluation.folds.restored import FoldPage, Restoring
from evaluation.judging.scoring import score
from evaluation.questions.cases import Case
from evaluation.runs.run import Outcome, Passage
from ingest.chunk import chunk_document

RATE = "En 2023, la Région payait jusqu’à 40 % du coût d’une halle de marché, dans la limite de 60 000 €."


@pytest.fixture
def corpus(tmp_path: Path) -> SmallCorpus:
    return SmallCorpus(tmp_path / "corpus")


@pytest.fixture
def page(corpus: SmallCorpus, tmp_path: Path) -> FoldPage:
    return write_page(load_catalogue(corpus.schemes, no_questions).fiche("halles"), tmp_path, 1)


def restoring(page: FoldPage) -> Restoring:
    texts = {chunk.id: chunk.text for chunk in chunk_document(page.document)}
    return Restoring({page.document.id: page}, texts)


def cited(page: FoldPage, quote: str, section: str = "Montant", n: int = 1) -> Citation:
    return Citation(
        n=n,
        scheme_id=None,
        scheme_name=None,
        document_id=page.document.id,
        section=section,
        quote=quote,
        sources=(),
    )


def test_a_quote_is_of_the_section_where_its_words_stand(page: FoldPage) -> None:
    assert page.section_of(RATE, "Objet") == "Montant"  # whatever heading ingestion has read
    assert page.section_of(RATE.replace("\u00a0", " ").upper(), "") == "Montant"
    assert page.section_of(RATE[9:73], "") == "Montant"  # a part of a sentence, cut between words


@pytest.mark.parametrize(
    "heading", ["CE QUE L'ON NE SAIT PAS", "Ce que l’on ne sait pas :", "ce que l on ne sait pas"]
)
def test_a_heading_is_known_whatever_its_signs(page: FoldPage, heading: str) -> None:
    assert page.section_of("Ces mots ne sont nulle part.", heading) == "Ce que l’on ne sait pas"


def test_what_is_nowhere_keeps_its_heading(page: FoldPage) -> None:
    assert page.section_of("Accueil, aides, contact.", "Menu") == "Menu"


def test_a_passage_holds_the_sections_of_which_it_holds_enough(page: FoldPage) -> None:
    whole = "\n".join(chunk.text for chunk in chunk_document(page.document))
    held = page.sections_of(whole, ())
    assert held[:2] == ("Objet", "Bénéficiaires")
    assert "Montant" in held
    beginning = "En 2023, les communes déposaient leur dossier"
    assert page.sections_of(f"{RATE}\n{beginning}", ()) == ("Montant",)


def test_a_reply_is_told_as_of_the_fiche(page: FoldPage) -> None:
    reply = make_reply(f"{RATE} [1]", citations=(cited(page, RATE, "Objet"),), schemes=("ecoles",))
    (chunk, *_) = chunk_document(page.document)
    passages = (
        Passage(id=chunk.id, scheme_id=None, sections=("?",), document_id=page.document.id),
        Passage(id="x", scheme_id="ecoles", sections=("Objet",), document_id="fiche:ecoles"),
    )
    told = restoring(page).outcome(Outcome(case_id="direct-001", reply=reply, passages=passages))
    assert told.reply is not None
    (citation,) = told.reply.citations
    assert (citation.scheme_id, citation.section) == ("halles", "Montant")
    assert citation.scheme_name == "Aide aux halles de marché"
    assert told.reply.schemes == ("halles", "ecoles")
    assert told.faithful == {1: True}
    assert told.passages[0].scheme_id == "halles"
    assert "Objet" in told.passages[0].sections
    assert told.passages[1] == passages[1]


def test_a_failed_request_stays_one(page: FoldPage) -> None:
    failed = Outcome(case_id="direct-001", error="statut HTTP 500")
    assert restoring(page).outcome(failed) == failed


def judged(corpus: SmallCorpus, page: FoldPage, quote: str) -> tuple[tuple[str, ...], tuple[float, float]]:
    case: Case = make_case("direct-001", schemes=["halles"], facts=[{"rate": 40}], gold=["halles/Montant"])
    reply = make_reply("Jusqu’à 40 %. [1]", citations=(cited(page, quote),))
    outcome = restoring(page).outcome(Outcome(case_id=case.id, reply=reply))
    scored = score(case, outcome, corpus.catalogue, TODAY)
    return scored.failures, scored.pairs["quote_verbatim"]


def test_the_right_page_counts_as_the_right_scheme(corpus: SmallCorpus, page: FoldPage) -> None:
    assert judged(corpus, page, RATE) == ((), (1.0, 1.0))


def test_a_quote_that_the_page_does_not_hold_breaks_the_invariant(
    corpus: SmallCorpus, page: FoldPage
) -> None:
    failures, verbatim = judged(corpus, page, RATE.replace("payait", "paie"))
    assert "citation [1] infidèle à la fiche" in failures
    assert verbatim == (0.0, 1.0)
