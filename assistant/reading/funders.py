"""Whom a message names as the one who pays: the Département, the Région, the Caf; never who asks."""

from __future__ import annotations

import re

from corpus.communes.commune import DEPARTMENTS
from corpus.french.folding import fold

_OF = "|".join(sorted((re.escape(fold(name)) for name in DEPARTMENTS.values()), key=len, reverse=True))
_BODY = (
    r"(?:(?:conseil )?(?:departement(?:al)?|region(?:al)?)\b"
    rf"(?: (?:du |de la |de l'|d'|des )?(?:{_OF}|hauts-de-france)\b)?"
    r"|etat\b|caf\b|europe\b|union europeenne\b|ademe\b|drac\b|anct\b|agence de l'eau\b|banque des territoires\b)"
)
_AID = (
    r"(?:aides?|subventions?|fonds|dispositifs?|financements?|cofinancements?|soutiens?|programmes?|credits?|dotations?"
    r"|appels? a projets?|enveloppes?|guichets?|argent|sous)"
)
_GIVES = r"(?:t-)?(?:aid|financ|cofinanc|subventionn|vers|donn|accord|pai|pay|soutien|soutenir|propos|rembours|particip|prend)\w*"
_FUNDERS = tuple(
    re.compile(pattern)
    for pattern in (
        # "une aide du Département", "les fonds de la Région"
        rf"\b{_AID}(?: \w+){{0,2}}? (?:de la |de l'|du |d'|par la |par le |par l'){_BODY}",
        # "demander à la Région", "auprès du Département", "versée par la Caf"
        rf"\b(?:aupres (?:de la |de l'|du )|(?:par|avec) (?:la |le |l')|(?:a la |au |a l')){_BODY}",
        # "le Département de la Somme peut-il nous aider", "la Caf finance-t-elle"
        rf"\b(?:la |le |l'){_BODY}(?=[^.?!]{{0,40}}?\b{_GIVES})",
    )
)

# Each payer and the ways to name it, its funds among them; "the State" needs its article: "en bon état" is none.
_PAYERS = {
    "region": re.compile(r"\bregion(?:s|al\w*)?\b"),
    "departement": re.compile(rf"\bdepartement(?:s|al\w*)?\b|\b(?:du|de|par) (?:le |la |l')?(?:{_OF})\b"),
    "etat": re.compile(
        r"\bl'etat\b|\bprefet\w*|\bprefectures?\b|\b(?:fipd?r?|detr|dsil|drac|anct)\b|\bfonds vert\b"
    ),
    "europe": re.compile(r"\beurop\w+|\b(?:feder|feader|leader)\b"),
    "intercommunalite": re.compile(
        r"\b(?:par|de) (?:la |l'|notre )(?:communaute|interco\w*|epci|agglo\w*|metropole)|\bintercommunal\w*"
    ),
    "other": re.compile(
        r"\b(?:caf|ademe|banque des territoires|agence de l'eau|caisse des depots|fondation|syndicat|mecen\w+)\b"
    ),
}


def payers_in(folded: str) -> frozenset[str]:
    """The payers that a folded text names, by themselves or by their funds, in one word each."""
    return frozenset(name for name, pattern in _PAYERS.items() if pattern.search(folded))


def without_funders(text: str) -> str:
    """A folded text without the bodies that it names as payers.

    Args:
        text: a message, folded or not.
    """
    folded = fold(text)
    for pattern in _FUNDERS:
        folded = pattern.sub(" ", folded)
    return folded
