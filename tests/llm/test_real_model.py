"""The whole assistant with a real language model: what it words, and what happens when the model fails."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from real_model import FILE, Served, served
from real_server import serving
from small_corpus import ask

from assistant.answering.engine import Engine
from assistant.checking.verify import figures, unknown_markers
from assistant.errors import ModelError, ModelNotOffered
from assistant.events import DeltaEvent, DoneEvent, Event, StatusEvent
from assistant.markers import markers
from assistant.model.calls import Limits
from assistant.model.connection import ChatModel, ModelUse
from assistant.reply import Reply
from assistant.settings import AssistantSettings
from evaluation.runs.own_index import engine_of_fiches

pytestmark = pytest.mark.llm

# Longer than the defaults: what these tests check must not depend on what else the machine does.
LIMITS = Limits(first_token_s=240, token_s=60, total_s=300, max_tokens=200)
BUDGET = 600
KEY = "cle-tres-secrete"
QUESTIONS = (
    "Combien de temps dure une boutique à l’essai ?",
    "Quel est le montant de l’aide CVCB ?",
    "Qui peut avoir le fonds d’appui aux projets locaux ?",
    "Comment demander l’aide à la vidéoprotection ?",
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """The assistant over the fiches, whatever the settings of whoever runs the tests."""
    settings = AssistantSettings.model_construct()
    with engine_of_fiches(settings) as built:
        yield built


def worded(engine: Engine, model: ChatModel, question: str) -> tuple[Reply, list[Event]]:
    """The reply computed without a model, and the events of the one worded by it."""
    plain = engine.worded_by(None).reply(ask(question))
    return plain, list(engine.worded_by(ModelUse(model, BUDGET)).stream(ask(question)))


def last(events: list[Event]) -> Reply:
    done = events[-1]
    assert isinstance(done, DoneEvent)
    assert "".join(event.text for event in events if isinstance(event, DeltaEvent)) == done.reply.answer
    return done.reply


def assert_is_right(plain: Reply, reply: Reply) -> None:
    """What holds whatever the model wrote: sourced, no foreign figure, nothing of the verdict changed."""
    assert reply.status == plain.status
    assert [item.verdict for item in reply.eligibility] == [item.verdict for item in plain.eligibility]
    assert not unknown_markers(reply.answer, reply.citations)
    assert {citation.quote for citation in reply.citations} <= {c.quote for c in plain.citations}
    allowed = figures(plain.answer).union(*(figures(citation.quote) for citation in plain.citations))
    assert figures(reply.answer) <= allowed


def test_a_real_model_words_answers_with_markers(engine: Engine, real_model: Served) -> None:
    model = ChatModel(real_model.address, None, None, LIMITS)
    replies = []
    for question in QUESTIONS:
        plain, events = worded(engine, model, question)
        assert_is_right(plain, last(events))
        replies.append(last(events))
    by_model = [reply for reply in replies if reply.generator == FILE.stem]
    assert by_model
    assert all(markers(reply.answer) for reply in replies)
    assert any(reply.model_sentences > reply.model_struck for reply in by_model)


def test_sentences_come_one_by_one(engine: Engine, real_model: Served) -> None:
    model = ChatModel(real_model.address, None, None, LIMITS)
    worded_engine = engine.worded_by(ModelUse(model, BUDGET))
    arrived = [(event, time.monotonic()) for event in worded_engine.stream(ask(QUESTIONS[0]))]
    assert isinstance(arrived[0][0], StatusEvent)
    deltas = [moment for event, moment in arrived if isinstance(event, DeltaEvent)]
    # The status is there at once, the first sentence only once the model has written it.
    assert deltas[0] - arrived[0][1] > 0.2
    assert len(deltas) > 1


def test_a_model_that_is_too_slow_is_not_waited_for(engine: Engine, real_model: Served) -> None:
    model = ChatModel(real_model.address, None, None, replace(LIMITS, first_token_s=0.05))
    started = time.monotonic()
    plain, events = worded(engine, model, QUESTIONS[1])
    assert last(events).answer == plain.answer
    assert last(events).generator == "extractive"
    assert time.monotonic() - started < 10


def test_a_server_killed_in_mid_sentence_leaves_a_whole_answer(engine: Engine) -> None:
    with served() as server:
        model = ChatModel(server.address, None, None, LIMITS)
        model.resolve()
        killed: list[float] = []

        class Killing:
            """The model, whose server dies once it has written ten pieces."""

            name = model.name

            def stream(self, system: str, user: str, within_s: float | None = None) -> Generator[str]:
                for count, piece in enumerate(model.stream(system, user, within_s)):
                    if count == 10:
                        server.kill()
                        killed.append(time.monotonic())
                    yield piece

        plain = engine.worded_by(None).reply(ask(QUESTIONS[0]))
        reply = engine.worded_by(ModelUse(Killing(), BUDGET)).reply(ask(QUESTIONS[0]))
        answered = time.monotonic()
    assert killed
    assert answered - killed[0] < 10  # at once, not when its time is up
    assert_is_right(plain, reply)
    for line in plain.answer.splitlines():
        assert re.sub(r"\[\d+\]", "", line) in re.sub(r"\[\d+\]", "", reply.answer)


def test_a_wrong_key_is_said_and_the_answer_given(engine: Engine) -> None:
    with served(KEY) as server:
        wrong = ChatModel(server.address, None, SecretStr("autre"), LIMITS)
        # This server lists its models to anyone: the key is only asked for to write.
        plain, events = worded(engine, wrong, QUESTIONS[1])
        assert last(events).answer == plain.answer
        with pytest.raises(ModelError, match="refuse la clé"):
            list(wrong.stream("Réponds.", "Bonjour"))
        right = ChatModel(server.address, None, SecretStr(KEY), replace(LIMITS, max_tokens=16))
        assert "".join(right.stream("Réponds en un mot.", "Bonjour"))


def test_an_unknown_model_is_said_and_the_answer_given(engine: Engine, real_model: Served) -> None:
    unknown = ChatModel(real_model.address, "grand-modele", None, LIMITS)
    with pytest.raises(ModelNotOffered, match=re.escape(FILE.stem)):
        unknown.resolve()
    plain, events = worded(engine, unknown, QUESTIONS[1])
    assert last(events).answer == plain.answer


def test_the_server_answers_with_the_model_over_http(tmp_path: Path, real_model: Served) -> None:
    with serving(tmp_path, ASSISTANT_LLM_BASE_URL=real_model.address) as server:
        body = {"messages": [{"role": "user", "content": QUESTIONS[0]}]}
        reply = httpx.post(f"{server.address}/api/chat", json=body, timeout=120).json()
        assert reply["generator"] == FILE.stem
        assert reply["timings_ms"]["model"] > 0
        with httpx.stream(
            "POST", f"{server.address}/api/chat", json={**body, "stream": True}, timeout=120
        ) as stream:
            data = [line[5:] for line in stream.iter_lines() if line.startswith("data:")]
        assert json.loads(data[-1])["answer"] == reply["answer"]
