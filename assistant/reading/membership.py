"""Read on which lists of communes a message asks whether a commune is: "Nesle est-elle PVD ?"."""

from __future__ import annotations

import re

from corpus.french.folding import fold
from corpus.labels import TerritoryList

LABELS: tuple[tuple[TerritoryList, re.Pattern[str]], ...] = tuple(
    (list_id, re.compile(names))
    for list_id, names in (
        (TerritoryList.PVD, r"\bpvd\b|petites? villes? de dem(?:ain|in|1)"),
        (TerritoryList.ACV, r"\bacv\b|(?:action )?c(?:oe|e)urs? de villes?"),
        (TerritoryList.VILLAGES_AVENIR, r"villages? d'?\s?avenir"),
        (TerritoryList.FRANCE_SERVICES, r"(?:maison |espace )?france[- ]services?"),
        (
            TerritoryList.CVCB_PHASE_2,
            r"\bcvcb\b|\bcvbc\b|centres?[- ]villes? (?:et|/) centres?[- ]bourgs?|103 (?:communes|laureates)",
        ),
    )
)
# What may stand between the verb and the label: "est-elle bien dans la liste des lauréates du".
# A word is taken once and for all: words that begin alike ("la", "laureate") would be tried again at each place.
_BETWEEN = (
    r"(?:(?>(?:bien|aussi|deja|encore|toujours|elle|une?|la|le|les|l|dans|ds|parmi|au|aux|du|de|des|d|en|sur|pour|partie|"
    r"liste|villes?|communes?|laureate?s?|labellisee?s?|classee?s?|retenue?s?|choisie?s?|inscrite?s?|"
    r"prise?s?|selectionnee?s?|membres?|signataires?|programmes?|national|regional|dispositif|label|phase|vague|"
    r"premiere|deuxieme|seconde|1|2|commune|maison|espace|beneficiaires?)[ '’«\u00a0\"-]{1,3})){0,9}"
)
_WHO = r"(?:-t)?(?:[- ](?:elle|il|nous|on|vous|je|ce))"
_ASKS = (
    rf"(?:est|sommes|suis|etes|es)(?:{_WHO})?",
    r"sont-(?:elles|ils)(?: (?:toutes|tous))?(?: (?:les )?(?:deux|trois))?",
    rf"fai(?:t|sons|s)(?:{_WHO})? (?:bien |aussi |deja |toujours )?partie",
    rf"(?:a|avons)(?:{_WHO})? (?:bien |deja )?ete",
    r"(?:figure|figurons|appartient|appartenons)(?:-(?:t-)?(?:elle|il|on|nous))?",
)
# These ask by their order of words alone; to have a label, or a house of services.
_HAS = r"(?:avons-nous|a-t-on|a-t-elle|a-t-il|y a-t-il)"
_ANY_LABEL = "|".join(names.pattern for _, names in LABELS)


def _frame(names: str) -> re.Pattern[str]:
    """The words that may ask whether a commune is on the list of these names."""
    return re.compile(rf"\b(?:{'|'.join(_ASKS)}|{_HAS})[ ,'’«\u00a0\"]{{1,3}}{_BETWEEN}(?:{names})")


_FRAMES = tuple((list_id, _frame(names.pattern)) for list_id, names in LABELS)
# A verb before who it's about, or "est-ce que": a question whatever follows; else the sentence ends there, asking.
_INVERTED = re.compile(rf"\b(?:{_HAS}|\w+-(?:t-)?(?:elles?|ils?|nous|on|vous|je))\b")
_ENDS_ASKING = re.compile(r"[ ,\u00a0»\"]*+(?:oui ou non|ou non|ou pas?)?[ \u00a0]*+\?")
# What isn't a commune, before the verb: programmes, and communes in general.
_NO_COMMUNE = re.compile(
    r"\b(?:programmes?|dispositifs?|aides?|fonds|label|une (?:ville|commune)|(?:les|des) (?:villes|communes))\b|"
    + _ANY_LABEL
)
# Words that ask something else of the programme, or for its aid.
_SOMETHING_ELSE = re.compile(
    r"\bc'est quoi|\bqu'est[- ]ce (?:que|qu')|\bquoi\b|\bcombien\b|\bquel(?:le)?s?\b|\bcomment\b|\bpourquoi\b|\bquand\b"
    r"|\bqui (?:est|sont|peut)\b|\bsi (?:on|nous|la commune|elle)\b"
)
_FIRST = re.compile(r"\b(?:phase|vague) (?:1|une?)\b|\b(?:premiere|1re|1ere) (?:phase|vague)\b")
_SECOND = re.compile(r"\b(?:phase|vague) (?:2|deux)\b|\b(?:deuxieme|seconde|2e|2eme|2de) (?:phase|vague)\b")
_OR_NOT = re.compile(r", ?oui ou non,")
_SENTENCES = re.compile(r"[^.!?\n;]+[.!?;]*")


def asked_lists(text: str) -> tuple[TerritoryList, ...]:
    """The lists that a message asks about: whether the commune is on them; empty when it asks no such thing."""
    found: dict[TerritoryList, None] = {}
    for sentence in _SENTENCES.findall(_OR_NOT.sub("", fold(text).replace("’", "'"))):
        if _SOMETHING_ELSE.search(sentence):
            continue
        for list_id, frame in _FRAMES:
            if (match := frame.search(sentence)) and _is_asked(sentence, match):
                found |= dict.fromkeys(
                    _phases(sentence) if list_id is TerritoryList.CVCB_PHASE_2 else (list_id,)
                )
    return tuple(found)


def without_memberships(text: str) -> str:
    """A message, folded, without its words that ask for a membership: what is left may ask something more."""
    folded = fold(text).replace("’", "'")
    for _, frame in _FRAMES:
        folded = frame.sub(" ", folded)
    return folded


def _is_asked(sentence: str, match: re.Match[str]) -> bool:
    """Whether words that may ask for a membership do, of a commune."""
    before = sentence[: match.start()].rpartition(",")[2]
    if _NO_COMMUNE.search(before):
        return False
    if "est-ce qu" in before or _INVERTED.match(match.group()):
        return True
    return _ENDS_ASKING.match(sentence, match.end()) is not None


def phases(text: str) -> tuple[TerritoryList, ...]:
    """The lists of laureates of the phase that a message names, those of all phases when it names none."""
    return _phases(fold(text).replace("’", "'"))


def _phases(sentence: str) -> tuple[TerritoryList, ...]:
    """The list of the phase that is named, the latest first when none is."""
    if _FIRST.search(sentence):
        return (TerritoryList.CVCB_PHASE_1,)
    if _SECOND.search(sentence):
        return (TerritoryList.CVCB_PHASE_2,)
    return (TerritoryList.CVCB_PHASE_2, TerritoryList.CVCB_PHASE_1)
