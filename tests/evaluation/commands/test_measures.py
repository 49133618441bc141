"""``--all``, ``--publish``, ``--unprepared``: nothing is measured twice, planted defects are red."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from measures_builders import dev, every_measure, halved, ranked, readings, unprepared
from pydantic import BaseModel
from run_builders import FakeTarget, make_reply, measured, run_of

from assistant.commands.cli import main
from assistant.settings import AssistantSettings
from evaluation.benches.quality_bench import Ranked
from evaluation.commands.unprepared import KINDS
from evaluation.errors import FoldStale
from evaluation.folds.folds import Fold
from evaluation.judging.gate import Accepted, Baseline
from evaluation.judging.held_out import read_held_out
from evaluation.judging.measures import Measures
from evaluation.judging.readings_run import ReadingsRun
from evaluation.judging.result import RunResult
from evaluation.judging.unprepared import UnpreparedResult
from evaluation.judging.unprepared_gate import UnpreparedBaseline, read_unprepared, write_unprepared

pytestmark = pytest.mark.slow

QUESTIONS = """\
- {id: direct-901, turns: ["Qui instruit la DETR ?"], status: answered, facts: [{name: préfecture}]}
- {id: multi-902, turns: ["Le CVCB ?"], status: answered, facts: [{rate: 30}]}
- {id: talk-003, turns: ["Merci !"], status: conversation}
"""
Run = Callable[..., tuple[int, str, str]]


class Measured:
    """What was really measured, in order; each measure gives what the builders give."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.prepared: list[RunResult | None] = []

    def unprepared(
        self, kind: str, _cases: object, _set: str, prepared: RunResult | None, *_: Any, **__: Any
    ):
        self.parts.append(kind)
        self.prepared.append(prepared)
        return unprepared(kind, "direct-901")

    def utterances(self, *_: Any, **__: Any) -> ReadingsRun:
        self.parts.append("utterances")
        return readings()

    def searches(self, set_name: str, **_: Any) -> list[Ranked]:
        self.parts.append(f"searches of {set_name}")
        return [ranked("notre recherche"), ranked("BM25")]


