"""Where to go on, whom to ask, what to look at instead, what to ask next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from assistant.messages.french import NBSP, listed, quoted
from corpus.labels import Funder

WHOM_TO_ASK = (
    f"Pour une réponse sûre, adressez-vous au service instructeur{NBSP}: le guide des aides de la Région, "
    "guide-aides.hautsdefrance.fr, ou votre préfecture pour les aides de l’État."
)
# Where to go on, by who pays.
NEXT_STEP: Mapping[Funder, str] = MappingProxyType(
    {
        Funder.REGION: f"Où déposer ou vérifier{NBSP}: guide-aides.hautsdefrance.fr, guide des aides de la "
        "Région.",
        Funder.STATE: f"Où déposer ou vérifier{NBSP}: votre préfecture ou sous-préfecture{NBSP}; "
        f"annuaire{NBSP}: aides-territoires.beta.gouv.fr.",
        Funder.DEPARTMENT: f"Où déposer ou vérifier{NBSP}: votre conseil départemental{NBSP}; "
        f"annuaire{NBSP}: aides-territoires.beta.gouv.fr.",
        Funder.EU: f"Où déposer ou vérifier{NBSP}: la Région, sur europe-en-hautsdefrance.eu.",
        Funder.PUBLIC_BODY: f"Où déposer ou vérifier{NBSP}: l’établissement public lui-même{NBSP}; "
        f"annuaire{NBSP}: aides-territoires.beta.gouv.fr.",
        Funder.ASSOCIATION: f"Où s’adresser{NBSP}: l’association elle-même{NBSP}; "
        f"annuaire{NBSP}: aides-territoires.beta.gouv.fr.",
    }
)
# The same, of aids of several funders told together.
_NEXT_OF_SEVERAL: Mapping[Funder, str] = MappingProxyType(
    {
        Funder.REGION: "pour la Région, guide-aides.hautsdefrance.fr",
        Funder.STATE: "pour l’État, votre préfecture ou sous-préfecture",
        Funder.DEPARTMENT: "pour le Département, votre conseil départemental",
        Funder.EU: "pour l’Europe, europe-en-hautsdefrance.eu",
        Funder.PUBLIC_BODY: "pour un établissement public, l’établissement lui-même",
        Funder.ASSOCIATION: "pour une association, l’association elle-même",
    }
)
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
# Where an aid is asked for, by who pays.
WHERE_TO_ASK: Mapping[Funder, str] = MappingProxyType(
    {
        Funder.REGION: "Région, guide-aides.hautsdefrance.fr",
        Funder.STATE: "Préfecture ou sous-préfecture",
        Funder.DEPARTMENT: "Conseil départemental",
        Funder.EU: "Région, europe-en-hautsdefrance.eu",
        Funder.PUBLIC_BODY: "L’établissement public lui-même",
        Funder.ASSOCIATION: "L’association elle-même",
    }
)


def section_question(section: str, label: str) -> str | None:
    """Return the question that a section of a fiche answers; None for other sections."""
    pattern = _SECTION_QUESTIONS.get(section)
    return pattern.format(scheme=f"«{NBSP}{label}{NBSP}»").replace(" ?", f"{NBSP}?") if pattern else None


def next_step(funder: Funder, desk: str | None = None) -> str:
    """Say where to go on with an aid.

    Args:
        funder: who pays.
        desk: who takes requests, where the fiche names them.
    """
    if desk is None:
        return NEXT_STEP[funder]
    return f"Où s’adresser{NBSP}: {desk}{NBSP}; annuaire{NBSP}: aides-territoires.beta.gouv.fr."


def next_steps(funders: Sequence[Funder]) -> str:
    """Say where to go on with aids of these funders, one at least, each once."""
    if len(funders) == 1:
        return NEXT_STEP[funders[0]]
    told = f"{NBSP}; ".join(_NEXT_OF_SEVERAL[funder] for funder in funders)
    return f"Où s’adresser{NBSP}: {told}{NBSP}; annuaire{NBSP}: aides-territoires.beta.gouv.fr."


def confirm_with(funders: Sequence[Funder]) -> str:
    """Say with whom to confirm aids taken together, of these funders, one at least, each once."""
    return f"À confirmer{NBSP}: {f'{NBSP}; '.join(_NEXT_OF_SEVERAL[funder] for funder in funders)}."


def look_at(aids: Sequence[tuple[str, str]]) -> str:
    """Name the aids to look at instead of one that is refused, each with who pays."""
    return f"À regarder plutôt{NBSP}: {listed([f'{quoted(label)} ({funder})' for label, funder in aids])}."


def where_to_ask(funder: Funder, desk: str | None) -> str:
    """Say where an aid is asked for: whom the fiche names, else by who pays."""
    return WHERE_TO_ASK[funder] if desk is None else f"{desk[:1].upper()}{desk[1:]}"
