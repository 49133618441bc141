"""Cut a text that comes in pieces into sentences, each with the markers that follow it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.sentences import split_sentences

MARKER = re.compile(r"\[\d{1,3}\]")
_MARKERS_FIRST = re.compile(r"((?:\s*\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\])+\.?)\s*")
_LIST_MARK = re.compile(r"^\s*(?:[-•*]|\d{1,2}[.)])\s+")
_SEVERAL = re.compile(r"\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})+)\]")


def sentences_of(pieces: Iterable[str]) -> Iterator[str]:
    """Give each sentence as soon as the next one begins, the last at the end.

    Markers written after the full stop go with the sentence before them; ``[1, 2]`` becomes ``[1][2]``.
    """
    held = ""
    for piece in pieces:
        *lines, held = (held + piece).split("\n")
        for line in lines:
            yield from map(_clean, _cut(line))
        found = _cut(held)
        if len(found) > 1 and not found[-1].startswith("["):
            yield from map(_clean, found[:-1])
            held = found[-1] + held[len(held.rstrip()) :]
    yield from map(_clean, _cut(held))


def _cut(text: str) -> list[str]:
    """The sentences of a line; one that is only markers is part of the one before."""
    sentences: list[str] = []
    for part in split_sentences(text):
        sentence = part
        found = _MARKERS_FIRST.match(sentence)
        if found and sentences:
            sentences[-1] += f" {found[1].strip().rstrip('.')}"
            sentence = sentence[found.end() :]
        if sentence:
            sentences.append(sentence)
    return sentences


def _clean(sentence: str) -> str:
    return _SEVERAL.sub(_apart, _LIST_MARK.sub("", sentence)).strip()


def _apart(match: re.Match[str]) -> str:
    return "".join(f"[{number}]" for number in re.findall(r"\d+", match[1]))
