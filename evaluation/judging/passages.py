"""Judge a ranked list of passages against what was expected: nDCG@10, recall@5, MRR@10."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import ir_measures
from ir_measures import RR, R, nDCG

from evaluation.questions.documents import cited_document, is_under
from evaluation.runs.run import Passage

MEASURES = {"ndcg_10": nDCG @ 10, "recall_5": R @ 5, "mrr_10": RR @ 10}


def judge_passages(gold: Sequence[str], passages: Iterable[Passage]) -> dict[str, float]:
    """Score a ranking for one question.

    A gold passage (``scheme/section`` or ``document/heading``) is found at the rank of the first passage
    that holds it; any other passage takes its rank as one that isn't relevant, and so does a second piece
    of a section already found.

    Returns:
        For each name of ``MEASURES``, a value from 0 to 1.

    Raises:
        ValueError: ``gold`` is empty: nothing can be found.
    """
    if not gold:
        raise ValueError("no gold passage to look for")
    ranking: list[str] = []
    for passage in passages:
        new = [key for key in gold if key not in ranking and _holds(passage, key)]
        ranking += new or [f"other:{len(ranking)}"]
    return _measured(ranking, dict.fromkeys(gold, 1))


def judge_documents(grades: Mapping[str, int], passages: Iterable[Passage]) -> dict[str, float]:
    """Score a ranking for one question whose judgements are on documents.

    A document ranks where the first of its passages does; its other passages take no rank.

    Args:
        grades: grade by document id; a grade above 0 is relevant.
        passages: the passages found, best first.

    Returns:
        For each name of ``MEASURES``, a value from 0 to 1.
    """
    return _measured(list(dict.fromkeys(passage.document_id for passage in passages)), grades)


def subject_first(subjects: Sequence[str], passages: Sequence[Passage]) -> bool:
    """Whether the best passage is of one of the schemes or documents asked about (hit@1)."""
    if not passages:
        return False
    document = cited_document(passages[0].document_id)
    return (document.name if document else passages[0].scheme_id) in subjects


def _holds(passage: Passage, key: str) -> bool:
    """Whether a passage found holds one that a case names."""
    document = cited_document(passage.document_id)
    if document is not None:
        return is_under(key, document, passage.places, passage.sections)
    return any(key == f"{passage.scheme_id}/{section}" for section in passage.sections)


def _measured(ranking: Sequence[str], grades: Mapping[str, int]) -> dict[str, float]:
    """Measure a ranking, best first, each item once."""
    if not ranking:
        return dict.fromkeys(MEASURES, 0.0)
    run = {"q": {key: float(len(ranking) - rank) for rank, key in enumerate(ranking)}}
    values = ir_measures.calc_aggregate(list(MEASURES.values()), {"q": dict(grades)}, run)
    return {name: float(values[measure]) for name, measure in MEASURES.items()}
