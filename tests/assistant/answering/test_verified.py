"""What is shown of a reply once its lines are checked against what they cite."""

from __future__ import annotations

from verifiers import catalogue, citation, verifier

from assistant.answering.verified import verified_reply
from assistant.checking.reply import VerifyStep
from assistant.lines import Line, line, statement, table_head, table_row
from assistant.messages.next_steps import WHOM_TO_ASK
from assistant.messages.searches import NOT_FOUND
from assistant.messages.verdicts import CHECK_THE_FICHE
from assistant.reply import Asked, Reply, ReplyStatus

SCHEME = "videoprotection"
FIRST, SECOND, *_ = catalogue().fiche(SCHEME).sentences
CITED = tuple(
    citation(place, text, SCHEME) for place, text in enumerate(catalogue().fiche(SCHEME).sentences[:2], 1)
)
FALSE = "Le taux est de 97 %"


def shown(*lines: Line, status: ReplyStatus = "answered", choices: tuple[str, ...] = ()) -> Reply:
    reply = Reply(status=status, lines=lines, citations=CITED, schemes=(SCHEME,), choices=choices)
    return verified_reply(reply, VerifyStep(verifier(), catalogue()).check(reply, ()))


def test_what_remains_is_numbered_from_one() -> None:
    reply = shown(line("statement", FALSE, [1]), statement(CITED[1].quote, 2))
    assert [told.text for told in reply.lines] == [f"{CITED[1].quote} [1]"]
    assert [(item.n, item.quote) for item in reply.citations] == [(1, CITED[1].quote)]
    assert reply.dropped == 1


def test_sources_are_numbered_in_the_order_of_the_text() -> None:
    reply = shown(statement(CITED[1].quote, 2), statement(CITED[0].quote, 1))
    assert [told.citations for told in reply.lines] == [(1,), (2,)]
    assert [(item.n, item.quote) for item in reply.citations] == [(1, CITED[1].quote), (2, CITED[0].quote)]


def test_a_reply_without_a_sourced_line_is_an_abstention() -> None:
    reply = shown(line("statement", FALSE, [1]), line("caution", "À confirmer."))
    assert reply.status == "unanswerable"
    assert reply.answer == f"{NOT_FOUND}\n{WHOM_TO_ASK}"
    assert [told.kind for told in reply.lines] == ["unknown", "advice"]
    assert (reply.citations, reply.schemes, reply.dropped) == ((), (SCHEME,), 1)


def test_a_question_back_that_is_lost_is_no_more_asked() -> None:
    lines = (
        statement(CITED[0].quote, 1),
        line("question", "Ces conditions sont-elles toutes remplies ?"),
        line("condition", FALSE, [2]),
    )
    reply = shown(*lines, status="clarification", choices=("Oui", "Non"))
    assert (reply.status, reply.choices) == ("answered", ())
    assert reply.lines[-1] == line("advice", CHECK_THE_FICHE)
    assert "question" not in {told.kind for told in reply.lines}


def test_each_cell_rests_on_its_own_citation_whatever_bars_it_holds() -> None:
    head = table_head(["", "A", "B"])
    right = table_row(["x | y", f"{CITED[0].quote} [1]", f"{CITED[1].quote} [2]"])
    wrong = table_row(["Combien", f"{FALSE} | {FALSE} [1]", "non précisé"])
    assert shown(head, right).dropped == 0
    assert [told.kind for told in shown(head, right, wrong).lines] == ["table_head", "table_row"]
    assert shown(head, wrong).status == "unanswerable"


def test_only_the_conditions_that_are_shown_are_asked() -> None:
    lines = (
        line("question", "Ces conditions sont-elles toutes remplies ?"),
        line("condition", CITED[0].quote, [1]),
        line("condition", FALSE, [2]),
        line("condition", CITED[1].quote, [2]),
    )
    asked = Asked(about="conditions", scheme=SCHEME, criteria=(1, 4, 6))
    reply = Reply(status="clarification", lines=lines, citations=CITED, asked=asked, choices=("Oui",))
    check = VerifyStep(verifier(), catalogue()).check(reply, ())
    found = verified_reply(reply, check).asked
    assert found is not None
    assert found.criteria == (1, 6)
    lost = reply.model_copy(update={"lines": (*lines[:1], lines[2])})
    assert verified_reply(lost, VerifyStep(verifier(), catalogue()).check(lost, ())).asked is None
