"""Chat completions: the official client against a real server, and the mapping in detail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from fakes import ANSWER, ANSWERED, SECRET, FakeEngine
from fastapi.testclient import TestClient
from loopback import served

from assistant.api.openai.shapes import CompletionRequest
from assistant.api.openai.text import added_text, chat_request, usage_of
from assistant.api.routes import create_api
from assistant.reply import MAX_MESSAGES
from assistant.settings import AssistantSettings

MODEL = "assistant-dispositifs"
ASK: list[Any] = [{"role": "user", "content": "Quelles communes ont reçu le CVCB ?"}]
SOURCES = (
    "\n\n**Sources citées**\n\n"
    "- [1] CVCB, «\u00a0Lauréats\u00a0»\u00a0: Redynamisation des centres-bourgs : trois nouvelles communes "
    "(Région Hauts-de-France, 7 juillet 2023, mis à jour le 1er août 2023) "
    "https://www.hautsdefrance.fr/cvcb-juillet-2023/\n"
    "- [2] CVCB, «\u00a0Calendrier\u00a0»\u00a0: Délibération du conseil régional (Région, juillet 2023)"
    "\u00a0; Guide du CVCB (Région, été 2023)\u00a0; Page du dispositif (sans date)"
)


@pytest.fixture(scope="module")
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture(scope="module")
def client(engine: FakeEngine) -> Iterator[openai.OpenAI]:
    with (
        served(create_api(engine)) as address,
        openai.OpenAI(base_url=f"{address}/v1", api_key="peu importe", max_retries=0) as opened,
    ):
        yield opened


def ask(client: openai.OpenAI, **changes: Any) -> Any:
    return client.chat.completions.create(**{"model": MODEL, "messages": ASK, **changes})


# --- the official client --------------------------------------------------------------------------


def test_a_completion_holds_the_answer_its_sources_and_its_grounds(client: openai.OpenAI) -> None:
    completion = ask(client, temperature=0.2, max_tokens=50, user="x")
    assert completion.id.startswith("chatcmpl-")
    assert (completion.object, completion.model) == ("chat.completion", MODEL)
    [choice] = completion.choices
    assert (choice.message.role, choice.finish_reason) == ("assistant", "stop")
    assert choice.message.content == ANSWER + SOURCES
    extra = completion.model_extra
    reply = ANSWERED.model_dump(mode="json")
    assert extra["citations"] == reply["citations"]
    assert (extra["status"], extra["schemes"], extra["eligibility"]) == ("answered", ["cvcb"], [])
    assert extra["suggestions"] == reply["follow_ups"]
    usage = completion.usage
    assert usage.prompt_tokens == len(["Quelles", "communes", "ont", "reçu", "le", "CVCB", "?"])
    assert usage.completion_tokens > len(ANSWER.split())
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens


def test_a_stream_gives_the_same_text_piece_by_piece(client: openai.OpenAI) -> None:
    whole = ask(client)
    with ask(client, stream=True, stream_options={"include_usage": True}) as stream:
        chunks = list(stream)
    *told, usage = chunks
    assert {chunk.id for chunk in chunks} == {told[0].id}
    assert told[0].choices[0].delta.role == "assistant"
    deltas = [chunk.choices[0].delta.content or "" for chunk in told]
    assert "".join(deltas) == whole.choices[0].message.content
    assert len(deltas) > 10
    assert [chunk.choices[0].finish_reason for chunk in told] == [*[None] * (len(told) - 1), "stop"]
    assert told[-1].model_extra["citations"] == whole.model_extra["citations"]
    assert told[-1].model_extra["status"] == "answered"
    assert (usage.choices, usage.usage) == ([], whole.usage)


def test_a_stream_has_no_usage_unless_it_is_asked_for(client: openai.OpenAI) -> None:
    with ask(client, stream=True) as stream:
        chunks = list(stream)
    assert all(chunk.choices and chunk.usage is None for chunk in chunks)


def test_instructions_are_left_aside_and_parts_joined(client: openai.OpenAI, engine: FakeEngine) -> None:
    parts = [{"type": "text", "text": "Et pour"}, {"type": "text", "text": "Nieppe ?"}]
    first = ask(client).choices[0].message.content
    messages = [
        {"role": "system", "content": "Réponds en vers."},
        {"role": "developer", "content": "Sois bref."},
        *ASK,
        {"role": "assistant", "content": first},
        {"role": "user", "content": parts},
    ]
    ask(client, messages=messages, extra_body={"commune": "59431", "scheme": "cvcb"})
    asked = engine.requests[-1]
    assert [(message.role, message.content) for message in asked.messages] == [
        ("user", ASK[0]["content"]),
        ("assistant", ANSWER),  # without the sources added to it
        ("user", "Et pour\nNieppe ?"),
    ]
    assert (asked.commune, asked.scheme) == ("59431", "cvcb")


def test_a_clarification_shows_its_choices(client: openai.OpenAI) -> None:
    completion = ask(client, messages=[{"role": "user", "content": "préciser"}])
    text = completion.choices[0].message.content
    assert text.endswith("\n\n**Précisez votre question**\n\n- Le CVCB\n- La vidéoprotection")
    assert completion.model_extra["status"] == "clarification"
    assert completion.model_extra["suggestions"] == ["Le CVCB", "La vidéoprotection"]


def test_a_long_conversation_keeps_its_last_turns(client: openai.OpenAI, engine: FakeEngine) -> None:
    last = 2 * MAX_MESSAGES
    messages = [{"role": ("user", "assistant")[n % 2], "content": str(n)} for n in range(last + 1)]
    ask(client, messages=messages)
    kept = [message.content for message in engine.requests[-1].messages]
    expected = MAX_MESSAGES - 1, str(last - MAX_MESSAGES + 2), str(last)
    assert (len(kept), kept[0], kept[-1]) == expected, "whole turns"


def test_the_models(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == [MODEL]
    assert client.models.retrieve(MODEL).owned_by == "assistant"
    with pytest.raises(openai.NotFoundError, match="n’existe pas ici"):
        client.models.retrieve("gpt-4o")


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("changes", "error", "code", "param", "words"),
    [
        ({"model": "gpt-4o"}, openai.NotFoundError, "model_not_found", None, "« gpt-4o » n’existe pas ici"),
        ({"messages": []}, openai.BadRequestError, "invalid_request", "messages", "liste vide"),
        (
            {"messages": [{"role": "user", "content": "a" * 5000}]},
            openai.BadRequestError,
            "invalid_request",
            "messages",
            "4000 caractères",
        ),
        (
            {"messages": [{"role": "user", "content": " "}]},
            openai.BadRequestError,
            "invalid_request",
            "messages",
            "la question est vide",
        ),
        (
            {"messages": [{"role": "system", "content": "Bonjour"}]},
            openai.BadRequestError,
            "invalid_request",
            "messages",
            "liste vide",
        ),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]},
            openai.BadRequestError,
            "invalid_request",
            "messages[0].content",
            "ni image",
        ),
        (
            {"messages": [{"role": "user", "content": [{"type": {}, "text": "x"}]}]},
            openai.BadRequestError,
            "invalid_request",
            "messages[0].content",
            "ni image",
        ),
        (
            {"messages": [{"role": "user", "content": [{"type": "text"}]}]},
            openai.BadRequestError,
            "invalid_request",
            "messages[0].content",
            "un texte est attendu",
        ),
        ({"n": 2}, openai.BadRequestError, "invalid_request", "n", "à choisir parmi 1"),
        (
            {"response_format": {"type": "json_object"}},
            openai.BadRequestError,
            "invalid_request",
            "response_format.type",
            "à choisir parmi",
        ),
        (
            {"extra_body": {"scheme": "nulle-part"}},
            openai.NotFoundError,
            "unknown_scheme",
            None,
            "nulle-part\u00a0» n’existe pas",
        ),
        ({"extra_body": {"commune": "99999"}}, openai.NotFoundError, "unknown_commune", None, "99999"),
        (
            {"messages": [{"role": "user", "content": "panne"}]},
            openai.InternalServerError,
            "incident",
            None,
            "incident",
        ),
        (
            {"messages": [{"role": "user", "content": "index"}]},
            openai.InternalServerError,
            "no_index",
            None,
            "assistant ingest",
        ),
    ],
)
def test_a_refusal_is_an_error_of_the_client(
    client: openai.OpenAI,
    changes: dict[str, Any],
    error: type[openai.APIStatusError],
    code: str,
    param: str | None,
    words: str,
    stream: bool,
) -> None:
    with pytest.raises(error) as raised:
        ask(client, stream=stream, **changes)
    assert (raised.value.code, raised.value.param) == (code, param)
    assert words in raised.value.message
    assert SECRET not in raised.value.message


def test_a_break_in_mid_stream_is_an_error_of_the_client(client: openai.OpenAI) -> None:
    with (
        pytest.raises(openai.APIError, match="incident") as raised,
        ask(client, stream=True, messages=[{"role": "user", "content": "coupure"}]) as stream,
    ):
        list(stream)
    assert SECRET not in str(raised.value)


def test_limits_are_errors_of_the_client() -> None:
    settings = AssistantSettings.model_construct(requests_per_minute=2, max_body_bytes=2000)
    with (
        served(create_api(FakeEngine(), settings)) as address,
        openai.OpenAI(base_url=f"{address}/v1", api_key="x", max_retries=0) as client,
    ):
        with pytest.raises(openai.APIStatusError) as large:
            ask(client, messages=[{"role": "user", "content": "a" * 2000}])
        assert (large.value.status_code, large.value.code) == (413, "request_too_large")
        ask(client)
        with pytest.raises(openai.RateLimitError) as often:
            ask(client)
        assert (often.value.type, often.value.code) == ("rate_limit_error", "rate_limit_exceeded")
        assert int(often.value.response.headers["retry-after"]) >= 1


# --- the wire, the mapping ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/nulle-part", 404, "not_found"),
        ("GET", "/v1", 404, "not_found"),
        ("GET", "/v1/chat/completions", 405, "method_not_allowed"),
    ],
)
def test_an_unknown_address_answers_in_the_same_form(method: str, path: str, status: int, code: str) -> None:
    response = TestClient(create_api(FakeEngine())).request(method, path)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert response.headers["content-type"] == "application/json"


@pytest.mark.parametrize("body", [b"{", b"", b"[]", b'"x"'])
def test_a_body_that_is_no_request_answers_in_the_same_form(body: bytes) -> None:
    response = TestClient(create_api(FakeEngine())).post(
        "/v1/chat/completions", content=body, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 400
    assert set(response.json()["error"]) == {"message", "type", "param", "code"}


def test_a_stream_on_the_wire() -> None:
    body = {"model": MODEL, "messages": ASK, "stream": True}
    response = TestClient(create_api(FakeEngine())).post("/v1/chat/completions", json=body)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    *chunks, end, rest = response.text.split("\n\n")
    assert (end, rest) == ("data: [DONE]", "")
    for chunk in chunks:
        assert json.loads(chunk.removeprefix("data: "))["object"] == "chat.completion.chunk"


def test_a_stream_that_the_client_leaves_stops_the_engine() -> None:
    engine = FakeEngine()
    body = {"model": MODEL, "messages": ASK, "stream": True}
    with served(create_api(engine)) as address:
        with httpx.stream("POST", f"{address}/v1/chat/completions", json=body) as response:
            next(response.iter_lines())
        httpx.get(f"{address}/healthz")
    assert engine.closed_streams == 1


def test_nothing_is_added_to_an_answer_without_sources() -> None:
    assert added_text(ANSWERED.model_copy(update={"citations": ()})) == ""


def test_usage_counts_words_and_punctuation() -> None:
    request = CompletionRequest.model_validate({"model": MODEL, "messages": [*ASK, *ASK]})
    usage = usage_of(request, "Oui : 30 %.")
    assert (usage.prompt_tokens, usage.completion_tokens) == (2 * 7, 5)


def test_an_empty_assistant_turn_is_left_out() -> None:
    messages = [*ASK, {"role": "assistant", "content": None}, *ASK]
    request = CompletionRequest.model_validate({"model": MODEL, "messages": messages})
    assert [message.role for message in chat_request(request).messages] == ["user", "user"]


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        ({"content": [{"type": "refusal", "refusal": "Je ne peux pas."}]}, ["Je ne peux pas."]),
        ({"content": None, "refusal": "Je ne peux pas."}, []),
        (
            {"content": [{"type": "output_text", "text": "Voici."}, {"type": "refusal", "refusal": "Non."}]},
            ["Voici.\nNon."],
        ),
    ],
)
def test_a_refusal_that_an_assistant_once_gave_is_read_as_text(
    client: openai.OpenAI, engine: FakeEngine, refused: dict[str, Any], said: list[str]
) -> None:
    messages = [
        {"role": "user", "content": "Une blague ?"},
        {"role": "assistant", **refused},
        {"role": "user", "content": "CVCB ?"},
    ]
    ask(client, messages=messages)
    assert [message.content for message in engine.requests[-1].messages] == ["Une blague ?", *said, "CVCB ?"]
