"""Weigh sentences as evidence for a question: shared words, meaning, section, figures asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from math import exp, log
from types import MappingProxyType

from assistant.choosing import asked_sections
from assistant.choosing.amounts import TypedAmounts
from assistant.choosing.asked_sections import by_section, told_under
from assistant.choosing.headings import Headings
from assistant.reading.asked_kinds import kinds_asked, tells_any
from assistant.reading.french.dates import stated_dates, states_a_day
from assistant.reading.intents import INTENT_SECTIONS, Intent
from assistant.reading.understand import Question
from assistant.search.hits import RetrievedChunk
from corpus.fiches.fiche import UNKNOWN_SECTION
from corpus.french.folding import fold
from corpus.source import Source
from ingest.chunk import Chunk, ChunkSentence
from ingest.embed import Embedder
from ingest.lexical import analyse
from ingest.statements import statements_in

# What each measure of a sentence weighs: weights of a softmax, fitted on sentences graded as answers, each
# beside its question ("assistant train --folds"; docs/decisions/0022).
MEASURES: Mapping[str, float] = MappingProxyType(
    {
        "shared": 0.43,
        "rare": 0.59,
        "meaning": 27.12,
        "passage": 1.45,
        "section": 0.63,
        "plain": -0.06,
        "form": 1.0,
        "kind": 1.1,
        "typed": 1.0,
        "dated": -0.32,
        "gap": 0.67,
        "asked": 4.36,
    }
)
# The same, with those of its section for what is asked.
WEIGHTS: Mapping[str, float] = MappingProxyType({**MEASURES, **asked_sections.WEIGHTS})
# What pages have as fiches do.
_HAD_BY_BOTH = ("shared", "rare", "meaning", "form")
_ASKING = 0.15
# Weight of the words of a question at which it is half plain.
_PLAIN = 2.0
# Logits that differ only beyond this decimal are alike.
_TIE = 2
# Words of the sentences that tell the story before the question.
_ASIDE = 0.5
# How likely, against the best sentence, a further one must be to be shown with it.
NEARLY_AS_GOOD = 0.2
# "Is maintenance covered?" is answered by what is excluded as well as by what is covered.
_FIRST_CHOICES = {Intent.COVERED: 2}
MONEY_OR_RATE = re.compile(r"\d[\u00a0 .,]*+\s*+(?:%|€|euros?|M€|millions?|milliards?)", re.IGNORECASE)
_YEAR_LENGTH = 4
_GENERAL_SECTIONS = {"Objet": 0.6, "Montant": 0.45, "Bénéficiaires": 0.45, "Dépenses éligibles": 0.3}
_OF_FICHES = frozenset({title for titles in INTENT_SECTIONS.values() for title in titles} | {UNKNOWN_SECTION})
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_PERIOD = re.compile(
    r"\bdu \d.{0,40}? au \d|jusqu.(?:au|en) |\bavant le \d|\bdur(?:e|ait|ée)\b|\bclos\b", re.IGNORECASE
)
_DEFINITION = re.compile(r"\b(?:est|sont) (?:un|une|le|la|les|des)\b|\bpermet|\bsert à|\baide à|\bvise")
_COUNTED = re.compile(r"\bcombien (?:de |d')(\w+(?: \w+)?)")
_ANY_NUMBER = re.compile(r"\d")
_AFTER_NUMBER = re.compile(r"\d[ \u00a0\u202f]*+(?!\d)((?:\s*+,?+\s*+[\w'’-]++){1,6}+)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a retrieved passage and how well it answers.

    Attributes:
        hit: the passage.
        position: index of the sentence in the passage.
        sentence: the sentence.
        stems: its content stems.
        score: how likely it answers, against the best sentence (1); comparable within one question only.
        logit: the weight of its measures, comparable between questions.
        shared: share of the question's weighted words that it holds, between 0 and 1.
        asked: likeness of the nearest known question that it answers, between 0 and 1.
        typed: how much it states of the amounts that the typed fields give, when amounts are asked.
        under: what it gains by its section for what is asked, in logits.
    """

    hit: RetrievedChunk
    position: int
    sentence: ChunkSentence
    stems: frozenset[str]
    score: float
    logit: float = 0.0
    shared: float = 0.0
    asked: float = 0.0
    typed: float = 0.0
    under: float = 0.0

    @property
    def is_gap(self) -> bool:
        """Whether the sentence says what isn't known."""
        return self.sentence.section == UNKNOWN_SECTION


