"""``assistant corpus check``: problems as text or JSON, and the exit code."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.commands.corpus import command
from corpus.fiches.catalogue import SCHEMES_DIR


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A committed fiche without its relations, and a spoilt copy that bears the same names."""
    committed = (SCHEMES_DIR / "sante.md").read_text(encoding="utf-8")
    text = re.sub(
        r"^relations:\n(?: .*\n)+", "", committed, flags=re.MULTILINE
    )  # they'd lead to no fiche here
    (tmp_path / "sante.md").write_text(text, encoding="utf-8")
    spoilt = text.replace("id: sante", "id: soins").replace("l’offre", "l'offre")
    (tmp_path / "soins.md").write_text(spoilt, encoding="utf-8")
    return tmp_path


def test_the_command_prints_one_problem_a_line_and_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(command, ["check", "--fix", "."], standalone_mode=False)
    lines = result.output.splitlines()
    assert lines[0] == "soins.md : typographie corrigée."
    assert lines[1].startswith("soins.md:5 (champ « aliases.0 ») : « maison de santé » est déjà un nom")
    assert lines[-1].endswith("à corriger.")
    assert result.return_value == 1


def test_the_command_gives_json(folder: Path) -> None:
    path = str(folder / "soins.md")
    result = CliRunner().invoke(command, ["check", "--json", path], standalone_mode=False)
    problems = json.loads(result.output)
    assert problems[0].keys() == {"file", "line", "field", "problem", "remedy"}
    assert problems[0]["file"] == path
    empty = CliRunner().invoke(command, ["check", "--json", str(folder / "sante.md")], standalone_mode=False)
    assert (json.loads(empty.output), empty.return_value) == ([], 0)


def test_the_command_refuses_a_missing_path() -> None:
    result = CliRunner().invoke(command, ["check", "absent.md"])
    assert result.exit_code == 2
    assert "le chemin « absent.md » n’existe pas" in result.output
