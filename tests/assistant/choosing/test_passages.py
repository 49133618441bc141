"""What puts a passage of a search first, and that each part says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.choosing.evidence import Evidence
from assistant.choosing.passages import BEST_SENTENCE, LIKELY_SCHEME, OF_SUBJECT, rank_passages
from assistant.search.hits import RetrievedChunk
from assistant.search.schemes import RankedScheme
from ingest.chunk import Chunk, ChunkSentence


def hit(name: str, scheme: str | None, score: float) -> RetrievedChunk:
    sentence = ChunkSentence(f"Une phrase de {name}.", "Objet", (1,))
    chunk = Chunk(
        id=name,
        document_id=f"fiche:{scheme}" if scheme else f"page:{name}",
        scheme_id=scheme,
        title="Aide",
        sections=("Objet",),
        heading="Aide",
        text=sentence.text,
        sentences=(sentence,),
        sources=(),
    )
    return RetrievedChunk(chunk, score, {"lexical": score}, 0.5)


def evidence(of: RetrievedChunk, logit: float) -> Evidence:
    return Evidence(of, 0, of.chunk.sentences[0], frozenset(), 1.0, logit)


def likely(name: str, likelihood: float) -> RankedScheme:
    return RankedScheme(name, 1.0, has_topic=False, likelihood=likelihood)


def order(hits: list[RetrievedChunk]) -> list[str]:
    return [item.chunk.id for item in hits]


def test_without_anything_else_passages_keep_their_order() -> None:
    hits = [hit("a", "trees", 0.9), hit("b", None, 0.5)]
    assert rank_passages(hits, (), (), ()) == hits
    assert rank_passages([], (), (), ()) == []


def test_passages_of_a_likely_scheme_gain_its_share() -> None:
    hits = [hit("a", "stadium", 0.85), hit("b", "trees", 0.8), hit("c", None, 0.5)]
    moved = rank_passages(hits, [likely("trees", 0.9), likely("stadium", 0.1)], (), ())
    assert order(moved) == ["b", "a", "c"]
    assert moved[0].reasons["likely_scheme"] == pytest.approx(0.9 * LIKELY_SCHEME)
    assert "likely_scheme" not in moved[2].reasons


def test_passages_of_the_subject_come_before_others() -> None:
    hits = [hit("a", "stadium", 0.85), hit("b", "trees", 0.6)]
    moved = rank_passages(hits, (), {"trees"}, ())
    assert order(moved) == ["b", "a"]
    assert moved[0].reasons["subject"] == OF_SUBJECT


def test_the_passage_that_holds_the_best_sentence_comes_first() -> None:
    hits = [hit("a", "trees", 0.9), hit("b", "trees", 0.6), hit("c", "trees", 0.55)]
    weighed = [evidence(hits[1], 9.0), evidence(hits[0], 2.0), evidence(hits[1], -4.0)]
    moved = rank_passages(hits, (), (), weighed)
    assert order(moved) == ["b", "a", "c"]
    assert moved[0].reasons["sentence"] == pytest.approx(BEST_SENTENCE)
    assert 0 < moved[1].reasons["sentence"] < BEST_SENTENCE
    assert "sentence" not in moved[2].reasons


def test_a_page_that_the_search_puts_first_stays_before_the_likeliest_fiche() -> None:
    hits = [hit("page", None, 1.0), hit("a", "trees", 0.7), hit("b", "stadium", 0.5)]
    weighed = [evidence(hits[1], 9.0), evidence(hits[2], 8.0), evidence(hits[0], 1.0)]
    moved = rank_passages(hits, [likely("trees", 0.9), likely("stadium", 0.1)], {"trees"}, weighed)
    assert order(moved) == ["page", "a", "b"]
    assert moved[0].reasons["page"] == pytest.approx(0.9 * LIKELY_SCHEME + OF_SUBJECT)
    assert moved[0].reasons["sentence"] == pytest.approx(BEST_SENTENCE)


def test_a_page_found_far_below_gains_little() -> None:
    hits = [hit("a", "trees", 1.0), hit("page", None, 0.5)]
    moved = rank_passages(hits, (), {"trees"}, [evidence(hits[1], 9.0), evidence(hits[0], 1.0)])
    assert order(moved) == ["a", "page"]
    assert moved[1].reasons["page"] == pytest.approx(0.25 * OF_SUBJECT)
    assert moved[1].reasons["sentence"] == pytest.approx(0.25 * BEST_SENTENCE)


def test_the_passage_of_a_page_that_holds_its_best_sentence_comes_before_its_others() -> None:
    hits = [hit("one", None, 0.9), hit("two", None, 0.8)]
    same = [replace(item, chunk=replace(item.chunk, document_id="page")) for item in hits]
    moved = rank_passages(same, (), (), [evidence(same[1], 3.0), evidence(same[0], -9.0)])
    assert order(moved) == ["two", "one"]


def test_a_page_gains_what_a_name_gives_a_fiche() -> None:
    named = replace(hit("a", "trees", 0.7), reasons={"lexical": 0.7, "scheme": 0.5}, score=1.2)
    moved = rank_passages([named, hit("page", None, 1.0)], (), (), ())
    assert order(moved) == ["page", "a"]
    assert moved[0].reasons["page"] == pytest.approx(0.5)


def test_fiches_among_themselves_do_not_depend_on_pages() -> None:
    fiches = [hit("a", "trees", 0.9), hit("b", "stadium", 0.85)]
    given = ([likely("stadium", 0.8)], {"stadium"}, [evidence(fiches[1], 2.0), evidence(fiches[0], 3.0)])
    alone = rank_passages(fiches, *given)
    with_page = rank_passages([*fiches, hit("page", None, 1.0)], *given)
    assert [item for item in with_page if item.chunk.scheme_id] == alone


def test_a_score_is_the_sum_of_its_reasons() -> None:
    hits = [hit("a", "trees", 0.9), hit("b", "stadium", 0.6)]
    moved = rank_passages(hits, [likely("trees", 0.6)], {"stadium"}, [evidence(hits[0], 3.0)])
    for item in moved:
        assert item.score == pytest.approx(sum(item.reasons.values()))
