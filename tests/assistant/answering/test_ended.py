"""Of a closed aid, that it ended is told first, and nothing of what it gave."""

from __future__ import annotations

from verdict_builders import catalogue

from assistant.answering.ended import ended_first, is_closed

SAID = [
    ("50,8 % sont allés aux communes.", "Chiffres clés"),
    ("Une politique.", "Objet"),
    ("Finie.", "Calendrier"),
]


def test_the_end_of_a_closed_aid_comes_before_what_it_was() -> None:
    assert [text for text, _ in ended_first(SAID, lambda item: item[1])] == ["Finie.", "Une politique."]
    assert ended_first(SAID[:1], lambda item: item[1]) == SAID[:1]  # nothing else is known


def test_a_scheme_is_closed_as_its_fiche_says() -> None:
    assert is_closed("pradet", catalogue())
    assert not is_closed("plan-arbres", catalogue())
    assert not is_closed(None, catalogue())
