"""Every measure together, small: two questions of dev, one of test, three utterances."""

from __future__ import annotations

from typing import Any

from readings_builders import perfect, read_as, utterance
from run_builders import AT, figure, measured, run_of

from evaluation.benches.quality_bench import Ranked
from evaluation.judging.measures import Measures
from evaluation.judging.readings import judge
from evaluation.judging.readings_run import ReadingsRun
from evaluation.judging.result import OVERALL, CaseResult, RunResult
from evaluation.judging.unprepared import Distance, UnpreparedResult
from evaluation.questions.utterances import BLIND
from evaluation.runs.reads import Reading

UTTERANCES = [
    utterance("une aide pour nos haies ?", "find_schemes", "haies"),
    utterance("L’aide aux haies, combien ?", "ask_scheme", "haies", aspect="amount"),
    utterance("Bonjour", "social"),
]


def halved(*cases: CaseResult, low: float = 0.0, high: float = 1.0, **members: Any) -> RunResult:
    """A run whose share fully right has bounds of its own, overall and by stratum."""
    strata = {OVERALL: cases} | {
        name: tuple(item for item in cases if item.case.stratum == name)
        for name in {item.case.stratum for item in cases}
    }
    figures = {
        name: {
            "fully_right": figure(
                sum(not item.failures for item in own) / len(own), low, high, questions=len(own)
            )
        }
        for name, own in strata.items()
    }
    return run_of(*cases, **({"figures": figures} | members))


def dev(*wrong: str) -> RunResult:
    """The replies to dev, all right but for ``wrong``."""
    names = ("direct-901", "multi-902")
    return halved(*(measured(name, *(("fait absent",) if name in wrong else ())) for name in names), low=0.5)


def unprepared(kind: str, *wrong: str, **members: Any) -> UnpreparedResult:
    """The same questions, prepared and not."""
    after = dev(*wrong)
    prepared, share = dev().figures[OVERALL]["fully_right"], after.figures[OVERALL]["fully_right"]
    change = figure(share.value - prepared.value, -0.75, -0.25, questions=2)
    values: dict[str, Any] = {
        "kind": kind,
        "folds": {1: ("haies",)},
        "across": (),
        "left_out": (),
        "table": {OVERALL: {"fully_right": Distance(prepared=prepared, unprepared=share, distance=change)}},
        "prepared": dev(),
        "unprepared": after,
    }
    return UnpreparedResult(**(values | members))


def readings(*files: str) -> ReadingsRun:
    """Every utterance of each file read rightly but for the last; by default of those kept for measuring."""
    files = files or tuple(path.stem for path in BLIND)
    reads = []
    for file in files:
        reads += [read_as(label, perfect(label), file) for label in UTTERANCES[:2]]
        reads.append(read_as(UTTERANCES[2], Reading(act="find_schemes"), file))
    read_by = judge("l’assistant", reads, 1.0)
    return ReadingsRun(measured_at=AT, files=dict.fromkeys(files, 3), readers=(read_by,))


def every_measure(**members: Any) -> Measures:
    """All of them, the test half too."""
    values: dict[str, Any] = {
        "dev": dev(),
        "test": halved(measured("talk-003", "statut faux"), set_name="test"),
        "unprepared": {
            "fiche": unprepared("fiche", "direct-901"),
            "document": unprepared("document", "direct-901", "multi-902"),
        },
        "utterances": readings(),
    }
    return Measures(**(values | members))


def ranked(name: str) -> Ranked:
    """A search beside others."""
    return Ranked(
        name=name,
        figures={"ndcg_10": figure(0.9, 0.8, 1.0, 42), "recall_5": figure(0.97)},
        ours_minus={} if name == "notre recherche" else {"ndcg_10": figure(0.1), "recall_5": figure(0.0)},
        query_ms=1.5,
        relative_time=1.0,
    )
