"""What the browser keeps of a conversation: written, read back, refused when it is something else."""

from __future__ import annotations

import json
import re
from html import unescape
from importlib.resources import files

import pytest
from fakes import ANSWERED, HOSTILE, HOSTILE_REPLY, REPLIES

from assistant.events import DoneEvent
from assistant.page.kept import (
    MAX_CHARS,
    MAX_TURNS,
    NOTHING_KEPT,
    kept_html,
    read_kept,
    restored_html,
    room_in,
)
from assistant.page.turns import PageTurn

ALL = [ANSWERED, HOSTILE_REPLY, *REPLIES.values()]


def written(turn: PageTurn) -> str:
    """The JSON of a turn, as a browser reads it in the page."""
    found = re.fullmatch(
        r'<div data-number="7" data-before="0" data-turn="([^"<>]*)"></div>', kept_html("7", (), turn)
    )
    assert found
    return unescape(found[1])


def conversation(*turns: str, commune: object = None) -> str:
    return json.dumps({"turns": [json.loads(turn) for turn in turns], "commune": commune})


@pytest.mark.parametrize("reply", ALL)
def test_a_turn_comes_back_as_it_was(reply) -> None:
    asked = PageTurn(f"ligne\n{HOSTILE} « 1 » & \N{HOUSE BUILDING}", commune="Nieppe (Nord)")
    turn = asked.after(DoneEvent(reply))
    kept = read_kept(conversation(written(turn), commune="59431"))
    assert kept.shown() == (turn,)
    assert kept.commune == "59431"


def test_a_turn_without_a_reply_is_only_said_to_be_over() -> None:
    before = (PageTurn("p").failed("non"),)
    over = '<div data-number="7" data-before="1"></div>'
    assert kept_html("7", before, PageTurn("q").failed(HOSTILE)) == over
    assert "<script" not in kept_html(f'"><script>{HOSTILE}', before, PageTurn("q").failed("x"))


def test_how_many_turns_came_back_is_said() -> None:
    assert restored_html(()) == '<div data-restored="0"></div>'
    assert restored_html((PageTurn("q"), PageTurn("r"))) == '<div data-restored="2"></div>'


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


@pytest.mark.parametrize(
    "commune", [HOSTILE, "59431\n", "5943", "", 59431, ["59431"], {"code": "59431"}, "9" * 10_000]
)
def test_a_commune_that_is_none_leaves_the_conversation(commune: object) -> None:
    turn = PageTurn("Et pour Nieppe ?").after(DoneEvent(ANSWERED))
    kept = read_kept(conversation(written(turn), commune=commune))
    assert kept.shown() == (turn,)
    assert kept.commune is None


def test_the_room_for_a_conversation_is_what_a_request_has_left() -> None:
    assert room_in(1_000) == 0
    assert room_in(10**9) == MAX_CHARS
    longest_question = len(json.dumps("\N{HOUSE BUILDING}" * 2_000))  # surrogates, as a browser counts
    assert 0 < room_in(100_000) <= 100_000 - longest_question


def test_the_script_keeps_no_more_turns_than_are_read_back() -> None:
    script = files("assistant.page").joinpath("kept.js").read_text(encoding="utf-8")
    assert f"const MOST_TURNS = {MAX_TURNS};" in script
