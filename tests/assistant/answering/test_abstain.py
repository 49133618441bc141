"""The reply to what isn't our subject."""

from __future__ import annotations

import pytest

from assistant.answering.abstain import not_found, out_of_scope_reply
from assistant.checking.verify import figures
from assistant.choosing.support import Confidence
from assistant.messages.asides import STARTERS
from assistant.messages.searches import COVERAGE
from assistant.reading.scope import OutOfScope
from assistant.reading.understand import Question
from corpus.fiches.catalogue import Catalogue


@pytest.mark.parametrize("reason", OutOfScope)
def test_every_reason_has_a_polite_reply_that_says_what_is_covered(reason: OutOfScope) -> None:
    reply = out_of_scope_reply(reason)
    assert reply.status == "out_of_scope"
    first, *others = reply.answer.splitlines()
    assert first.endswith(".")
    assert others == [COVERAGE]
    assert reply.follow_ups == STARTERS


@pytest.mark.parametrize("reason", OutOfScope)
def test_nothing_is_stated_so_nothing_is_cited(reason: OutOfScope) -> None:
    reply = out_of_scope_reply(reason)
    assert (reply.citations, reply.schemes, reply.eligibility) == ((), (), ())
    assert not figures(reply.answer)


def test_each_reason_is_told_apart() -> None:
    assert len({out_of_scope_reply(reason).answer for reason in OutOfScope}) == len(OutOfScope)


@pytest.mark.parametrize(("named", "kept"), [("depot-et-contacts", ()), ("cvcb", ("cvcb",))])
def test_how_to_apply_is_no_subject_to_offer(catalogue: Catalogue, named: str, kept: tuple[str, ...]) -> None:
    question = Question("…", "…", schemes=(named,))
    reply = not_found(question, (), Confidence(0.0, 0.0, named=True), catalogue)
    assert reply.schemes == kept
    assert (reply.lines[1].text == COVERAGE) is not bool(kept)
    assert catalogue.scheme("depot-et-contacts").label not in reply.answer
