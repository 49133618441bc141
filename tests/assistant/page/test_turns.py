"""How events fill a turn, what of a conversation goes with the next question, what is copied of it."""

from __future__ import annotations

from fakes import ANSWERED, HOSTILE_REPLY, LINES, REPLIES

from assistant.events import CitationsEvent, DeltaEvent, DoneEvent, StatusEvent, told
from assistant.lines import line
from assistant.page.turns import PageTurn, messages_for, turn_markdown
from assistant.reply import MAX_MESSAGES, Asked, ChatRequest, Citation, CitedSource, Reply


def test_events_fill_a_turn() -> None:
    turn = PageTurn("q").after(StatusEvent("answered"))
    assert turn.after(DeltaEvent("Ou")) is turn  # nothing is shown of a line that isn't whole
    shown = []
    for event in told(LINES):
        turn = turn.after(event)
        shown.append(turn.lines)
    assert set(shown) == {LINES[:many] for many in range(len(LINES) + 1)}
    assert not turn.is_over
    turn = turn.after(CitationsEvent(ANSWERED.citations)).after(DoneEvent(ANSWERED))
    assert turn.is_over
    assert turn.lines == ANSWERED.lines
    assert turn.proposals == ANSWERED.follow_ups


def test_choices_come_before_follow_ups() -> None:
    assert PageTurn("q").after(DoneEvent(REPLIES["préciser"])).proposals == ("Le CVCB", "La vidéoprotection")
    assert PageTurn("q").proposals == ()


def test_answered_turns_go_with_the_next_question() -> None:
    before = (PageTurn("a").after(DoneEvent(ANSWERED)), PageTurn("b").failed("Pas d’index."))
    messages = messages_for(before, "c")
    assert [(message.role, message.content) for message in messages] == [
        ("user", "a"),
        ("assistant", ANSWERED.answer),
        ("user", "c"),
    ]


def test_long_questions_lose_the_oldest_turns_too() -> None:
    before = tuple(PageTurn(f"{n} " + "a" * 3000).after(DoneEvent(ANSWERED)) for n in range(9))
    messages = messages_for(before, "fin")
    said = [message.content for message in ChatRequest(messages=messages).messages if message.role == "user"]
    assert [text[0] for text in said] == ["4", "5", "6", "7", "8", "f"]
    assert messages[0].role == "user"


def test_a_long_conversation_loses_its_oldest_turns_only() -> None:
    before = tuple(PageTurn(f"q{n}").after(DoneEvent(ANSWERED)) for n in range(60))
    messages = messages_for(before, "fin")
    assert len(messages) <= MAX_MESSAGES
    assert (messages[0].role, messages[-2].content) == ("user", ANSWERED.answer)
    assert ChatRequest(messages=messages).messages[-3].content == "q59"


def test_what_was_asked_goes_back_with_the_answer() -> None:
    asked = Asked(about="scheme", choices=("Le CVCB",))
    reply = REPLIES["préciser"].model_copy(update={"asked": asked})
    _, before, _ = messages_for((PageTurn("a").after(DoneEvent(reply)),), "c")
    assert (before.asked, before.schemes) == (asked, reply.schemes)


# --- what is copied of a turn -----------------------------------------------------------------------


def whole(reply: Reply) -> PageTurn:
    return PageTurn("Une aide ?").after(DoneEvent(reply))


def test_question_answer_and_sources_are_there() -> None:
    source = CitedSource(
        title="Une page", publisher="Région", url="https://example.org/a", published="2023-07-07"
    )
    citation = Citation(
        n=1,
        scheme_id="cvcb",
        scheme_name="CVCB",
        document_id="d",
        section="Montant",
        quote="50 %",
        sources=(source,),
    )
    reply = Reply(
        status="answered", lines=(line("statement", "La Région paie 50 %.", [1]),), citations=(citation,)
    )
    text = turn_markdown(whole(reply))
    assert text.startswith("## Une aide ?\n\nLa Région paie 50 %. [1]\n\n### Sources citées\n\n")
    assert "- [1] CVCB, Montant\u00a0: «\u00a050 %\u00a0»" in text
    assert "    - Une page, Région, 7 juillet 2023, <https://example.org/a>" in text


def test_an_answer_without_source_has_no_list() -> None:
    assert "### " not in turn_markdown(whole(REPLIES["piscine"]))


def test_an_address_that_is_none_of_the_web_is_left_out() -> None:
    assert "javascript:" not in turn_markdown(whole(HOSTILE_REPLY)).replace(
        HOSTILE_REPLY.citations[0].quote, ""
    )
