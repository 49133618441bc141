"""A question pasted, sent or typed in another way gets the reply of the plain one, in chat and in search."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from small_corpus import ask

from assistant.answering.engine import Engine

pytestmark = pytest.mark.slow

QUESTION = "Quel est le montant de l’aide à la rénovation des halles de marché ?"
WAYS = {
    "decomposed": unicodedata.normalize("NFD", QUESTION),
    "one letter decomposed": QUESTION.replace("é", "e\u0301", 1),
    "entities": QUESTION.replace("é", "&eacute;").replace("à", "&#224;").replace("’", "&rsquo;"),
    "percent-encoded": quote(QUESTION, safe=" ?"),
    "read as Windows": QUESTION.encode().decode("cp1252"),
    "read as Latin-1": QUESTION.encode().decode("latin-1"),
    "cut at a line's end": QUESTION.replace("rénova", "rénova-\n").replace("mon", "mon-\n"),
    "soft hyphens": QUESTION.replace("ova", "\u00adova").replace("ar", "a\u00adr"),
    "zero-width": QUESTION.replace("a", "a\u200b"),
    "right to left": f"\u202b{QUESTION}\u202c",
    "spaced out": QUESTION.replace(" ", " \u00a0 "),
}


@pytest.mark.parametrize("written", WAYS.values(), ids=WAYS)
def test_reply_and_passages_are_those_of_the_plain_question(small_engine: Engine, written: str) -> None:
    plain, reply = small_engine.reply(ask(QUESTION)), small_engine.reply(ask(written))
    assert plain.status == "answered"
    assert (reply.status, reply.answer, reply.schemes) == (plain.status, plain.answer, plain.schemes)
    assert small_engine.search(written) == small_engine.search(QUESTION)


def test_what_is_off_our_subject_is_seen_through_its_wrapping(small_engine: Engine) -> None:
    for written in ("Quelle est la m&eacute;t&eacute;o demain ?", "Quelle est la mé\u200btéo demain ?"):
        assert small_engine.reply(ask(written)).status == "out_of_scope"
