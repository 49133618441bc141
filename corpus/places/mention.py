"""The communes named inside a sentence, each with its place, what it means and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.communes.commune import Commune
from corpus.places.codes import Code, Codes, said_kind
from corpus.places.cue import TOWN_HALLS
from corpus.places.hint import Hint
from corpus.places.name import How, name_key
from corpus.places.name_index import Hit, NameIndex
from corpus.places.name_reader import NameInText, NameReader
from corpus.places.ordinary_words import WordKind
from corpus.places.resolution import Ambiguous, Found, communes_of, narrowed, resolution_of

_CODE_LEADS = frozenset({"postal", "cp", "insee", "code", "a", "au", "commune", "mairie", "ville"})
# What a code that stands apart is between: "(80000)", ", 62800, ".
_APART_BEFORE, _APART_AFTER = re.compile(r"(?:^|[(,;:?!.])\s?$"), re.compile(r"\s?(?:$|[),;:?!.](?!\d))")
_LOOKBACK = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A commune named in a text.

    Attributes:
        start: where the name starts in the text.
        end: where it ends.
        text: the name as it stands there.
        resolution: the commune, or those between which to choose.
        certain: False when the name may be a word, a person, a street or a slip of the pen, or
            when the department said beside it contradicts it: to be confirmed before use.
        alone: whether the text says nothing else ("mairie de Nieppe", "59850 Nieppe").
        called: whether the words before it call for a place ("à", "commune de"), however sure the name is.
        against: a code beside the name that is another commune's: both are among the candidates.
    """

    start: int
    end: int
    text: str
    resolution: Found | Ambiguous
    certain: bool
    alone: bool
    called: bool = False
    against: str = ""


def find_mentions(
    text: str, index: NameIndex, codes: Codes, ordinary: Mapping[str, WordKind]
) -> tuple[Mention, ...]:
    """Find the communes named in a text, in order.

    Args:
        text: a question, or an answer that may be nothing but a name.
        index: the names.
        codes: the communes that each INSEE code or postcode may mean.
        ordinary: the words that are commune names too, or nearly.
    """
    reader = NameReader(text, index, codes, ordinary)
    names = reader.names()
    hints = [hint for hint in reader.hints if not any(name.start <= hint.start < name.end for name in names)]
    found = [_mention(reader, name, hints, codes) for name in names]
    found += _code_mentions(reader, names, hints, codes)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _mention(reader: NameReader, name: NameInText, hints: list[Hint], codes: Codes) -> Mention:
    """Make a mention of a name, its homonyms sorted out by the hints of the text."""
    text, written = reader.text, reader.text[name.start : name.end]
    resolution = resolution_of(name.hit)
    certain = name.certain
    beside = [hint for hint in hints if _is_beside(text, hint, name)]
    afar = [hint for hint in hints if hint.explicit and hint.department]
    against = ""
    if beside:
        kept = narrowed(resolution, lambda c: all(_agrees(c, hint, codes) for hint in beside))
        certain = kept is not None and (certain or beside[0].follows(text, name.end))
        against = "" if kept else next((hint.code for hint in beside if hint.code), "")
        resolution = _own_name(kept, written) if kept else resolution
    elif isinstance(resolution, Ambiguous) and len({hint.department for hint in afar}) == 1:
        resolution = narrowed(resolution, lambda c: _agrees(c, afar[0], codes)) or resolution
    alone = (not beside or certain) and reader.says_only(name.first, name.last)
    if against:
        resolution, certain = either(resolution, codes.communes(Code(against, None))), True
    return Mention(name.start, name.end, written, resolution, certain, alone, name.called, against)


def either(resolution: Found | Ambiguous, others: Sequence[Commune]) -> Ambiguous:
    """The communes that a name may mean, then those of a code that disagrees with it."""
    return Ambiguous(tuple(dict.fromkeys((*communes_of(resolution), *others))), resolution.how)


def _own_name(resolution: Found | Ambiguous, written: str) -> Found | Ambiguous:
    """Once the department is said, a commune's own name beats the longer names it begins."""
    key = name_key(written)
    return narrowed(resolution, lambda commune: name_key(commune.name) == key) or resolution


def _code_mentions(
    reader: NameReader, names: list[NameInText], hints: list[Hint], codes: Codes
) -> Iterator[Mention]:
    """The codes that stand alone; a round number such as 60000 needs a word that calls for it."""
    for hint in hints:
        if hint.code is None or any(_is_beside(reader.text, hint, name) for name in names):
            continue
        place = next(p for p, token in enumerate(reader.tokens) if token.start == hint.start)
        kind = said_kind(reader.text[: hint.start])
        communes = codes.communes(Code(hint.code, kind))
        if not communes:
            continue
        called = kind is not None or _calls_for_a_code(reader, place)
        alone = reader.says_only(place, place)
        certain = called or alone or _stands_apart(reader.text, hint)
        if certain or not hint.code.endswith("000"):
            resolution = resolution_of(Hit(How.POSTCODE, communes))
            yield Mention(hint.start, hint.end, hint.code, resolution, certain, alone, called)


def _calls_for_a_code(reader: NameReader, place: int) -> bool:
    """Whether the words before a code call for one: "cp 59500", "à 59500", "mairie de 59500"."""
    before = [token.word for token in reader.tokens[max(0, place - 2) : place]]
    if not before:
        return False
    return before[-1] in _CODE_LEADS or (before[-1] == "de" and before[0] in TOWN_HALLS)


def _stands_apart(text: str, hint: Hint) -> bool:
    """Whether a code stands by itself, between marks; a round one may be a sum, unless it is bracketed."""
    before = text[max(0, hint.start - _LOOKBACK) : hint.start]
    if not (_APART_BEFORE.search(before) and _APART_AFTER.match(text, hint.end)):
        return False
    return before.endswith("(") or not str(hint.code).endswith("000")


def _is_beside(text: str, hint: Hint, name: NameInText) -> bool:
    return hint.follows(text, name.end) or hint.precedes(text, name.start)


def _agrees(commune: Commune, hint: Hint, codes: Codes) -> bool:
    if hint.code is not None:
        return commune in codes.communes(Code(hint.code, None))
    return commune.department == hint.department
