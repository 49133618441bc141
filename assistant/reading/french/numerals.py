"""Find the numbers that people write, in digits or in words, each as one value or as none.

``text2num`` (MIT, kept up) was tried: it reads "quinze cents" and leaves "un projet neuf" alone, as we do, but
it rewrites the text without telling where a number stood, turns "25 mille" into "25 1000", and knows neither
"25k" nor "un millier", "une centaine", "deux millions et demi".

A number that isn't well formed ("2 5 00", "2,500", "deux trois mille") has no value, so that nobody takes a part
of it for the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.reading.french.number_words import COLLECTIVES, HUNDRED, SCALES, VALUES, Tally
from corpus.communes.commune import DEPARTMENTS

_WORDS = "|".join(sorted((*VALUES, *HUNDRED, *SCALES, *COLLECTIVES), key=len, reverse=True))
# Groups of digits parted by one character each, then decimals; an initial that multiplies may follow.
_TOKEN = re.compile(
    r"(?:(?<![\w)])(?P<sign>[-\u2212]))?(?<![\w/\u2044^])(?P<digits>\d++(?:[ .'_\u066c]\d++)*+(?:,\d++)*+)(?P<date>[/\u2044^]\d)?"
    r"(?: ?(?P<short>k|(?:m|mds?)(?= ?€| ?e(?:uros?|ur)?\b| ?d'euros?\b))(?=€|e(?:uros?|ur)?\b|[^\w'-]|$))?"
    rf"|(?<![^\W\d_])(?<!-)(?P<words>(?:{_WORDS})(?:-(?:et-)?(?:{_WORDS})(?![^\W_]))*+)(?![\w-])"
)
_ONE_WORD = re.compile(_WORDS)
_SHORT = {"k": 1e3, "m": 1e6, "md": 1e9, "mds": 1e9}
_GROUP = re.compile(r"(\d+)([ .'_\u066c]?)")
_AND_A_HALF = re.compile(r" et demie?\b")
# "Une petite centaine": what stands between the count and a word that rounds.
_ROUNDING_GAP = re.compile(r" (?:(?:petite?|bonne?|grosse?|gros) )?")
# Words that are more often no number.
_BARE = frozenset({"un", "une", "neuf"})
# "Des millions d'euros" says no number.
_UNCOUNTED = frozenset({"millions", "milliards", "cents", "milles"})
# A group of digits as long as this is no part of a longer number: the year in "en 2024 1 500 habitants".
_ALONE = 4
# "1 8000" is no number: what stands before a long group is too short to be another number.
_STRAY = 2
# What may stand between the two halves of a number that was broken, and which halves.
_BREAK = re.compile(r"[^a-z\d%€$°/+=]{1,4}")
_THREE_DIGITS = re.compile(r"\d{3}(?!\d)")
_THOUSANDS = 3
_DASHES = frozenset("-–—")
# A range is no wider than this: "300-350", not "2-350".
_WIDEST = 10
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands in a text.

    Attributes:
        value: what it says; None when it isn't one well formed number.
        start: where it begins.
        end: where it ends.
        scale: 1000 in "3 mille" or "3 k", 1 when none is written.
        rough: whether its words round it: "un millier", "une centaine".
        bare: whether it's a word that is more often no number: "un", "une", "neuf".
    """

    value: float | None
    start: int
    end: int
    scale: float = 1.0
    rough: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of a number, or its digits: their value, None when they aren't well formed."""

    start: int
    end: int
    word: str = ""
    value: float | None = None
    scale: float = 1.0


def read_numerals(folded: str) -> tuple[Numeral, ...]:
    """Return the numbers of a folded text, in order.

    Args:
        folded: a text as :func:`corpus.french.folding.fold` gives it; positions are those of this text.
    """
    found: list[_Sum] = []
    for piece in _pieces(folded):
        if not found or not found[-1].takes(piece, folded[found[-1].end : piece.start]):
            found.append(_Sum(piece))
    numbers = [number.numeral(folded) for number in found]
    for place, (number, following) in enumerate(pairwise(numbers)):
        if _is_broken(folded, number, following):
            numbers[place : place + 2] = replace(number, value=None), replace(following, value=None)
    return tuple(numbers)


def _is_broken(folded: str, number: Numeral, following: Numeral) -> bool:
    """Whether two numbers are one that was badly written or badly copied: "2·350", "2, 350", "(2)350"."""
    digits, gap = folded[number.start : number.end], folded[number.end : following.start]
    if not (digits.isdigit() and len(digits) <= _THOUSANDS and _BREAK.fullmatch(gap)):
        return False
    if not _THREE_DIGITS.match(folded, following.start):
        return False
    if digits in DEPARTMENTS and (" " in gap or ")" in gap):
        return False  # "un village du 62, 350 habitants"
    low, high = number.value, following.value
    if gap.strip() not in _DASHES or low is None or high is None:
        return True
    return not low < high <= _WIDEST * low


