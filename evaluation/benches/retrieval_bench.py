"""Put the same questions, as written and varied, to several searches, each in a process of its own."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from evaluation.benches.kept_index import index_of, is_kept
from evaluation.benches.own_process import Progress, run_alone, silent
from evaluation.benches.question_bank import Question, QuestionBank
from evaluation.benches.retrieval_scores import Cost, SetScores, score_set
from evaluation.benches.search_kinds import KINDS

# Deep enough to hold ten documents, when each is cut into several passages.
_PASSAGES = 100
AS_WRITTEN = "telles quelles"
Variants = Mapping[str, Callable[[str], str]]
Answers = dict[str, dict[str, list[float]]]
Asked = dict[str, list[Question]]


class Served(BaseModel):
    """What a search answered.

    Attributes:
        answers: for each variant and measure, a value a question, in the order of the questions.
        query_ms: time of each question as written, in milliseconds.
        memory_mb: growth of its process, in megabytes.
        measured_at: when.
    """

    answers: Answers
    query_ms: list[float]
    memory_mb: float = 0.0
    measured_at: str = ""


def bench_set(
    bank: QuestionBank,
    kinds: Sequence[str],
    variants: Variants,
    home: Path,
    watch: Callable[[str], AbstractContextManager[Progress]] = lambda _title: nullcontext(silent),
) -> SetScores:
    """Measure searches on one set.

    Args:
        bank: documents and questions.
        kinds: the searches, by their name in ``KINDS``; ours first.
        variants: other ways to write each question, by their French name.
        home: where indexes are built, and some of them kept.
        watch: given a title, opens a progress bar and gives what moves it.

    Raises:
        MissingPackage: a package that a search needs isn't installed.
        ProcessLost: the process of a search died.
    """
    asked = {AS_WRITTEN: list(bank.questions.values())}
    for variant, rewrite in variants.items():
        asked[variant] = [
            Question(rewrite(question.text), question.grades, question.by_passage)
            for question in bank.questions.values()
        ]
    answers: dict[str, Answers] = {}
    costs: dict[str, Cost] = {}
    for kind in kinds:
        name = KINDS[kind].name
        with watch(f"{bank.name}, {name}") as progress:
            folder, built = index_of(kind, bank.documents, home / bank.name)
            served = _served(kind, folder, asked, progress)
        answers[name] = served.answers
        costs[name] = Cost(
            built=built,
            serve_mb=served.memory_mb,
            query_ms_p50=float(np.quantile(served.query_ms, 0.5)),
            query_ms_p95=float(np.quantile(served.query_ms, 0.95)),
            measured_at=served.measured_at,
        )
    return score_set(bank.name, list(bank.questions), answers, costs)


def _served(kind: str, folder: Path, asked: Asked, progress: Progress) -> Served:
    """Put the questions to a search; where its index is kept, so are its answers to the same questions."""
    texts = repr([(variant, question) for variant in asked for question in asked[variant]])
    note = folder / f"answers-{hashlib.sha256(texts.encode()).hexdigest()[:16]}.json"
    if is_kept(kind) and note.is_file():
        return Served.model_validate_json(note.read_text(encoding="utf-8"))
    served, memory = run_alone(_serve, kind, folder, asked, progress=progress)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    served = served.model_copy(update={"memory_mb": memory, "measured_at": now})
    note.write_text(served.model_dump_json(), encoding="utf-8")
    return served


def _serve(kind: str, folder: Path, asked: Asked, progress: Progress) -> Served:
    search = KINDS[kind].make((), folder)
    search.rank("bonjour", 1)  # what loads at the first question isn't the cost of a question
    answers: Answers = {}
    times: list[float] = []
    total, done = sum(len(questions) for questions in asked.values()), 0
    for variant, questions in asked.items():
        measures = answers.setdefault(variant, {})
        for question in questions:
            begun = time.perf_counter()
            passages = search.rank(question.text, _PASSAGES)
            spent = (time.perf_counter() - begun) * 1000
            if variant == AS_WRITTEN:
                times.append(spent)
            for name, value in question.judge(passages).items():
                measures.setdefault(name, []).append(value)
            done += 1
            progress(done, total)
    return Served(answers=answers, query_ms=times)
