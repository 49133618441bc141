"""What is said of a search: what was understood, what wasn't found, what comes nearest."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.messages.french import NBSP, quoted

NOT_FOUND = "Je n’ai pas trouvé la réponse à cette question dans les documents dont je dispose."
COVERAGE = (
    "Je réponds aux questions sur les aides publiques aux communes des Hauts-de-France "
    "(centre-bourg, commerce, sport, patrimoine, arbres, vidéoprotection…)."
)
IN_FRENCH = "(I answer in French, the language of the official texts. — Je réponds en français.)"
UNDERSTOOD = f"Question comprise{NBSP}: «{NBSP}{{question}}{NBSP}»"
WHAT_IS_KNOWN = f"Ce que disent nos sources{NBSP}:"


def not_published(label: str) -> str:
    """Introduce what the sources are known not to say."""
    return f"Cette information n’est pas publiée dans les sources consultées sur «{NBSP}{label}{NBSP}»."


def not_given(names: Sequence[str], label: str) -> str:
    """Say which figures the sources don't give."""
    return f"Les sources consultées sur «{NBSP}{label}{NBSP}» ne donnent pas {', ni '.join(names)}."


def nearest(labels: Sequence[str]) -> str:
    """Name the schemes that come nearest to a question without an answer."""
    names = ", ".join(f"«{NBSP}{label}{NBSP}»" for label in labels)
    return f"Le sujet le plus proche dans mes documents{NBSP}: {names}."


def supposing(label: str, funder: str) -> str:
    """Say of which aid an answer speaks, where it isn't sure that this one is meant."""
    return f"S’il s’agit de {quoted(label)} (porté par{NBSP}: {funder}){NBSP}:"
