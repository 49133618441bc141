"""Every French sentence of a reply that no source wrote."""

from __future__ import annotations

from collections.abc import Sequence

NBSP = "\u00a0"

WHOM_TO_ASK = (
    f"Pour une réponse sûre, adressez-vous au service instructeur{NBSP}: le guide des aides de la Région "
    "Hauts-de-France, ou votre préfecture pour les aides de l’État."
)
NOT_FOUND = "Je n’ai pas trouvé la réponse à cette question dans les documents dont je dispose."
COVERAGE = (
    "Je réponds aux questions sur les aides publiques aux communes des Hauts-de-France "
    "(centre-bourg, commerce, sport, patrimoine, arbres, vidéoprotection…)."
)
WHAT_IS_KNOWN = f"Ce que disent nos sources{NBSP}:"

_SECTION_QUESTIONS = {
    "Objet": "À quoi sert le dispositif {scheme} ?",
    "Bénéficiaires": "Qui peut bénéficier du dispositif {scheme} ?",
    "Dépenses éligibles": "Quelles dépenses sont prises en charge par le dispositif {scheme} ?",
    "Montant": "Combien peut-on obtenir avec le dispositif {scheme} ?",
    "Calendrier": "Quel est le calendrier du dispositif {scheme} ?",
    "Démarche": "Comment faire une demande pour le dispositif {scheme} ?",
    "Exemples": "Quelles communes ont bénéficié du dispositif {scheme} ?",
    "Cumul": "Peut-on cumuler le dispositif {scheme} avec d’autres aides ?",
}


def age_caution(label: str, year: int, markers: str) -> str:
    """Say that a rule is of a past year and that nothing proves it still holds."""
    return (
        (
            f"À vérifier : règle de {year} pour « {label} », reconduction non vérifiée. "
            f"Faites-la confirmer avant de décider. {markers}"
        )
        .replace(" :", f"{NBSP}:")
        .replace("« ", f"«{NBSP}")
        .replace(" »", f"{NBSP}»")
    )


def closed_caution(label: str, markers: str) -> str:
    """Say that a scheme is closed as far as the sources tell."""
    return f"Attention{NBSP}: d’après nos sources, «{NBSP}{label}{NBSP}» n’est plus ouvert. {markers}"


def not_published(label: str) -> str:
    """Introduce what the sources are known not to say."""
    return f"Cette information n’est pas publiée dans les sources consultées sur «{NBSP}{label}{NBSP}»."


def nearest(labels: Sequence[str]) -> str:
    """Name the schemes that come nearest to a question without an answer."""
    names = ", ".join(f"«{NBSP}{label}{NBSP}»" for label in labels)
    return f"Le sujet le plus proche dans mes documents{NBSP}: {names}."


def section_question(section: str, label: str) -> str | None:
    """Return the question that a section of a fiche answers; None for other sections."""
    pattern = _SECTION_QUESTIONS.get(section)
    return pattern.format(scheme=f"«{NBSP}{label}{NBSP}»").replace(" ?", f"{NBSP}?") if pattern else None
