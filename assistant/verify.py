"""Check a reply before it's shown: every figure stands in a cited passage, every marker in a citation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.reply import Citation

_MARKER = re.compile(r"\[(\d{1,3})\]")
_FIGURE = re.compile(r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f.]\d{3}(?!\d))+(?:,\d+)?|\d+(?:,\d+)?")
_NOT_DIGITS = re.compile(r"[ \u00a0\u202f.]")


def figures(text: str) -> set[str]:
    """Return the figures of a text, thousands joined: ``150 000 €`` gives ``150000``; markers left out."""
    return {_NOT_DIGITS.sub("", match) for match in _FIGURE.findall(_MARKER.sub(" ", text))}


def markers(text: str) -> list[int]:
    """Return the numbers of the markers of a text, in order."""
    return [int(number) for number in _MARKER.findall(text)]


def unsupported(line: str, citations: Sequence[Citation], own_words: Iterable[str] = ()) -> set[str]:
    """Return the figures of a line that none of its citations supports.

    Args:
        line: a line of the answer with its markers.
        citations: the citations of the answer.
        own_words: texts that may also hold a figure: the user's own messages.
    """
    cited = set(markers(line))
    supports = [text for citation in citations if citation.n in cited for text in _texts(citation)]
    allowed = set().union(*(figures(text) for text in (*supports, *own_words)))
    return figures(line) - allowed


def renumbered(line: str, numbers: Mapping[int, int]) -> str:
    """Return a line with its markers changed to new numbers; a marker without one is dropped."""
    return _MARKER.sub(lambda match: f"[{numbers[int(match[1])]}]" if int(match[1]) in numbers else "", line)


def unknown_markers(text: str, citations: Sequence[Citation]) -> set[int]:
    """Return the markers that no citation bears."""
    return set(markers(text)) - {citation.n for citation in citations}


def is_verbatim(quote: str, passage: str) -> bool:
    """Whether a quote stands in a passage, letter for letter but for white space."""
    return " ".join(quote.split()) in " ".join(passage.split())


def _texts(citation: Citation) -> Iterable[str]:
    yield citation.quote
    yield citation.scheme_name or ""
    for source in citation.sources:
        for date in (source.published, source.updated):
            if date:
                yield date.replace("-", " ")
