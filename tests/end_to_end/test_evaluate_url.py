"""The same questions put to the real server and to an engine of this process get the same figures."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from real_server import CONSOLE, serving, settings

from assistant.settings import AssistantSettings
from corpus.fiches.catalogue import load_catalogue
from evaluation.judging.metrics import LATENCIES
from evaluation.judging.result import OVERALL, RunResult, summarise
from evaluation.questions.cases import QUESTIONS_DIR, STRATA, Case, read_cases
from evaluation.runs.own_index import engine_of_fiches
from evaluation.runs.run import run_cases
from evaluation.runs.target import InProcess

pytestmark = pytest.mark.e2e

_A_STRATUM = 2
_STRATA = 7


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where ``assistant serve`` answers, on an index of the fiches that it made itself."""
    with serving(tmp_path_factory.mktemp("serve")) as started:
        yield started.address


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two committed dev questions of each kind, in a file."""
    rows = [
        row
        for path in sorted(QUESTIONS_DIR.glob("*.yaml"))
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
    read = [(row, Case.model_validate(row)) for row in rows]
    dev = [row for row, case in read if case.split == "dev" and not case.is_on_documents]
    chosen = [row for name in STRATA for row in [r for r in dev if r["id"].startswith(name)][:_A_STRATUM]]
    path = tmp_path_factory.mktemp("questions") / "dev.yaml"
    path.write_text(yaml.safe_dump(chosen, allow_unicode=True), encoding="utf-8")
    return path


def evaluate(questions: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [CONSOLE, "evaluate", "--set", str(questions), *arguments],
        cwd=questions.parent,
        env=settings(),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def over_http(address: str, questions: Path) -> RunResult:
    done = evaluate(questions, "--url", address, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return RunResult.model_validate_json(done.stdout)


@pytest.fixture(scope="module")
def in_process(questions: Path) -> RunResult:
    cases = read_cases([questions])
    with pytest.MonkeyPatch.context() as patch:
        for name in AssistantSettings.model_fields:
            patch.delenv(f"ASSISTANT_{name.upper()}", raising=False)
        with engine_of_fiches(AssistantSettings()) as engine:
            run = run_cases(cases, InProcess(engine), "dans ce processus", jobs=2)
    return summarise(cases, run, str(questions), load_catalogue())


def test_every_question_was_put_to_the_server(over_http: RunResult, address: str) -> None:
    assert over_http.target == address
    assert over_http.stopped is None
    asked = Counter(item.case.stratum for item in over_http.cases)
    assert len(asked) >= _STRATA
    assert set(asked.values()) == {_A_STRATUM}
    assert [item.error for item in over_http.cases] == [None] * len(over_http.cases)


def test_figures_are_those_of_the_engine_in_process(over_http: RunResult, in_process: RunResult) -> None:
    def without_latency(result: RunResult) -> dict[str, object]:
        return {
            stratum: {name: figure for name, figure in figures.items() if name not in LATENCIES}
            for stratum, figures in result.figures.items()
        }

    assert without_latency(over_http) == without_latency(in_process)
    assert over_http.statuses == in_process.statuses
    assert over_http.verdicts == in_process.verdicts
    assert over_http.planned == in_process.planned
    for result in (over_http, in_process):
        assert set(LATENCIES) <= set(result.figures[OVERALL])
    # Not the same because nothing was found: some questions are right, and passages came back.
    assert over_http.figures[OVERALL]["fully_right"].value > 0
    assert over_http.figures[OVERALL]["recall_5"].value > 0


def test_so_is_every_reply_and_every_passage(over_http: RunResult, in_process: RunResult) -> None:
    for there, ours in zip(over_http.cases, in_process.cases, strict=True):
        assert there.reply is not None
        assert ours.reply is not None
        assert there.reply.model_copy(update={"timings_ms": {}}) == ours.reply.model_copy(
            update={"timings_ms": {}}
        )
        assert there.model_copy(update={"reply": None, "seconds": None}) == ours.model_copy(
            update={"reply": None, "seconds": None}
        )


def test_the_two_runs_compare_as_equal(over_http: RunResult, in_process: RunResult, questions: Path) -> None:
    paths = [questions.parent / name for name in ("in_process.json", "over_http.json")]
    for path, result in zip(paths, (in_process, over_http), strict=True):
        path.write_text(result.model_dump_json(), encoding="utf-8")
    done = evaluate(questions, "--compare", *map(str, paths))
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 de plus, 0 de moins ; test de McNemar exact, p = 1,000" in done.stdout
