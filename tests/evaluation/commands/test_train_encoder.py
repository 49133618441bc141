"""``assistant train encoder`` as it's typed: what it refuses, in French, before anything is trained."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.commands.train import command
from ingest.errors import EmbedderError, LoadError


def test_it_tells_of_itself_in_french() -> None:
    told = CliRunner().invoke(command, ["encoder", "--help"]).output
    assert "Entraîne les dernières couches de l’encodeur" in told
    assert all(option in told for option in ("--base", "--out", "--pairs", "--share", "--folds", "--measure"))


def test_a_base_that_cannot_be_trained_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["encoder", "--base", str(tmp_path)])
    assert isinstance(done.exception, EmbedderError)
    assert "assistant train encoder" in str(done.exception)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "aucune paire"),
        ('{"anchor": "a", "positive": "b"}\n{"anchor": "a"}\n', ":2 :"),
        ('{"anchor": " ", "positive": "b"}\n', ":1 :"),
        ("[]\n", ":1 :"),
        ("pas du json\n", ":1 :"),
    ],
)
def test_pairs_that_cannot_be_read_are_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(content, encoding="utf-8")
    done = CliRunner().invoke(command, ["encoder", "--pairs", str(path)])
    assert isinstance(done.exception, LoadError)
    assert said in str(done.exception)


def test_a_share_is_between_nothing_and_all() -> None:
    done = CliRunner().invoke(command, ["encoder", "--share", "1.5"])
    assert done.exit_code == 2
