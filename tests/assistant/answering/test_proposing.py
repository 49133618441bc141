"""The only aid that may be meant is answered for under its name; nobody is told that they may have it."""

from __future__ import annotations

import time

import pytest
from small_corpus import ask

from assistant.answering.engine import Engine
from assistant.answering.proposing import only_refusing, propose, with_supposition
from assistant.answering.steps import ANSWER, COMPOSING, FINDING, UNDERSTANDING, run
from assistant.answering.turn import Turn, reached
from assistant.lines import line
from assistant.messages import NOT_FOUND, NOT_THIS_ONE, THIS_AID
from assistant.reply import Availability, Eligibility, Reply, Verdict
from corpus.fiches.catalogue import Catalogue


def judged(verdict: Verdict) -> Reply:
    shape = Eligibility(
        scheme_id="cvcb",
        verdict=verdict,
        criteria=(),
        missing=(),
        availability=Availability(state="unknown", as_of="2024"),
        would_change=(),
    )
    return Reply(status="answered", lines=(line("verdict", "…"),), eligibility=(shape,))


@pytest.mark.parametrize(
    ("verdict", "is_told"), [("eligible", False), ("undetermined", False), ("not_eligible", True)]
)
def test_of_an_aid_that_may_not_be_meant_only_a_refusal_is_told(verdict: Verdict, is_told: bool) -> None:
    base = Reply(status="answered", lines=(line("note", "…"),))
    assert bool(only_refusing(base, judged(verdict)).eligibility) is is_told


def test_what_has_no_source_stays_as_it_is(catalogue: Catalogue) -> None:
    reply = Reply(status="unanswerable", lines=(line("unknown", NOT_FOUND),))
    assert with_supposition(reply, catalogue.scheme("cvcb")) == reply


def test_the_only_aid_that_may_be_meant_is_answered_for_under_its_name(small_engine: Engine) -> None:
    request = ask("Combien pour couvrir la place du marché ?")
    knowledge = small_engine.knowledge
    turn = run((*UNDERSTANDING, *FINDING), knowledge, Turn(request=request, started=time.perf_counter()))
    turn = propose(knowledge, turn, ("halles",))
    reply = reached(run([step for step in COMPOSING if step in ANSWER][1:], knowledge, turn).reply)
    opening, *answer = reply.lines
    assert opening.kind == "heading"
    assert "halles" in opening.text
    assert any("60 000 €" in item.text for item in answer)
    assert reply.lines[-1] == line("question", THIS_AID)
    assert reply.choices[-1] == NOT_THIS_ONE
    assert not reply.eligibility
