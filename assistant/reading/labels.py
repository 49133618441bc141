"""Read which labels and lists a message says the applicant has or hasn't."""

from __future__ import annotations

import re

from assistant.eligibility.facts import label_key, laureate_key
from assistant.reading.french.negation import Clause, read_clauses
from assistant.reading.membership import LABELS, asked_lists
from corpus.french.folding import fold
from corpus.labels import TerritoryList

_MEMBER = re.compile(
    r"\b(?:on est|on et|nous sommes|sommes|suis|etes|est|commune|ville|etre|fai(?:t|sons) partie|bien|label(?:lisee?s?|s?)|"
    r"laureate?s?|retenue?s?|selectionnee?s?|classee?s?|membres?|signe\w*|dans l[ea])\b"
)
_LAUREATE = re.compile(
    r"\blaureate?s?\b|\bretenue?s?\b|\bselectionnee?s?\b|\ba ete (?:retenu|choisi)\w*|\bfai(?:t|sons) partie\b"
)
_DEFINING = re.compile(
    r"\bc'est quoi\b|\bquoi\b|\bqu'est[- ]ce\b|\bc'est (?:une?|le|la)\b|\bveut dire\b|\bdifference\b"
)
# A message that only states a label is short.
_SHORT = 14
_ONE_PHASE = re.compile(r"\bphase|\b(?:2|deuxieme|seconde)\b(?! fois)|\b20\d\d\b")
# What is said of others, or asked of anyone, isn't the applicant's own.
_OF_OTHERS = re.compile(
    r"\b(?:une|des|les|ces|certaines|plusieurs|d'autres|toutes les|\d+) (?:\w+ )?(?:communes?|villes?|villages?)\b"
    r"|\bcombien\b|\bquel(?:le)?s?\b|\bqui (?:est|sont|a|ont)\b|\bliste\b|\bsont\b"
)
_OUR_OWN = re.compile(r"\b(?:on est|on et|on a|nous sommes|nous avons|je suis|suis|sommes|notre|nos|ma)\b")
# Before a label: another body has it ("notre EPCI est PVD"), unless the commune comes between.
_OF_ANOTHER_BODY = re.compile(
    r"(?:\b(?:notre|l'|la|le|une?|son|leur) ?(?:epci|interco\w*|communaute|agglo\w*|metropole)\b|\bvoisine?s?\b)"
    r"(?!.{0,60}\b(?:nous sommes|on est|(?:notre|une) (?:commune|ville|village))\b)"
)
_NOT_OURS = re.compile(
    r"(?:mais )?(?:pas|non) (?:nous|(?:notre|la|ma) (?:commune|ville|village|mairie))(?: elle)?\W*$"
)
# Before a label: it's asked for or hoped for ("nous avons demandé à être PVD").
_WISHED = re.compile(
    r"\b(?:demand|souhait|voul|voudr|aimer|esper|attend|vis|failli|envisag)\w* (?:(?:a|de|d'|bien|pouvoir|que) ?){0,2}"
    r"(?:etre|devenir|rejoindre|entrer|integrer|(?:faire|fasse) partie|le label|la label\w+|on soit|nous soyons)\b"
    r"|\bcandidat\w*|\bpostul\w+|\bser(?:ons|ions|ait)\b|\b(?:on|commune|ville|elle) sera\b|\bdev(?:enir|iendr\w+)\b"
    r"|\bpeut[- ]etre\b"
)
_ASKING_MEMBERSHIP = re.compile(
    r"\best[- ]ce (?:que|qu')|\bsommes[- ]nous\b|\best[- ]elle\b|\bfaut[- ]il\b|\bdevons[- ]nous\b"
)


def is_only_membership(text: str) -> bool:
    """Whether a message only says which labels the applicant has or hasn't."""
    folded = fold(text)
    return bool(read_labels(folded)) and "?" not in text and len(folded.split()) <= _SHORT


def read_labels(folded: str) -> dict[str, bool]:
    """Labels and lists that the applicant says it has or hasn't; what it asks, it doesn't say."""
    claims: dict[str, bool] = {}
    asked = {key for list_id in asked_lists(folded) for key in (label_key(list_id), laureate_key(list_id))}
    named: list[TerritoryList] = []
    for clause in read_clauses(folded):
        text = clause.text
        if _NOT_OURS.match(text):
            claims.update({key: False for list_id in named for key in _told(list_id, clause)})
        named = [list_id for list_id, names in LABELS if names.search(text)]
        if _states_ours(text):
            for list_id, names in LABELS:
                if (match := names.search(text)) and _has(text[: match.start()], text[match.end() :]):
                    claims.update(_told(list_id, clause))
    return {key: value for key, value in claims.items() if key not in asked}


def _has(before: str, after: str) -> bool:
    """Whether the words around a label say that the applicant has it, or hasn't."""
    is_own = not _WISHED.search(before) and not _OF_ANOTHER_BODY.search(before)
    return is_own and _MEMBER.search(f"{before}{after}") is not None


def _states_ours(text: str) -> bool:
    """Whether a clause may say what the applicant is: it neither asks nor speaks of others."""
    if _ASKING_MEMBERSHIP.search(text) or _DEFINING.search(text):
        return False
    return not _OF_OTHERS.search(text) or bool(_OUR_OWN.search(text))


def _told(list_id: TerritoryList, clause: Clause) -> dict[str, bool]:
    """What a clause that names a label says of it."""
    value = not clause.denies
    if list_id is not TerritoryList.CVCB_PHASE_2:
        return {label_key(list_id): value, laureate_key(list_id): value}
    if not _LAUREATE.search(clause.text):
        return {}
    told = {laureate_key(list_id): value}
    if clause.denies and (" ni " in clause.text or not _ONE_PHASE.search(clause.text)):
        told[laureate_key(TerritoryList.CVCB_PHASE_1)] = False
    return told
