"""What tells, right after a commune's name, that another place is meant: "Lens, en Suisse"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from corpus.communes.commune import DEPARTMENTS
from corpus.french.folding import fold
from corpus.places.areas import AREAS, BORDERS
from corpus.places.elsewhere import COUNTRIES, AreaKind, Elsewhere, Outside
from corpus.places.hint import DEPARTMENT_WORDS, UNITS
from corpus.places.name import Token, name_key

# Parts of countries, and other names of theirs.
_ALSO = {
    "angleterre": "GB", "ecosse": "GB", "grande bretagne": "GB", "wallonie": "BE", "baviere": "DE",
    "hesse": "DE", "sarre": "DE", "quebec": "CA", "ontario": "CA", "acadie": "CA", "valais": "CH",
    "hollande": "NL", "catalogne": "ES", "louisiane": "US", "usa": "US",
}  # fmt: skip
_ABROAD: Mapping[str, str] = MappingProxyType(
    {**{name_key(name): code for code, name in COUNTRIES.items()}, **_ALSO}
)
# Large parts of France that lie outside the region: nobody's department.
_PARTS = frozenset(
    """
    alsace anjou aquitaine argonne auvergne bearn beauce berry bourgogne bretagne corse dauphine gascogne
    languedoc limousin lorraine maconnais morvan normandie occitanie perigord poitou provence quercy
    roussillon touraine
    """.split()  # noqa: SIM905 - a page of quotes would hide the words
)
_MOST_WORDS = 4
# From a name to what tells where it is; "au Canada", "dans le département du Cher", "(Québec)".
_LEAD = re.compile(
    r"[ \u00a0]?[ \u00a0,(–-]{1,3}(?P<in>(?:situ[ée]e? )?(?:dans|en|au|aux)[ \u00a0](?:l['’]|l[ea]s? )?)?"
    r"(?P<department>(?:d[ée]partement|dept|dpt)[ \u00a0](?:d[ue]s?[ \u00a0])?(?:l['’]|la )?)?",
    re.IGNORECASE,
)
# "Clermont en Argonne", "Arras sur Rhône": an unknown name after a link.
_LINK = re.compile(r"[ \u00a0](?:en|sur)[ \u00a0]")
_LEAST_LETTERS = 5
_SITES = frozenset(
    {"facebook", "google", "instagram", "linkedin", "twitter", "youtube", "whatsapp", "tiktok"}
)
_POSTCODE_LENGTH = 5
# Who travels from a commune is of that commune.
_TRAVEL = re.compile(r"\b(?:voyage|jumel|sejour|echange|deplacement|trajet|ligne|va de|part de|quitte)")
_LOOKBACK = 60


def qualified(
    text: str,
    tokens: Sequence[Token],
    span: tuple[int, int],
    elsewhere: Elsewhere,
    is_word: Callable[[str], bool],
) -> tuple[int, Outside | None] | None:
    """Where a name of the region ends with what tells that it is another place, and that place.

    Args:
        text: a sentence.
        tokens: its words.
        span: where the name starts and ends.
        elsewhere: the places outside the region.
        is_word: whether a folded word is French.

    Returns:
        The end, and the place; no place when nobody knows it. None when the name stands for itself.
    """
    start, end = span
    if _TRAVEL.search(fold(text[max(0, start - _LOOKBACK) : start])):
        return None
    lead = _LEAD.match(text, end)
    if lead is not None and (found := _told(text, tokens, lead, elsewhere)) is not None:
        last, department, country = found
        last += "(" in lead.group() and text[last : last + 1] == ")"
        kind = AreaKind.ABROAD if country else AreaKind.COMMUNE
        code = department or country
        place = Outside(kind, text[start:end], (code,), 0, is_word=False) if code else None
        return last, place
    return _unknown(text, tokens, end, is_word)


def _told(
    text: str, tokens: Sequence[Token], lead: re.Match[str], elsewhere: Elsewhere
) -> tuple[int, str, str] | None:
    """The end of what is told, and the department or the country that it is, when it is one elsewhere."""
    first = _token_at(tokens, lead.end())
    if first is None:
        return None
    token = tokens[first]
    if token.word[0].isdigit():
        department = _department_of(text, tokens, first, lead, elsewhere)
        return (token.end, department, "") if department else None
    is_led = bool(lead["in"] or lead["department"] or "(" in lead.group())
    for size in range(min(_MOST_WORDS, len(tokens) - first), 0, -1):
        run = tokens[first : first + size]
        if not (run[0].capital or text.isupper() or "(" in lead.group()):
            continue
        key = name_key(text[run[0].start : run[-1].end])
        found = elsewhere.departments.get(key)
        if found is not None and (is_led or not found.is_word):
            return run[-1].end, found.departments[0], ""
        if key in _ABROAD:
            return run[-1].end, "", _ABROAD[key]
        if key in _PARTS and is_led:
            return run[-1].end, "", ""
    return None


def _department_of(
    text: str, tokens: Sequence[Token], place: int, lead: re.Match[str], elsewhere: Elsewhere
) -> str:
    """The department elsewhere whose number or postcode stands there; empty for a count or one of ours."""
    token = tokens[place]
    after = tokens[place + 1].word if place + 1 < len(tokens) else ""
    rest = text[token.end :].lstrip()
    if after in UNITS or rest[:1] in {"€", "%"}:
        return ""
    bracketed = "(" in lead.group() and rest[:1] == ")"
    if found := elsewhere.numbers.get(token.word):
        led = bracketed or lead["department"] or (lead["in"] or "").lower().split() == ["dans", "le"]
        return found.departments[0] if led or not rest.strip(" .?!") else ""
    code = token.word
    if len(code) != _POSTCODE_LENGTH or not code.isdigit() or code[:2] in DEPARTMENTS:
        return ""
    if code.endswith("000") and not bracketed:
        return ""
    found = elsewhere.of_postcode(code)
    return found.departments[0] if found else ""


def _token_at(tokens: Sequence[Token], start: int) -> int | None:
    """Which token starts there; None for none."""
    place = bisect_left(tokens, start, key=lambda token: token.start)
    return place if place < len(tokens) and tokens[place].start == start else None


def _unknown(
    text: str, tokens: Sequence[Token], end: int, is_word: Callable[[str], bool]
) -> tuple[int, None] | None:
    """The end of a name that goes on with a link and a name of neither the region nor the dictionary."""
    link = _LINK.match(text, end)
    place = _token_at(tokens, link.end()) if link else None
    if place is None:
        return None
    token = tokens[place]
    if not token.capital or len(token.word) < _LEAST_LETTERS or text.isupper():
        return None
    raw = text[token.start : token.end]
    here = token.word in AREAS - BORDERS or token.word in DEPARTMENT_WORDS or token.word in _SITES
    if here or token.word in BORDERS or raw[1:] != raw[1:].lower() or is_word(token.word):
        return None
    return token.end, None
