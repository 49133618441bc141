"""What of a conversation goes with the next question, and what it proposes."""

from __future__ import annotations

from fakes import ANSWERED, REPLIES

from assistant.page.turns import PageTurn, messages_for
from assistant.reply import MAX_MESSAGES, Asked, ChatRequest


def test_choices_come_before_follow_ups() -> None:
    assert PageTurn("q").answered(REPLIES["préciser"]).proposals == ("Le CVCB", "La vidéoprotection")
    assert PageTurn("q").proposals == ()


def test_answered_turns_go_with_the_next_question() -> None:
    before = (PageTurn("a").answered(ANSWERED), PageTurn("b").failed("Pas d’index."))
    messages = messages_for(before, "c")
    assert [(message.role, message.content) for message in messages] == [
        ("user", "a"),
        ("assistant", ANSWERED.answer),
        ("user", "c"),
    ]


def test_long_questions_lose_the_oldest_turns_too() -> None:
    before = tuple(PageTurn(f"{n} " + "a" * 3000).answered(ANSWERED) for n in range(9))
    messages = messages_for(before, "fin")
    said = [message.content for message in ChatRequest(messages=messages).messages if message.role == "user"]
    assert [text[0] for text in said] == ["4", "5", "6", "7", "8", "f"]
    assert messages[0].role == "user"


def test_a_long_conversation_loses_its_oldest_turns_only() -> None:
    before = tuple(PageTurn(f"q{n}").answered(ANSWERED) for n in range(60))
    messages = messages_for(before, "fin")
    assert len(messages) <= MAX_MESSAGES
    assert (messages[0].role, messages[-2].content) == ("user", ANSWERED.answer)
    assert ChatRequest(messages=messages).messages[-3].content == "q59"


def test_what_was_asked_goes_back_with_the_answer() -> None:
    asked = Asked(about="scheme", choices=("Le CVCB",))
    reply = REPLIES["préciser"].model_copy(update={"asked": asked})
    _, before, _ = messages_for((PageTurn("a").answered(reply),), "c")
    assert (before.asked, before.schemes) == (asked, reply.schemes)
