"""The JUnit file, read back as a CI server does."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from fakes import HOSTILE
from hypothesis import given
from hypothesis import strategies as st
from run_builders import AT, make_reply, measured, run_of

from evaluation.judging.result import RunResult
from evaluation.reports.junit import junit_xml


def read(result: RunResult) -> ET.Element:
    return ET.fromstring(junit_xml(result).encode("utf-8"))


def test_one_test_case_a_question() -> None:
    suite = read(
        run_of(
            measured("direct-001", seconds=0.25),
            measured("sms-002", "statut answered, attendu unanswerable", "fait absent : 30 %", seconds=1.5),
            measured("multi-003", seconds=None),
        )
    )
    assert suite.tag == "testsuite"
    assert suite.attrib == {
        "name": "evaluation dev",
        "tests": "3",
        "failures": "1",
        "errors": "0",
        "timestamp": AT,
        "time": "1.750",
    }
    cases = [(case.get("classname"), case.get("name"), case.get("time")) for case in suite]
    assert cases == [
        ("direct", "direct-001", "0.250"),
        ("sms", "sms-002", "1.500"),
        ("multi", "multi-003", "0.000"),
    ]
    assert [len(case) for case in suite] == [0, 1, 0]


def test_a_failure_says_why_and_shows_the_question_and_the_answer() -> None:
    result = run_of(
        measured(
            "multi-001",
            "fait absent : 30 %",
            "renvoi [3] sans citation",
            turns=("Le CVCB ?", "Et le taux ?"),
            reply=make_reply("Je ne sais pas.\nDésolé."),
        )
    )
    failure = read(result).find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "fait absent : 30 % ; renvoi [3] sans citation"
    assert failure.text == "Le CVCB ?\nEt le taux ?\n\nJe ne sais pas.\nDésolé."


def test_a_question_without_a_reply_shows_its_error() -> None:
    result = run_of(measured("direct-001", "erreur : statut HTTP 500", error="statut HTTP 500 sur /api/chat"))
    failure = read(result).find("testcase/failure")
    assert failure is not None
    assert failure.text is not None
    assert failure.text.endswith("\n\nstatut HTTP 500 sur /api/chat")


def test_a_run_stopped_half_way_is_an_error() -> None:
    suite = read(run_of(measured("direct-001"), planned=5, stopped="« http://x » ne répond plus."))
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("1", "0", "1")
    assert suite.findtext("system-err") == "« http://x » ne répond plus."


def test_an_empty_run_is_a_file_too() -> None:
    suite = read(run_of(planned=3, stopped="« http://x » ne répond plus."))
    assert (suite.get("tests"), suite.get("errors"), suite.findall("testcase")) == ("0", "1", [])


def test_the_file_declares_itself_and_keeps_accents() -> None:
    text = junit_xml(run_of(measured("direct-001", "fait absent : œuvre")))
    assert text.lower().startswith("<?xml version='1.0' encoding='utf-8'?>")
    assert "fait absent : œuvre" in text


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x1b", "\x0b", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_replaced(sign: str) -> None:
    result = run_of(
        measured("direct-001", f"a{sign}b", turns=(f"c{sign}d",), reply=make_reply("x")),
        planned=2,
        stopped=f"e{sign}f",
    )
    suite = read(result)
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "a\ufffdb"
    assert failure.text == "c\ufffdd\n\nx"
    assert suite.findtext("system-err") == "e\ufffdf"


def test_markup_in_an_answer_is_text() -> None:
    result = run_of(measured("direct-001", HOSTILE, reply=make_reply(f"]]>{HOSTILE}\n<failure/>&amp;")))
    failure = read(result).find("testcase/failure")
    assert failure is not None
    assert len(failure) == 0
    assert failure.get("message") == HOSTILE
    assert failure.text is not None
    assert failure.text.endswith(f"]]>{HOSTILE}\n<failure/>&amp;")


@given(st.text(min_size=1).filter(str.strip), st.text())
def test_any_text_gives_a_file_that_can_be_read(turn: str, answer: str) -> None:
    suite = read(run_of(measured("direct-001", answer, turns=(turn,), reply=make_reply(answer))))
    assert suite.get("failures") == "1"