class _Sum:
    """A number while its pieces are read."""

    def __init__(self, first: _Piece) -> None:
        self.start, self.end = first.start, first.end
        self._tally = Tally()
        self._words: list[str] = []
        self._scale = first.scale
        self._is_whole = True
        self._add(first)

    def takes(self, piece: _Piece, gap: str) -> bool:
        """Whether a piece goes on with the number, be it to spoil it."""
        if not self._goes_on(piece.word, gap):
            return False
        self._add(piece)
        self.end = piece.end
        return True

    def numeral(self, folded: str) -> Numeral:
        """The number read."""
        half = _AND_A_HALF.match(folded, self.end) if self._scale > 1 else None
        alone = self._words[0] if len(self._words) == 1 else ""
        is_whole = self._is_whole and alone not in _UNCOUNTED
        return Numeral(
            value=self._tally.value + (self._scale / 2 if half else 0.0) if is_whole else None,
            start=self.start,
            end=half.end() if half else self.end,
            scale=self._scale,
            rough=any(word in COLLECTIVES for word in self._words),
            bare=alone in _BARE,
        )

    def _add(self, piece: _Piece) -> None:
        self._words.append(piece.word)
        self._scale = SCALES.get(piece.word, self._scale)
        if piece.word in COLLECTIVES:
            added = self._tally.multiply(COLLECTIVES[piece.word])
        elif piece.word:
            added = self._tally.add(piece.word)
        else:
            added = piece.value is not None and self._tally.add_digits(piece.value)
        self._is_whole = self._is_whole and added

    def _goes_on(self, word: str, gap: str) -> bool:
        """Whether a piece stands where the next one of this number would."""
        last = self._words[-1]
        if not word:
            return gap == " " and last in SCALES
        if word in COLLECTIVES:
            return bool(_ROUNDING_GAP.fullmatch(gap)) or (gap == " de " and last in COLLECTIVES)
        if last in COLLECTIVES:
            return gap == " de " and word in SCALES
        if not last:
            return gap in {"", " "} and word in SCALES
        return gap in {" ", "-", "-et-"} or (gap == " et " and self._tally.joins_by_and(word))


def _pieces(folded: str) -> Iterator[_Piece]:
    for match in _TOKEN.finditer(folded):
        if match["words"]:
            for word in _ONE_WORD.finditer(folded, match.start(), match.end()):
                yield _Piece(word.start(), word.end(), word.group())
        else:
            yield from _digits(match)


def _digits(match: re.Match[str]) -> Iterator[_Piece]:
    """The numbers of one run of digits; the last one bears the decimals, the sign is the first one's."""
    whole, _, decimals = match["digits"].partition(",")
    scale = _SHORT.get(match["short"] or "", 1.0)
    numbers = list(_split(_GROUP.findall(whole)))
    start = match.start()
    for place, (length, value) in enumerate(numbers):
        is_last = place == len(numbers) - 1
        length += match["sign"] is not None and place == 0
        end = match.end() if is_last else start + length
        if is_last:
            value = _with_decimals(value, whole, decimals, is_scaled=scale > 1)
        if match["date"] or (match["sign"] and place == 0):
            value = None
        own = scale if is_last else 1.0
        yield _Piece(start, end if is_last else end - 1, "", None if value is None else value * own, own)
        start = end


def _split(groups: Sequence[tuple[str, str]]) -> Iterator[tuple[int, float | None]]:
    """The numbers of a run of groups, each with its length: long groups between spaces stand alone."""
    held: list[tuple[str, str]] = []
    for group, mark in groups:
        if len(group) >= _ALONE and mark in {"", " "} and (not held or held[-1][1] == " "):
            if len(held) == 1 and len(held[0][0]) <= _STRAY:
                yield len(held[0][0]) + len(held[0][1]) + len(group) + len(mark), None
                held = []
                continue
            if held:
                yield _number(held)
            yield _number([(group, mark)])
            held = []
        else:
            held.append((group, mark))
    if held:
        yield _number(held)


def _number(groups: Sequence[tuple[str, str]]) -> tuple[int, float | None]:
    """The length and the value of the groups of one number; no value when they don't make one."""
    length = sum(len(group) + len(mark) for group, mark in groups)
    digits = [group for group, _ in groups]
    if sum(map(len, digits)) > _MOST_DIGITS:
        return length, None
    marks = {mark for _, mark in groups[:-1]}
    if len(groups) == 1:
        return length, float(digits[0])
    in_thousands = (
        len(digits[0]) <= 3 and digits[0][0] != "0" and all(len(group) == 3 for group in digits[1:])
    )
    if in_thousands and len(marks) == 1:
        return length, float("".join(digits))
    if groups[-2][1] == "." and len(digits[-1]) < 3 and "." not in {mark for _, mark in groups[:-2]}:
        _, value = _number([*groups[:-2], (digits[-2], "")])
        return length, None if value is None else value + float(f"0.{digits[-1]}")
    return length, None


def _with_decimals(value: float | None, whole: str, decimals: str, *, is_scaled: bool) -> float | None:
    """A number with what follows its comma; none when the comma may part thousands, as in English."""
    if not decimals or value is None:
        return value
    may_be_thousands = len(decimals) == 3 and whole.lstrip("0") != "" and not is_scaled
    if may_be_thousands or not decimals.isdigit():
        return None
    return value + float(f"0.{decimals}")
