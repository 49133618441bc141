"""A reading as probabilities: the likeliest act and aspect, and those of the questions inside a message."""

from __future__ import annotations

from acts_builders import reading


def test_the_likeliest_is_told() -> None:
    read = reading("compare", amount=0.6, when=0.4)
    assert (read.act, read.aspect) == ("compare", "amount")


def test_several_aspects_come_from_doubt_and_from_several_questions() -> None:
    read = reading("ask_scheme", amount=0.5, when=0.3, who=0.2)
    assert read.aspects_from(0.25) == ("amount", "when")
    assert read.aspects_from(0.9) == ("amount",)
    both = reading(parts=(reading(how=0.8, who=0.2),), amount=0.7, how=0.3)
    assert both.aspects_from(0.9) == ("how", "amount")
