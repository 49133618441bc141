"""The lines of a text apart from what stands at the foot of its pages: numbers, notes, addresses of links."""

from __future__ import annotations

import re

from ingest.clean import fold_spaces
from ingest.formats.line_forms import is_page_mark
from ingest.formats.line_joins import TextLine

# An em space stands for each character before an item that is further in than the text.
INDENT = "\u2003"
_NOTE = re.compile(r"(\d{1,2})\s+(?=[A-ZÀ-Ý«(]|https?:)")
_ADDRESS = re.compile(r"(?:mailto:|https?://)\S+")
# A word that carries the number of a note: « la grille de densité de l’INSEE1 ».
_CARRIED = re.compile(r"[^\W\d_]{2}[»)]?(\d{1,2})(?!\d)")
_MOST_LINES_ABOVE = 200
# Notes of one page have at most so many lines in all.
_MOST_NOTE_LINES = 20


def text_lines(text: str) -> tuple[list[TextLine], list[TextLine]]:
    """The lines of a text that hold something, and those of its notes; pages' numbers are left out."""
    lines: list[TextLine] = []
    notes: list[TextLine] = []
    blanks, turned = 0, False
    for raw in text.split("\n"):
        line = fold_spaces(raw.strip(f"{INDENT} "))
        if not line:
            blanks += 1
        elif is_page_mark(line):
            _drop_links(lines)
            notes += _taken_notes(lines)
            turned = True
        else:
            goes_on = turned and line[0].islower()
            indent = len(raw) - len(raw.lstrip(INDENT))
            lines.append(TextLine(line, 0 if goes_on else blanks, indent=indent))
            blanks, turned = 0, False
    return lines, notes


def _drop_links(lines: list[TextLine]) -> None:
    """Drop the addresses under a page that some programs add for its links: several, or one said above."""
    start = len(lines)
    while start and _ADDRESS.fullmatch(lines[start - 1].text):
        start -= 1
    links = [line.text for line in lines[start:]]
    above = {line.text.split()[-1] for line in lines[max(0, start - _MOST_NOTE_LINES) : start]}
    if len(links) > 1 or any(link.startswith("mailto:") or link in above for link in links):
        del lines[start:]


def _taken_notes(lines: list[TextLine]) -> list[TextLine]:
    """Take the notes at the foot of a page out of its lines: numbered, and referred to above."""
    first = len(lines)
    numbers: list[int] = []
    for place in range(len(lines) - 1, max(-1, len(lines) - 1 - _MOST_NOTE_LINES), -1):
        found = _NOTE.match(lines[place].text)
        if found and (not numbers or int(found[1]) == numbers[-1] - 1):
            first = place
            numbers.append(int(found[1]))
    above = lines[max(0, first - _MOST_LINES_ABOVE) : first]
    referred = {int(number) for line in above for number in _CARRIED.findall(line.text)}
    if not referred & set(numbers):
        return []
    notes = [
        TextLine(line.text, line.blanks, is_apart=_NOTE.match(line.text) is not None)
        for line in lines[first:]
    ]
    del lines[first:]
    return notes
