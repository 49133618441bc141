"""Find when the answer is that something isn't known: what a fiche says was looked for and not found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Evidence, backing, date_fit, form_fit, stated_dates
from assistant.intents import FIGURES, INTENT_SECTIONS, Intent, find_intents
from assistant.understand import Question
from corpus.folding import fold
from ingest.lexical import analyse

_PRECISE = frozenset({Intent.HOW_MUCH, Intent.WHEN, Intent.HOW, Intent.EXCLUDED, Intent.CUMULATE})
# How far ahead of what is known, in logits, what isn't known must be to be the answer (docs/decisions/0005),
# and how far when the best of what is known gives every figure asked. Behind, it's the answer only when
# something precise is asked that nothing near the best gives: a figure, or, nearly as good, a procedure.
AHEAD, FAR_AHEAD, BEHIND, _NEAR = 0.7, 3.0, 3.0, 1.0
NEARLY, MOST = 1.0, 2
# "No aid was found" answers who looks for any.
_ANY_AID = frozenset({Intent.LIST, Intent.ELIGIBLE, Intent.WHO, Intent.COVERED})
_NO_AID = re.compile(r"\baucune? (?:dispositif|aide|fonds|programme|appel|subvention)\b")
# "85 % of the communes" is no rate of aid.
_AMOUNT_SECTIONS = frozenset({"Montant", "Cumul", "Dépenses éligibles", "Dépenses exclues"})
_RATE_WORDS = re.compile(r"\btaux\b|\bpourcentage|%")
_NOW_WORDS = re.compile(
    r"\bencore\b|\btoujours\b|\bactuel|\baujourd|\bprochain|\bcette annee|\ben ce moment|\bnouvel\w*"
    r"|\bouverte?\b"
)


def find_gaps(question: Question, evidence: Sequence[Evidence], today_year: int) -> list[Evidence]:
    """Return what the fiche says isn't known, when that is the answer.

    It is when it answers better than what is known, or when the question asks for something precise (an
    amount, a date, a procedure) that no sentence near the best gives, while one says that it wasn't found.
    """
    own = [item for item in evidence if _is_subject(item, question, evidence[0])]
    gaps = [item for item in own if item.is_gap and _is_asked(item, question)]
    known = [item for item in own if not item.is_gap]
    if not gaps:
        return []
    best = known[0].logit if known else gaps[0].logit
    precise = question.intents & FIGURES
    gives_all = bool(precise) and all(
        any(_gives(intent, question, item, today_year) for item in known[:MOST]) for intent in precise
    )
    if gaps[0].logit >= best + (FAR_AHEAD if gives_all else AHEAD):
        return [gap for gap in gaps[:MOST] if gap.logit >= gaps[0].logit - _NEAR]
    asked = [
        item
        for item in gaps
        if (about := find_intents(item.sentence.text) & question.intents & _PRECISE)
        and item.logit >= best - (BEHIND if about & FIGURES else NEARLY)
    ]
    near = [item for item in known if item.logit >= best - BEHIND]
    given = [item for item in near if any(_gives(i, question, item, today_year) for i in question.intents)]
    # "What does membership cost?": an amount for something else doesn't answer it.
    stems = set(analyse(question.content)) - set(analyse(question.names))
    if given and _most_shared(stems, asked) <= _most_shared(stems, given):
        return []
    return asked[:MOST]


def _most_shared(stems: set[str], items: Sequence[Evidence]) -> int:
    """Return how many of the stems the sentence that has most of them holds."""
    return max((len(stems & item.stems) for item in items), default=0)


def _is_subject(item: Evidence, question: Question, best: Evidence) -> bool:
    """Whether a sentence is about the subject: a scheme named, else the likeliest, else the best document."""
    if question.schemes:
        return item.hit.chunk.scheme_id in question.schemes
    if question.subjects:
        return item.hit.chunk.scheme_id == question.subjects[0]
    return item.hit.chunk.document_id == best.hit.chunk.document_id


def _is_asked(gap: Evidence, question: Question) -> bool:
    """Whether what isn't known is what is asked: "no amount found" doesn't answer "what is it"."""
    if question.intents <= _ANY_AID and _NO_AID.search(fold(gap.sentence.text)):
        return True
    about = find_intents(gap.sentence.text)
    return not (about and question.intents) or bool(about & question.intents)


def _gives(intent: Intent, question: Question, item: Evidence, today_year: int) -> bool:
    """Whether a sentence gives what is asked: the rate, the amount, the year meant, the right section."""
    if intent not in _PRECISE:
        return False
    folded = fold(question.text)
    if intent is Intent.HOW_MUCH:
        wants_rate, has_rate = bool(_RATE_WORDS.search(folded)), "%" in item.sentence.text
        fits = has_rate if wants_rate else form_fit(question, item.sentence) > 0
        fits = fits and item.sentence.section in _AMOUNT_SECTIONS
        return fits and (not _NOW_WORDS.search(folded) or _is_recent(item, today_year))
    if item.sentence.section not in INTENT_SECTIONS[intent][:1]:
        return False
    if intent is Intent.WHEN:
        asked = stated_dates(question.focus) or ({str(today_year)} if _NOW_WORDS.search(folded) else set())
        return (
            date_fit(question, item.hit, item.sentence, asked) > 0
            if asked
            else form_fit(question, item.sentence) > 0
        )
    return True


def _is_recent(item: Evidence, today_year: int) -> bool:
    """Whether a source of the sentence is of this year or the last: the present rate isn't an old one."""
    years = [source.year or 0 for source in backing(item.hit, item.sentence)]
    return max(years, default=0) >= today_year - 1
