"""The only aid that may be meant is answered for under its name; nobody is told that they may have it."""

from __future__ import annotations

import time

import pytest
from small_corpus import ask

from assistant.answering.engine import Engine
from assistant.answering.proposing import is_clear, only_refusing, propose, standing_out, with_supposition
from assistant.answering.steps import ANSWER, COMPOSING, FINDING, UNDERSTANDING, run
from assistant.answering.turn import Turn, reached
from assistant.lines import line
from assistant.messages.questions import NOT_THIS_ONE, THIS_AID
from assistant.messages.searches import NOT_FOUND
from assistant.reply import Availability, Eligibility, Reply, Verdict
from assistant.search.nearest import Near
from assistant.search.schemes import RankedScheme
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


def item(name: str, likelihood: float, passage: float = 0.5, near: float = 0.6) -> RankedScheme:
    return RankedScheme(
        name, 0.0, has_topic=True, likelihood=likelihood, passage=passage, near=Near(near, near, near, near)
    )


@pytest.mark.parametrize(
    ("first", "passage", "near", "kept"),
    [
        ("etat-detr-dsil", 0.9, 0.7, ("programme-national-ponts",)),
        ("etat-detr-dsil", 0.7, 0.7, ("etat-detr-dsil", "programme-national-ponts")),
        ("etat-detr-dsil", 0.9, 0.62, ("etat-detr-dsil", "programme-national-ponts")),
        ("cvcb", 0.9, 0.7, ("cvcb", "programme-national-ponts")),
    ],
)
def test_an_aid_to_everything_does_not_keep_back_the_one_spoken_of(
    catalogue: Catalogue, first: str, passage: float, near: float, kept: tuple[str, ...]
) -> None:
    ranked = [
        item(first, 0.7),
        item("programme-national-ponts", 0.2, passage, near),
        item("halles", 0.1, 2.0),
    ]
    names = (first, "programme-national-ponts")
    assert tuple(standing_out(names, ranked, catalogue)) == kept


@pytest.mark.parametrize(
    ("name", "likelihood", "has_topic", "is_told"),
    [
        ("cvcb", 0.95, True, True),
        ("cvcb", 0.95, False, False),
        ("cvcb", 0.8, True, False),
        ("halles", 0.95, True, False),
    ],
)
def test_an_aid_on_the_need_told_that_no_other_rivals_is_clear(
    name: str, likelihood: float, *, has_topic: bool, is_told: bool
) -> None:
    assert is_clear(name, [RankedScheme("cvcb", 0.0, has_topic, likelihood)]) is is_told