def weigh(
    question: Question,
    hits: Sequence[RetrievedChunk],
    weights: Mapping[str, float],
    embedder: Embedder,
    asked: Mapping[str, float],
    amounts: TypedAmounts,
    by: Mapping[str, float] = WEIGHTS,
    headings: Headings | None = None,
) -> list[Evidence]:
    """Weigh every sentence of the passages, best first.

    Args:
        question: the question, understood.
        hits: passages, best first.
        weights: weight of each stem of the question (inverse document frequency).
        embedder: compares the meaning of a sentence with the question's.
        asked: by sentence, the likeness of the nearest known question that it answers.
        amounts: what the typed fields of the schemes give.
        by: what each measure weighs.
        headings: tells what stands under the headings of pages; None to go by those of fiches alone.
    """
    measured = measure(question, hits, weights, embedder, asked, amounts, headings)
    if not measured:
        return []
    due = by_section(question.read, by)
    under = [told_under(item.sentence.section, due, headings) for item in measured]
    logits = _pages_beside_fiches(
        measured,
        [
            sum(by[name] * value for name, value in item.values.items()) + gained
            for item, gained in zip(measured, under, strict=True)
        ],
        by,
    )
    best = max(logits)
    found = [
        Evidence(
            hit=item.hit,
            position=item.position,
            sentence=item.sentence,
            stems=item.stems,
            score=exp(logit - best),
            logit=logit,
            shared=item.values["shared"],
            asked=item.values["asked"],
            typed=item.values["typed"],
            under=gained,
        )
        for item, logit, gained in zip(measured, logits, under, strict=True)
    ]
    return sorted(found, key=lambda item: (-round(item.logit, _TIE), -_newest(item)))


def _pages_beside_fiches(
    measured: Sequence[Measured], logits: Sequence[float], by: Mapping[str, float]
) -> list[float]:
    """The weights of sentences, where pages answer beside fiches: their best are set apart by what both have.

    A fiche has sections, typed amounts, questions that people ask of it; a page has none, and says as much.
    """
    fiches, pages = (
        [place for place, item in enumerate(measured) if (item.hit.chunk.scheme_id is None) is is_page]
        for is_page in (False, True)
    )
    if not (fiches and pages):
        return list(logits)
    both = [sum(by[name] * item.values[name] for name in _HAD_BY_BOTH) for item in measured]
    due = max(both[place] for place in pages) - max(both[place] for place in fiches)
    told = max(logits[place] for place in pages) - max(logits[place] for place in fiches)
    return [logit + (due - told) * (place in pages) for place, logit in enumerate(logits)]


@dataclass(frozen=True, slots=True)
class Measured:
    """A sentence of a passage with its measures, by the names of ``MEASURES``; each from 0 to 1."""

    hit: RetrievedChunk
    position: int
    sentence: ChunkSentence
    stems: frozenset[str]
    values: Mapping[str, float]


