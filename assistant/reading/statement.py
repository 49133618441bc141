"""Read what a message states of the applicant: inhabitants, who asks, department, cost, labels.

Patterns work on folded text (no accents, lower case) and tolerate the spelling of short messages.
"""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from assistant.eligibility.facts import Facts
from assistant.reading.cost import read_cost, read_granted, read_taxes
from assistant.reading.labels import read_labels
from assistant.reading.quantities import read_counts, read_epci_population, read_population
from assistant.reading.who import read_who
from corpus.communes.commune import DEPARTMENTS
from corpus.french.folding import fold

_IN_DEPARTMENT = re.compile(
    r"\b(?:dans (?:l'|le |la )|(?:commune|village|bourg|ville|maire|mairie|elue?|departement)s? (?:de l'|du |de la |dans l'|dans le |dans la )"
    r"|departement (?:de l'|du |de la ))(oise|aisne|somme|nord|pas-de-calais)\b(?!-)"
)


def read_statement(text: str, facts: Facts, *, commune_asks: bool = False) -> Facts:
    """Return the facts with what a message states; what it doesn't speak of stays as it was.

    Args:
        text: the message.
        facts: what was known before.
        commune_asks: whether what it asks is asked of a commune: others that it names are named in passing.
    """
    folded = fold(text)
    facts = replace(
        facts,
        population=read_population(folded) or facts.population,
        epci_population=read_epci_population(folded) or facts.epci_population,
        beneficiary=read_who(folded, commune_asks=commune_asks) or facts.beneficiary,
        department=_department(folded) or facts.department,
        cost=(cost := read_cost(folded, known=facts.cost is not None)) or facts.cost,
        granted=read_granted(folded) or facts.granted,
        taxes=read_taxes(folded) or (facts.taxes if cost is None else None),
        counts=MappingProxyType({**facts.counts, **read_counts(folded)}),
    )
    return facts.with_claims(read_labels(folded))


def _department(folded: str) -> str | None:
    """The department that a message says the applicant is in, by its name."""
    found = _IN_DEPARTMENT.search(folded)
    return next((n for n, name in DEPARTMENTS.items() if fold(name) == found[1]), None) if found else None
