"""``assistant evaluate --unprepared`` and ``assistant train`` as they are typed: usage, red folds."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from evaluation.commands import train
from evaluation.commands.evaluate import command
from evaluation.errors import FoldStale
from evaluation.folds import kept

QUESTION = """\
- id: direct-901
  turns: ["Qui instruit la DETR ?"]
  status: answered
  schemes: [etat-detr-dsil]
  facts: [{name: préfecture}]
"""


def refused(tool: click.Command, *words: object) -> str:
    """What is said of a wrong usage."""
    done = CliRunner().invoke(tool, [str(word) for word in words])
    assert done.exit_code == 2
    return done.output


@pytest.mark.parametrize(
    "other",
    [("--url", "http://127.0.0.1:9"), ("--publish", "page.md"), ("--model",), ("--index", "x")],
)
def test_unprepared_is_measured_here_and_alone(other: tuple[str, ...]) -> None:
    assert f"--unprepared ne va pas avec {other[0]}" in refused(command, "--unprepared", "fiche", *other)


def test_a_prepared_result_needs_an_unprepared_measure() -> None:
    assert "--prepared va avec --unprepared" in refused(command, "--prepared", "kept.json")


@pytest.mark.parametrize("words", [("--peers",), ("--peers", "--unprepared", "fiche")])
def test_other_searches_need_pages(words: tuple[str, ...]) -> None:
    assert "--peers va avec --unprepared document" in refused(command, *words)


def test_a_kind_that_does_not_exist_is_refused() -> None:
    assert "--unprepared" in refused(command, "--unprepared", "rumeur")


@pytest.mark.slow
def test_a_stale_fold_is_red_before_any_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stale(_fold: object) -> None:
        raise FoldStale("Pli 2 : périmé. " + kept.REMEDY)

    questions = tmp_path / "questions.yaml"
    questions.write_text(QUESTION, encoding="utf-8")
    monkeypatch.setattr(kept, "read_weights", stale)
    done = CliRunner().invoke(command, ["--set", str(questions), "--unprepared", "fiche"])
    assert done.exit_code == 1
    assert isinstance(done.exception, FoldStale)
    assert str(done.exception).endswith("assistant train --folds.")


def test_train_asks_what_is_to_be_made() -> None:
    assert "assistant train --folds" in refused(train.command)


def test_folds_of_today_are_not_made_again() -> None:
    done = CliRunner().invoke(train.command, ["--folds"])
    assert done.exit_code == 0
    assert "rien n’est à refaire" in done.output
