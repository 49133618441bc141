"""How events fill a turn, and what of a conversation goes with the next question."""

from __future__ import annotations

from fakes import ANSWERED, REPLIES

from assistant.events import CitationsEvent, DeltaEvent, DoneEvent, StatusEvent
from assistant.page.turns import Turn, messages_for
from assistant.reply import MAX_MESSAGES, ChatRequest


def test_events_fill_a_turn() -> None:
    turn = Turn("q").after(StatusEvent("answered")).after(DeltaEvent("Ou")).after(DeltaEvent("i."))
    assert (turn.status, turn.answer, turn.is_over) == ("answered", "Oui.", False)
    turn = turn.after(CitationsEvent(ANSWERED.citations)).after(DoneEvent(ANSWERED))
    assert turn.is_over
    assert turn.answer == ANSWERED.answer
    assert turn.proposals == ANSWERED.follow_ups


def test_choices_come_before_follow_ups() -> None:
    assert Turn("q").after(DoneEvent(REPLIES["préciser"])).proposals == ("Le CVCB", "La vidéoprotection")
    assert Turn("q").proposals == ()


def test_answered_turns_go_with_the_next_question() -> None:
    before = (Turn("a").after(DoneEvent(ANSWERED)), Turn("b").failed("Pas d’index."))
    messages = messages_for(before, "c")
    assert [(message.role, message.content) for message in messages] == [
        ("user", "a"),
        ("assistant", ANSWERED.answer),
        ("user", "c"),
    ]


def test_a_long_conversation_loses_its_oldest_turns_only() -> None:
    before = tuple(Turn(f"q{n}").after(DoneEvent(ANSWERED)) for n in range(60))
    messages = messages_for(before, "fin")
    assert len(messages) <= MAX_MESSAGES
    assert (messages[0].role, messages[-2].content) == ("user", ANSWERED.answer)
    assert ChatRequest(messages=messages).messages[-3].content == "q59"
