"""Judge a ranked list of passages against the gold ones: nDCG@10, recall@5, MRR@10."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ir_measures
from ir_measures import RR, R, nDCG

from evaluation.run import Passage

MEASURES = {"ndcg_10": nDCG @ 10, "recall_5": R @ 5, "mrr_10": RR @ 10}


def judge_passages(gold: Sequence[str], passages: Iterable[Passage]) -> dict[str, float]:
    """Score a ranking for one question.

    A gold passage (``scheme/section``) is found at the rank of the first passage that holds it; any
    other passage takes its rank as one that isn't relevant, and so does a second piece of a section
    already found.

    Returns:
        For each name of ``MEASURES``, a value from 0 to 1.

    Raises:
        ValueError: ``gold`` is empty: nothing can be found.
    """
    if not gold:
        raise ValueError("no gold passage to look for")
    ranking: list[str] = []
    for passage in passages:
        keys = [f"{passage.scheme_id}/{section}" for section in passage.sections]
        new = [key for key in gold if key in keys and key not in ranking]
        ranking += new or [f"other:{len(ranking)}"]
    run = {"q": {key: float(len(ranking) - rank) for rank, key in enumerate(ranking)}}
    qrels = {"q": dict.fromkeys(gold, 1)}
    if not ranking:
        return dict.fromkeys(MEASURES, 0.0)
    values = ir_measures.calc_aggregate(list(MEASURES.values()), qrels, run)
    return {name: float(values[measure]) for name, measure in MEASURES.items()}


def scheme_first(schemes: Sequence[str], passages: Sequence[Passage]) -> bool:
    """Whether the best passage is of one of the schemes asked about (hit@1 of the scheme)."""
    return bool(passages) and passages[0].scheme_id in schemes
