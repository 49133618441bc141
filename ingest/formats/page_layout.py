"""Words placed on a page as lines in reading order: columns one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

_SAME_LINE = 0.5
# A gutter: an empty band in the middle of the page, with lines on both sides.
_MIDDLE = (0.35, 0.65)
_GUTTER = 9.0
_LEAST_LINES = 6
_CROSSING = 0.25
# A word further than so many times its size from the one before is of another column.
_WORD_GAP = 2.5


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, place and form.

    ``is_full`` tells that the first word of the next line had no room on it; ``table`` is the rank of the
    table of the page that stands there in place of a line, -1 for a line.
    """

    text: str
    left: float
    right: float
    top: float
    size: float
    is_bold: bool
    first_width: float
    is_full: bool = False
    table: int = -1


def lines_of(words: Sequence[Mapping[str, Any]]) -> list[Line]:
    """Group words into pieces of lines: on one height, not far from one another."""
    rows: list[list[Mapping[str, Any]]] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        row = rows[-1] if rows else None
        if row is not None and word["bottom"] - row[0]["bottom"] <= _SAME_LINE * row[0]["size"]:
            row.append(word)
        else:
            rows.append([word])
    return [line for row in rows for line in _pieces(sorted(row, key=lambda word: word["x0"]))]


def in_reading_order(lines: Sequence[Line], width: float) -> list[Line]:
    """Put lines in the order in which they are read, each told whether it's full in its column."""
    gutter = _gutter(lines, width)
    if gutter is None:
        return _filled(_rejoined(sorted(lines, key=lambda line: (line.top, line.left))))
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.top, line.left)):
        if line.left < gutter < line.right:
            ordered += [*_filled(left), *_filled(right), line]
            left, right = [], []
        elif line.right <= gutter:
            left.append(line)
        else:
            right.append(line)
    return [*ordered, *_filled(left), *_filled(right)]


def _pieces(row: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    piece: list[Mapping[str, Any]] = []
    for word in row:
        room = _WORD_GAP * min(word["size"], piece[-1]["size"]) if piece else 0
        if piece and word["x0"] - piece[-1]["x1"] > room and not _is_mark(piece):
            yield _line(piece)
            piece = []
        piece.append(word)
    if piece:
        yield _line(piece)


def _is_mark(piece: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a piece is but the mark of an item."""
    return len(piece) == 1 and len(piece[0]["text"]) <= 3


def _line(words: Sequence[Mapping[str, Any]]) -> Line:
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(2 * word["size"]) / 2] += len(word["text"])
    return Line(
        text=" ".join(word["text"] for word in words),
        left=words[0]["x0"],
        right=words[-1]["x1"],
        top=min(word["top"] for word in words),
        size=sizes.most_common(1)[0][0],
        is_bold=all(
            "bold" in word["fontname"].lower() or "black" in word["fontname"].lower() for word in words
        ),
        first_width=words[0]["x1"] - words[0]["x0"],
    )


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """The middle of the band that parts two columns; None for a page of one."""
    best: tuple[int, float] | None = None
    places = [_MIDDLE[0] * width + step for step in range(int((_MIDDLE[1] - _MIDDLE[0]) * width))]
    for place in places:
        crossing = sum(line.left < place + _GUTTER / 2 and line.right > place - _GUTTER / 2 for line in lines)
        left = sum(line.right <= place for line in lines)
        right = sum(line.left >= place for line in lines)
        if min(left, right) >= _LEAST_LINES and crossing <= _CROSSING * len(lines):
            best = min(best, (crossing, place)) if best else (crossing, place)
    return best[1] + _GUTTER / 2 if best else None


def _rejoined(lines: Sequence[Line]) -> list[Line]:
    """Pieces of one height as one line again: a page of one column."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if (
            last is not None
            and last.table < 0 > line.table
            and abs(line.top - last.top) < _SAME_LINE * last.size
            and line.left >= last.right
        ):
            whole[-1] = replace(last, text=f"{last.text} {line.text}", right=line.right)
        else:
            whole.append(line)
    return whole


def _filled(lines: Sequence[Line]) -> list[Line]:
    """Lines of a column, each told whether the first word of the next would have had room on it."""
    edge = max((line.right for line in lines if line.table < 0), default=0)
    following = [*lines[1:], None]
    return [
        replace(
            line,
            is_full=edge - line.right < after.first_width + line.size / 2
            if after
            else edge - line.right < line.size,
        )
        for line, after in zip(lines, following, strict=False)
    ]
