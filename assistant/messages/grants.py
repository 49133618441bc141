"""What an aid pays for a cost, by which rule, and why no sum is told."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.messages.french import NBSP, quoted

PER_NAMES = {
    "commune": ("commune", "communes"),
    "plant": ("plant", "plants"),
    "year": ("an", "ans"),
    "place": ("place", "places"),
    "square_metre": ("m²", "m²"),
    "hectare": ("hectare", "hectares"),
    "kilometre": ("km", "km"),
}
BASIS_NAMES = {
    "eligible_costs": "des dépenses éligibles",
    "total_costs": "du coût total",
    "remaining_costs": "du reste à charge",
}
RULE_WITHOUT_TAXES = (
    f"La règle porte sur la dépense hors taxes, et votre coût est TTC{NBSP}: le calcul est à refaire sur "
    "le montant HT."
)
RULE_WITH_TAXES = (
    f"La règle porte sur la dépense TTC, et votre coût est hors taxes{NBSP}: le calcul est à refaire sur "
    "le montant TTC."
)
NO_SUM_FOR_EXCLUDED = (
    f"Je ne calcule donc pas de somme{NBSP}: votre coût comprend une dépense que cette aide ne couvre pas."
)
NO_SUM_FOR_RUNNING = (
    f"Je ne calcule pas de somme{NBSP}: nos sources ne disent pas que cette aide couvre l’entretien, la "
    "maintenance ou le fonctionnement."
)
NO_SUM_CASE_UNTOLD = (
    f"Je ne calcule pas de somme{NBSP}: votre question ne dit pas que le projet est dans le cas que vise "
    "cette règle."
)
RULES_OVERLAP = (
    f"Nos sources donnent plusieurs règles pour ce cas{NBSP}: le service instructeur dit laquelle vaut pour "
    "votre projet."
)
NO_SUM_OF_SEVERAL = (
    f"Je n’additionne pas vos dépenses{NBSP}: rien dans nos sources ne dit que la même règle vaut pour "
    "chacune. Demandez l’aide pour une dépense à la fois."
)
COST_UNREAD = (
    f"Je n’ai pas pu calculer l’aide sur le montant que vous donnez{NBSP}: écrivez le coût du projet en "
    "euros, en chiffres."
)


def no_amount(label: str) -> str:
    """Say that no source gives an amount."""
    return f"Nos sources ne donnent ni taux ni montant pour {quoted(label)}."


def sum_hangs_on_a_list(label: str) -> str:
    """Say that a commune too large for an aid may have it by a list alone, on which it isn't known to be."""
    return (
        f"Attention{NBSP}: cette commune dépasse le seuil d’habitants de {quoted(label)}. La somme ne vaut "
        "que si elle est sur la liste qui en dispense, ce que nos sources n’établissent pas."
    )


def euros(amount: str) -> str:
    """An amount in euros."""
    return f"{amount}{NBSP}€"


def may_pay(least: str | None, most: str, shown: Sequence[str]) -> str:
    """Say what an aid pays at most, and by which rule."""
    start = f"Jusqu’à {most}" if least is None else f"De {least} à {most}"
    return f"{start} ({', '.join(shown)})"


def share_of(rates: Sequence[str], base: str) -> str:
    """Say a share of a sum: "30 % de 80 000 €"; between two rates where there are two."""
    told = f"{NBSP}% à ".join(rates)
    return f"{told}{NBSP}% de {base}"


def retained_of(retained: str, cost: str) -> str:
    """Say the part of a cost that counts."""
    return f"{retained} retenus au plus sur {cost}"


def added_up(terms: Sequence[str]) -> str:
    """Say which sums make a cost."""
    return f"soit {' + '.join(terms)}"


def at_most(amount: str, per: str | None, count: str | None) -> str:
    """Say a ceiling, for each of something where it's so: "plafond 10 € × 300 plants"."""
    if per is None:
        return f"plafond {amount}"
    one, several = PER_NAMES[per]
    return f"plafond {amount} par {one}" if count is None else f"plafond {amount} × {count} {several}"


def at_most_each(amount: str, per: str) -> str:
    """Say a ceiling of a page, with what it's counted for in its words: "plafond 12 000 € par parcours"."""
    return f"plafond {amount} {per}" if per else f"plafond {amount}"


def under_floor(cost: str, floor: str) -> str:
    """Say that a cost is too small to be helped."""
    return f"0{NBSP}€{NBSP}: une dépense de {cost} est sous le minimum de {floor}"


def not_above(cost: str, floor: str) -> str:
    """Say that a cost reaches a floor that it must be above."""
    return f"0{NBSP}€{NBSP}: une dépense de {cost} n’est pas supérieure à {floor}"


def least(floor: str, *, above: bool) -> str:
    """Say the smallest cost that is helped."""
    return f"dépense supérieure à {floor}" if above else f"dépense de {floor} au moins"


def under_least(amount: str, least: str) -> str:
    """Say that what the rate gives is less than the smallest grant."""
    return f"0{NBSP}€{NBSP}: {amount} serait sous le minimum d’aide de {least}"


def ceiling_alone(cost: str) -> str:
    """Say that a sum is a ceiling, without a known rate."""
    return f"plafond, sans taux connu, pour {cost}"


def no_rate(ceiling: str, cost: str) -> str:
    """Say that only a ceiling is published: nothing more precise can be said for a cost."""
    return f"Jusqu’à {ceiling} (plafond, sans taux connu{NBSP}: l’aide pour {cost} ne se calcule pas)"


def counted(total: str, each: str, per: str, count: str) -> str:
    """Say what a ceiling for each of something comes to: "3 000 € (10 € × 300 plants)"."""
    return f"{total} ({each} × {count} {PER_NAMES[per][1]})"


def rule_alone(rates: Sequence[str], basis: str, most: str | None, per: str | None, floor: str | None) -> str:
    """Say a rule without a cost: its rates, its ceiling, its smallest cost."""
    parts = []
    if rates:
        told = f"{NBSP}% à ".join(rates)
        parts.append(f"{'De' if len(rates) > 1 else 'Jusqu’à'} {told}{NBSP}% {BASIS_NAMES[basis]}")
    if most is not None:
        each = f"{most}{f' par {PER_NAMES[per][0]}' if per else ''}"
        parts.append(f"dans la limite de {each}" if rates else f"Jusqu’à {each}")
    if floor is not None:
        parts.append(f"pour une {floor}")
    return ", ".join(parts)


def rule_of_year(year: str) -> str:
    """Say the year of a rule beside a sum."""
    return f"règle de {year}"


def for_scheme(label: str, text: str) -> str:
    """Put the name of a scheme before a sum, where several are told."""
    return f"{quoted(label)}{NBSP}: {text[:1].lower()}{text[1:]}"
