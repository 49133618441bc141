"""Find when the answer is that something isn't known: what a fiche says was looked for and not found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import NEARLY_AS_GOOD, Evidence, date_fit, form_fit, stated_dates
from assistant.intents import INTENT_SECTIONS, Intent, find_intents
from assistant.understand import Question
from assistant.verify import figures
from corpus.folding import fold
from ingest.lexical import analyse

_PRECISE = frozenset({Intent.HOW_MUCH, Intent.WHEN, Intent.HOW, Intent.EXCLUDED, Intent.CUMULATE})
# A fiche without any of these sections only tells what wasn't found.
_TELLING = frozenset({"Objet", "Bénéficiaires", "Dépenses éligibles", "Montant"})
# Share of the question's words that a sentence must hold to answer whatever its section, and how many
# sentences are looked at.
_PLAIN, _LOOKED_AT = 0.6, 3
_RATE_WORDS = re.compile(r"\btaux\b|\bpourcentage")
_NOW_WORDS = re.compile(r"\bencore\b|\btoujours\b|\bactuel|\baujourd|\bprochain|\bcette annee|\ben ce moment")


def find_gaps(question: Question, evidence: Sequence[Evidence], today_year: int) -> list[Evidence]:
    """Return what the fiche says isn't known, when that is the answer.

    It is when the best sentence says so, or when the question asks for something precise (an
    amount, a date, a procedure) that no sentence of the right section gives, while one says that
    it wasn't found.
    """
    own = [item for item in evidence if _is_subject(item, question, evidence[0])]
    if any(_answers_plainly(item, question) for item in own[:_LOOKED_AT]):
        return []
    gaps = [item for item in own if item.is_gap]
    if evidence[0].is_gap and gaps and _is_asked(gaps[0], question):
        return gaps[:1] if len(gaps) == 1 or gaps[1].score < NEARLY_AS_GOOD * gaps[0].score else gaps[:2]
    if gaps and not any(item.sentence.section in _TELLING for item in own):
        return gaps[:2]
    asked = [item for item in gaps if find_intents(item.sentence.text) & question.intents & _PRECISE]
    given = [
        item
        for item in own
        if any(_gives(intent, question, item, today_year) for intent in question.intents & _PRECISE)
    ]
    # "What does membership cost?": an amount for something else doesn't answer it.
    stems = set(analyse(question.content)) - set(analyse(question.names))
    if given and _most_shared(stems, asked) <= _most_shared(stems, given):
        return []
    return asked[:2]


def _answers_plainly(item: Evidence, question: Question) -> bool:
    """Whether a sentence holds most of what is asked, and a figure where one is."""
    asked = stated_dates(question.text)
    if item.is_gap or item.shared < _PLAIN or _NOW_WORDS.search(fold(question.text)):
        return False
    if asked and not date_fit(question, item.hit, item.sentence, asked):
        return False
    return not (question.intents & {Intent.HOW_MUCH, Intent.COUNT, Intent.WHEN}) or bool(
        figures(item.sentence.text)
    )


def _is_recent(item: Evidence, today_year: int) -> bool:
    """Whether a source of the sentence is of this year or the last: the present rate isn't an old one."""
    years = [source.year or 0 for source in item.hit.chunk.sources if source.n in item.sentence.sources]
    return max(years, default=0) >= today_year - 1


def _most_shared(stems: set[str], items: Sequence[Evidence]) -> int:
    """Return how many of the stems the sentence that has most of them holds."""
    return max((len(stems & item.stems) for item in items), default=0)


def _is_asked(gap: Evidence, question: Question) -> bool:
    """Whether what isn't known is what is asked: "no amount found" doesn't answer "which aid for a hall"."""
    about = find_intents(gap.sentence.text)
    return not about or bool(about & question.intents)


def _is_subject(item: Evidence, question: Question, best: Evidence) -> bool:
    """Whether a sentence is about the subject: the first scheme named, else the best document."""
    if question.subjects:
        return item.hit.chunk.scheme_id == question.subjects[0]
    return item.hit.chunk.document_id == best.hit.chunk.document_id


def _gives(intent: Intent, question: Question, item: Evidence, today_year: int) -> bool:
    """Whether a sentence gives what a precise intent asks for: the rate, the amount, the year meant."""
    if item.is_gap or item.sentence.section not in INTENT_SECTIONS[intent][:1]:
        return False
    folded = fold(question.text)
    if intent is Intent.HOW_MUCH:
        wants_rate, has_rate = bool(_RATE_WORDS.search(folded)), "%" in item.sentence.text
        fits = has_rate if wants_rate else form_fit(question, item.sentence) > 0
        return fits and (not _NOW_WORDS.search(folded) or _is_recent(item, today_year))
    if intent is Intent.WHEN:
        asked = stated_dates(question.text) or ({str(today_year)} if _NOW_WORDS.search(folded) else set())
        return not asked or date_fit(question, item.hit, item.sentence, asked) > 0
    return True
