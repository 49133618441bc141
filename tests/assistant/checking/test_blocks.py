"""What goes with a line that is dropped: a heading without its items, a table without its rows."""

from __future__ import annotations

import pytest

from assistant.checking.blocks import asked_back, remaining
from assistant.lines import Line, line, table_head, table_row

HEADED = (
    line("unknown", "Ce n’est pas publié."),
    line("heading", "Ce que disent nos sources :"),
    line("statement", "Une phrase.", [1]),
    line("statement", "Une autre.", [2]),
    line("advice", "Demandez à la Région."),
)
TABLE = (
    line("heading", "Deux dispositifs :"),
    table_head(["", "A", "B"]),
    table_row(["Pour qui", "a [1]", "b [2]"]),
    table_row(["---", "---", "---"]),
    line("caution", "Une règle de 2023.", [1]),
)
ASKED = (
    line("verdict", "Je ne sais pas encore."),
    line("reason", "Moins de 2 000 habitants.", [1]),
    line("question", "Ces conditions sont-elles toutes remplies ?"),
    line("condition", "Le projet est-il neuf ?", [2]),
    line("condition", "Est-il au centre ?", [3]),
)


@pytest.mark.parametrize(
    ("lines", "failed", "left"),
    [
        (HEADED, {2}, [0, 1, 3, 4]),
        (HEADED, {2, 3}, [0, 4]),
        (HEADED, {1}, [0, 2, 3, 4]),
        ((HEADED[0], HEADED[1], HEADED[4]), set(), [0, 2]),
        (HEADED[:2], set(), [0]),
        (TABLE, {2}, [0, 1, 3, 4]),
        (TABLE, {2, 3}, [4]),
        (TABLE, {1}, [4]),
        (TABLE, {4}, [0, 1, 2, 3]),
        (ASKED, {3}, [0, 1, 2, 4]),
        (ASKED, {3, 4}, [0, 1]),
        (ASKED, {1}, [0, 2, 3, 4]),
    ],
)
def test_what_stands_or_falls_together(lines: tuple[Line, ...], failed: set[int], left: list[int]) -> None:
    assert remaining(lines, failed) == left


@pytest.mark.parametrize("text", ["Voici :", "Est-ce vrai ?", "- un point :", "| a | b |"])
def test_a_sentence_of_a_source_leads_nothing_whatever_its_text(text: str) -> None:
    lines = (
        line("statement", text, [1]),
        line("statement", "Une phrase.", [2]),
        line("item", "un point", [3]),
    )
    assert remaining(lines, {1, 2}) == [0]


def test_the_question_back_is_the_last_one_with_its_list() -> None:
    assert asked_back(ASKED) == range(2, 5)
    assert not asked_back(HEADED)
    assert asked_back((line("statement", "Pourquoi ?", [1]),)) == range(0)
