"""Write a question as people in a hurry would: without accents, with a slip of the finger, as it sounds.

Pure functions: the same question gives the same variant. Figures and short words stay as they are.
"""

from __future__ import annotations

import random
import re
import unicodedata
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_LETTERS = 4
ONE_WORD_IN = 5
# The keys beside each key of a French keyboard.
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
_BESIDE: Mapping[str, str] = MappingProxyType(
    {key: row[max(0, n - 1) : n] + row[n + 1 : n + 2] for row in _ROWS for n, key in enumerate(row)}
)
# One sound, several spellings; each is written another way.
_SOUNDS: tuple[tuple[str, str], ...] = (
    ("eau", "o"), ("au", "o"), ("ph", "f"), ("qu", "k"), ("ç", "ss"), ("er\\b", "é"), ("ez\\b", "é"),
    ("ai", "é"), ("ei", "é"), ("ss", "s"), ("tion", "ssion"), ("([bcdfglmnprt])\\1", "\\1"),
    ("(?<=\\w{3})[stx]\\b", ""), ("(?<=\\w{3})e\\b", ""), ("en(?=[dt])", "an"), ("c(?=[aou])", "k"),
    ("y", "i"), ("\\bh", ""),
)  # fmt: skip


def without_accents(text: str) -> str:
    """Take the accents and cedillas off, and open the ligatures."""
    opened = text.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", opened) if not unicodedata.combining(c))


def lower_case(text: str) -> str:
    """Write everything small."""
    return text.lower()


def typos(text: str) -> str:
    """Slip once in one word of five: two letters swapped, one lost, doubled, or its neighbour's key."""
    draw = random.Random(zlib.crc32(text.encode()))  # noqa: S311 - a measure, not a secret
    long = [match for match in _WORD.finditer(text) if len(match.group()) >= _FEWEST_LETTERS]
    size = max(1, round(len(_WORD.findall(text)) / ONE_WORD_IN)) if long else 0
    chosen = {match.start() for match in draw.sample(long, min(size, len(long)))}
    return _WORD.sub(
        lambda match: _slipped(match.group(), draw) if match.start() in chosen else match.group(), text
    )


def as_it_sounds(text: str) -> str:
    """Write the words of four letters or more by ear."""
    return _WORD.sub(lambda match: _heard(match.group()), text)


def without_accents_and_typos(text: str) -> str:
    """Both: no accent, and one slip in five words."""
    return typos(without_accents(text))


VARIANTS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "sans accents": without_accents,
        "en minuscules": lower_case,
        "une faute de frappe sur cinq mots": typos,
        "sans accents, une faute sur cinq mots": without_accents_and_typos,
        "écrit comme on l’entend": as_it_sounds,
    }
)


def _slipped(word: str, draw: random.Random) -> str:
    place = draw.randrange(1, len(word) - 1)
    letter = word[place]
    match draw.randrange(4):
        case 0 if word[place] != word[place + 1]:
            return word[:place] + word[place + 1] + letter + word[place + 2 :]
        case 1:
            return word[:place] + word[place + 1 :]
        case 2:
            return word[:place] + letter + word[place:]
        case _:
            beside = _BESIDE.get(without_accents(letter).lower(), "")
            return word[:place] + (draw.choice(beside) if beside else letter + letter) + word[place + 1 :]


def _heard(word: str) -> str:
    if len(word) < _FEWEST_LETTERS or word.isupper():
        return word
    heard = word
    for spelling, sound in _SOUNDS:
        heard = re.sub(spelling, sound, heard, flags=re.IGNORECASE)
    return heard if len(heard) > 1 else word
