"""Pages of a PDF that are pictures of text, or whose letters can't be told: their words recognised."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.formats.ocr import NotRecognised, Tesseract, find_tesseract
from ingest.formats.page_words import are_unreadable, readable

# A scanned page is a picture that covers it, with a stamp's words at most.
_COVERED = 0.5
_STAMP_WORDS = 40
_DPI = 300
_MOST_DOTS = 30_000_000
# A picture of more dots than any scan is made to fill a memory.
_MOST_STORED_DOTS = 150_000_000
# Straight lines of so many inches, and thinner than so many, are a table's and no letter's.
_HIGH_RULE, _LONG_RULE, _THICK = 0.18, 0.3, 0.028
_EDGE = 2  # dots of a line that are grey on each side
_DARK = 160


class Scans:
    """Reads the scanned pages of one document, and remembers those that it couldn't read.

    Attributes:
        seen: numbers of the scanned pages.
        unread: numbers of those that aren't read.
        why: what to do about them, in French; empty when all are read.
    """

    def __init__(self) -> None:
        """Look for nothing yet."""
        self.seen: list[int] = []
        self.unread: list[int] = []
        self.why = ""
        self._tesseract: Tesseract | None = None

    def words(self, page: Any, words: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Give the words of a page: those recognised on its picture if it has to be, else its own.

        Args:
            page: a page of pdfplumber.
            words: its own words.
        """
        unreadable = are_unreadable(words)
        words = readable(words)
        if not (unreadable or _is_scanned(page, words)):
            return words
        self.seen.append(page.page_number)
        try:
            self._tesseract = self._tesseract or find_tesseract()
            picture, dpi = _picture(page)
            found = self._tesseract.words(picture, dpi)
        except NotRecognised as error:
            self.unread.append(page.page_number)
            self.why = str(error)
            return words
        return found if len(found) > len(words) else words


def _is_scanned(page: Any, words: Sequence[object]) -> bool:
    if len(words) > _STAMP_WORDS or not page.images:
        return False
    covered = sum(
        max(0.0, min(image["x1"], page.width) - max(image["x0"], 0))
        * max(0.0, min(image["bottom"], page.height) - max(image["top"], 0))
        for image in page.images
    )
    return bool(covered >= _COVERED * page.width * page.height)


def _picture(page: Any) -> tuple[bytes, int]:
    """A page as a grey PNG without ruling lines, and its dots per inch."""
    if any(math.prod(image["srcsize"]) > _MOST_STORED_DOTS for image in page.images):
        raise NotRecognised("Ces images sont démesurées ; numérisez ces pages de nouveau, à 300 points.")
    dpi = max(1, min(_DPI, int(72 * math.sqrt(_MOST_DOTS / (page.width * page.height)))))
    grey = np.array(page.to_image(resolution=dpi).original.convert("L"))
    written = io.BytesIO()
    Image.fromarray(without_rules(grey, dpi)).save(written, "PNG", compress_level=1)
    return written.getvalue(), dpi


def without_rules(grey: NDArray[np.uint8], dpi: int) -> NDArray[np.uint8]:
    """Whiten the thin straight lines of tables: one beside a figure is read as a 1 (« 130 % »)."""
    dark = grey < _DARK
    high, long, thick = (int(inches * dpi) for inches in (_HIGH_RULE, _LONG_RULE, _THICK))
    rules = _runs(dark, high) & ~_runs(dark.T, thick).T | _runs(dark.T, long).T & ~_runs(dark, thick)
    for _ in range(_EDGE):
        rules[1:] |= rules[:-1].copy()
        rules[:-1] |= rules[1:].copy()
        rules[:, 1:] |= rules[:, :-1].copy()
        rules[:, :-1] |= rules[:, 1:].copy()
    return np.where(rules, np.uint8(255), grey)


def _runs(dark: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """The dark dots that stand in a vertical run of at least a length."""
    rows, columns = dark.shape
    if length < 1 or rows < length:
        return np.zeros_like(dark)
    summed = np.zeros((rows + 1, columns), dtype=np.int32)
    np.cumsum(dark, axis=0, out=summed[1:])
    starts = summed[length:] - summed[:-length] == length
    ends = np.zeros((rows + 1, columns), dtype=np.int8)
    ends[: rows - length + 1] += starts
    ends[length:] -= starts
    # A run's first start opens it; those that go on overlap, and so are counted together.
    return np.cumsum(ends, axis=0, dtype=np.int32)[:rows] > 0


def page_numbers(numbers: Sequence[int]) -> str:
    """Say pages in French: « page 3 », « pages 1, 4 à 6 »."""
    runs = [
        [number for _, number in run] for _, run in groupby(enumerate(numbers), key=lambda at: at[1] - at[0])
    ]
    told = [str(run[0]) if len(run) == 1 else f"{run[0]} à {run[-1]}" for run in runs]
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(told)}"
