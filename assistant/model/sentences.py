"""Cut a text that comes in pieces into sentences, each with the markers that follow it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.markers import markers
from corpus.french.sentences import split_sentences

_MARKERS_FIRST = re.compile(r"((?:\s*\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\])+\.?)\s*")
_LEAD = re.compile(r"\s*+(?:\[\d{1,3}\]\s*+)++(?::\s++|(?<=\s))(?=\S)")
_LIST_MARK = re.compile(r"^\s*(?:[-•*]|\d{1,2}[.)])\s+")
_SEVERAL = re.compile(r"\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})+)\]")


def sentences_of(pieces: Iterable[str]) -> Iterator[str]:
    """Give each sentence as soon as the next one begins, the last at the end.

    Markers written after the full stop go with the sentence before them; those that begin a line go with
    the sentences of that line that have none; ``[1, 2]`` becomes ``[1][2]``.
    """
    held, lead = "", ""
    for piece in pieces:
        *lines, held = (held + piece).split("\n")
        for line in lines:
            lead, sentences = _cut(line, lead)
            yield from (_led(sentence, lead) for sentence in sentences)
            lead = ""
        begun, found = _cut(held, lead)
        if len(found) > 1 and not found[-1].startswith("["):
            yield from (_led(sentence, begun) for sentence in found[:-1])
            held, lead = found[-1] + held[len(held.rstrip()) :], begun
    lead, found = _cut(held, lead)
    yield from (_led(sentence, lead) for sentence in found)


def _cut(line: str, lead: str) -> tuple[str, list[str]]:
    """Cut a line, or what remains of it, into sentences.

    Args:
        line: the text.
        lead: the markers that began the line, when it isn't whole.

    Returns:
        The markers that begin the line, and its sentences, each with the markers that follow it.
    """
    text = _SEVERAL.sub(_apart, _LIST_MARK.sub("", line))
    if not lead and (begun := _LEAD.match(text)):
        lead, text = "".join(f"[{n}]" for n in markers(begun[0])), text[begun.end() :]
    sentences: list[str] = []
    for part in split_sentences(text):
        sentence = part
        found = _MARKERS_FIRST.match(sentence)
        if found and sentences:
            sentences[-1] += f" {found[1].strip().rstrip('.')}"
            sentence = sentence[found.end() :]
        if sentence.strip():
            sentences.append(sentence.strip())
    return lead, sentences


def _led(sentence: str, lead: str) -> str:
    """A sentence with the markers that began its line, when it has none."""
    return sentence if not lead or markers(sentence) else f"{sentence} {lead}"


def _apart(match: re.Match[str]) -> str:
    return "".join(f"[{number}]" for number in re.findall(r"\d+", match[1]))
