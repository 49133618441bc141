"""The words that limit what a clause says: exceptions, restrictions, dates; the one closed list of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading.french.negation import denies

# What sets something apart from what is said: "jamais aidés sauf en 2022".
_EXCEPTIONS = (
    r"sauf|hormis|hors|excepte|exceptee?s?|a part|mise?s? a part|en dehors|a l'exception|exception faite"
    r"|a l'exclusion|si ce n'est|sinon|autrement|a moins|outre|abstraction faite"
)
# What says it of less than is asked: "aidés en 2021 seulement", "pas vraiment", "sous réserve".
_RESTRICTIONS = (
    r"seulement|uniquement|exclusivement|juste|simplement|rien que|n(?:e |')(?:[\w']{1,20}+ ){1,4}qu(?:e\b|')"
    r"|(?:une|deux|trois|\d) (?:seule )?fois|pas (?:vraiment|tout a fait|totalement|completement|entierement)"
    r"|presque|quasi\w*|plus ou moins|a peine|sous reserve|a condition"
)
# What says it of a time: "pas aidés depuis 2022", "la première installation date de 2019".
_TIMES = (
    r"avant|depuis|apres|jusqu(?:e\b|'\w+)|a partir|dat(?:e|ent|ait|aient|ant) d(?:e\b|u\b|')|remont\w+ a|a l'epoque"
    r"|recemment|dernierement|autrefois|jadis|cette annee|l'an (?:dernier|passe)|l'annee (?:derniere|passee)"
    r"|ces (?:\w+ )?(?:dernieres )?annees|pour (?:l'instant|le moment)|suite a"
)
# What says it of a part of the project: "première installation de la deuxième tranche".
_PARTS = (
    r"extensions?|(?:deuxieme|seconde?|2e|2eme|2nde?|troisieme|3e|3eme|nouvelle|prochaine|autre|derniere) "
    r"(?:tranche|phase|vague|partie|serie|etape|campagne|installation)"
)
_RESERVE = re.compile(rf"\b(?:{_EXCEPTIONS}|{_RESTRICTIONS}|{_TIMES}|{_PARTS})(?:(?!\w)|(?<='))")
_EXCEPTION = re.compile(rf"\b(?:{_EXCEPTIONS})\b")
# "Hors taxes", "non seulement", "avant tout": they limit nothing; "sauf erreur" neither.
_LIMITS_NOTHING = re.compile(
    r"\bhors[- ](?:tax\w+|ht)\b|\bnon seulement\b|\bavant tout\b|\bapres tout\b|\bavant[- ]projet\b|\bsauf erreur\b"
)
# "Oui, depuis 2019" dates a yes and takes nothing off it.
_DATES_A_YES = re.compile(r"\bdepuis\b")
# A step of the project limits nothing that is affirmed: "une église classée, avant de lancer le chantier".
_STEP = re.compile(
    r"\bavant d(?:e |')(?:s'|m'|l'|les? |la |nous |vous )?\w+(?:er|ir|re|oir)\b|\bapres (?:avoir|etre)\b"
)
# A clause of so few words that limits says nothing of its own: "en 2022 seulement", "mais c’était avant 2022".
_FEW = 4


def limits(folded: str, asked: str = "") -> bool:
    """Whether a clause limits what it says by a word that the question doesn't hold itself.

    Args:
        folded: the clause, folded.
        asked: the question that it may answer, folded.
    """
    return any(word not in asked for word in _reserves(folded))


def limits_a_yes(folded: str) -> bool:
    """Whether an answer that begins with a yes limits it: "oui, sauf une"; "oui, depuis 2019" doesn't."""
    return limits(_DATES_A_YES.sub(" ", folded))


def with_their_limits(clauses: Sequence[str]) -> list[str]:
    """Each clause with those of its message that only limit: "jamais aidés" with "sauf en 2022".

    What such a clause is of isn't told by its place ("à part en 2022, première installation et jamais aidés"),
    so it's of all of them.

    Args:
        clauses: the folded clauses of one message, in their order.
    """
    limiting = [clause for clause in clauses if _only_limits(clause)]
    return [" ; ".join((clause, *limiting)) for clause in clauses]


def opens_an_exception(folded: str) -> bool:
    """Whether a clause begins by setting something apart."""
    return _EXCEPTION.match(folded) is not None


def _only_limits(clause: str) -> bool:
    if opens_an_exception(clause):
        return limits(clause)
    return len(clause.split()) <= _FEW and limits(clause)


def _reserves(folded: str) -> list[str]:
    told = _LIMITS_NOTHING.sub(" ", folded)
    return _RESERVE.findall(told if denies(told) else _STEP.sub(" ", told))
