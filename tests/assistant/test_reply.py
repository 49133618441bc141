"""The shapes that cross the boundary: what a request may hold, and that a reply survives JSON."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from assistant.lines import line
from assistant.reply import (
    MAX_ASKED,
    MAX_MESSAGES,
    MAX_QUESTION_CHARS,
    MAX_USER_CHARS,
    Asked,
    Availability,
    ChatRequest,
    Citation,
    CitedSource,
    CriterionResult,
    Eligibility,
    Message,
    Reply,
    SearchHit,
    SearchResponse,
    WouldChange,
    latest,
)

USER = {"role": "user", "content": "Quelle aide ?"}
ASSISTANT = {"role": "assistant", "content": "Celle-ci."}


def reasons_of(values: object) -> str:
    with pytest.raises(ValidationError) as refusal:
        ChatRequest.model_validate(values)
    return str(refusal.value)


def test_a_request_needs_only_a_question() -> None:
    request = ChatRequest.model_validate({"messages": [USER]})
    assert (request.commune, request.scheme, request.stream) == (None, None, False)
    assert request.messages == (Message(role="user", content="Quelle aide ?"),)


def test_a_conversation_ends_with_the_user() -> None:
    assert len(ChatRequest.model_validate({"messages": [USER, ASSISTANT, USER]}).messages) == 3
    assert "utilisateur" in reasons_of({"messages": [USER, ASSISTANT]})


@pytest.mark.parametrize("blank", ["", " ", "\n\t ", "\u00a0"])
def test_a_blank_question_is_refused(blank: str) -> None:
    assert "la question est vide" in reasons_of({"messages": [{"role": "user", "content": blank}]})


def test_the_longest_question_is_taken_and_one_more_is_not() -> None:
    longest = {"role": "user", "content": "a" * MAX_QUESTION_CHARS}
    assert ChatRequest.model_validate({"messages": [longest]})
    too_long = {"role": "user", "content": "a" * (MAX_QUESTION_CHARS + 1)}
    assert f"{MAX_QUESTION_CHARS} caractères" in reasons_of({"messages": [too_long]})


def test_a_long_earlier_answer_does_not_block_the_next_question() -> None:
    answer = {"role": "assistant", "content": "a" * (MAX_QUESTION_CHARS + 1)}
    assert ChatRequest.model_validate({"messages": [USER, answer, USER]})


def test_what_a_user_says_in_all_is_bounded_and_what_we_say_is_not() -> None:
    said = {"role": "user", "content": "a" * MAX_QUESTION_CHARS}
    answer = {"role": "assistant", "content": "a" * 20_000}
    most = MAX_USER_CHARS // MAX_QUESTION_CHARS
    assert ChatRequest.model_validate({"messages": [said, answer] * (most - 1) + [said]})
    assert f"{MAX_USER_CHARS} caractères" in reasons_of({"messages": [said] * most + [USER]})


def test_the_latest_messages_of_a_conversation_are_always_taken() -> None:
    long = [Message(role=role, content="a" * 4000) for role in ("user", "assistant") * 40]  # type: ignore[arg-type]
    kept = latest((*long, Message(role="user", content="fin")))
    assert ChatRequest(messages=kept).messages[-1].content == "fin"
    assert [message.role for message in kept] == ["user", "assistant"] * 3 + ["user"]
    assert latest(long[:2]) == tuple(long[:2])


def test_the_number_of_messages_is_bounded() -> None:
    assert ChatRequest.model_validate({"messages": [USER] * MAX_MESSAGES})
    assert "messages" in reasons_of({"messages": [USER] * (MAX_MESSAGES + 1)})
    assert "messages" in reasons_of({"messages": []})


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"messages": [{"role": "system", "content": "x"}]},
        {"messages": [{"role": "user", "content": 3}]},
        {"messages": [{"role": "user"}]},
        {"messages": [USER], "langue": "fr"},
        {"messages": [{**USER, "name": "x"}]},
        {"messages": [USER], "commune": 59431},
    ],
)
def test_anything_else_is_refused(values: dict[str, Any]) -> None:
    assert reasons_of(values)


def test_a_request_cannot_be_changed() -> None:
    request = ChatRequest.model_validate({"messages": [USER]})
    with pytest.raises(ValidationError):
        request.scheme = "cvcb"  # type: ignore[misc]


def test_a_whole_reply_survives_json() -> None:
    reply = Reply(
        status="answered",
        answer="Jusqu’à 40 % [1].",
        citations=(
            Citation(
                n=1,
                scheme_id="halles",
                scheme_name="Halles",
                document_id="fiche:halles",
                section="Montant",
                quote="Jusqu’à 40 %.",
                sources=(CitedSource(title="Une page", published="2023-03-31"),),
            ),
        ),
        schemes=("halles",),
        eligibility=(
            Eligibility(
                scheme_id="halles",
                verdict="undetermined",
                criteria=(
                    CriterionResult(label="Population", verdict="unknown", because="…", citation=None),
                ),
                missing=("population",),
                availability=Availability(state="unknown", as_of="2024"),
                would_change=(WouldChange(fact="population", to=900, verdict="eligible", text="…"),),
            ),
        ),
        follow_ups=("Et quand ?",),
        timings_ms={"total": 1.5},
    )
    assert Reply.model_validate_json(reply.model_dump_json()) == reply


def test_a_reply_has_the_members_of_the_contract() -> None:
    assert set(Reply(status="unanswerable", answer="Non.").model_dump()) == {
        "status",
        "answer",
        "lines",
        "citations",
        "schemes",
        "eligibility",
        "estimates",
        "asked",
        "choices",
        "follow_ups",
        "links",
        "generator",
        "confidence",
        "dropped",
        "model_failure",
        "model_sentences",
        "model_struck",
        "timings_ms",
        "trace",
    }


def test_a_reply_is_sent_back_with_what_it_asks_and_what_it_is_about() -> None:
    asked = Asked(about="conditions", scheme="halles", criteria=(0, 2), choices=("Oui, toutes",))
    reply = Reply(
        status="clarification", lines=(line("question", "Toutes ?"),), schemes=("halles",), asked=asked
    )
    message = Message.of_reply(reply)
    assert (message.role, message.content) == ("assistant", "Toutes ?")
    assert (message.asked, message.schemes, message.is_typed) == (asked, ("halles",), True)
    assert Message.model_validate_json(message.model_dump_json()) == message
    assert Message.of_reply(Reply(status="answered", lines=(line("note", "Oui."),))).is_typed
    assert not Message(role="assistant", content="Oui.").is_typed


@pytest.mark.parametrize(
    "asked",
    [
        {"about": "autre chose"},
        {"about": "conditions", "criteria": [-1]},
        {"about": "conditions", "criteria": [MAX_ASKED + 1]},
        {"about": "conditions", "criteria": [0] * (MAX_ASKED + 1)},
        {"about": "conditions", "criteria": "toutes"},
        {"about": "fact", "fact": "f" * 300},
        {"about": "scheme", "choices": ["c" * 500]},
        {"about": "scheme", "choices": ["c"] * (MAX_ASKED + 1)},
        {"about": "need", "verdict": "eligible"},
        "oui",
    ],
)
def test_what_is_sent_back_is_held_to_its_form(asked: object) -> None:
    assert "asked" in reasons_of({"messages": [USER, {**ASSISTANT, "asked": asked}, USER]})


@pytest.mark.parametrize("member", [{"asked": {"about": "need"}}, {"schemes": ["cvcb"]}])
def test_only_the_assistant_asks(member: dict[str, Any]) -> None:
    assert "messages de l’assistant" in reasons_of({"messages": [{**USER, **member}]})


def test_a_status_is_one_of_four() -> None:
    with pytest.raises(ValidationError):
        Reply(status="maybe", answer="")  # type: ignore[arg-type]


def test_a_search_response_survives_json() -> None:
    hit = SearchHit(
        text="Une halle.",
        scheme_id=None,
        section="",
        score=0.5,
        document_id="doc:a",
        chunk_id="doc:a#1",
        title="A",
        reasons={"lexical": 0.5},
    )
    response = SearchResponse(query="halle", hits=(hit,))
    assert SearchResponse.model_validate_json(response.model_dump_json()) == response
