"""What is asked and said of the communes that a message names."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.messages.french import NBSP, listed, quoted
from corpus.french.elision import of_name

OTHER_COMMUNES = "d’autres communes"
POPULATION_UNREAD = (
    f"Je n’ai pas pu lire le nombre d’habitants que vous donnez, ma réponse n’en tient pas compte{NBSP}: "
    "écrivez-le en chiffres, sans espace ni virgule, ou donnez le nom de la commune."
)
DID_YOU_MEAN = f"Parlez-vous plutôt de la commune ci-dessous{NBSP}?"
DID_YOU_MEAN_ONE = f"Parlez-vous plutôt de l’une des communes ci-dessous{NBSP}?"


def which_commune(name: str, *, partial: bool = False) -> str:
    """Ask which of several communes is meant: of one name, or of names that begin so."""
    shown = quoted(name)
    start = f"Plusieurs communes correspondent à {shown}"
    if not partial:
        start = f"Plusieurs communes s’appellent {shown} dans la région"
    return f"{start}. De laquelle parlez-vous{NBSP}?"


def none_of_them(name: str) -> str:
    """Ask for the name of a commune that is none of those offered."""
    return (
        f"Je ne connais pas d’autre commune appelée {quoted(name)} dans les Hauts-de-France. "
        "Donnez le nom entier de votre commune, ou son code postal."
    )


def disagree(name: str, code: str) -> str:
    """Say that a name and a code of one message are those of different communes."""
    return f"{quoted(name)} et le code {quoted(code)} ne désignent pas la même commune."


def which_of_both(name: str, code: str) -> str:
    """Ask which is meant of a name and a code that disagree."""
    return f"{disagree(name, code)} De laquelle parlez-vous{NBSP}?"


def neither_aside(name: str, code: str) -> str:
    """Say that a name and a code that disagree were left aside, beside an answer."""
    return f"{disagree(name, code)} Ma réponse n’en tient pas compte{NBSP}: dites laquelle est la vôtre."


def and_others(count: int) -> str:
    """Say that more communes than those offered have the name."""
    return f" (Il y en a {count} de plus{NBSP}: donnez le nom entier.)"


def which_of_code(code: str, postal: Sequence[str], insee: str | None) -> str:
    """Ask which of the communes that a code may mean is meant."""
    shown = quoted(code)
    if insee is None:
        start = f"Le code postal {shown} est celui de plusieurs communes"
    elif postal:
        town = of_name(insee)
        start = f"{shown} est à la fois le code postal {of_name(listed(postal))} et le code INSEE {town}"
    else:
        start = f"{shown} est le code INSEE {of_name(insee)}"
    return f"{start}. De quelle commune parlez-vous{NBSP}?"


def read_as_insee(commune: str, postal: Sequence[str]) -> str:
    """Say that a code which is also a postcode was read as an INSEE code; the code itself isn't repeated."""
    return (
        f"Le code donné pour la commune a été lu comme le code INSEE {of_name(commune)}. C’est aussi le code "
        f"postal {of_name(listed(postal))}{NBSP}: s’il s’agit de cela, donnez le nom de la commune, ou "
        f"écrivez {quoted('cp:')} devant le code."
    )


def is_it(name: str, label: str) -> str:
    """Ask whether the only commune whose name begins so is meant."""
    return f"{quoted(name)}{NBSP}: parlez-vous de {label}{NBSP}?"


def outside_region(label: str) -> str:
    """Say that a place isn't in the region, and what is covered."""
    return (
        f"{quoted(label)} n’est pas dans les Hauts-de-France. Je ne connais que les communes de cette région "
        "et les aides qui leur sont destinées."
    )


def outside_aside(label: str) -> str:
    """Say that a place named isn't in the region, beside an answer."""
    return (
        f"{quoted(label)} n’est pas dans les Hauts-de-France{NBSP}: ma réponse ne vaut que pour les "
        "communes de cette région."
    )


def unknown_commune(name: str, *, offered: bool) -> str:
    """Say that no commune has this name, and ask for one that is."""
    ask = (
        f"Est-ce l’une des communes ci-dessous{NBSP}?" if offered else f"De quelle commune parlez-vous{NBSP}?"
    )
    return (
        f"Je ne connais pas de commune appelée {quoted(name)} dans les Hauts-de-France, seule région que je "
        f"couvre. {ask} Si c’est un quartier ou une ancienne commune, donnez le nom de la commune actuelle."
    )


def unknown_aside(name: str) -> str:
    """Say that no commune has a name met beside an answer."""
    return (
        f"Je ne connais pas de commune appelée {quoted(name)} dans les Hauts-de-France{NBSP}: ma réponse "
        "n’en tient pas compte."
    )


def which_aside(name: str) -> str:
    """Say that several communes may be meant by a name, beside an answer."""
    return (
        f"Plusieurs communes peuvent correspondre à {quoted(name)}{NBSP}: ma réponse n’en tient pas compte. "
        "Dites laquelle, avec son département, pour qu’elle le fasse."
    )


def former_commune(former: str, commune: str, kind: str) -> str:
    """Say that a former commune belongs to another one, which counts."""
    what = {"delegated": "une commune déléguée", "associated": "une commune associée"}.get(kind, "une partie")
    return f"{former} est aujourd’hui {what} de {commune}{NBSP}: c’est {commune} qui est examinée ici."


def not_examined(names: Sequence[str]) -> str:
    """Say which of many communes were left for another question."""
    return f"Je n’examine pas plus de communes à la fois{NBSP}: reposez la question pour {listed(names)}."


def commune_noted(label: str, inhabitants: str) -> str:
    """Say which commune was understood, and its population."""
    return f"J’ai bien noté la commune{NBSP}: {label}, {inhabitants}{NBSP}habitants."
