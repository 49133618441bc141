"""What asks for a note or a summary of the conversation, and what names something else."""

from __future__ import annotations

import pytest

from assistant.reading.note_asked import asks_for_note


@pytest.mark.parametrize(
    "text",
    [
        "fais une note pour le conseil",
        "Peux-tu me faire une note pour le conseil municipal, s’il te plaît ?",
        "résume",
        "Résumé ?",
        "tu peux résumer ?",
        "Pourriez-vous résumer la conversation ?",
        "Il me faut une note Word",
        "Faites-nous la synthèse de tout cela",
        "récapitule stp",
    ],
)
def test_a_note_is_asked(text: str) -> None:
    assert asks_for_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "résume le CVCB",
        "Résumez l’aide à la vidéoprotection",
        "c’est noté, merci",
        "je note",
        "Le conseil municipal doit-il délibérer ?",
        "Quelle note faut-il pour être retenu ?",
        "une note de 12 sur 20",
        "",
        "résume " * 100,
    ],
)
def test_something_else_is(text: str) -> None:
    assert not asks_for_note(text)
