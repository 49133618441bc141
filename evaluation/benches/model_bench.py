"""The same questions without a language model and with one, side by side, and what its sentences became."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from assistant.answering.engine import Engine
from assistant.checking.sentence import MIN_WORDS, support_of
from assistant.markers import markers, without_markers
from assistant.model.connection import ModelUse
from assistant.reply import Reply
from corpus.fiches.catalogue import Catalogue
from evaluation.judging.result import RunResult, summarise
from evaluation.judging.statistics import Figure, quantile, ratio
from evaluation.questions.cases import Case
from evaluation.runs.run import run_cases
from evaluation.runs.target import InProcess

THRESHOLDS = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)


class Supported(BaseModel):
    """How a sentence is supported by a passage of its reply, and whether it's the one that it cites."""

    model_config = ConfigDict(frozen=True)

    words: float
    meaning: float
    cited: bool


class Threshold(BaseModel):
    """What a threshold lets through: shares of sentences on the passage they cite, and on another one."""

    model_config = ConfigDict(frozen=True)

    support: float
    cited: float
    others: float


class ModelBench(BaseModel):
    """Both runs, and what became of the model's sentences.

    Attributes:
        model: its name.
        without: the replies without it.
        beside: the replies with it.
        struck: share of its sentences that weren't shown as they were.
        worded: share of the answered questions where it wrote something that was shown.
        first_sentence: seconds until the first sentence of the answer, median and 95th percentile.
        whole: seconds for the whole reply, likewise.
        thresholds: what each threshold of support would let through.
    """

    model_config = ConfigDict(frozen=True)

    model: str
    without: RunResult
    beside: RunResult
    struck: Figure
    worded: Figure
    first_sentence: tuple[float, float]
    whole: tuple[float, float]
    thresholds: tuple[Threshold, ...]


def bench_model(
    cases: Sequence[Case],
    engine: Engine,
    model: ModelUse,
    set_name: str,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> ModelBench:
    """Measure both; one question at a time, since a local model answers one at a time.

    Args:
        cases: the questions.
        engine: the engine, without a model.
        model: the model and its use.
        set_name: the name of the set, for the report.
        progress: told how many are done, of how many.
    """
    heard: list[tuple[Reply, str]] = []
    plain = engine.worded_by(None)
    worded = engine.worded_by(model, lambda reply, sentence: heard.append((reply, sentence)))
    without = _measured(
        cases, plain, engine.catalogue, set_name, lambda done, _: progress(done, 2 * len(cases))
    )
    offset = len(cases)
    beside = _measured(
        cases, worded, engine.catalogue, set_name, lambda done, _: progress(offset + done, 2 * offset)
    )
    replies = [item.reply for item in beside.cases if item.reply]
    written = [reply for reply in replies if reply.model_sentences or "model" in reply.timings_ms]
    first = [_seconds(reply, "model_first_sentence") for reply in written]
    return ModelBench(
        model=model.model.name,
        without=without,
        beside=beside,
        struck=ratio([(reply.model_struck, reply.model_sentences) for reply in written]),
        worded=ratio([(float(reply.generator != "extractive"), 1.0) for reply in written]),
        first_sentence=_middle_and_end(first),
        whole=_middle_and_end([_seconds(reply, "total") for reply in written]),
        thresholds=tuple(thresholds(supports(heard, engine))),
    )


def supports(heard: Sequence[tuple[Reply, str]], engine: Engine) -> list[Supported]:
    """How each sentence that cites one passage is supported by it, and by the other passages of its reply."""
    found = []
    for reply, sentence in heard:
        of = {citation.n: citation for citation in reply.citations}
        cited = markers(sentence)
        if len(set(cited)) != 1 or cited[0] not in of:
            continue
        body = without_markers(sentence, " ").strip()
        support = support_of(body, list(of.values()), engine.knowledge.embedder)
        found += [
            Supported(words=item.words, meaning=item.meaning, cited=number == cited[0])
            for number, item in support.items()
        ]
    return found


def thresholds(found: Sequence[Supported]) -> list[Threshold]:
    """What each threshold would let through."""
    return [
        Threshold(
            support=threshold,
            cited=_share(found, threshold, cited=True),
            others=_share(found, threshold, cited=False),
        )
        for threshold in THRESHOLDS
    ]


def _share(found: Sequence[Supported], threshold: float, *, cited: bool) -> float:
    own = [item for item in found if item.cited is cited]
    passing = [s for s in own if s.words >= MIN_WORDS and (s.words + s.meaning) / 2 >= threshold]
    return len(passing) / len(own) if own else 0.0


def _measured(
    cases: Sequence[Case],
    engine: Engine,
    catalogue: Catalogue,
    set_name: str,
    progress: Callable[[int, int], None],
) -> RunResult:
    run = run_cases(cases, InProcess(engine), "dans ce processus", 1, progress)
    return summarise(cases, run, set_name, catalogue)


def _seconds(reply: Reply, name: str) -> float:
    return reply.timings_ms.get(name, reply.timings_ms.get("total", 0.0)) / 1000


def _middle_and_end(times: Sequence[float]) -> tuple[float, float]:
    if not times:
        return (0.0, 0.0)
    return (round(quantile(times, 0.5).value, 2), round(quantile(times, 0.95).value, 2))
