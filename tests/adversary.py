"""Texts made to slow a pattern down, from its own atoms, and the first on which its time isn't linear."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from growth import is_linear

Parsed = list[tuple[Any, Any]]

# A loop that may turn this often is taken for endless; loops bounded below it cost a constant.
_LONG = 64
# What ends a text: nothing, or something that most patterns refuse.
_ENDS = ("", "\0", "é", " !")
_EVERYWHERE = ("a", "1", " ", "a ", "1 ", "\n")
_CANDIDATES = "a1 -'.,«»é\n\0A%_"
_CATEGORIES = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_NOT_DIGIT: "a",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_WORD: " ",
}
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}
# Loops written alike in one pattern ("demand\w+|depos\w+|..."): so many stand for all.
_ALIKE = 2
# Sizes of the screening, in characters: what is exponential shows in the first, before the long ones.
_SMALL = (8, 12, 16, 20, 24, 28, 32)
_LARGE = (128, 512, 2048, 8192)
# Four times the text may take that many times longer before the careful measure is asked.
_SUSPECT = 5.5
# Less than this can't be measured once.
_MEASURED_S = 0.0005


@dataclass(frozen=True)
class Hostile:
    """A text of any length: what leads to a loop, a piece again and again, and an end that fails."""

    lead: str
    pieces: tuple[str, ...]
    end: str

    def of(self, size: int) -> str:
        """About ``size`` characters; several pieces follow one another, each in its own run."""
        share = size // len(self.pieces)
        return self.lead + "".join(piece * max(1, share // len(piece)) for piece in self.pieces) + self.end


@dataclass(frozen=True)
class _Loop:
    """A loop with samples of what leads to it and of what follows."""

    lead: str
    body: Parsed
    after: str


def superlinear(pattern: re.Pattern[str], methods: Iterable[str]) -> Hostile | None:
    """The first text whose doubling costs much more than twice the time; none when all is linear."""
    works = [_work(pattern, method) for method in methods]
    for hostile in hostile_texts(pattern):
        for work in works:
            if _is_slow(work, hostile):
                return hostile
    return None


def hostile_texts(pattern: re.Pattern[str]) -> Iterator[Hostile]:
    """Every text to try on a pattern, each once; none for a pattern without a loop."""
    parsed = list(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    loops = _representatives(_loops(parsed, ""))
    seen: set[Hostile] = set()
    for hostile in (text for loop in loops for text in _texts(loop)):
        if hostile not in seen:
            seen.add(hostile)
            yield hostile
    bodies = [piece for piece in dict.fromkeys(_sample(loop.body, full=True) for loop in loops) if piece]
    for first, second in pairwise(bodies):
        for end in _ENDS:
            yield Hostile("", (first, second), end)
            yield Hostile("", (second, first), end)
            yield Hostile("", (first + second,), end)


def _texts(loop: _Loop) -> Iterator[Hostile]:
    body = _sample(loop.body, full=True)
    own = {*_atoms(loop.body), *_alternatives(loop.body)}
    pieces = {*own, loop.lead, loop.lead + body, loop.after, body + loop.after, loop.lead + body + loop.after}
    pieces |= {loop.lead + " ", *_EVERYWHERE}
    for piece in sorted(pieces - {""}):
        for lead in dict.fromkeys((loop.lead, "")):
            for end in _ENDS:
                yield Hostile(lead, (piece,), end)


def _representatives(loops: Iterable[_Loop]) -> list[_Loop]:
    counted: Counter[tuple[str, str]] = Counter()
    kept = []
    for loop in loops:
        alike = (repr(loop.body), loop.after)
        counted[alike] += 1
        if counted[alike] <= _ALIKE:
            kept.append(loop)
    return kept


# --- what a pattern is made of ------------------------------------------------------------------------


def _loops(parsed: Parsed, lead: str, after: str = "", *, within: bool = False) -> Iterator[_Loop]:
    """The endless loops of a pattern, and the loops in loops, each with what leads to it."""
    for place, (op, value) in enumerate(parsed):
        rest = _sample(parsed[place + 1 :], full=True) + after
        if op in _REPEATS:
            _, most, body = value
            if most > _LONG or (most > 1 and (within or any(_loops(list(body), "", within=True)))):
                yield _Loop(lead, list(body), rest)
            yield from _loops(list(body), lead, rest, within=within or most > 1)
        else:
            for inner in _children(op, value):
                yield from _loops(inner, lead, rest, within=within)
        lead += _sample([(op, value)], full=False)


def _children(op: Any, value: Any) -> list[Parsed]:
    match op:
        case sre.BRANCH:
            return [list(branch) for branch in value[1]]
        case sre.SUBPATTERN:
            return [list(value[-1])]
        case sre.ASSERT | sre.ASSERT_NOT:
            return [list(value[1])]
        case sre.ATOMIC_GROUP:
            return [list(value)]
    return []


def _sample(parsed: Parsed, *, full: bool) -> str:
    """A text that a pattern matches: its optional parts left out, or each once when ``full``."""
    return "".join(_sample_of(op, value, full) for op, value in parsed)


def _sample_of(op: Any, value: Any, full: bool) -> str:
    if op in _REPEATS:
        least, most, body = value
        return _sample(list(body), full=full) * max(least, 1 if full and most else 0)
    if op is sre.ASSERT_NOT or (op is sre.ASSERT and value[0] > 0):
        return ""
    inner = _children(op, value)
    return _sample(inner[0], full=full) if inner else next(iter(_characters(op, value)), "")


def _alternatives(parsed: Parsed) -> list[str]:
    """Samples of a loop's body: one for each alternative that stands in it."""
    found = [_sample(parsed, full=True), _sample(parsed, full=False)]
    for place, (op, value) in enumerate(parsed):
        before, after = _sample(parsed[:place], full=False), _sample(parsed[place + 1 :], full=False)
        found += [before + _sample(inner, full=True) + after for inner in _children(op, value)]
    return found[:_LONG]


