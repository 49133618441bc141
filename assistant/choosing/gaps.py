"""How likely the answer is that something isn't known: what a fiche says was looked for and not found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from types import MappingProxyType

from assistant.choosing.evidence import Evidence, backing, date_fit, form_fit
from assistant.reading.french.dates import stated_dates
from assistant.reading.intents import FIGURES, INTENT_SECTIONS, Intent, find_intents
from assistant.reading.understand import Question
from corpus.french.folding import fold

# Logistic weights, fitted on the questions that people ask about the fiches, one in five of which asks what
# isn't known, each left out in turn ("assistant train --folds"; docs/decisions/0005).
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "ahead": 1.11,
        "gap_asked": 3.52,
        "same_intent": 0.87,
        "other_intent": -0.7,
        "figures": 0.09,
        "now": 1.23,
        "no_aid": 2.24,
        "lacking": 0.5,
        "aspect": 1.5,
    }
)
BIAS = -1.92
# The same, the bias among them.
FITTED: Mapping[str, float] = MappingProxyType({**WEIGHTS, "bias": BIAS})
# From this likelihood on, that it isn't known is the answer; from the lower one on, it's said besides.
IS_ANSWER, WORTH_SAYING = 0.8, 0.3
# The first, of a fiche without known questions: none of them could have made it likelier. Schemes mixed out,
# 86 % of what is then told as not known isn't, and 60 % of what isn't is told so; 89 % and 40 % at the other.
IS_ANSWER_UNASKED = 0.6
MOST = 2
# Among several things not known, those nearly as good as the best, in logits.
_NEAR = 1.0
# How far behind the best, in logits, a sentence may still give what is asked.
_BEHIND = 3.0
_PRECISE = frozenset({Intent.HOW_MUCH, Intent.WHEN, Intent.HOW, Intent.EXCLUDED, Intent.CUMULATE})
# "No aid was found" answers who looks for any.
_ANY_AID = frozenset({Intent.LIST, Intent.ELIGIBLE, Intent.WHO, Intent.COVERED})
_NO_AID = re.compile(r"\baucune? (?:dispositif|aide|fonds|programme|appel|subvention)\b")
# "85 % of the communes" is no rate of aid.
_AMOUNT_SECTIONS = frozenset({"Montant", "Cumul", "Dépenses éligibles", "Dépenses exclues"})
# What an amount is: the most, the least, a share.
_ASPECTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bplafon\w*|\bmaxim\w+|\bau plus\b|\bau maxi\w*|\bjusqu'?a combien\b(?! d[e'])",
        r"\bminim\w+|\bplanchers?\b|\bau moins\b|\ba partir de (?:quel|combien)\b|\bseuils?\b",
        r"\btaux\b|\bpourcentage|\bpour[- ]?cents?\b|%|\bquelle part\b",
    )
)
_RATE_WORDS = re.compile(r"\btaux\b|\bpourcentage|%")
_NOW_WORDS = re.compile(
    r"\bencore\b|\btoujours\b|\bactuel|\baujourd|\bprochain|\bcette annee|\ben ce moment|\bnouvel\w*"
    r"|\bouverte?\b"
)


@dataclass(frozen=True, slots=True)
class Gap:
    """What a fiche says isn't known, near a question.

    Attributes:
        items: the sentences that say so, best first; at most ``MOST``.
        likelihood: how likely they are the answer, between 0 and 1.
        fills: whether they are about a figure asked for that no sentence of the fiche gives.
        stands: whether nothing known is likelier to answer, or none of it gives what is asked.
        least: from which likelihood on they are.
    """

    items: tuple[Evidence, ...]
    likelihood: float
    fills: bool = False
    stands: bool = True
    least: float = IS_ANSWER

    @property
    def is_answer(self) -> bool:
        """Whether that it isn't known is the answer, and nothing known is a better one."""
        return self.stands and self.likelihood >= self.least

    @property
    def is_worth_saying(self) -> bool:
        """Whether to say it beside what is known."""
        return self.fills or self.likelihood >= WORTH_SAYING


