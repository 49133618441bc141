"""Weigh sentences as evidence for a question: shared words, meaning, section, figures asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.retrieve import RetrievedChunk
from assistant.understand import INTENT_SECTIONS, Intent, Question
from corpus.fiche import UNKNOWN_SECTION
from ingest.chunk import ChunkSentence
from ingest.embed import Embedder
from ingest.lexical import analyse

_WORDS, _MEANING, _PASSAGE, _SECTION, _FIGURE, _RECENT = 0.40, 0.20, 0.20, 0.25, 0.10, 0.05
_MONEY_OR_RATE = re.compile(r"\d[\d\u00a0 .,]*\s*(?:%|€|euros?|M€|millions?|milliards?)", re.IGNORECASE)
_GENERAL_SECTIONS = ("Objet", "Montant", "Bénéficiaires")
_DATE = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a retrieved passage and how well it answers.

    Attributes:
        hit: the passage.
        position: index of the sentence in the passage.
        sentence: the sentence.
        stems: its content stems.
        score: the weight of the evidence; comparable within one question only.
    """

    hit: RetrievedChunk
    position: int
    sentence: ChunkSentence
    stems: frozenset[str]
    score: float

    @property
    def is_gap(self) -> bool:
        """Whether the sentence says what isn't known."""
        return self.sentence.section == UNKNOWN_SECTION


def weigh(
    question: Question, hits: Sequence[RetrievedChunk], weights: Mapping[str, float], embedder: Embedder
) -> list[Evidence]:
    """Weigh every sentence of the passages, best first.

    Args:
        question: the question, understood.
        hits: passages, best first.
        weights: weight of each stem of the question (inverse document frequency).
        embedder: compares the meaning of a sentence with the question's.
    """
    if not hits:
        return []
    pairs = [(hit, i, s) for hit in hits for i, s in enumerate(hit.chunk.sentences)]
    vectors = embedder.embed_passages([f"{s.section}. {s.text}" for _, _, s in pairs])
    similarities = vectors @ embedder.embed_question(question.search_text)
    total = sum(weights.values()) or 1.0
    best = max(hit.score for hit in hits) or 1.0
    newest = max((source.year or 0 for hit in hits for source in hit.chunk.sources), default=0)
    found: list[Evidence] = []
    for (hit, position, sentence), similarity in zip(pairs, similarities.tolist(), strict=True):
        stems = frozenset(analyse(sentence.text))
        context = stems | frozenset(analyse(sentence.section))
        shared = sum(weight for stem, weight in weights.items() if stem in context) / total
        score = (
            _WORDS * shared
            + _MEANING * max(0.0, similarity)
            + _PASSAGE * hit.score / best
            + _SECTION * _section_fit(question, sentence)
            + _FIGURE * _figure_fit(question, sentence)
            + _RECENT * _recency(hit, sentence, newest)
        )
        found.append(Evidence(hit, position, sentence, stems, score))
    return sorted(found, key=lambda evidence: -evidence.score)


def coverage(weights: Mapping[str, float], texts: Sequence[str]) -> float:
    """Return which share of the question's weight stands in the texts, between 0 and 1."""
    total = sum(weights.values())
    if not total:
        return 0.0
    known = {stem for text in texts for stem in analyse(text)}
    return sum(weight for stem, weight in weights.items() if stem in known) / total


def _section_fit(question: Question, sentence: ChunkSentence) -> float:
    """1 for a section that holds what is asked, half for its second choice, less when nothing is asked."""
    for intent in question.intents:
        titles = INTENT_SECTIONS[intent]
        if sentence.section in titles:
            return 1.0 if sentence.section == titles[0] else 0.5
    return 0.4 if not question.intents and sentence.section in _GENERAL_SECTIONS else 0.0


def _figure_fit(question: Question, sentence: ChunkSentence) -> float:
    if Intent.HOW_MUCH in question.intents:
        return min(2, len(_MONEY_OR_RATE.findall(sentence.text))) / 2
    if Intent.WHEN in question.intents and _DATE.search(sentence.text):
        return 1.0
    return 0.0


def _recency(hit: RetrievedChunk, sentence: ChunkSentence, newest: int) -> float:
    """1 for the newest source among the passages, 0 at five years before or without a date."""
    years = [source.year or 0 for source in hit.chunk.sources if source.n in sentence.sources]
    return max(0.0, 1 - (newest - max(years, default=0)) / 5)
