"""Recorded choices said again, in this process and by a server; broken ones cost nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr
from scripted_model import MODEL, Script, choosing, scripted
from small_corpus import SmallCorpus, ask

from assistant.answering.engine import Engine
from assistant.model.calls import Limits
from assistant.model.connection import ChatModel, ModelUse
from assistant.reply import Reply
from evaluation.exchanges.exchange import Exchange, read_lines
from evaluation.exchanges.models import Recorder, Replayer

pytestmark = pytest.mark.slow

RECORDED = Path(__file__).parent / "recorded.jsonl"
LIMITS = Limits(first_token_s=60.0, token_s=60.0, total_s=60.0, max_tokens=400)
QUESTIONS = (
    "Quel est le montant de l’aide aux halles de marché ?",
    "Qui peut demander l’aide aux halles de marché ?",
    "Où déposer la demande d’aide aux lavoirs ?",
    "Combien couvre l’aide aux écoles ?",
    "L’aide aux haies existe-t-elle encore ?",
)
PIECES = ("dans la limite de 60", "moins de 5 000", "direction de la culture", "25 %", "a pris fin")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus = SmallCorpus(tmp_path_factory.mktemp("corpus"))
    corpus.ingest()
    return corpus.engine()


@pytest.fixture
def exchanges() -> list[Exchange]:
    return read_lines(RECORDED, Exchange)


def said(reply: Reply) -> tuple[object, ...]:
    return reply.status, reply.generator, [line.text for line in reply.lines]


def in_any_order(one: Exchange) -> tuple[object, ...]:
    """What an exchange says: weights learned again may order what is offered otherwise."""
    offered = {(told.document, told.section, told.text) for told in one.offer.statements}
    return one.case, one.by, one.offer.turns, one.offer.question, offered, one.status, one.chosen


def test_the_choices_of_a_server_are_recorded_by_their_texts(
    engine: Engine, exchanges: list[Exchange]
) -> None:
    """The recorded file is what this makes, whatever the order in which statements are offered."""
    made: list[Exchange] = []
    for question, piece in zip(QUESTIONS, PIECES, strict=True):
        with scripted(Script(fills=choosing(piece))) as script:
            model = ChatModel(script.address, "petit", SecretStr("cle"), LIMITS)
            recorder = Recorder(model, {(question,): "direct-001/1"})
            engine.worded_by(recorder.use(3000)).reply(ask(question))
        made += recorder.exchanges
    assert [in_any_order(one) for one in made] == [in_any_order(one) for one in exchanges]
    assert [exchange.by for exchange in made] == [MODEL] * 5


def test_what_a_model_fails_at_is_counted_and_not_recorded(engine: Engine) -> None:
    for fills in (lambda _: "n’importe quoi", lambda _: {"status": "answered", "statements": [900]}):
        with scripted(Script(fills=fills)) as script:
            recorder = Recorder(ChatModel(script.address, "petit", None, LIMITS), {})
            reply = engine.worded_by(recorder.use(3000)).reply(ask(QUESTIONS[0]))
        assert (recorder.exchanges, recorder.failed, reply.generator) == ([], 1, "extractive")


def test_a_recorded_choice_is_said_again(engine: Engine, exchanges: list[Exchange]) -> None:
    replayer = Replayer(exchanges)
    replaying = engine.worded_by(replayer.use(3000))
    for question, piece in zip(QUESTIONS, PIECES, strict=True):
        reply = replaying.reply(ask(question))
        assert piece in reply.citations[0].quote
        assert reply.generator == replayer.name
    assert set(replayer.met.values()) == {"same"}
    assert replayer.said == set(range(5))


def test_a_server_says_it_again_too(engine: Engine, exchanges: list[Exchange]) -> None:
    with scripted(Script(fills=Replayer(exchanges).told)) as script:
        chat = ChatModel(script.address, "petit", None, LIMITS)
        served = engine.worded_by(ModelUse(chat, 3000, chooser=chat, words=False)).reply(ask(QUESTIONS[1]))
    inside = engine.worded_by(Replayer(exchanges).use(3000)).reply(ask(QUESTIONS[1]))
    assert [line.text for line in served.lines] == [line.text for line in inside.lines]
    assert served.generator == MODEL


def test_a_choice_that_no_longer_applies_is_told_and_harms_nothing(
    engine: Engine, exchanges: list[Exchange]
) -> None:
    first = exchanges[0]
    gone = first.chosen[0].model_copy(update={"text": "Une phrase que personne ne dit plus."})
    replayer = Replayer([first.model_copy(update={"chosen": (gone,)}), *exchanges[1:]])
    replaying = engine.worded_by(replayer.use(3000))
    assert said(replaying.reply(ask(QUESTIONS[0]))) == said(engine.reply(ask(QUESTIONS[0])))
    unasked = "Quel est le taux de l’aide aux halles de marché ?"
    assert said(replaying.reply(ask(unasked))) == said(engine.reply(ask(unasked)))
    assert sorted(replayer.met.values()) == ["gone", "unknown"]
    assert replayer.said == set()


def test_an_offer_that_moved_still_takes_the_choice(engine: Engine, exchanges: list[Exchange]) -> None:
    offer = exchanges[0].offer
    chosen = {item.text for item in exchanges[0].chosen}
    fewer = tuple(item for item in offer.statements if item.text in chosen)
    replayer = Replayer(
        [exchanges[0].model_copy(update={"offer": offer.model_copy(update={"statements": fewer})})]
    )
    reply = engine.worded_by(replayer.use(3000)).reply(ask(QUESTIONS[0]))
    assert (reply.generator, list(replayer.met.values())) == (replayer.name, ["moved"])


@pytest.mark.parametrize("way", range(3), ids=["form lost", "number unknown", "late"])
def test_a_broken_exchange_leaves_the_computed_reply(
    engine: Engine, exchanges: list[Exchange], way: int
) -> None:
    """Every second exchange is broken here, each time in another way."""
    place = 2 * way + 1
    replayer = Replayer([exchanges[4]] * place + [exchanges[0]], break_every=2)
    assert replayer.broken[-1] is exchanges[0]
    reply = engine.worded_by(replayer.use(3000)).reply(ask(QUESTIONS[0]))
    assert said(reply) == said(engine.reply(ask(QUESTIONS[0])))
    assert replayer.said == {place}
