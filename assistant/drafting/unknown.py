"""What a document doesn't say of a scheme: the sentences that tell it, and the fields left to fill."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.drafting.shape import Draft

_NOT_FOUND = "n’a pas été trouvé{agreement} dans le document lu."
CLOSING = "L’état actuel de l’aide n’a pas été vérifié, cette fiche venant d’un seul document."


def unknown_of(draft: Draft) -> tuple[str, ...]:
    """The sentences of the section on what isn't known; none holds a figure."""
    return (*_not_found(draft), CLOSING)


def missing_fields(draft: Draft) -> tuple[str, ...]:
    """The fields that a fiche must have and that the document doesn't give, by their names."""
    has = {
        "funder": draft.funder is not None,
        "aid_types": bool(draft.forms),
        "beneficiaries": bool(draft.beneficiaries),
        "topics": bool(draft.topics),
    }
    return tuple(name for name, is_there in has.items() if not is_there)


def _not_found(draft: Draft) -> Iterator[str]:
    fields = {name for line in draft.lines for name in line.fields}
    told = {
        "Qui peut demander l’aide": bool(draft.beneficiaries),
        "Le taux de l’aide": bool(fields & {"rate_min", "rate_max"}),
        "Le plafond de l’aide": "amount_max" in fields,
        "La dépense minimale": "expense_min" in fields,
        "Le calendrier de dépôt": bool(draft.periods),
        "Le lieu de dépôt de la demande": "Démarche" in draft.sections or bool(draft.contacts),
    }
    for what, is_known in told.items():
        if not is_known:
            feminine = what.startswith("La ")
            yield f"{what} {_NOT_FOUND.format(agreement='e' if feminine else '')}"
    if "Dépenses exclues" not in draft.sections:
        yield "Les dépenses exclues n’ont pas été trouvées dans le document lu."
    if "Cumul" not in draft.sections:
        yield "La règle de cumul avec d’autres aides n’a pas été trouvée dans le document lu."