def measure(
    question: Question,
    hits: Sequence[RetrievedChunk],
    weights: Mapping[str, float],
    embedder: Embedder,
    asked: Mapping[str, float],
    amounts: TypedAmounts,
    headings: Headings | None = None,
) -> list[Measured]:
    """Measure every sentence of the passages, in their order; see :func:`weigh`."""
    pairs = [(hit, i, s) for hit in hits for i, s in enumerate(hit.chunk.sentences)]
    if not pairs:
        return []
    vectors = embedder.embed_passages([text for hit in hits for text in statements_in(hit.chunk)])
    similarities = vectors @ embedder.embed_question(question.search_text)
    told = _telling_weights(question, weights)
    documents = {hit.chunk.document_id: hit.chunk for hit in hits}
    told_in = {name: _told_within(chunk, told) for name, chunk in documents.items()}
    plain = _plainness(question, told)
    kinds = kinds_asked(question.text)
    how_much = Intent.HOW_MUCH in question.intents
    fits = [_section_fit(question, s, headings) for _, _, s in pairs]
    stems = [frozenset(analyse(s.text)) for _, _, s in pairs]
    contexts = [own | frozenset(analyse(s.section)) for own, (_, _, s) in zip(stems, pairs, strict=True)]
    rarity = _rarity(
        told_in, [(hit.chunk.document_id, c) for (hit, _, _), c in zip(pairs, contexts, strict=True)]
    )
    best = max(hit.score for hit in hits) or 1.0
    defining = _defining(question, pairs)
    return [
        Measured(
            hit,
            position,
            sentence,
            own,
            {
                "shared": _share(told_in[hit.chunk.document_id], context),
                "rare": _share(rarity[hit.chunk.document_id], context),
                "meaning": max(0.0, float(similarity)),
                "passage": hit.score / best,
                "section": fit,
                "plain": plain * fit,
                "form": 1.0 if place in defining else form_fit(question, sentence),
                "kind": float(tells_any(kinds, sentence.text)),
                "typed": amounts.stated(hit.chunk.scheme_id, sentence.text) if how_much else 0.0,
                "dated": date_fit(question, hit, sentence),
                "gap": float(sentence.section == UNKNOWN_SECTION),
                "asked": asked.get(sentence.text, 0.0),
            },
        )
        for place, ((hit, position, sentence), own, context, similarity, fit) in enumerate(
            zip(pairs, stems, contexts, similarities.tolist(), fits, strict=True)
        )
    ]


def _defining(question: Question, pairs: Sequence[tuple[RetrievedChunk, int, ChunkSentence]]) -> set[int]:
    """Places of the sentences that open the first section of a document, when what it is is asked."""
    if not question.intents & {Intent.WHAT, Intent.DIFFERENCE}:
        return set()
    return {place for place, (_, position, s) in enumerate(pairs) if position == 0 and s.section == "Objet"}


def _share(weights: Mapping[str, float], stems: frozenset[str]) -> float:
    total = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in stems) / total if total else 0.0


def _told_within(chunk: Chunk, told: Mapping[str, float]) -> Mapping[str, float]:
    """The words that tell one sentence of a document from another: not those that name the document itself.

    A page is named by its title and its publisher, which few of its sentences say.
    """
    if chunk.scheme_id is not None:
        return told
    publishers = (source.publisher or "" for source in chunk.sources)
    named = frozenset(analyse(" ".join((chunk.title, *publishers))))
    return {stem: weight for stem, weight in told.items() if stem not in named} or told


def _rarity(
    told_in: Mapping[str, Mapping[str, float]], contexts: Sequence[tuple[str, frozenset[str]]]
) -> Mapping[str, Mapping[str, float]]:
    """For each document, how rare each word of the question is among its sentences; 0 when it's absent."""
    counts: dict[str, dict[str, int]] = {}
    sizes: dict[str, int] = {}
    for document, context in contexts:
        sizes[document] = sizes.get(document, 0) + 1
        own = counts.setdefault(document, {})
        for stem in told_in[document]:
            if stem in context:
                own[stem] = own.get(stem, 0) + 1
    return {
        document: {stem: log((sizes[document] + 1) / (count + 0.5)) for stem, count in own.items()}
        for document, own in counts.items()
    }


def _telling_weights(question: Question, weights: Mapping[str, float]) -> dict[str, float]:
    """Return the weights that tell one sentence from another.

    Every sentence of a named scheme bears its name, so its words are left out.
    Words that only say what is asked ("taux") count little: the section and the form tell more.
    """
    named, content = set(analyse(question.names)), set(analyse(question.content))
    kept = {stem: w for stem, w in weights.items() if stem not in named}
    focus = set(analyse(question.focus))
    return {
        stem: (w if stem in content else w * _ASKING) * (1.0 if stem in focus else _ASIDE)
        for stem, w in kept.items()
    }


def _plainness(question: Question, told: Mapping[str, float]) -> float:
    """How far a question says nothing more than what it asks, and of which scheme; between 0 and 1.

    "Combien pour la vidéoprotection ?" is answered by the section on amounts, whatever its words.
    """
    content = set(analyse(question.content))
    return 1 / (1 + sum(weight for stem, weight in told.items() if stem in content) / _PLAIN)


