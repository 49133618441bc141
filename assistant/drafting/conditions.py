"""Conditions that only the applicant can settle: what a sentence says must be, or rules someone out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.reading.french.quantities import Bound, read_quantities
from assistant.reading.french.quantities import Unit as Counted
from assistant.reading.stated.finding import Doubt, Found
from assistant.reading.stated.statement import EMPTY, Unit
from corpus.french.folding import words
from corpus.french.typography import typeset


@dataclass(frozen=True)
class Condition:
    """A condition to check by hand.

    Attributes:
        fact: its key.
        question: a question in French, with the words of the document.
        expected: the answer that meets it.
    """

    fact: str
    question: str
    expected: bool = True


_MUST = re.compile(
    r"\bdoi(?:t|vent)\b|\bdevr(?:a|ont)\b|\bobligatoire\w{0,5}|\ba (?:la )?condition\b|\bsous reserve\b|\bimperative\w{0,4}|\bil faut\b|\best exige\w{0,3}"
    r"|\bsont exige\w{0,3}|\best requis\w{0,2}|\bsont requis\w{0,2}|\bs'engage\w{0,3}\b|\b(?:ne|n')[^.;]{0,40}\bque si\b|\bsi elle\w{0,1} (?:a|ont|est|sont)\b|\bune seule (?:demande|aide|candidature|subvention)\b"
    r"|\bseule?s? (?:sont|est|peu)"
)
_LED = re.compile(r"\bconditions?\b|\bcriteres?\b|\bdoi(?:t|vent)\b|\ba reunir\b|\bil faut\b|\bprealables?\b")
_RULED_OUT = re.compile(
    r"\bexclue?s?\b|\bineligibles?\b|\b(?:ne|n')[^.;]{0,30}\b(?:peu(?:t|vent)|est|sont)\b[^.;]{0,12}\b(?:pas|plus)?\b[^.;]{0,20}\b(?:admis\w{0,2}|eligibles?|pretendre|beneficier|presenter|obtenir|deposer|candidater|recevables?|solliciter|donner lieu)\b"
    r"|\bn'ouvre\w{0,3} (?:pas )?droit\b"
)
_ONLY_IF = re.compile(r"\bque si\b|\bsauf si\b|\bsauf pour\b")
# What must be done to ask, to be paid or to report is no condition of the applicant or of the project.
_PROCEDURE = re.compile(
    r"^(?:(?:[ivx]{1,4}|\d{1,2}|[a-z])[.)°] ?(?:[-–—] ?)?)?(?:le |la |les |un |une |l'|ce |cette |sa |son |votre |toute )?(?:dossiers?|demandes?(?! ne peut)|listes?|bulletins?|enveloppes?|financements?|montants?|soldes?|credits?|missions?|sieges?|taux|ces subventions|candidatures?|pieces?|formulaires?|courriers?|versements?|paiements?|subventions? (?:est|sont|ne|doit|doivent)"
    r"|aide (?:est|doit)|prefets?|commissions?|representants?|services?|conventions?|arretes?|depenses? doi|justificatifs?|beneficiaires? (?:transmet|doit (?:informer|transmettre|fournir)))\b"
)
# What the payer does; what is said of "them"; what holds for some alone.
_BY_PAYER = re.compile(
    r"^(?:la |le |l'|les )(?:region|departement|etat|epf|agence|commission|conseil)\b(?! et )|^(?:il|elle) (?:le|la|les) \w{3,20}ra\b"
)
_ELSEWHERE_NAMED = re.compile(r"^(?:ils|elles|ceux-ci|celles-ci|ceux|celui-ci|celle-ci)\b")
_EXCEPTIONAL = re.compile(
    r"\ba titre exceptionnel\b|\bbonus\b|\bbonifi\w{1,8}|\bmajoration\b|\bsupplementaires?\b|\bderogation\b"
)
# "Dans un délai de deux mois…, les communes adressent leur demande".
_IN_TIME = re.compile(
    r"\bdans (?:un|le) delai d[^;]{0,90}\b(?:communes?|collectivites|demandeurs?|entreprises?|porteurs?|associations?|beneficiaires?)\b[^.;]{0,50}\b(?:adress|depos|present|transmet|formul)\w{1,5}"
    r"|\bdans les \w{1,9} (?:mois|jours|semaines|ans)\b[^.;]{0,60}\b(?:demandes?|dossiers?)\b"
)
_OF_WORKS_BEFORE = re.compile(
    r"\b(?:travaux|operations?|projets?|chantiers?|achats?)\b[^.;]{0,60}\b(?:commenc|debut|demarr|engag)\w{1,6}"
)
# What other payers or the applicant itself pay, within limits.
_NOT_AIDED = re.compile(
    r"\b(?:ne|n')[^.;]{0,20}\b(?:pas|plus|aucun\w{0,2})\b[^.;]{0,20}\b(?:aide|finance|subventionn|pris|retenu|eligible|accept|admis|donn|ouvr)\w{0,5}|\bexclu\w{0,3}|\bineligibles?\b"
)
_QUOTES = re.compile(r"«[ \u00a0]?|[ \u00a0]?»")
_SHARE = re.compile(r"\d ?(?:%|pour cent)")
_LIMITS = re.compile(
    r"\blimit\w{1,3}|\bmaxim\w{1,4}|\bminim\w{1,4}|\bau (?:moins|plus)\b|\bplus de\b|\bmoins de\b|\bdepass\w{1,4}|\bexced\w{1,4}|\bcharge\b|\bexige\w{0,2}|\bdoi(?:t|vent)\b"
)
_PAST = re.compile(r"\ben (?:19|20)\d\d,")
_UNCOUNTED = frozenset(
    {Counted.EMPLOYEE, Counted.EURO, Counted.M2, Counted.YEAR, Counted.HECTARE, Counted.PLANT}
)
_BOUNDS = frozenset({Bound.UNDER, Bound.AT_MOST, Bound.OVER, Bound.AT_LEAST})
_MOST_CHARS, _MOST_KEY = 260, 48
_EMPTY = EMPTY | frozenset(
    "est sont etre ne pas plus que qui ce cette ces leur leurs il elle doit doivent n s se y".split()  # noqa: SIM905
)
# Sections of a fiche whose refusals rule out what is paid, not who asks.
_OF_EXPENSES = frozenset({"Dépenses exclues", "Dépenses éligibles"})


def conditions_in(unit: Unit, section: str) -> Iterator[Found[Condition] | Doubt]:
    """The condition that a unit states, if it does.

    Args:
        unit: the unit.
        section: the section of a fiche that its statement goes to.
    """
    folded = unit.folded
    if _PAST.search(folded) or section in {"Exemples", "Chiffres clés"}:
        return
    if section == "Cumul":
        if _SHARE.search(folded) and _LIMITS.search(folded):
            yield Found(_condition(unit, expected=True), unit.statement, "likely")
        return
    if _OF_WORKS_BEFORE.search(folded) and _NOT_AIDED.search(folded):
        yield Found(_condition(unit, expected=False), unit.statement)
        return
    led = bool(unit.lead) and unit.lead != folded and _LED.search(unit.lead) is not None
    led_out = bool(unit.lead) and _RULED_OUT.search(unit.lead) is not None
    if led_out or (_RULED_OUT.search(folded) and not _ONLY_IF.search(folded)):
        if section not in _OF_EXPENSES or led_out:
            yield Found(_condition(unit, expected=False), unit.statement, "sure" if led_out else "likely")
        return
    says = _MUST.search(folded) is not None or led or (section == "Bénéficiaires" and _bounds(folded))
    says = says or _IN_TIME.search(folded) is not None
    if not says or _EXCEPTIONAL.search(f"{unit.lead} {folded}"):
        return
    if (
        _PROCEDURE.search(unit.said) or (led and _PROCEDURE.search(unit.lead)) or _BY_PAYER.search(unit.said)
    ) and not _OF_WORKS_BEFORE.search(folded):
        return
    if _ELSEWHERE_NAMED.search(unit.said):
        yield Doubt("une obligation dont le sujet est dans une autre phrase", unit.statement)
        return
    yield Found(_condition(unit, expected=True), unit.statement)


def _bounds(folded: str) -> bool:
    """Whether a text bounds something that no criterion of a fiche counts: employees, a surface, a turnover."""
    return any(item.unit in _UNCOUNTED and item.bound in _BOUNDS for item in read_quantities(folded))


def _condition(unit: Unit, *, expected: bool) -> Condition:
    text = unit.text.rstrip(" .;,:")
    if len(text) > _MOST_CHARS:
        text = text[:_MOST_CHARS].rpartition(" ")[0] + "…"
    # Quotes inside the quotation would end it.
    quoted = _QUOTES.sub("", text)
    asked = (
        f"Le document pose cette condition : « {quoted} ». Est-elle remplie ?"
        if expected
        else f"Le document écarte ce cas : « {quoted} ». Est-ce le vôtre ?"
    )
    return Condition(_key(unit.text), typeset(asked), expected)


def _key(text: str) -> str:
    """A key of the first words that tell something."""
    telling = [word for word in words(text) if word not in _EMPTY]
    key = ""
    for word in telling:
        if len(key) + len(word) + 1 > _MOST_KEY:
            break
        key = f"{key}_{word}" if key else word
    return key if key[:1].isalpha() else f"condition_{key}" if key else "condition"
