"""What is left out of a knowledge is left out of the replies of an engine made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_corpus import SmallCorpus, ask

from assistant.answering.engine import Engine
from evaluation.fitting.left_out import LeftInTurn, leaving_out, supported

NEED = "Il nous faudrait quelque chose pour abriter les marchands quand il pleut"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    corpus = SmallCorpus(tmp_path)
    corpus.ask_about("halles", (NEED, "abrite les marchands"), ("Quel taux pour une halle ?", "jusqu’à 40 %"))
    corpus.ask_about("haies", ("Quelle aide pour planter ?", "soutient la plantation"))
    corpus.ingest()
    return corpus.engine()


def test_a_reply_depends_on_the_question_that_is_left_out(engine: Engine) -> None:
    places = {engine.knowledge.asked.texts.index(NEED)}
    asked = ask(NEED).model_copy(update={"explain": True})
    whole, less = engine.reply(asked), Engine(leaving_out(engine.knowledge, places)).reply(asked)
    assert whole.status == "answered"
    assert max(told.logit for told in whole.trace.sentences) > max(
        told.logit for told in less.trace.sentences
    )


def test_the_knowledge_itself_is_left_whole(engine: Engine) -> None:
    before = supported(engine.knowledge, ask(NEED))[1]
    leaving_out(engine.knowledge, range(3))
    assert supported(engine.knowledge, ask(NEED))[1] == before


def test_each_question_is_asked_of_a_knowledge_without_it(engine: Engine) -> None:
    known = LeftInTurn(engine.knowledge)
    asked = {text: without for _, text, without in known.questions()}
    assert list(asked) == engine.knowledge.asked.texts
    for text, without in asked.items():
        best = max(score for score, _ in without.asked.by_scheme(text).values())
        assert best < max(score for score, _ in engine.knowledge.asked.by_scheme(text).values()) - 0.1
    assert [text for _, text, _ in LeftInTurn(engine.knowledge, every=2).questions()] == list(asked)[::2]
