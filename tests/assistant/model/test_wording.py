"""A language model that fails or lies: the reply stays right (a real server on the loopback)."""

from __future__ import annotations

import pytest
from pydantic import SecretStr
from scripted_model import MODEL, Script, scripted
from small_corpus import SmallCorpus, ask

from assistant.checking.verdict import contradicts
from assistant.errors import ModelError, ModelNotOffered
from assistant.events import DeltaEvent, DoneEvent
from assistant.markers import without_markers
from assistant.model.calls import Limits
from assistant.model.circuit import Circuit
from assistant.model.connection import ChatModel, ModelUse, with_version
from assistant.reply import Reply

pytestmark = pytest.mark.slow

AMOUNT = "Quel est le montant de l’aide aux halles de marché ?"
KEY = "cle-tres-secrete"
LIMITS = Limits(first_token_s=1.0, token_s=1.0, total_s=5.0, max_tokens=400)
GOOD = (
    "Pour une halle de marché, la Région payait en 2023 jusqu’à 40 % du coût, dans la limite de 60 000 € [1]."
)


def worded(corpus: SmallCorpus, script: Script, model: str | None = "petit") -> tuple[Reply, Reply]:
    """The reply without the model, and with it."""
    engine = corpus.engine()
    plain = engine.reply(ask(AMOUNT))
    with scripted(script):
        chat = ChatModel(script.address, model, SecretStr(KEY), LIMITS)
        events = list(engine.worded_by(ModelUse(chat, 1500)).stream(ask(AMOUNT)))
    done = events[-1]
    assert isinstance(done, DoneEvent)
    assert "".join(event.text for event in events if isinstance(event, DeltaEvent)) == done.reply.answer
    assert KEY not in done.reply.model_dump_json()
    return plain, done.reply


def test_a_supported_sentence_is_shown(small_corpus: SmallCorpus) -> None:
    script = Script(pieces=tuple(GOOD[n : n + 7] for n in range(0, len(GOOD), 7)))
    plain, reply = worded(small_corpus, script)
    assert GOOD in reply.answer
    assert GOOD not in plain.answer
    assert reply.model_failure is None
    assert reply.generator == MODEL
    assert [c.n for c in reply.citations] == list(range(1, len(reply.citations) + 1))
    assert script.keys == [f"Bearer {KEY}"]
    assert script.asked[0]["temperature"] == 0
    assert script.asked[0]["model"] == MODEL


@pytest.mark.parametrize(
    ("script", "cause"),
    [
        (Script(status=401), "refused"),
        (Script(status=429), "refused"),
        (Script(status=500), "refused"),
        (Script(silent=True), "late"),
        (Script(raw=b"data: {not json\n\n"), "unreadable"),
        (Script(raw=b"<html>oops</html>"), "unreadable"),
        (Script(pieces=()), "struck"),
        (Script(pieces=("mot " * 12_500,)), "unreadable"),
        (Script(pieces=("La Région payait jusqu’à 80 % du coût d’une halle de marché [1].",)), "struck"),
        (Script(pieces=("Vous êtes éligible à l’aide aux halles de marché [1].",)), "struck"),
        (
            Script(pieces=("En 2023, la Région payait jusqu’à 40 % du coût d’une halle de marché [9].",)),
            "struck",
        ),
        (Script(pieces=("In 2023 the Region paid up to 40 % of the cost of a market hall [1].",)), "struck"),
        (Script(pieces=("En 2023, la Région payait jusqu’à 40 % du", " coût"), ends=False), "unreadable"),
    ],
    ids=[
        "401", "429", "500", "silence", "garbage", "html", "empty", "50kB", "rate", "verdict", "marker",
        "english", "half",
    ],
)  # fmt: skip
def test_a_failing_model_leaves_the_computed_reply(
    small_corpus: SmallCorpus, script: Script, cause: str
) -> None:
    plain, reply = worded(small_corpus, script)
    assert reply.answer == plain.answer
    assert reply.citations == plain.citations
    assert reply.generator == "extractive"
    assert reply.model_failure == cause


