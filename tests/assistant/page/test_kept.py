"""What a form keeps of a conversation: written, read back, refused when it is something else."""

from __future__ import annotations

import json

import pytest
from fakes import ANSWERED, HOSTILE, HOSTILE_REPLY, REPLIES

from assistant.page.kept import MAX_CHARS, MAX_TURNS, NOTHING_KEPT, KeptTurn, read_kept
from assistant.page.turns import PageTurn

ALL = [ANSWERED, HOSTILE_REPLY, *REPLIES.values()]


def written(turn: PageTurn) -> str:
    """The JSON of a turn, as a form holds it."""
    assert turn.reply
    kept = KeptTurn(question=turn.question, commune=turn.commune, scheme=turn.scheme, reply=turn.reply)
    return kept.model_dump_json(exclude={"reply": {"answer"}})


def conversation(*turns: str) -> str:
    return json.dumps({"turns": [json.loads(turn) for turn in turns]})


@pytest.mark.parametrize("reply", ALL)
def test_a_turn_comes_back_as_it_was(reply) -> None:
    asked = PageTurn(f"ligne\n{HOSTILE} « 1 » & \N{HOUSE BUILDING}", commune="Nieppe (Nord)")
    turn = asked.answered(reply)
    kept = read_kept(conversation(written(turn)))
    assert kept.shown() == (turn,)


GOOD = {"question": "q", "commune": None, "reply": ANSWERED.model_dump(mode="json")}


@pytest.mark.parametrize(
    "text",
    [
        "",
        HOSTILE,
        "null",
        "[]",
        json.dumps({"turns": [HOSTILE]}),
        json.dumps({"turns": [{**GOOD, "html": HOSTILE}]}),
        json.dumps({"turns": [GOOD, {**GOOD, "question": ""}]}),
        json.dumps({"turns": [{**GOOD, "question": "x" * 4_001}]}),
        json.dumps({"turns": [{**GOOD, "reply": {**GOOD["reply"], "status": "approuvé"}}]}),
        json.dumps({"turns": [GOOD] * (MAX_TURNS + 1)}),
        json.dumps({"turns": [GOOD]}) + " " * MAX_CHARS,
        json.dumps({"turns": [{**GOOD, "question": "\ud800"}]}),
        "[" * 50_000,
    ],
)
def test_anything_else_is_an_empty_conversation(text: str) -> None:
    assert read_kept(text) == NOTHING_KEPT
    assert read_kept(text).shown() == ()
