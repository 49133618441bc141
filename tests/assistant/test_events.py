"""The pieces of a streamed answer: joined they give it, and each line comes with its last piece."""

from __future__ import annotations

from fakes import DISGUISED, LINES
from hypothesis import given
from hypothesis import strategies as st

from assistant.events import told
from assistant.lines import Line, line, table_head, table_row

SOME_LINES = st.lists(
    st.one_of(
        st.text(max_size=20).map(lambda text: line("statement", text)),
        st.text(max_size=20).map(lambda text: line("condition", text)),
        st.lists(st.text(max_size=9), min_size=1, max_size=3).map(table_head),
        st.lists(st.text(max_size=9), min_size=1, max_size=3).map(table_row),
    ),
    max_size=5,
)


@given(SOME_LINES)
def test_the_pieces_make_the_answer_and_end_its_lines(lines: list[Line]) -> None:
    events = list(told(lines))
    assert "".join(event.text for event in events) == "\n".join(made.text for made in lines)
    assert [event.line for event in events if event.line is not None] == lines


def test_words_come_one_by_one() -> None:
    events = list(told((*LINES, *DISGUISED)))
    assert all(len(event.text.split()) <= 1 for event in events)
    assert len(events) > 40