def find_gap(
    question: Question, evidence: Sequence[Evidence], today_year: int, by: Mapping[str, float] = FITTED
) -> Gap | None:
    """Return what the fiche of the subject says isn't known, with how likely that is the answer.

    Args:
        question: the question.
        evidence: the sentences weighed, best first.
        today_year: this year, to tell a present rule from an old one.
        by: what each measure weighs, and the ``bias``.
    """
    own = [item for item in evidence if _is_subject(item, question, evidence[0])]
    gaps = [item for item in own if item.is_gap]
    if not gaps:
        return None
    known = [item for item in own if not item.is_gap]
    items = tuple(item for item in gaps[:MOST] if item.logit >= gaps[0].logit - _NEAR)
    if not known:
        return Gap(items, 1.0)
    measures = measure_gap(question, gaps[0], known, today_year)
    logit = by["bias"] + sum(by[name] * value for name, value in measures.items())
    figures = question.intents & FIGURES
    fills = bool(find_intents(gaps[0].sentence.text) & figures) and not any(
        _gives(intent, question, item, today_year) for intent in figures for item in known
    )
    asked = _aspects(question.text)
    # The best of what is known states a typed rule, and of the very amount that is asked.
    is_given = known[0].typed > 0 and bool(asked) and asked <= _aspects(known[0].sentence.text)
    stands = measures["lacking"] > 0 or (measures["ahead"] >= 0 and not is_given)
    least = IS_ANSWER if any(item.asked for item in own) else IS_ANSWER_UNASKED
    return Gap(items, 1 / (1 + exp(-logit)), fills, stands, least)


def measure_gap(
    question: Question, gap: Evidence, known: Sequence[Evidence], today_year: int
) -> dict[str, float]:
    """Measure how the best sentence on what isn't known answers, against those on what is.

    Args:
        question: the question.
        gap: the best sentence that says what isn't known.
        known: the others of the same fiche, best first; at least one.
        today_year: this year.

    Returns:
        The measures by the names of ``WEIGHTS``: ``ahead`` in logits, ``aspect`` from -1 to 1, the others
        between 0 and 1.
    """
    best = known[0]
    about = find_intents(gap.sentence.text)
    folded = fold(question.text)
    near = [item for item in known if item.logit >= best.logit - _BEHIND]
    given = any(_gives(intent, question, item, today_year) for item in near for intent in question.intents)
    asked, own = _aspects(question.text), _aspects(gap.sentence.text)
    any_aid = question.intents <= _ANY_AID and bool(_NO_AID.search(fold(gap.sentence.text)))
    return {
        "ahead": gap.logit - best.logit,
        "gap_asked": gap.asked,
        "same_intent": float(bool(about & question.intents)),
        "other_intent": float(bool(about and question.intents) and not about & question.intents),
        "figures": float(bool(question.intents & FIGURES)),
        "now": float(bool(_NOW_WORDS.search(folded))),
        "no_aid": float(any_aid),
        "lacking": float(bool(question.intents & _PRECISE) and not given),
        "aspect": float(bool(asked & own)) - float(bool(asked and own) and not asked & own),
    }


def _aspects(text: str) -> frozenset[int]:
    """Which aspects of an amount a text speaks of, by their places in ``_ASPECTS``."""
    folded = fold(text)
    return frozenset(place for place, pattern in enumerate(_ASPECTS) if pattern.search(folded))


def _is_subject(item: Evidence, question: Question, best: Evidence) -> bool:
    """Whether a sentence is about the subject: a scheme named, else the likeliest, else the best document.

    A scheme that has replaced the one named is of the subject too, and so is a page that answers beside it:
    they may give what the other doesn't.
    """
    own = item.hit.chunk.subject_id
    if question.schemes:
        return own in (question.subjects or question.schemes)
    if question.subjects:
        is_page = item.hit.chunk.scheme_id is None
        return own in question.subjects if is_page else own == question.subjects[0]
    return item.hit.chunk.document_id == best.hit.chunk.document_id


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
