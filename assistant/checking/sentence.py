"""Decide whether a sentence of a language model may be shown: sourced, supported, nothing foreign."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.checking.content import added
from assistant.checking.shift import shifted
from assistant.checking.told import is_quoted, only_counts, without_addresses, without_answer, without_counts
from assistant.checking.verdict import contradicts
from assistant.checking.verify import LineCheck
from assistant.markers import markers, without_markers
from assistant.reading.french.english import is_english
from assistant.reply import Citation, Reply
from corpus.french.sentences import split_sentences
from ingest.embed import Embedder
from ingest.lexical import analyse

# Calibrated on the sentences of a real model for questions of the dev set: docs/decisions/0009.
MIN_WORDS, MIN_SUPPORT = 0.5, 0.65
_MOST_CHARS = 600
_FOREIGN = re.compile(
    r"https?:|www\.|[<>`{}@\\]|\]\(|\b[\w-]+\.(?:fr|com|org|net|eu|io|gouv|example|test)\b|\[(?!\d{1,3}\])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SentenceSupport:
    """How far a passage supports a sentence.

    Attributes:
        words: share of the sentence's words that the passage holds, from 0 to 1.
        meaning: cosine of the two, at most 1.
    """

    words: float
    meaning: float

    @property
    def value(self) -> float:
        """One figure for both."""
        return (self.words + self.meaning) / 2

    @property
    def is_enough(self) -> bool:
        """Whether the sentence may rest on the passage."""
        return self.words >= MIN_WORDS and self.value >= MIN_SUPPORT


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of a model, and why it may not be shown: a word for the log; None when it may."""

    sentence: str
    problem: str | None


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

    def judge(self, sentence: str) -> CheckedSentence:
        """Say whether a sentence may be shown.

        Markers of passages that don't support it are taken away; one without a marker gets that of the
        passage it rests on.
        """
        numbers = list(dict.fromkeys(markers(sentence)))
        body = without_markers(sentence, " ").strip()
        if any(number not in self._citations for number in numbers):
            return CheckedSentence(sentence, "marker")
        cited = [self._citations[number] for number in numbers] or list(self._citations.values())
        # What a fiche says may be said as it is; a document may hold what somebody planted there.
        quoting = [item.n for item in cited if item.scheme_id and is_quoted(body, item.quote)]
        if quoting:
            return CheckedSentence(_with_markers(sentence, quoting), None)
        if not is_showable(without_addresses(sentence, cited)):
            return CheckedSentence(sentence, "foreign")
        if contradicts(body, self._verdicts):
            said = without_answer(body)
            if said == body or contradicts(said, self._verdicts):
                return CheckedSentence(sentence, "verdict")
            return self.judge(said + "".join(f" [{number}]" for number in numbers))
        support = support_of(body, cited, self._embedder)
        best = max(cited, key=lambda citation: support[citation.n].value)
        if not support[best.n].is_enough:
            return CheckedSentence(sentence, "support")
        supporting = [number for number in numbers or [best.n] if support[number].is_enough]
        shown = _with_markers(sentence, supporting)
        if self._lacks(shown, body, supporting):
            # A passage that holds but a figure of the sentence supports that figure.
            if supporting == numbers or not numbers or self._lacks(sentence, body, numbers):
                return CheckedSentence(shown, "claims")
            shown, supporting = sentence, numbers
        passages = [self._citations[number] for number in supporting]
        titles = [f"{citation.scheme_name or ''} {citation.section}" for citation in passages]
        quotes = [citation.quote for citation in passages]
        if added(without_counts(body, quotes), quotes, titles):
            return CheckedSentence(shown, "content")
        return CheckedSentence(shown, shifted(body, _closest(body, best.quote)))

    def _lacks(self, sentence: str, body: str, numbers: Sequence[int]) -> bool:
        """Whether a sentence states what its passages don't, things that they list counted."""
        quotes = [self._citations[number].quote for number in numbers]
        return not all(only_counts(lost, body, quotes) for lost in self._lines.unsupported(sentence))


def support_of(body: str, cited: Sequence[Citation], embedder: Embedder) -> dict[int, SentenceSupport]:
    """How far each passage supports a sentence without markers, by number."""
    stems = set(analyse(body))
    if not stems:
        return {citation.n: SentenceSupport(0.0, 0.0) for citation in cited}
    vectors = embedder.embed_passages([body, *(citation.quote for citation in cited)])
    cosines = vectors[1:] @ vectors[0]
    return {
        citation.n: SentenceSupport(_share(stems, citation), float(cosine))
        for citation, cosine in zip(cited, cosines, strict=True)
    }


def _with_markers(sentence: str, numbers: Sequence[int]) -> str:
    """A sentence with these markers only, at its end."""
    if markers(sentence) == list(numbers):
        return sentence
    body = " ".join(without_markers(sentence, " ").split()).rstrip(" .")
    return f"{body}. " + "".join(f"[{number}]" for number in numbers)


def _closest(body: str, passage: str) -> str:
    """The sentence of a passage that holds most words of another."""
    stems = set(analyse(body))
    return max(
        split_sentences(passage), key=lambda part: len(stems.intersection(analyse(part))), default=passage
    )


def _share(stems: Collection[str], citation: Citation) -> float:
    held = set(analyse(f"{citation.quote} {citation.scheme_name or ''} {citation.section}"))
    return len(held.intersection(stems)) / len(stems)


def is_showable(sentence: str) -> bool:
    """Whether a text of a model is French and plain: no link, no markup, no hidden or foreign character."""
    return (
        len(sentence) <= _MOST_CHARS
        and not _FOREIGN.search(sentence)
        and _is_plain(sentence)
        and not is_english(without_markers(sentence, " ").strip())
    )


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
