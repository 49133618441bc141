"""The aids examined for a commune or an applicant, in a few lines."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.messages.french import NBSP, listed, quoted

GENERAL_AIDS = f"Sans être faites pour ce seul besoin, ces aides générales restent à étudier{NBSP}:"
LIKELY = f"Probable, sous réserve de l’instruction{NBSP}:"
WITH_CONDITIONS = f"Possible, à vérifier{NBSP}:"
EXCLUDED = f"Exclu, car réservé à{NBSP}:"


def overview_of(commune: str, inhabitants: str, lists: Sequence[str]) -> str:
    """Open the overview of a commune with what decides: its inhabitants, the lists that it's on."""
    on = f"{NBSP}; sur les listes {listed([quoted(name) for name in lists])}" if len(lists) > 1 else ""
    on = f"{NBSP}; sur la liste {quoted(lists[0])}" if len(lists) == 1 else on
    return f"{commune}{NBSP}: {inhabitants}{NBSP}habitants{on}."


def with_their_population(text: str, stated: str) -> str:
    """Add that the population counted is the one that the person states."""
    return f"{text} Je compte avec vos {stated}{NBSP}habitants."


def overview_known(known: Sequence[str]) -> str:
    """Open an overview where no commune is told: what is known."""
    return (
        f"D’après ce que vous dites ({', '.join(known)}){NBSP}:"
        if known
        else f"Sans connaître votre commune{NBSP}:"
    )


def overview_for(applicant: str) -> str:
    """Open an overview for an applicant that is no commune."""
    return f"Pour ce demandeur ({applicant}){NBSP}:"


def overview_item(label: str, theme: str, amount: str, words: str) -> str:
    """A scheme of an overview: its name, its theme, how much, whom it's for or what is left to check."""
    about = f" ({theme})" if theme and theme not in label.lower() else ""
    told = f"{NBSP}; ".join(part for part in (amount, _bare(words)) if part)
    return f"{quoted(label)}{about}{f'{NBSP}: {told}' if told else ''}"


def refused_item(labels: Sequence[str], words: str) -> str:
    """Schemes of an overview that are kept for others, and for whom."""
    return f"{', '.join(quoted(label) for label in labels)}{NBSP}: {_bare(words)}"


def _bare(criterion: str) -> str:
    """The label of a criterion without the word that says what it's about."""
    for opening in ("Commune de ", f"Située{NBSP}: ", f"Demandeur{NBSP}: "):
        criterion = criterion.removeprefix(opening)
    return criterion


def others_of(count: int, commune: str) -> str:
    """Lead to the page of a commune, which has the schemes that an answer leaves out."""
    return f"Voir les {count} autres aides examinées pour {commune}"


def all_of(commune: str) -> str:
    """Say where the other schemes are told."""
    return f"Les autres sont sur la page de {commune}."
