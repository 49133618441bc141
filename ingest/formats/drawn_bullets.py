"""Bullets that a PDF draws as small dots, rings and squares beside a line, as browsers print them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

# A bullet is so large, in points, about as high as wide, and at most so many times a word's size before it.
_SMALL, _LARGE, _UNEVEN, _NEAR = 1.5, 7.0, 1.0, 3.0
# A page with more shapes is a drawing.
_MOST_SHAPES = 400


def drawn_bullets(page: Any, words: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The bullets drawn on a page of pdfplumber, as words on the lines that they begin."""
    shapes = [shape for shape in [*page.curves, *page.rects] if _is_bullet(shape)]
    if not shapes or len(shapes) > _MOST_SHAPES:
        return []
    found = (_word(shape, words) for shape in shapes)
    return [word for word in found if word is not None]


def _is_bullet(shape: dict[str, Any]) -> bool:
    width, height = shape["x1"] - shape["x0"], shape["bottom"] - shape["top"]
    return bool(_SMALL <= width <= _LARGE and _SMALL <= height <= _LARGE and abs(width - height) <= _UNEVEN)


def _word(shape: dict[str, Any], words: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """A bullet as a word before the first one of its line; None when it begins none."""
    middle = (shape["top"] + shape["bottom"]) / 2
    line = [word for word in words if word["top"] <= middle <= word["bottom"]]
    after = [word for word in line if word["x0"] >= shape["x1"]]
    first = min(after, key=lambda word: word["x0"], default=None)
    if first is None or first["x0"] - shape["x1"] > _NEAR * first["size"]:
        return None
    if any(word["x1"] > shape["x0"] - _NEAR * first["size"] and word["x0"] < shape["x0"] for word in line):
        return None
    round_sign = "•" if shape.get("fill") else "◦"
    sign = "▪" if shape["object_type"] == "rect" else round_sign
    return {**first, "text": sign, "x0": shape["x0"], "x1": shape["x1"]}
