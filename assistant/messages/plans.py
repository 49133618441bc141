"""Aids taken together: the financing plan of a project, who asks for which."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.messages.french import NBSP, listed, quoted

PLAN_HEADS = ("Financement", "Estimation")
ALL_PUBLIC_AIDS = "Toutes les aides publiques, au plus"
GRANTED_AIDS = "Aides déjà accordées, d’après vous"
OWN_SHARE = "Reste à votre charge, au moins"
OTHER_AIDS = "Autres aides publiques possibles, au plus"
NO_KNOWN_AMOUNT = "ni taux ni plafond calculable dans nos sources"
PLAN_IS_AN_ESTIMATE = (
    f"C’est une estimation au plus haut{NBSP}: chaque financeur décide, et le plan se vérifie avec lui avant "
    "le vote."
)
AIDS_TO_LOOK_AT = f"Aides qui peuvent convenir au projet, à vérifier avec chaque financeur{NBSP}:"


def plan_totals(most: str, most_shown: str, least: str, least_shown: str) -> str:
    """Open a financing plan: the most that public aids add up to and the least that is left to pay."""
    return (
        f"En tout, les aides publiques vont au plus à {most} ({most_shown}), et il reste au moins {least} à "
        f"votre charge ({least_shown})."
    )


def left_alone(left: str, shown: str) -> str:
    """Say what is left to pay where one aid alone is had."""
    return f"Avec cette seule aide, il resterait au moins {left} à payer ({shown})."


def stopped_by_all_aids(most: str) -> str:
    """Say that the limit of all public aids, in per cent, is lower than what the rule of an aid gives."""
    return f"Cette règle donnerait plus, mais toutes les aides publiques ensemble s’arrêtent à {most}{NBSP}%."


def other_aids(room: str, shown: str) -> str:
    """Say what other public aids may add to the only one of a plan."""
    return f"D’autres aides publiques peuvent s’y ajouter, jusqu’à {room} ({shown})."


def room_left(room: str, shown: str, granted: str) -> str:
    """Say what other public aids may still add to those granted."""
    return (
        f"Avec {granted} d’aides déjà accordées d’après vous, toutes les autres aides publiques vont "
        f"ensemble au plus à {room} ({shown})."
    )


def capped(room: str, shown: str, rule: str) -> str:
    """Say a sum that all public aids together cap, with the rule of the aid."""
    return f"Jusqu’à {room} ({shown}, plafond de toutes les aides publiques). Règle de l’aide{NBSP}: {rule}"


def worked_out(amount: str, shown: str) -> str:
    """Say a sum with what it's worked out by."""
    return f"{amount} ({shown})"


def less(whole: str, part: str) -> str:
    """Say what is taken from a sum."""
    return f"{whole} moins {part}"


def not_forbidden(labels: Sequence[str], most: str | None, least: str | None) -> str:
    """Say that no source forbids aids together nor allows them; and how far they may add up, in per cent."""
    names = listed([quoted(label) for label in labels])
    start = f"Aucune de nos sources n’interdit ni n’autorise d’additionner {names}"
    if most is None:
        return f"{start}."
    kept = "" if least is None else f", et {least}{NBSP}% au moins restent à votre charge"
    return f"{start}{NBSP}; toutes les aides publiques ensemble vont à {most}{NBSP}% au plus{kept}."


def rates_pass(rates: Sequence[str], whole: str, most: str) -> str:
    """Say no to rates that add up to more than all public aids together may reach, all in per cent."""
    total = _added(rates, whole)
    return f"Non{NBSP}: {total}, or toutes les aides publiques ensemble vont à {most}{NBSP}% au plus."


def rates_stay_within(rates: Sequence[str], whole: str, most: str) -> str:
    """Say that rates add up to no more than all public aids together may reach, all in per cent."""
    return (
        f"Le total le permet{NBSP}: {_added(rates, whole)}, et toutes les aides publiques ensemble vont à "
        f"{most}{NBSP}% au plus."
    )


def _added(rates: Sequence[str], whole: str) -> str:
    return f"{' + '.join(f'{rate}{NBSP}%' for rate in rates)} = {whole}{NBSP}%"


def owners_apart(parts: Sequence[str]) -> str:
    """Say that several aids are for different owners."""
    return (
        f"Ce sont des demandes de maîtres d’ouvrage différents{NBSP}: {f'{NBSP}; '.join(parts)}. Chacun "
        "demande la sienne pour les dépenses qu’il paie lui-même."
    )