def test_a_struck_sentence_that_moves_a_line_leaves_the_stream_and_the_reply_alike(
    small_corpus: SmallCorpus,
) -> None:
    plain, reply = worded(small_corpus, Script(pieces=("Le taux est de 99 % [2].",)))
    assert reply.generator == "extractive"
    assert sorted(without_markers(line) for line in reply.answer.splitlines()) == sorted(
        without_markers(line) for line in plain.answer.splitlines()
    )
    quotes = {citation.quote for citation in plain.citations}
    assert {citation.quote for citation in reply.citations} == quotes


def test_a_server_that_asks_for_a_rest_gets_it(small_corpus: SmallCorpus) -> None:
    engine = small_corpus.engine()
    with scripted(Script(status=429)) as script:
        worded = engine.worded_by(ModelUse(ChatModel(script.address, "petit", None, LIMITS), 1500))
        replies = [worded.reply(ask(AMOUNT)) for _ in range(3)]
    assert len(script.asked) == 1
    assert {reply.answer for reply in replies} == {engine.reply(ask(AMOUNT)).answer}
    assert [reply.model_failure for reply in replies] == ["refused", "paused", "paused"]


def test_half_a_stream_is_completed(small_corpus: SmallCorpus) -> None:
    plain, reply = worded(small_corpus, Script(pieces=(GOOD, " Elle aide", " aussi"), ends=False))
    assert GOOD in reply.answer
    assert set(plain.answer.splitlines()) <= set(reply.answer.splitlines())


def test_an_unknown_model_names_those_offered() -> None:
    with scripted(Script()) as script:
        with pytest.raises(ModelNotOffered, match="petit-modele, autre"):
            ChatModel(script.address, "grand", None, LIMITS).resolve()
        assert ChatModel(script.address, "petit", None, LIMITS).resolve() == MODEL


def test_a_server_that_is_away_is_said() -> None:
    with pytest.raises(ModelError, match="ne répond pas"):
        ChatModel("http://127.0.0.1:9/v1", None, None, LIMITS).resolve()


def test_an_address_is_completed() -> None:
    assert with_version("http://h:1/") == "http://h:1/v1"
    assert with_version("http://h:1/api/v2/") == "http://h:1/api/v2"


def test_a_circuit_opens_then_tries_once() -> None:
    now = [0.0]
    circuit = Circuit(most_failures=2, rest_s=10, clock=lambda: now[0])
    circuit.failed()
    assert circuit.allows()
    circuit.failed()
    assert not circuit.allows()
    now[0] = 11
    assert [circuit.allows(), circuit.allows()] == [True, False]
    circuit.succeeded()
    assert [circuit.allows(), circuit.allows()] == [True, True]
    circuit.failed(retry_s=100)
    now[0] = 110
    assert not circuit.allows()
    now[0] = 112
    assert circuit.allows()


@pytest.mark.parametrize(
    "sentence",
    [
        "Vous êtes éligible à l’aide.",
        "Votre commune peut donc en bénéficier.",
        "Nieppe est éligible.",
        "La commune a droit à une subvention.",
        "Vous remplissez toutes les conditions.",
        "Votre dossier sera accepté.",
        "Vous n’êtes pas éligible.",
        "Oui, les travaux sont aidés.",
        "Non, elle ne peut pas solliciter deux fonds.",
    ],
)
def test_a_verdict_is_recognised(sentence: str) -> None:
    assert contradicts(sentence, [])


def test_a_rule_is_no_verdict_and_the_computed_one_may_be_said() -> None:
    assert not contradicts("Les communes de moins de 5 000 habitants peuvent bénéficier de l’aide.", [])
    assert not contradicts("Vous semblez éligible.", ["eligible"])
    assert not contradicts("Non, la commune dépasse le seuil.", ["not_eligible"])
    assert contradicts("Vous semblez éligible.", ["not_eligible"])
    assert contradicts("Vous n’êtes pas éligible.", ["eligible"])
