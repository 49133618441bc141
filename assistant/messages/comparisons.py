"""Several schemes side by side: the rows and columns of a table, the heads of what is told of each."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from assistant.messages.french import NBSP, listed, quoted

ROW_PURPOSE, ROW_WHO, ROW_AMOUNT = "À quoi ça sert", "Pour qui", "Combien"
ROW_WHEN, ROW_WHERE, ROW_BESIDE = "Jusqu’à quand", "Où demander", "À savoir aussi"
MAY_SERVE = f"Ces aides peuvent répondre à votre besoin{NBSP}:"
DISTINCT = f"Ce sont des dispositifs distincts{NBSP}:"
LAST_CALLS_OVER = (
    f"Nos sources ne permettent pas de dire lequel est ouvert aujourd’hui{NBSP}: les derniers dépôts connus "
    "sont clos."
)
NOT_FOR_THEM = f"Sans objet{NBSP}: non éligible d’après les règles connues."
GO_AS_HIGH = "Pour ce coût, d’après les règles connues, ces dispositifs vont aussi haut l’un que l’autre."
# What is known of a calendar without its dates, by state.
AVAILABILITY = MappingProxyType(
    {
        "open": "Donné comme ouvert par nos sources, à confirmer.",
        "closed": "D’après nos sources, ce dispositif n’est plus ouvert.",
        "unknown": "Ouverture actuelle non vérifiée.",
    }
)
NOTHING_KNOWN = "non précisé dans nos sources"


def headed_by_scheme(label: str, funder: str, text: str) -> str:
    """Put the name of a scheme and who pays before a text."""
    return f"«{NBSP}{label}{NBSP}» (porté par{NBSP}: {funder}){NBSP}: {text}"


def headed_by_page(title: str, text: str) -> str:
    """Put the title of a page that is no fiche's before a text."""
    return f"{column_of_page(title)}{NBSP}: {text}"


def column_of_page(title: str) -> str:
    """Head the column of a page in a comparison: its title."""
    return f"«{NBSP}{title}{NBSP}»"


def column_of_scheme(label: str, funder: str) -> str:
    """Head the column of a scheme in a comparison: its name and who pays."""
    return f"«{NBSP}{label}{NBSP}» (porté par{NBSP}: {funder})"


def applicants(labels: Sequence[str], lists: Sequence[str]) -> str:
    """Say who may ask for an aid, as far as its fiche lists them, and on which list they must be."""
    told = f"Demandeur{NBSP}: {', '.join(labels)}"
    names = " ou ".join(quoted(name) for name in lists)
    return f"{told}, sur la liste {names}." if lists else f"{told}."


def set_apart(kinds: Sequence[tuple[str, str, str]]) -> str:
    """Introduce schemes compared by what they are: each with the form of its help and who pays.

    Args:
        kinds: of each, its name, the form of its help, who pays; one at least.
    """
    if len({kind[1:] for kind in kinds}) == 1:
        _, form, funder = kinds[0]
        same = f"de même financeur ({funder}) et de même forme ({form})"
        return f"Ce sont des dispositifs distincts, {same}{NBSP}:"
    told = f"{NBSP}; ".join(f"{quoted(name)}, {form} ({funder})" for name, form, funder in kinds)
    return f"Ce sont des dispositifs distincts{NBSP}: {told}."


def form_and_topics(form: str, topics: Sequence[str]) -> str:
    """Say what a scheme is by its types, where no sentence of its fiche says what it's for."""
    return f"Forme{NBSP}: {form}{NBSP}; sujets{NBSP}: {', '.join(topics)}."


def which_pays_most_unknown(without: Sequence[str]) -> str:
    """Say that nothing tells which aid pays most: for want of the amounts of some, else it depends."""
    start = "Nos sources ne permettent pas de dire lequel paie le plus"
    if without:
        names = listed([quoted(name) for name in without])
        return f"{start}{NBSP}: elles ne donnent ni taux ni plafond calculable pour {names}."
    return f"{start}{NBSP}: cela dépend de la règle qui vaut pour votre projet."


def may_not_be_covered(labels: Sequence[str]) -> str:
    """Say that nothing tells which aid pays most: what is known of some may leave the project out."""
    names = listed([quoted(label) for label in labels])
    return (
        f"Nos sources ne permettent pas de dire lequel paie le plus{NBSP}: ce qu’elles disent de {names} "
        "peut exclure votre projet."
    )


def goes_highest(label: str) -> str:
    """Say which aid goes highest for the cost told."""
    return f"Pour ce coût, {quoted(label)} peut payer le plus d’après les règles connues."


def highest_rate(label: str, rate: str, others: Sequence[tuple[str, str]]) -> str:
    """Say which aid has the highest rate; the others each with its own."""
    return f"Le taux le plus haut est celui de {quoted(label)}{NBSP}: {rate}, {_against(others)}."


def highest_ceiling(label: str, ceiling: str, others: Sequence[tuple[str, str]]) -> str:
    """Say which aid has the highest ceiling; the others each with its own."""
    return f"Le plafond le plus haut est celui de {quoted(label)}{NBSP}: {ceiling}, {_against(others)}."


def _against(others: Sequence[tuple[str, str]]) -> str:
    """Each of the others with its own, its marker right after it."""
    return f"contre {listed([f'{quoted(label)} ({value})' for label, value in others])}"


def which_is_open(opened: Sequence[str], closed: Sequence[str], unknown: Sequence[str]) -> str:
    """Say which of some aids takes requests, which doesn't, and of which it isn't known."""
    if not (opened or closed):
        return "Nos sources ne permettent pas de dire lequel est ouvert aujourd’hui."
    told = [f"{listed([quoted(name) for name in opened])}{NBSP}: ouvert"] if opened else []
    told += [f"{listed([quoted(name) for name in closed])}{NBSP}: pas ouvert"] if closed else []
    told += [f"{listed([quoted(name) for name in unknown])}{NBSP}: non vérifié"] if unknown else []
    return f"D’après nos sources, {f'{NBSP}; '.join(told)}."
