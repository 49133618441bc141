"""The lines of an answer: what a kind asks of its text, and the numbers of a whole reply."""

from __future__ import annotations

from typing import get_args

import pytest
from fakes import ANSWERED, DISGUISED
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.lines import (
    LISTED_KINDS,
    TABLE_KINDS,
    Line,
    LineKind,
    before_asked,
    line,
    statement,
    table_head,
    table_row,
)
from assistant.markers import markers
from assistant.reply import Availability, CriterionResult, Eligibility, Reply

KINDS = [kind for kind in get_args(LineKind) if kind not in TABLE_KINDS]
TEXTS = st.text(alphabet=st.sampled_from("aé1 |-[]*\n\r\u2028\u00a0<>"), max_size=30)


@given(kind=st.sampled_from(KINDS), text=TEXTS, cited=st.lists(st.integers(1, 99), max_size=3))
def test_a_line_is_one_line_and_cites_what_its_markers_say(
    kind: LineKind, text: str, cited: list[int]
) -> None:
    made = line(kind, text, cited)
    assert "\n" not in made.text
    assert made.citations == tuple(dict.fromkeys(markers(made.text)))
    assert set(cited) <= set(made.citations)
    assert made.text.startswith("- ") or kind not in LISTED_KINDS
    assert made.parts == (made.body,)
    assert Line.model_validate_json(made.model_dump_json()) == made


@given(cells=st.lists(TEXTS, min_size=1, max_size=4))
def test_a_row_keeps_its_cells_whatever_they_hold(cells: list[str]) -> None:
    head, row = table_head(cells), table_row(cells)
    assert head.cells == row.cells == row.parts
    assert len(row.cells) == len(cells)
    assert row.text.count("|") == len(cells) + 1  # none of a cell's own
    assert "\n" not in row.text
    assert head.text.split("\n") == [row.text, f"| {' | '.join(['---'] * len(cells))} |"]


def test_a_list_mark_is_of_the_kind_never_of_the_text() -> None:
    assert line("item", "- deux").text == "- - deux"
    assert line("item", "- deux").body == "- deux"
    assert line("statement", "- deux").body == line("statement", "- deux").text == "- deux"


def test_a_number_in_brackets_of_a_source_is_no_marker() -> None:
    assert statement("Voir la note [3].", 1) == line("statement", "Voir la note (3).", [1])


@pytest.mark.parametrize(
    "members",
    [
        {"kind": "item", "text": "sans marque"},
        {"kind": "note", "text": "deux\nlignes"},
        {"kind": "note", "text": "un [1]", "citations": [2]},
        {"kind": "note", "text": "un [1]", "citations": []},
        {"kind": "note", "text": "| a |", "cells": ["a"]},
        {"kind": "table_row", "text": "| a |"},
        {"kind": "table_row", "text": "| a | b |", "cells": ["a"]},
        {"kind": "table_head", "text": "| a |", "cells": ["a"]},
        {"kind": "autre", "text": "a"},
    ],
)
def test_a_line_that_contradicts_itself_is_refused(members: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Line.model_validate(members)


def test_an_answer_is_its_lines_and_nothing_else() -> None:
    reply = Reply(status="answered", lines=DISGUISED)
    assert reply.answer == "\n".join(told.text for told in DISGUISED)
    dumped = reply.model_dump(mode="json")
    assert dumped["answer"] == reply.answer
    assert Reply.model_validate(dumped) == reply
    shorter = reply.model_copy(update={"lines": DISGUISED[:1]})
    assert shorter.answer == DISGUISED[0].text
    with pytest.raises(ValidationError, match="celle de ses lignes"):
        Reply.model_validate({**dumped, "answer": dumped["answer"] + " "})


def test_a_reply_without_lines_gets_those_of_its_answer() -> None:
    reply = Reply.model_validate({"status": "answered", "answer": "Un. [1]\n\n- deux\n| a |"})
    assert reply.answer == "Un. [1]\n\n- deux\n| a |"
    assert {told.kind for told in reply.lines} == {"note"}
    assert reply.lines[0].citations == (1,)


def test_a_reply_is_numbered_as_a_whole() -> None:
    shape = Eligibility(
        scheme_id="cvcb",
        verdict="undetermined",
        criteria=tuple(
            CriterionResult(label="a", verdict="met", because="b", citation=number) for number in (2, 1, None)
        ),
        missing=(),
        availability=Availability(state="unknown", as_of="2024"),
        would_change=(),
    )
    lines = (table_head(["", "a"]), table_row(["b", "c [2]"]), line("note", "d", [1, 2]))
    first, second = ANSWERED.citations
    reply = Reply(status="answered", lines=lines, citations=(first, second), eligibility=(shape,))
    swapped = reply.numbered({1: 2, 2: 1})
    assert [told.text for told in swapped.lines[1:]] == ["| b | c [1] |", "d [2][1]"]
    assert swapped.lines[1].cells == ("b", "c [1]")
    assert [(item.n, item.quote) for item in swapped.citations] == [(1, second.quote), (2, first.quote)]
    assert [item.citation for item in swapped.eligibility[0].criteria] == [1, 2, None]
    only = reply.numbered({2: 1})
    assert [item.quote for item in only.citations] == [second.quote]
    assert only.lines[2].citations == (1,)
    assert [item.citation for item in only.eligibility[0].criteria] == [1, None, None]


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("verdict", ""),
        ("verdict", "question"),
        ("verdict item", "question condition condition"),
        ("statement", "question note"),
        ("amount", "heading condition condition"),
        ("", "question item item"),
        ("heading item item", "question"),
        ("heading item item", ""),
        ("heading statement", "note"),
    ],
)
def test_what_is_asked_back_stays_whole_and_last(told: str, asked: str) -> None:
    def made(kinds: str) -> tuple[Line, ...]:
        return tuple(line(kind, kind) for kind in kinds.split())  # type: ignore[arg-type]

    more = line("caution", "Attention.")
    assert before_asked(made(f"{told} {asked}"), more) == (*made(told), more, *made(asked))
