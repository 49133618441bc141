"""Decide whether a sentence of a language model may be shown: sourced, supported, nothing foreign."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from assistant.english import is_english
from assistant.reply import Citation, Reply
from assistant.sentence_stream import MARKER
from assistant.stated_verdict import contradicts
from assistant.verify import LineCheck, is_verbatim, markers
from ingest.embed import Embedder
from ingest.lexical import analyse

# A sentence is supported when its words and its meaning are those of what it cites. Share of words held and
# cosine, each between 0 and 1; their mean must reach the threshold.
MIN_WORDS, MIN_SUPPORT = 0.5, 0.55
_MOST_CHARS = 600
_FOREIGN = re.compile(
    r"https?:|www\.|[<>`{}@\\]|\]\(|\b[\w-]+\.(?:fr|com|org|net|eu|io|gouv|example|test)\b|\[(?!\d{1,3}\])",
    re.IGNORECASE,
)


class SentenceCheck:
    """The check of the sentences worded for one reply."""

    def __init__(self, reply: Reply, lines: LineCheck, embedder: Embedder) -> None:
        """Check against a reply made without the model.

        Args:
            reply: its citations are the only passages; its verdicts the only ones.
            lines: the check of figures, dates, places, schemes and markers.
            embedder: compares a sentence with passages.
        """
        self._citations = {citation.n: citation for citation in reply.citations}
        self._verdicts = [item.verdict for item in reply.eligibility]
        self._lines, self._embedder = lines, embedder

    def problem(self, sentence: str) -> str | None:
        """Say, in a word for the log, why a sentence may not be shown; None when it may."""
        numbers = markers(sentence)
        body = MARKER.sub(" ", sentence).strip()
        if not numbers or any(number not in self._citations for number in numbers):
            return "marker"
        if len(sentence) > _MOST_CHARS or _FOREIGN.search(sentence) or not _is_plain(sentence):
            return "foreign"
        if is_english(body):
            return "english"
        if contradicts(body, self._verdicts):
            return "verdict"
        if self._lines.unsupported(sentence):
            return "claims"
        cited = [self._citations[number] for number in dict.fromkeys(numbers)]
        return None if self._is_supported(body, cited) else "support"

    def _is_supported(self, body: str, cited: Sequence[Citation]) -> bool:
        if any(is_verbatim(body, citation.quote) for citation in cited):
            return True
        held = {stem for c in cited for stem in analyse(f"{c.quote} {c.scheme_name or ''} {c.section}")}
        stems = set(analyse(body))
        if not stems:
            return False
        words = len(stems & held) / len(stems)
        vectors = self._embedder.embed_passages([body, *(citation.quote for citation in cited)])
        meaning = float((vectors[1:] @ vectors[0]).max())
        return words >= MIN_WORDS and (words + meaning) / 2 >= MIN_SUPPORT


def _is_plain(sentence: str) -> bool:
    """Whether a sentence holds only visible characters of the Latin script."""
    for char in sentence:
        if char.isascii():
            continue
        if unicodedata.category(char)[0] == "C":
            return False
        if char.isalpha() and "LATIN" not in unicodedata.name(char, "") and char not in "ºªµ":
            return False
    return sentence.isprintable() or "\u00a0" in sentence or "\u202f" in sentence
