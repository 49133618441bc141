"""Words of a page's picture, recognised by Tesseract where it's installed with French."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean, median
from typing import Any

_LANGUAGE = "fra"
_MOST_SECONDS = 120
_WORD = "5"
# A line that Tesseract is less sure of is of a stamp, a signature or a drawing: percents.
_LEAST_SURE = 45
# Letters so much larger than most are a heading's; sizes are told in points of a usual text.
_LARGER = 1.25
_TEXT_SIZE, _HEADING_SIZE = 10.0, 18.0
# How high the parts of a letter are, of its size.
_X_HEIGHT, _ASCENDER, _DESCENDER = 0.5, 0.22, 0.2
_HIGH = re.compile(r"[A-Z0-9bdfhiklt]|[^\W\dA-Za-zœ]")
_WORDED = re.compile(r"\w\w")
_LOW = re.compile(r"[gjpqyç,;()]")
# What a bullet is taken for, alone or two together.
_SIGNS = frozenset("«»+*.·°¢©®<>=-")
_MOST_SIGNS = 2
_LETTERS = frozenset("eo")
# What is left of a ruling line.
_RULE = "|_¦"


class NotRecognised(Exception):
    """Tesseract isn't there or failed; the message is a French sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed Tesseract that knows French."""

    program: str

    def words(self, picture: bytes, dpi: int) -> list[dict[str, Any]]:
        """Recognise the words of a picture; their places are in points, as those of a PDF.

        Args:
            picture: a PNG.
            dpi: its dots per inch.

        Raises:
            NotRecognised: it failed, or takes too long.
        """
        options = ["stdin", "stdout", "-l", _LANGUAGE, "--dpi", str(dpi), "tsv"]
        told = _told([self.program, *options], picture)
        rows = csv.DictReader(told.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
        return list(_words([row for row in rows if _is_word(row)], 72 / dpi))


def find_tesseract() -> Tesseract:
    """Find Tesseract with its French.

    Raises:
        NotRecognised: one or the other isn't installed.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise NotRecognised(
            "Installez Tesseract (paquets tesseract-ocr et tesseract-ocr-fra) ou faites-en reconnaître le "
            "texte (OCR), puis réessayez."
        )
    if _LANGUAGE not in _told([program, "--list-langs"]).split():
        raise NotRecognised(
            "Tesseract est installé sans le français : ajoutez-le (paquet tesseract-ocr-fra), puis réessayez."
        )
    return Tesseract(program)


def _told(command: list[str], given: bytes = b"") -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the program is Tesseract, its arguments are ours
            command,
            input=given,
            capture_output=True,
            timeout=_MOST_SECONDS,
            check=True,
            # Its threads slow one another down on small machines.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NotRecognised("Tesseract n’a pas pu lire ces pages ; numérisez-les de nouveau.") from error
    return done.stdout.decode("utf-8", errors="replace")


def _is_word(row: Mapping[str, str | None]) -> bool:
    return row["level"] == _WORD and bool((row["text"] or "").strip().strip(_RULE))


def _words(rows: list[dict[str, str]], scale: float) -> Iterator[dict[str, Any]]:
    """The words of lines that are sure enough; those of a line have its top, bottom and size."""
    lines = [
        list(line)
        for _, line in groupby(rows, key=lambda row: (row["block_num"], row["par_num"], row["line_num"]))
    ]
    sure = [line for line in lines if fmean(float(row["conf"]) for row in line) >= _LEAST_SURE]
    for line, size in zip(sure, _sizes(sure), strict=True):
        top = min(int(row["top"]) for row in line)
        bottom = max(int(row["top"]) + int(row["height"]) for row in line)
        for place, row in enumerate(line):
            left, text = int(row["left"]), row["text"].strip().strip(_RULE)
            yield {
                "text": "•" if place == 0 and _is_bullet(text, line) else text,
                "x0": left * scale,
                "x1": (left + int(row["width"])) * scale,
                "top": top * scale,
                "bottom": bottom * scale,
                "size": size,
                "fontname": "",
            }


def _sizes(lines: Sequence[Sequence[Mapping[str, str]]]) -> list[float]:
    """The size of each line's letters, of text or of a heading: no more can be told of a picture."""
    measured = [min(_measures(line)) for line in lines]  # a box may take in more than its word
    usual = median(measured) if measured else 0
    return [_HEADING_SIZE if size > _LARGER * usual else _TEXT_SIZE for size in measured]


def _measures(line: Sequence[Mapping[str, str]]) -> list[float]:
    """The sizes that the words of a line tell, but for signs alone where there are others."""
    worded = [row for row in line if _WORDED.search(row["text"])] or line
    return [int(row["height"]) / _part(row["text"]) for row in worded]


def _part(text: str) -> float:
    """How much of its letters' size a word is high: « au » is lower than « taux » or « page »."""
    return _X_HEIGHT + (_ASCENDER if _HIGH.search(text) else 0) + (_DESCENDER if _LOW.search(text) else 0)


def _is_bullet(text: str, line: Sequence[Mapping[str, str]]) -> bool:
    """Whether the first word of a line is a bullet that was taken for something else."""
    if len(line) == 1 or (text == "«" and any("»" in row["text"] for row in line)):
        return False
    return text in _LETTERS or (len(text) <= _MOST_SIGNS and set(text) <= _SIGNS)
