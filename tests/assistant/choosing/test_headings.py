"""What stands under the headings of plain pages, as the shipped reader tells it."""

from __future__ import annotations

import pytest
from acts_builders import reading

from assistant.choosing.headings import Headings
from assistant.reading.acts import ReadAct
from assistant.reading.intents import Intent


@pytest.fixture(scope="module")
def shipped() -> Headings:
    return Headings.load()


@pytest.mark.parametrize(
    ("heading", "intent"),
    [
        ("Quel est le montant de l’aide ?", Intent.HOW_MUCH),
        ("Qui peut en bénéficier ?", Intent.WHO),
        ("Dates de dépôt des dossiers", Intent.WHEN),
        ("Comment déposer une demande", Intent.HOW),
        ("Dépenses non prises en charge", Intent.EXCLUDED),
        ("Pour qui ?", Intent.WHO),
        ("Renseignements", Intent.HOW),
        ("Calendrier", Intent.WHEN),
    ],
)
def test_a_heading_tells_what_it_holds(shipped: Headings, heading: str, intent: Intent) -> None:
    held = shipped.hold(heading)
    assert max(held, key=lambda key: held[key]) is intent


def test_a_heading_is_read_once() -> None:
    asked: list[str] = []

    def read(text: str) -> ReadAct:
        asked.append(text)
        return reading(amount=1.0)

    headings = Headings(read)
    assert headings.hold("Taux") is headings.hold("Taux")
    assert asked == ["Taux"]


def test_a_heading_answers_the_aspect_that_is_asked_alone(shipped: Headings) -> None:
    """Whom to call and what to send are both the way to ask; a heading holds one of them."""
    how, contact = reading(how=1.0), reading(contact=1.0)
    assert shipped.agree("Composition du dossier", how) > 0.5 > shipped.agree("Renseignements", how)
    assert shipped.agree("Renseignements", contact) > 0.5 > shipped.agree("Composition du dossier", contact)