@pytest.fixture
def done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Measured:
    """Questions, baselines and measures of our own, none of which needs a model."""
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "all.yaml").write_text(QUESTIONS, encoding="utf-8")
    found = Measured()
    engine = FakeTarget(lambda _request: make_reply("C’est la préfecture."))

    @contextmanager
    def fake(_settings: AssistantSettings, pages: Sequence[Path] = ()) -> Iterator[FakeTarget]:
        found.parts.append("replies")
        yield engine

    monkeypatch.setattr("evaluation.questions.cases.QUESTIONS_DIR", folder)
    monkeypatch.setattr("evaluation.runs.own_index.engine_of_fiches", fake)
    monkeypatch.setattr("evaluation.commands.measures.measure_unprepared", found.unprepared)
    monkeypatch.setattr("evaluation.commands.measures.measure_utterances", found.utterances)
    monkeypatch.setattr("evaluation.commands.bench.compare_searches", found.searches)
    monkeypatch.setattr("evaluation.judging.unprepared_gate.BASELINE", tmp_path / "baseline_unprepared.json")
    monkeypatch.setattr("evaluation.folds.kept.read_weights", lambda _fold: None)
    for name in AssistantSettings.model_fields:
        monkeypatch.delenv(f"ASSISTANT_{name.upper()}", raising=False)
    return found


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def here(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["assistant", "evaluate", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return here


def written(path: Path, *results: BaseModel | list[Any]) -> Path:
    """A folder of kept results."""
    path.mkdir(exist_ok=True)
    for number, result in enumerate(results):
        text = (
            result.model_dump_json()
            if isinstance(result, BaseModel)
            else json.dumps([item.model_dump() for item in result])
        )
        (path / f"{number}.json").write_text(text, encoding="utf-8")
    return path


def both_halves() -> RunResult:
    return halved(*dev().cases, measured("talk-003", "statut faux"), set_name="all")


@pytest.fixture
def kept(tmp_path: Path, done: Measured) -> Path:
    """Every result, each in a file of its own."""
    kinds = [unprepared(kind, "direct-901") for kind in KINDS]
    searches = [ranked("notre recherche"), ranked("BM25")]
    return written(tmp_path / "kept", both_halves(), *kinds, readings(), searches)


# --- one table ------------------------------------------------------------------------------------


def test_all_is_measured_the_whole_assistant_once(run: Run, done: Measured) -> None:
    code, out, err = run("--all")
    assert code == 0, err
    assert done.parts == ["replies", *KINDS, "utterances"]
    assert all(result is not None and len(result.cases) == 2 for result in done.prepared)
    assert "fiche sans préparation" in out.splitlines()[0]
    assert "énoncés, acte juste" in out
    assert "Mesure : réponses, jeu dev…\n" in err
    assert "Mesure : lecture des énoncés…\n" in err


def test_what_is_kept_is_not_measured(run: Run, done: Measured, kept: Path) -> None:
    code, out, err = run("--all", "--kept", kept)
    assert (code, err) == (0, "")
    assert done.parts == []
    assert "écart avec le préparé" in out
    assert "−50,0 [−75,0 – −25,0]" in out


def test_each_result_is_kept_as_soon_as_it_is_there_and_taken_again(
    run: Run, done: Measured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("evaluation.commands.measures.measure_utterances", stopped)
        assert run("--all", "--keep", "mine/today")[0] != 0
    folder = tmp_path / "mine" / "today"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(["dev", *KINDS])
    done.parts.clear()
    code, out, _ = run("--all", "--kept", folder, "--json")
    assert (code, done.parts) == (0, ["utterances"])
    found = Measures.model_validate_json(out)
    assert found.dev == RunResult.model_validate_json((folder / "dev.json").read_bytes())
    assert found.unprepared["fiche"] == UnpreparedResult.model_validate_json(
        (folder / "fiche.json").read_bytes()
    )


def test_json_of_all_is_quiet_and_can_be_kept(run: Run, done: Measured, tmp_path: Path) -> None:
    code, out, err = run("--all", "--json")
    assert (code, err) == (0, "")
    (tmp_path / "all.json").write_text(out, encoding="utf-8")
    done.parts.clear()
    assert run("--all", "--kept", "all.json", "--json")[1] == out
    assert done.parts == []


@pytest.mark.parametrize(
    "other",
    [
        *(("--url", "http://127.0.0.1:9"), ("--set", "test"), ("--sample", "3"), ("--model",)),
        *(("--index", "x"), ("--junit", "x.xml")),
    ],
)
@pytest.mark.parametrize("measure", [("--all",), ("--publish", "page.md")])
def test_all_is_of_the_whole_dev_set_here(
    run: Run, done: Measured, measure: tuple[str, ...], other: tuple[str, ...]
) -> None:
    if measure[0] == "--publish" and other[0] == "--model":
        return  # the table of the model has a place of its own on the page
    code, _, err = run(*measure, *other)
    assert code == 2
    assert f"{measure[0]} ne va pas avec {other[0]}" in err
    assert done.parts == []


def test_a_folder_of_results_is_of_all_measures(run: Run, done: Measured) -> None:
    code, _, err = run("--keep", "x")
    assert code == 2
    assert "--keep" in err


# --- kept results that are wrong ------------------------------------------------------------------


WRONG: dict[str, tuple[list[Any], str]] = {
    "stopped": (
        [dev().model_copy(update={"stopped": "Plus rien.", "set_name": "dev"})],
        "s’est arrêté en route : Plus rien.",
    ),
    "another set": ([dev().model_copy(update={"set_name": "mes.yaml"})], "Donnez-en une de --set dev"),
    "other questions": (
        [run_of(measured("direct-901"))],
        "n’a pas les questions d’aujourd’hui du jeu « dev »",
    ),
    "twice": ([dev(), both_halves()], "donnent la même mesure, « dev »"),
    "other utterances": ([readings("towns")], "evaluation/data/utterances/visitors.jsonl --json"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_result_that_cannot_be_used_is_named(run: Run, done: Measured, tmp_path: Path, name: str) -> None:
    results, words = WRONG[name]
    code, _, err = run("--all", "--kept", written(tmp_path / "kept", *results))
    assert code == 1
    assert words in err
    assert ".json" in err
    assert done.parts == []


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "3", '{"form": "evaluation-run/9"}', '[{"name": 3}]', "\x00"]
)
def test_a_file_that_is_no_result_is_named(run: Run, done: Measured, tmp_path: Path, text: str) -> None:
    (tmp_path / "autre.json").write_text(text, encoding="utf-8")
    code, _, err = run("--all", "--kept", "autre.json")
    assert code == 1
    assert err.startswith("« autre.json » n’est pas un résultat de mesure.")


def test_a_file_that_is_not_there_and_an_empty_folder_are_named(
    run: Run, done: Measured, tmp_path: Path
) -> None:
    assert "« nulle-part.json » est illisible" in run("--all", "--kept", "nulle-part.json")[2]
    (tmp_path / "vide").mkdir()
    assert "« vide » ne contient aucun fichier JSON" in run("--all", "--kept", "vide")[2]


# --- publishing -----------------------------------------------------------------------------------


def test_publish_measures_what_is_not_kept_and_counts_the_test_half(
    run: Run, done: Measured, tmp_path: Path, counted: Path
) -> None:
    code, _, err = run("--publish", "page.md")
    assert code == 0, err
    assert done.parts == ["replies", *KINDS, "utterances", "searches of test"]
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "a été mesuré une fois" in page
    (measure,) = read_held_out(counted).measures
    assert (measure.by, measure.questions) == ("--publish", 1)


def test_publish_takes_kept_results_and_counts_nothing_again(
    run: Run, done: Measured, kept: Path, tmp_path: Path, counted: Path
) -> None:
    (tmp_path / "page.md").write_text(
        "Avant.\n<!-- modèle de langage : début -->\nLe modèle.\n<!-- modèle de langage : fin -->\n",
        encoding="utf-8",
    )
    code, _, err = run("--publish", "page.md", "--kept", kept)
    assert code == 0, err
    assert done.parts == []
    assert not counted.exists()
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "n’a encore jamais été mesuré" in page
    assert "Le modèle.\n<!-- modèle de langage : fin -->" in page
    assert "Avant." not in page
    assert "(`direct-901`)" in page
    assert "(`talk-003`)" not in page


def test_one_half_kept_leaves_the_other_to_be_measured(
    run: Run, done: Measured, kept: Path, tmp_path: Path, counted: Path
) -> None:
    (kept / "0.json").write_text(dev().model_dump_json(), encoding="utf-8")
    code, _, err = run("--publish", "page.md", "--kept", kept, "--keep", "more")
    assert code == 0, err
    assert done.parts == ["replies"]
    assert [path.name for path in (tmp_path / "more").iterdir()] == ["test.json"]
    assert len(read_held_out(counted).measures) == 1


@pytest.mark.parametrize(("set_name", "count"), [("test", 1), ("all", 1), ("dev", 0)])
def test_a_measure_of_the_test_half_is_counted(
    run: Run, done: Measured, counted: Path, set_name: str, count: int
) -> None:
    assert run("--set", set_name)[0] == 0
    assert [measure.by for measure in read_held_out(counted).measures] == [f"--set {set_name}"] * count


def test_a_file_of_the_test_half_is_counted_too(
    run: Run, done: Measured, counted: Path, tmp_path: Path
) -> None:
    assert run("--set", tmp_path / "questions" / "all.yaml")[0] == 0
    assert len(read_held_out(counted).measures) == 1


# --- the gate -------------------------------------------------------------------------------------


@pytest.fixture
def accepted(done: Measured, monkeypatch: pytest.MonkeyPatch) -> list[Baseline]:
    """Baselines that the kept results pass; those of the whole assistant that are written."""
    baseline = UnpreparedBaseline()
    for kind in KINDS:
        baseline = baseline.accepting(unprepared(kind, "direct-901"))
    write_unprepared(baseline)
    held = Baseline(
        set_name="dev",
        accepted_on="2026-11-23",
        questions=2,
        figures={"fully_right": Accepted(value=0.5, tolerance=0.1)},
    )
    rewritten: list[Baseline] = []
    monkeypatch.setattr("evaluation.judging.gate.read_baseline", lambda: held)
    monkeypatch.setattr("evaluation.judging.gate.write_baseline", rewritten.append)
    return rewritten


@pytest.mark.usefixtures("accepted")
@pytest.mark.parametrize("measure", [("--all",), ("--unprepared", KINDS[0])])
def test_what_was_accepted_passes_the_gate(run: Run, kept: Path, measure: tuple[str, ...]) -> None:
    code, _, err = run(*measure, "--kept", kept, "--gate")
    assert (code, err) == (0, "")


def fallen(kind: str) -> UnpreparedResult:
    return unprepared(kind, "direct-901", "multi-902")


def broken(kind: str) -> UnpreparedResult:
    wrong = measured("multi-902", pairs={"wrong_eligible": (1.0, 1.0)})
    return unprepared(kind, unprepared=run_of(measured("direct-901", "faux"), wrong))


def shorter(kind: str) -> UnpreparedResult:
    return unprepared(kind, unprepared=run_of(measured("direct-901", "faux")), left_out=("multi-902",))


DEFECTS: dict[str, tuple[Callable[[str], UnpreparedResult], str]] = {
    "an invariant": (broken, "« éligible » à tort : 1 question(s), dont multi-902"),
    "a missing question": (shorter, "1 question(s) de la référence manquent : multi-902"),
}


@pytest.mark.usefixtures("accepted")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_defect_shuts_the_gate_of_one_and_of_all(
    run: Run, kept: Path, kind: str, name: str
) -> None:
    plant, words = DEFECTS[name]
    (kept / f"{1 + KINDS.index(kind)}.json").write_text(plant(kind).model_dump_json(), encoding="utf-8")
    for measure in (("--all",), ("--unprepared", kind)):
        code, out, err = run(*measure, "--kept", kept, "--gate")
        assert code == 1
        assert "entièrement juste" in out
        assert err == f"Mesure refusée : sans préparation ({kind}), {words}.\n"


def test_a_fall_shuts_the_gate(run: Run, kept: Path, accepted: list[Baseline]) -> None:
    write_unprepared(read_unprepared().accepting(unprepared(KINDS[0])))  # both were right
    (kept / "1.json").write_text(fallen(KINDS[0]).model_dump_json(), encoding="utf-8")
    code, _, err = run("--all", "--kept", kept, "--gate")
    assert code == 1
    assert "0,0\u00a0%, contre 100,0\u00a0% le 23 novembre 2026 sur les mêmes 2 questions" in err


@pytest.mark.usefixtures("done")
def test_a_kind_that_was_never_accepted_is_told_before_anything_is_measured(run: Run) -> None:
    code, _, err = run("--unprepared", KINDS[0], "--gate")
    assert code == 1
    assert f"Lancez : assistant evaluate --unprepared {KINDS[0]} --accept" in err


@pytest.mark.usefixtures("accepted")
@pytest.mark.parametrize("judged", ["--gate", "--accept"])
def test_a_stale_fold_is_red_though_its_results_are_kept(
    run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch, judged: str
) -> None:
    def stale(fold: Fold) -> None:
        if fold.number == 2:
            raise FoldStale("Pli 2 : périmé. Refaites ce qui est appris : assistant train --folds.")

    monkeypatch.setattr("evaluation.folds.kept.read_weights", stale)
    for measure in (("--all",), ("--unprepared", KINDS[0])):
        code, out, err = run(*measure, "--kept", kept, judged)
        assert (code, out) == (1, "")
        assert err == "Pli 2 : périmé. Refaites ce qui est appris : assistant train --folds.\n"


def test_accept_makes_every_measure_a_baseline(
    run: Run, done: Measured, kept: Path, accepted: list[Baseline]
) -> None:
    write_unprepared(UnpreparedBaseline())
    code, _, err = run("--all", "--kept", kept, "--accept")
    assert code == 0, err
    assert [baseline.questions for baseline in accepted] == [2]
    assert set(read_unprepared().kinds) == set(KINDS)
    assert "evaluation/baseline.json" in err
    assert f"({', '.join(KINDS)}) : evaluation/baseline_unprepared.json" in err


def test_one_run_that_cannot_be_accepted_leaves_every_baseline_as_it_is(
    run: Run, kept: Path, accepted: list[Baseline]
) -> None:
    before = read_unprepared()
    last = f"{len(KINDS)}.json"
    (kept / last).write_text(broken(KINDS[-1]).model_dump_json(), encoding="utf-8")
    code, _, err = run("--all", "--kept", kept, "--accept")
    assert code == 1
    assert "ne peut pas devenir la référence" in err
    assert (accepted, read_unprepared()) == ([], before)


def test_one_kind_is_accepted_alone_from_a_kept_result(
    run: Run, done: Measured, kept: Path, accepted: list[Baseline]
) -> None:
    write_unprepared(UnpreparedBaseline())
    assert run("--unprepared", KINDS[0], "--kept", kept, "--accept")[0] == 0
    assert set(read_unprepared().kinds) == {KINDS[0]}
    assert (done.parts, accepted) == ([], [])


def test_results_of_another_kind_are_refused(run: Run, done: Measured, tmp_path: Path) -> None:
    folder = written(tmp_path / "kept", every_measure().utterances)
    code, _, err = run("--unprepared", KINDS[0], "--kept", folder)
    assert code == 1
    assert f"aucune mesure de « {KINDS[0]} » sans préparation" in err
    assert done.parts == []


@pytest.mark.parametrize("other", [("--set", "test"), ("--sample", "3")])
@pytest.mark.parametrize("judged", ["--accept", "--gate"])
def test_only_the_whole_dev_set_is_judged(
    run: Run, done: Measured, judged: str, other: tuple[str, str]
) -> None:
    code, _, err = run("--unprepared", KINDS[0], judged, *other)
    assert code == 2
    assert "tout le jeu dev" in err
    assert done.parts == []