def coverage(weights: Mapping[str, float], texts: Sequence[str]) -> float:
    """Return which share of the question's weight stands in the texts, between 0 and 1."""
    return _share(weights, frozenset(stem for text in texts for stem in analyse(text)))


def _section_fit(question: Question, sentence: ChunkSentence, headings: Headings | None) -> float:
    """1 for a section that holds what is asked, half for its second choice, less when nothing is asked.

    Under a heading that fiches don't have, as likely as its words tell.
    """
    if headings is not None and sentence.section not in _OF_FICHES:
        if question.read is not None:
            return headings.agree(sentence.section, question.read)
        held = headings.hold(sentence.section)
        return max((held.get(intent, 0.0) for intent in question.intents), default=0.0)
    if question.intents:
        return max(_fit_to(intent, sentence.section) for intent in question.intents)
    return _GENERAL_SECTIONS.get(sentence.section, 0.0)


def _fit_to(intent: Intent, section: str) -> float:
    titles = INTENT_SECTIONS[intent]
    if section in titles[: _FIRST_CHOICES.get(intent, 1)]:
        return 1.0
    return 0.5 if section in titles else 0.0


def form_fit(question: Question, sentence: ChunkSentence) -> float:
    """How well a sentence has the form of the answer: amounts, dates, a definition; between 0 and 1."""
    if Intent.HOW_MUCH in question.intents:
        return min(2, len(MONEY_OR_RATE.findall(sentence.text))) / 2
    if Intent.COUNT in question.intents:
        return 1.0 if _counts(question, sentence) else 0.0
    if Intent.WHEN in question.intents:
        return 1.0 if _PERIOD.search(sentence.text) else 0.5 if _YEAR.search(sentence.text) else 0.0
    if Intent.WHAT in question.intents:
        return 1.0 if _DEFINITION.search(sentence.text) else 0.0
    return 0.0


def _counts(question: Question, sentence: ChunkSentence) -> bool:
    """Whether a sentence gives a number of what the question counts: "20 GAL" for "combien de GAL"."""
    asked = _COUNTED.search(fold(question.text))
    if asked is None:
        return bool(_ANY_NUMBER.search(sentence.text))
    stem = analyse(asked[1])
    near = _AFTER_NUMBER.findall(fold(sentence.text))
    return any(set(stem) & set(analyse(words)) for words in near) if stem else False


def date_fit(
    question: Question, hit: RetrievedChunk, sentence: ChunkSentence, asked: Set[str] | None = None
) -> float:
    """1 when the sentence or its source bears the date that the question states, month included.

    A month asked of the calendar ("La date limite était-elle en décembre 2024 ?") isn't that of a source.

    Args:
        question: the question.
        hit: the passage, for the dates of its sources.
        sentence: the sentence.
        asked: dates to look for instead of the question's.
    """
    asked = stated_dates(question.text) if asked is None else asked
    if not asked:
        return 0.0
    known = stated_dates(sentence.text)
    if not _is_of_the_calendar(question, asked):
        for source in backing(hit, sentence):
            known = known | {date[:7] for date in (source.published, source.updated) if date}
    return 1.0 if any(date.startswith(tuple(asked)) for date in known) else 0.0


def _is_of_the_calendar(question: Question, asked: Set[str]) -> bool:
    """Whether the dates asked are to be found in what a sentence tells: a month of a calendar, or a day."""
    if all(len(date) == _YEAR_LENGTH for date in asked):
        return False
    return Intent.WHEN in question.intents or states_a_day(question.text)


def backing(hit: RetrievedChunk, sentence: ChunkSentence) -> tuple[Source, ...]:
    """The sources that a sentence of a passage rests on."""
    return tuple(source for source in hit.chunk.sources if source.n in sentence.sources)


def _newest(item: Evidence) -> int:
    """The year of the newest source of a sentence: of two that answer alike, the newer goes first."""
    return max((source.year or 0 for source in backing(item.hit, item.sentence)), default=0)
