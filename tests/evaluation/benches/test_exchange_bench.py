"""Recorded choices measured beside no model, whole and broken, and told in a text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from run_builders import make_case
from small_corpus import SmallCorpus

from evaluation.benches.exchange_bench import (
    Ask,
    Through,
    bench_replay,
    cases_by_asked,
    offers_of,
)
from evaluation.exchanges.exchange import Answer, Exchange, answered, read_lines
from evaluation.questions.cases import Case
from evaluation.reports.exchange_text import replay_text
from evaluation.runs.run import Run, run_cases
from evaluation.runs.target import InProcess

pytestmark = pytest.mark.slow

RECORDED = Path(__file__).parents[1] / "exchanges" / "recorded.jsonl"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> SmallCorpus:
    corpus = SmallCorpus(tmp_path_factory.mktemp("corpus"))
    corpus.ingest()
    return corpus


def asking(corpus: SmallCorpus, cases: Sequence[Case]) -> Ask:
    engine = corpus.engine()

    def ask(through: Through) -> tuple[Sequence[Case], Run]:
        return cases, run_cases(cases, InProcess(through(engine)), "ici")

    return ask


def test_every_fifth_exchange_broken_loses_nothing_against_no_model(corpus: SmallCorpus) -> None:
    exchanges = read_lines(RECORDED, Exchange)
    unasked = exchanges[1]
    questions = [exchange.offer.question for exchange in exchanges if exchange is not unasked]
    cases = [make_case(f"direct-{n:03}", question) for n, question in enumerate(questions, 1)]
    result = bench_replay(exchanges, asking(corpus, cases), corpus.catalogue, "essai", 3000, break_every=5)
    assert result.met == {"same": 4}
    assert result.gone == ("direct-001/1",)
    assert result.broken is not None
    assert result.lost == ()
    last = [run.cases[-1].reply for run in (result.without, result.beside, result.broken)]
    assert [reply and reply.generator for reply in last] == ["extractive", "échanges rejoués", "extractive"]
    assert last[2] is not None
    assert last[0] is not None
    assert [line.text for line in last[2].lines] == [line.text for line in last[0].lines]
    text = replay_text(result)
    assert "choix de petit-modele" in text
    assert "même offre : 4" in " ".join(text.split())
    assert "ne valent plus ici : 1 (direct-001/1)" in " ".join(text.split())


def test_offers_answered_by_number_are_said_in_the_replies(corpus: SmallCorpus) -> None:
    cases = [
        make_case("multi-001", "Bonjour", "Combien couvre l’aide aux écoles ?"),
        make_case("direct-002", "Merci beaucoup !"),
    ]
    ask = asking(corpus, cases)
    offers, asked = offers_of(ask, 3000)
    assert (len(offers), asked) == (1, 2)
    assert "multi" not in offers[0].model_dump_json()
    number = next(item.n for item in offers[0].statements if "plateforme de la Région" in item.text)
    answer = Answer(id=offers[0].id, status="answered", statements=(number,))
    exchanges = answered(offers, [answer], "quelqu’un", cases_by_asked(cases))
    assert exchanges[0].case == "multi-001/2"
    result = bench_replay(exchanges, ask, corpus.catalogue, "essai", 3000)
    reply = result.beside.cases[0].reply
    assert reply is not None
    assert reply.citations[0].quote.endswith("sur la plateforme de la Région.")
    assert (result.broken, result.gone) == (None, ())
