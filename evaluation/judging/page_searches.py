"""Searches on the same pages: how each ranks them, and what a chain that repeats what it finds would say.

The textbook answer without a language model is the first sentences of the best passage. What it states of
the expected facts bounds what a chain could answer from that passage, so that our own figure has a meaning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from corpus.french.sentences import split_sentences
from evaluation.judging.passages import judge_passages, subject_first
from evaluation.judging.statistics import Figure, paired_difference, ratio
from evaluation.questions.cases import Case
from evaluation.questions.facts import states
from evaluation.runs.run import Passage

Pair = tuple[float, float]
# What a passage states: in its first sentences, and as a whole.
OPENING_SENTENCES = 3
RANKING = ("recall_5", "ndcg_10", "scheme_hit_1")
FACTS = ("facts_opening", "facts_passage")
COMPLETE = "complete_passage"
MEASURES = (*RANKING, *FACTS, COMPLETE)


class PageSearch(BaseModel):
    """What one search measured.

    Attributes:
        name: the search.
        figures: by the names of ``MEASURES``.
        ours_minus: for each figure, ours less this one on the same questions; empty for ours.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    figures: dict[str, Figure]
    ours_minus: dict[str, Figure]


def judge_found(case: Case, found: Sequence[tuple[Passage, str]]) -> dict[str, Pair]:
    """Score what a search found for a case.

    Args:
        case: a case with gold passages.
        found: the passages, best first, in terms of fiches, each with its text.

    Returns:
        By the names of ``MEASURES``, (got, of how much). ``facts_opening`` and ``facts_passage`` are the
        expected facts that the first sentences and the whole of the best passage state, ``complete_passage``
        whether it states them all; all three only where an answer with facts is due.
    """
    passages = [passage for passage, _ in found]
    ranked = judge_passages(case.gold, passages)
    pairs = {name: (ranked[name], 1.0) for name in RANKING if name in ranked}
    pairs["scheme_hit_1"] = (float(subject_first(case.subjects, passages)), 1.0)
    if case.facts and "answered" in case.status:
        text = found[0][1] if found else ""
        due, stated = float(len(case.facts)), _stated(case, text)
        pairs["facts_opening"] = (_stated(case, opening(text)), due)
        pairs["facts_passage"] = (stated, due)
        pairs[COMPLETE] = (float(stated == due), 1.0)
    return pairs


def opening(text: str) -> str:
    """The first sentences of a passage, without the marks of lists and headings."""
    lines = [line.lstrip("-# ") for line in text.splitlines() if line.strip()]
    sentences = [sentence for line in lines for sentence in split_sentences(line)]
    return "\n".join(sentences[:OPENING_SENTENCES])


def compared(by_search: Mapping[str, Sequence[Mapping[str, Pair]]]) -> tuple[PageSearch, ...]:
    """Draw the figures of each search on the same questions.

    Args:
        by_search: for each search, ours first, what each question got, in the same order.
    """
    ours = next(iter(by_search.values()))
    results = []
    for name, judged in by_search.items():
        own = {measure: _column(judged, measure) for measure in MEASURES}
        known = {measure: pairs for measure, pairs in own.items() if pairs}
        results.append(
            PageSearch(
                name=name,
                figures={measure: ratio(pairs) for measure, pairs in known.items()},
                ours_minus={}
                if judged is ours
                else {
                    measure: paired_difference(pairs, _column(ours, measure))
                    for measure, pairs in known.items()
                },
            )
        )
    return tuple(results)


def _column(judged: Sequence[Mapping[str, Pair]], measure: str) -> list[Pair]:
    return [pairs[measure] for pairs in judged if measure in pairs]


def _stated(case: Case, text: str) -> float:
    return float(sum(states(text, fact) for fact in case.facts))
