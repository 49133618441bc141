"""What is copied of a turn: question, answer, every source with its date; nothing hostile as a link."""

from __future__ import annotations

from fakes import HOSTILE_REPLY, REPLIES

from assistant.page.export import turn_markdown
from assistant.page.turns import Turn
from assistant.reply import Citation, CitedSource, Reply


def turn(reply: Reply) -> Turn:
    return Turn("Une aide ?", reply.status, reply.answer, reply.citations, reply)


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
    reply = Reply(status="answered", answer="La Région paie 50 %. [1]", citations=(citation,))
    text = turn_markdown(turn(reply))
    assert text.startswith("## Une aide ?\n\nLa Région paie 50 %. [1]\n\n### Sources citées\n\n")
    assert "- [1] CVCB, Montant\u00a0: «\u00a050 %\u00a0»" in text
    assert "    - Une page, Région, 7 juillet 2023, <https://example.org/a>" in text


def test_an_answer_without_source_has_no_list() -> None:
    assert "### " not in turn_markdown(turn(REPLIES["piscine"]))


def test_an_address_that_is_none_of_the_web_is_left_out() -> None:
    assert "javascript:" not in turn_markdown(turn(HOSTILE_REPLY)).replace(
        HOSTILE_REPLY.citations[0].quote, ""
    )
