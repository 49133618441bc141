"""A verdict on an aid in a sentence, hedged, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.messages.french import NBSP, quoted

NO_PUBLISHED_RULE = "Nos sources ne donnent pas de condition précise que je puisse vérifier pour vous."
CHECK_THE_FICHE = "Il reste des conditions à vérifier avec le service instructeur."
TO_CHECK = f"Il reste à vérifier{NBSP}:"


def seems_eligible(who: str, label: str) -> str:
    """Say a favourable verdict, hedged."""
    return (
        f"D’après ce que vous indiquez, {who} semble éligible à «{NBSP}{label}{NBSP}», "
        "sous réserve de l’instruction de la demande par le service compétent."
    )


def seems_not_eligible(who: str, label: str) -> str:
    """Say an unfavourable verdict, hedged."""
    return f"Non{NBSP}: d’après les règles connues, {who} ne semble pas éligible à «{NBSP}{label}{NBSP}»."


def undetermined(who: str, label: str, *, nothing_against: bool) -> str:
    """Say that the verdict is open."""
    if nothing_against:
        return f"C’est possible, sous conditions{NBSP}: à ce stade, rien n’exclut {who} de {quoted(label)}."
    start = f"Cela dépend{NBSP}: pour {quoted(label)}"
    return f"{start}, je ne peux pas encore dire si {who} remplit les conditions."


def would_change(texts: Sequence[str]) -> str:
    """Say what would turn the verdict."""
    return f"La réponse changerait {' et '.join(texts)}."


def meant_for(label: str, who: Sequence[str], markers: str) -> str:
    """Say for whom an aid is."""
    return f"{quoted(label)} s’adresse à{NBSP}: {', '.join(who)}{markers and f' {markers}'}"


def condition_of(label: str, condition: str) -> str:
    """Say of which aid a condition is to check."""
    return f"{quoted(label)}{NBSP}: {condition}"
