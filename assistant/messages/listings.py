"""What is said of the lists that a commune is on, and of what it got."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.messages.french import NBSP, listed, quoted


def on_the_list(name: str, of: str) -> str:
    """Say that a commune is on a list."""
    return f"Oui{NBSP}: {name} figure sur la liste {quoted(of)}."


def not_on_the_list(name: str, of: str) -> str:
    """Say that a commune isn't on a list that is complete."""
    return f"Non{NBSP}: {name} ne figure pas sur la liste {quoted(of)}."


def maybe_on_the_list(name: str, of: str) -> str:
    """Say that a list which is incomplete doesn't settle whether a commune is on it."""
    return (
        f"Je ne peux pas dire si {name} fait partie de la liste {quoted(of)}{NBSP}: "
        "celle dont je dispose est incomplète et ne l’établit pas."
    )


def perhaps_on_the_list(name: str, of: str, wording: str) -> str:
    """Say that a source names a commune for a list without establishing it."""
    return f"Ce n’est pas confirmé{NBSP}: pour la liste {quoted(of)}, {name} est notée {quoted(wording)}."


def is_listed(name: str, of: str) -> str:
    """Say on which list a commune is, where that wasn't asked by yes or no."""
    return f"{name} figure sur la liste {quoted(of)}."


def partial(known: str, total: str) -> str:
    """Say how much of a list is known."""
    return f"Cette liste est incomplète{NBSP}: {known} communes connues sur {total}."


def not_named(name: str, labels: Sequence[str]) -> str:
    """Say that no source names a commune, and that it proves nothing."""
    of = f" pour {listed([quoted(label) for label in labels])}" if labels else ""
    return (
        f"Mes sources ne citent pas {name}{of}. Cela ne prouve pas l’absence d’aide{NBSP}: elles ne nomment "
        "que quelques communes, la liste est incomplète."
    )


def amount_unknown(name: str) -> str:
    """Say that what a commune got isn't known."""
    return f"Le montant reçu par {name} n’est pas connu de mes sources."


def share_unknown(name: str) -> str:
    """Say that a sum is told for several communes together."""
    return f"Cette somme est commune à plusieurs bénéficiaires{NBSP}: la part de {name} n’est pas connue."


def known_in(department: str, names: Sequence[str], of: str) -> str:
    """Name the communes of a department that are known to be on a list."""
    return f"{department}, liste {quoted(of)}{NBSP}: {listed(list(names))}."


def none_known_in(department: str, of: str) -> str:
    """Say that no commune of a department is known to be on a list."""
    return f"Je ne connais aucune commune de ce département ({department}) sur la liste {quoted(of)}."
