"""Who pays the aid: the body that a document says gives it, oftener and more plainly than any other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.reading.stated.finding import Doubt, Found
from assistant.reading.stated.statement import Statement, plain
from corpus.labels import Funder

_BODIES: tuple[tuple[Funder, str], ...] = (
    (
        Funder.REGION,
        r"(?:conseil )?region(?:al\w{0,2})?(?! (?:parisienne|naturelle))\b(?: des| de)? ?(?:hauts-de-france)?",
    ),
    (
        Funder.DEPARTMENT,
        r"(?:conseil )?departement(?:al\w{0,2})?\b(?! d'outre)(?: (?:de la |de l'|du )?(?:aisne|nord|oise|pas-de-calais|somme)\b)?",
    ),
    (Funder.EU, r"(?:union europeenne|commission europeenne|feder|feader|fonds europeen\w{0,2})\b"),
    (
        Funder.PUBLIC_BODY,
        r"(?:epf\b|etablissement public foncier|agences? (?:de l'eau|nationale|de la)|ademe\b|banque des territoires|caisse (?:des depots|d'allocations)|caf\b|office (?:francais|national))",
    ),
    (Funder.STATE, r"(?:etat\b|prefet\w{0,2}\b|prefectures?\b|ministere\w{0,1}\b|representant de l'etat)"),
    (Funder.ASSOCIATION, r"(?:federation|fondation)\b(?! fonciere)"),
)
_GIVES = (
    r"(?:aid|financ|cofinanc|subventionn|vers|accord|pai[et]|rembours|particip|soutien[tn]|accompagn|encourag|attribu|prend en charge|prennent en charge"
    r"|gere|porte|verse|apport|possed)\w{0,6}"
)
_NAMED = tuple(
    (who, re.compile(rf"\b(?:la |le |l'|les |du |de la |de l'|des |au |a la |a l'|par )?{body}"))
    for who, body in _BODIES
)
_GIVING = tuple(
    (
        who,
        re.compile(
            rf"\b(?:la |le |l'|les ){body}[^.;:]{{0,60}}?\b{_GIVES}\b|\bpar (?:la |le |l'|les ){body}"
        ),
    )
    for who, body in _BODIES
)
_NOT_THEM = re.compile(
    r"\b(?:pas|hors|sauf|autres? que|et non|ni) (?:de |par |a )?(?:l'|le |la |du |d')?(?:etat|region|departement|union europeenne)\b"
)
# What other payers give beside the aid.
_OTHERS_TOO = re.compile(
    r"\bcumul\w{0,5}|\bparticipation minimale\b|\baides publiques\b|\bautres? (?:aides|financements|financeurs)\b"
)
_NAMING, _GIVING_WEIGHT, _TITLE_WEIGHT = 1, 3, 4
# The share of all that points to a payer from which it's the one, and from which it's sure.
_ENOUGH, _SURE = 0.5, 0.75


def payer_of(title: str, publisher: str, statements: Sequence[Statement]) -> Found[Funder] | Doubt:
    """The payer, with the statement that says it best; a doubt when none stands out.

    Args:
        title: the title of the document.
        publisher: who publishes it; empty when nobody is named.
        statements: its statements.
    """
    weights: Counter[Funder] = Counter()
    telling: dict[Funder, tuple[int, Statement]] = {}
    for statement in statements:
        for who, weight in _weights(statement.folded).items():
            weights[who] += weight
            if weight > telling.get(who, (0, statement))[0]:
                telling[who] = weight, statement
    for who, pattern in _NAMED:
        if pattern.search(plain(f"{title} {publisher}")) and who in telling:
            weights[who] += _TITLE_WEIGHT
    if not weights:
        return Doubt("qui paie l’aide (« funder ») : le document ne le dit pas")
    (who, weight), total = weights.most_common(1)[0], sum(weights.values())
    gives = telling[who][0] >= _GIVING_WEIGHT
    if weight / total < _ENOUGH:
        return Doubt("qui paie l’aide (« funder ») : le document nomme plusieurs organismes", telling[who][1])
    return Found(who, telling[who][1], "sure" if gives and weight / total >= _SURE else "likely")


def _weights(folded: str) -> dict[Funder, int]:
    if _OTHERS_TOO.search(folded):
        return {}
    folded = _NOT_THEM.sub(" ", folded)
    named = {who: _NAMING for who, pattern in _NAMED if pattern.search(folded)}
    return named | {who: _GIVING_WEIGHT for who, pattern in _GIVING if pattern.search(folded)}
