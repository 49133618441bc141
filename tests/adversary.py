"""Texts made to slow a pattern down, from its own atoms, and the first on which its time isn't linear."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from growth import LINEAR, growth

Parsed = list[tuple[Any, Any]]

# A loop that may turn this often is taken for endless; loops bounded below it cost a constant.
_LONG = 64
# What ends a text: nothing, or something that most patterns refuse.
_ENDS = ("", "\0", "é", " !")
_FAILING = ("\0", "é")
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
# How often a piece is repeated first: what is exponential shows here, before the long texts.
_FEW = (4, 8, 12, 16, 24, 32, 40)
_EXPLODES = 4
# Sizes in characters: those that every text is tried at, and those that it rises to when it looks slow.
_TRIED = (128, 512, 2048)
_RISING = (8192, 32_768, 65_536)
# What is quadratic within a window ("[^.]{0,200}") is linear beyond it: the verdict is given from this size
# on, or where so short a text already takes as long as that many plain scans of as many characters.
_VERDICT, _ENDLESS = 4096, 250
# A doubled text that costs so much more, twice, of a cost that can be measured, needs no careful measure.
_PLAIN, _ENOUGH_S = 3.2, 0.005
# How much more than the text the time may grow before it looks slow, and before the careful measure is asked.
_LOOKS_SLOW, _SUSPECT = 1.25, 1.5
# Less than these can't be measured once: of a few pieces, and of a text of some length.
_MEASURED_S, _FLOOR_S = 0.0005, 0.000_02


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

    def few(self, times: int) -> str:
        """Each piece ``times`` times."""
        return self.lead + "".join(piece * times for piece in self.pieces) + self.end


@dataclass(frozen=True)
class _Loop:
    """A loop with samples of what leads to it and of what follows."""

    lead: str
    body: Parsed
    after: str


def superlinear(pattern: re.Pattern[str], methods: Iterable[str]) -> Hostile | None:
    """The first text whose doubling costs much more than twice the time; none when all is linear."""
    works = [_work(pattern, method) for method in sorted({_hardest(method) for method in methods})]
    for hostile in hostile_texts(pattern):
        for work in works:
            # A machine shared with others has its moments; what is slow is slow each time.
            if all(_is_slow(work, hostile) for _ in range(3)):
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
            for end in _ENDS if piece in own else _FAILING:
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


def _hardest(method: str) -> str:
    """The method that does all that another one does and goes on: ``findall`` searches again and again."""
    return method if method in {"match", "fullmatch"} else "findall"


def _work(pattern: re.Pattern[str], method: str) -> Callable[[str], object]:
    return getattr(pattern, method)  # type: ignore[no-any-return]


def _is_slow(work: Callable[[str], object], hostile: Hostile) -> bool:
    """Whether time explodes on a short text, or outgrows the text; stops at the first size that shows it."""
    before = 0.0
    for times in _FEW:
        spent = _spent(work, hostile.few(times))
        if spent > _EXPLODES * max(before, _MEASURED_S):
            return True
        before = spent
    size, before = _TRIED[0], _spent(work, hostile.of(_TRIED[0]))
    if before > _endless_s(size):
        return True
    for larger in (*_TRIED[1:], *_RISING):
        spent = _spent(work, hostile.of(larger))
        if larger < _VERDICT and spent > _endless_s(larger):
            return True
        grown = spent / max(before, _FLOOR_S) / (larger / size)
        if grown > _SUSPECT and _is_suspect(work, hostile, size, larger) and _outgrows(work, hostile, larger):
            return True
        if larger >= _TRIED[-1] and grown < _LOOKS_SLOW:
            return False
        size, before = larger, spent
    return False


def _outgrows(work: Callable[[str], object], hostile: Hostile, size: int) -> bool:
    """The careful measure, from the size of the verdict on."""
    while size < _VERDICT:
        if _spent(work, hostile.of(size)) > _endless_s(size):
            return True
        size *= 2
    short, long = hostile.of(size), hostile.of(2 * size)
    once = [_spent(work, short) for _ in range(3)]
    if min(once) > _endless_s(size):
        return True
    plainly = max(once) > _ENOUGH_S and min(_spent(work, long) for _ in range(2)) > _PLAIN * max(once)
    return plainly or growth(work, hostile.of, size) > LINEAR


def _endless_s(size: int) -> float:
    """CPU seconds that no linear pattern takes on so many characters, nor a moment of a busy machine."""
    return max(0.01, _ENDLESS * _plain_scan_s() * size / _VERDICT)


@cache
def _plain_scan_s() -> float:
    """CPU seconds in which this machine finds every letter of a text: what a linear pattern costs."""
    letters, text = re.compile(r"\w"), "a" * _VERDICT
    return min(_spent(letters.findall, text) for _ in range(20))


def _is_suspect(work: Callable[[str], object], hostile: Hostile, size: int, larger: int) -> bool:
    """Whether time outgrows the text twice more: a busy machine has its moments."""
    short, long = hostile.of(size), hostile.of(larger)
    allowed = _SUSPECT * larger / size
    return all(_spent(work, long) > allowed * max(_FLOOR_S, _spent(work, short)) for _ in range(2))


def _spent(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start
