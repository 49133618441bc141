"""What is said of a rule or of a call that is old, closed or without a date."""

from __future__ import annotations

from assistant.messages.french import NBSP, quoted

CLOSED_OPENING = f"Attention{NBSP}: d’après nos sources"
CLOSED_NOW = "D’après nos sources, ce dispositif n’est plus ouvert."
NOT_VERIFIED = (
    f"L’ouverture actuelle de l’aide n’a pas été vérifiée{NBSP}: faites-la confirmer avant de décider."
)


def age_caution(label: str, year: int, markers: str) -> str:
    """Say that a rule is of a past year and that nothing proves it still holds."""
    return (
        f"Règle de {year} pour {quoted(label)}, reconduction non vérifiée{NBSP}: faites-la confirmer avant "
        f"de décider. {markers}"
    )


def no_longer_open(label: str, successor: str | None, period: str | None) -> str:
    """Say that a scheme is closed, which one has replaced it, and when it was last open."""
    replaced = f", remplacé par {quoted(successor)}" if successor else ""
    text = f"D’après nos sources, {quoted(label)} n’est plus ouvert{replaced}."
    return f"{text} {period}" if period else text


def dates_to_note(label: str) -> str:
    """Offer the dates of a scheme for a calendar."""
    return f"Ajouter les dates de {quoted(label)} à mon agenda (.ics)"


def no_date(label: str) -> str:
    """Say that no source gives a date."""
    return f"Nos sources ne donnent pas de date de dépôt pour {quoted(label)}."


def closed_caution(label: str, markers: str) -> str:
    """Say that a scheme is closed as far as the sources tell."""
    return f"{CLOSED_OPENING}, {quoted(label)} n’est plus ouvert. {markers}"


def past_caution(markers: str, *, alone: bool) -> str:
    """Say that the last day of what is cited is over: one page (``alone``), or some of it."""
    what = "de ce dispositif est passée." if alone else f"est passée pour ce qui est cité ici{NBSP}:"
    return f"{CLOSED_OPENING}, la date limite {what} {markers}"


def rule_of(year: int, markers: str) -> str:
    """Say the year of the rule that a verdict rests on."""
    return f"Règle de {year}, reconduction non vérifiée{NBSP}: faites-la confirmer avant de décider.{markers}"


def takes_no_more(label: str) -> str:
    """Say that a scheme takes no new request, instead of a verdict that is open."""
    return f"D’après nos sources, {quoted(label)} ne prend plus de nouvelle demande."
