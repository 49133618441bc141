"""Questions offered with one click: what they send is what they show, and hostile text stays text."""

from __future__ import annotations

import re
from html import unescape
from importlib.resources import files

from fakes import ANSWERED, HOSTILE, HOSTILE_REPLY, REPLIES

from assistant.api.texts import EXAMPLE_QUESTIONS
from assistant.events import DoneEvent
from assistant.page import texts
from assistant.page.proposals import proposals_html, starters_html
from assistant.page.turns import PageTurn
from assistant.reply import Reply


def offered(html: str) -> list[str]:
    """What the buttons send."""
    return [unescape(question) for question in re.findall(r'data-question="([^"]*)"', html)]


def after(reply: Reply) -> str:
    return proposals_html((PageTurn("avant").failed("non"), PageTurn("q").after(DoneEvent(reply))))


def test_the_starters_come_under_their_theme() -> None:
    html = starters_html()
    assert html.count("<h3>") == len(texts.EXAMPLES)
    assert offered(html) == [question for questions in texts.EXAMPLES.values() for question in questions]


def test_choices_and_follow_ups_come_under_their_own_title() -> None:
    assert offered(after(ANSWERED)) == list(ANSWERED.follow_ups)
    assert texts.FOLLOW_UPS in after(ANSWERED)
    assert offered(after(REPLIES["préciser"])) == ["Le CVCB", "La vidéoprotection"]
    assert texts.CHOICES in after(REPLIES["préciser"])


def test_nothing_is_proposed_before_an_answer_or_without_one() -> None:
    assert proposals_html(()) == ""
    assert proposals_html((PageTurn("q"),)) == ""
    assert proposals_html((PageTurn("q").failed("non"),)) == ""
    assert after(REPLIES["piscine"]) == ""


def test_hostile_text_stays_text() -> None:
    html = after(HOSTILE_REPLY)
    assert offered(html) == [HOSTILE]
    assert "<script" not in html
    assert "<img" not in html


def test_the_widget_starts_with_the_examples_of_the_page() -> None:
    script = files("assistant.page").joinpath("widget", "widget.js").read_text(encoding="utf-8")
    for question in EXAMPLE_QUESTIONS:
        assert question.replace("\u00a0", " ") in script


def test_no_punctuation_of_the_demonstration_is_cut_from_its_word() -> None:
    page = files("assistant.page").joinpath("widget", "demo.html").read_text(encoding="utf-8")
    assert re.search(r" [?!:;»]", page.partition("<body>")[2]) is None
