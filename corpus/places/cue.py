"""The cues around a name in a sentence: is it a place here, a person, a street, or just a word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto

from corpus.places.name import Token
from corpus.places.ordinary_words import WordKind

CONTRACTED = {"du": ("de", "le"), "au": ("a", "le"), "des": ("de", "les"), "aux": ("a", "les")}
CIVILITIES = frozenset(
    {"m", "mr", "mme", "mlle", "monsieur", "madame", "docteur", "dr", "maitre", "maire"}
    | {"president", "presidente", "senateur", "senatrice", "depute", "deputee", "ministre"}
)
# Towns and who speaks for them, which "de" and a name or a code may follow: "mairie de 59500".
TOWN_HALLS = frozenset(
    {
        "commune",
        "communes",
        "mairie",
        "maire",
        "ville",
        "village",
        "bourg",
        "adjoint",
        "adjointe",
        "elu",
        "elue",
    }
)
_JOIN = r"(?:de la|de l|de|du|des|d|a la|a l|a|au|aux)"
_BODY = (
    r"communes?|mairies?|villes?|villages?|bourg|bourgade|maire|mairesse|adjointe?|elue?s?"
    r"|habitante?s?|municipalite|municipale?|secretaire|centre (?:ville|bourg)|collectivite|hab"
)
_STRONG = re.compile(
    rf"\b(?:(?:{_BODY})(?: (?:de|d) (?:la|le|notre)? ?(?:ville|commune|village))? {_JOIN}"
    r"|(?:commune|mairie|ville|village) (?:est|c est)|commune|mairie|ville|village"
    r"|(?:suis|sommes|habite|habitons|vis|vivons|situee?|installee?|domiciliee?) (?:a|de|d|sur))$"
)
# "à côté d’Albert", "tout près de Marle": a name with a capital that something is near is a place's.
_NEAR = re.compile(r"\b(?:a cote|pres|proches?|autour|voisine?s?|aux environs|aux alentours) (?:de|d|du)$")
_OTHER = re.compile(
    r"\b(?:rue|avenue|boulevard|bd|route|chemin|chaussee|canton|arrondissement|agglomeration"
    r"|communes? d agglomeration|communaute(?: urbaine| d agglomeration| de communes)?|cc|ca|cu"
    rf"|metropole|prefecture|pays|bataille|foret|canal|academie|chu|tribunal)(?: {_JOIN})?$"
)
# "Guise peut-elle…", "Rue a-t-elle…": what is asked of a name without an article is asked of a town.
_ASKED_OF = re.compile(r"\s+(?!qui\b)[a-zéèê]+(?:-t)?-(?:elle|il)\b")
# "Croix, sommes-nous…": who speaks says first for which town.
_CALLED = re.compile(
    r"[ \u00a0]?,\s*(?:[a-z]{2,9}(?:ons|es)-nous|nous|on|notre|peut-on|a-t-on|quel(?:le)?s?)\b", re.IGNORECASE
)
_AT = frozenset({"a", "sur"})
_WEAK = _AT | {"de", "d", "pour", "en", "et", "entre", "chez", "vers"}
_CLAUSE_END = re.compile(r"[.!?;\n]")
_LOOKBACK = 6


class Cue(Enum):
    """What the words around a name say of it, from the strongest to the weakest."""

    PLACE = auto()
    AT = auto()
    WEAK = auto()
    CAPITAL = auto()
    START = auto()
    NONE = auto()
    OTHER_PLACE = auto()
    PERSON = auto()


def cue_of(text: str, tokens: list[Token], first: int, last: int, words: Mapping[str, WordKind]) -> Cue:
    """Say what surrounds the name made of ``tokens[first]`` to ``tokens[last]``, both included.

    A capital is no cue in a text written in capitals.
    """
    capital = _capital(text, tokens, first, last)
    if capital and _is_person(text, tokens, first, last, words):
        return Cue.PERSON
    before = _before(text, tokens, first)
    lead = " ".join(before)
    if _OTHER.search(lead):
        return Cue.OTHER_PLACE
    if _STRONG.search(lead) or (capital and _NEAR.search(lead)):
        return Cue.PLACE
    if before and before[-1] in _AT:
        return Cue.AT
    if before and before[-1] in _WEAK and capital:
        return Cue.WEAK
    if capital and not before and _CALLED.match(text, tokens[last].end):
        return Cue.PLACE
    if first == last and len(tokens[first].word) == 1:
        return Cue.NONE  # "Y aura-t-il…" asks of no commune
    if capital and not before and _ASKED_OF.match(text, tokens[last].end):
        return Cue.PLACE
    if capital:
        return Cue.CAPITAL if before else Cue.START
    return Cue.NONE


def calls(tokens: list[Token], first: int, cue: Cue) -> bool:
    """Whether the words before a name call for a place: "commune de", "à", "pour" and a capital."""
    if cue is Cue.WEAK:
        return first > 0 and tokens[first - 1].word == "pour"
    return cue in {Cue.PLACE, Cue.AT}


def _capital(text: str, tokens: list[Token], first: int, last: int) -> bool:
    """Whether the name is capitalised in a text that isn't all in capitals."""
    if text.isupper():
        return False
    return any(tokens[place].capital for place in range(first, last + 1))


def _before(text: str, tokens: list[Token], first: int) -> list[str]:
    """The words before the name in its clause; a contracted article leaves its preposition."""
    found: list[str] = []
    edge = tokens[first].start
    for place in range(first - 1, max(-1, first - 1 - _LOOKBACK), -1):
        token = tokens[place]
        if _CLAUSE_END.search(text, token.end, edge) and not _abbreviated(token):
            break
        if "," in text[token.end : edge]:
            found.insert(0, ",")
        found.insert(0, token.word)
        edge = token.start
    contracted = CONTRACTED.get(tokens[first].word)
    if contracted:
        found.append(contracted[0])
    return found


def _abbreviated(token: Token) -> bool:
    return token.word in {"m", "mr", "dr", "hab", "saint", "sainte"}


def _is_person(text: str, tokens: list[Token], first: int, last: int, words: Mapping[str, WordKind]) -> bool:
    if first > 0 and tokens[first].word not in CONTRACTED:
        previous = tokens[first - 1]
        gap = text[previous.end : tokens[first].start]
        if previous.word in CIVILITIES and gap.strip(" .\u00a0") == "":
            return previous.capital or len(previous.word) > 1
        named = words.get(previous.word) is WordKind.FIRST_NAME
        if named and previous.capital and gap.strip(" -\u00a0") == "":
            return True
    if first != last or last + 1 >= len(tokens):
        return False
    following = tokens[last + 1]
    gap = text[tokens[last].end : following.start]
    named = words.get(tokens[first].word) in {WordKind.FIRST_NAME, WordKind.SURNAME}
    return named and following.capital and gap.strip(" -\u00a0") == "" and gap != ""