def _atoms(parsed: Parsed) -> list[str]:
    """One character of each set, category and literal of a pattern, at any depth."""
    found: list[str] = []
    for op, value in parsed:
        if op in _REPEATS:
            found += _atoms(list(value[2]))
        found += _characters(op, value)
        for inner in _children(op, value):
            found += _atoms(inner)
    return list(dict.fromkeys(found))[:12]


def _characters(op: Any, value: Any) -> list[str]:
    match op:
        case sre.LITERAL:
            return [chr(value)]
        case sre.NOT_LITERAL:
            return [character for character in _CANDIDATES if ord(character) != value][:2]
        case sre.ANY:
            return ["a", " "]
        case sre.IN if value[0][0] is sre.NEGATE:
            refused = re.compile("".join(map(_written, value)).join("[]"))
            return [character for character in _CANDIDATES if refused.match(character)][:4]
        case sre.IN:
            return [character for item in value for character in _member(item)][:6]
    return []


def _member(item: tuple[Any, Any]) -> list[str]:
    op, value = item
    match op:
        case sre.LITERAL:
            return [chr(value)]
        case sre.RANGE:
            return [chr(value[0])]
        case sre.CATEGORY:
            return [_CATEGORIES[value]]
    return []


def _written(item: tuple[Any, Any]) -> str:
    op, value = item
    match op:
        case sre.NEGATE:
            return "^"
        case sre.RANGE:
            return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        case sre.CATEGORY:
            return {"1": r"\d", "a": r"\w", " ": r"\s"}[_CATEGORIES[value]]
    return re.escape(chr(value))


# --- time ---------------------------------------------------------------------------------------------


def _work(pattern: re.Pattern[str], method: str) -> Callable[[str], object]:
    match method:
        case "sub" | "subn":
            return lambda text: pattern.sub("", text)
        case "finditer" | "findall":
            return lambda text: pattern.findall(text)
    return getattr(pattern, method)  # type: ignore[no-any-return]


def _is_slow(work: Callable[[str], object], hostile: Hostile) -> bool:
    """Whether time explodes on a short text, or outgrows the text; stops at the first size that shows it."""
    spent = {size: _spent(work, hostile.of(size)) for size in _SMALL[:1]}
    for shorter, size in pairwise(_SMALL):
        spent[size] = _spent(work, hostile.of(size))
        if spent[size] > 4 * max(spent[shorter], _MEASURED_S):
            return True
    for size in _LARGE:
        spent[size] = _spent(work, hostile.of(size))
        suspect = spent[size] > _SUSPECT * max(spent[size // 4], _MEASURED_S)
        if suspect and _is_suspect(work, hostile, size) and not is_linear(work, hostile.of, size // 2):
            return True
    return False


def _is_suspect(work: Callable[[str], object], hostile: Hostile, size: int) -> bool:
    """Whether four times the text takes much more than four times as long, twice more."""
    short, long = hostile.of(size // 4), hostile.of(size)
    return all(_spent(work, long) > _SUSPECT * _spent(work, short) for _ in range(2))


def _spent(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start
