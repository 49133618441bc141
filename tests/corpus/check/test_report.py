"""Which paths are checked, the summary, and the module run by itself."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.check.report import Report, check_paths, fix_paths, summary
from corpus.fiches.catalogue import SCHEMES_DIR

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A committed fiche, and a spoilt copy that bears the same names."""
    committed = (SCHEMES_DIR / "sante.md").read_text(encoding="utf-8")
    text = re.sub(r"^relations:\n(?: .*\n)+", "", committed, flags=re.MULTILINE)  # to fiches that aren't here
    (tmp_path / "sante.md").write_text(text, encoding="utf-8")
    spoilt = text.replace("id: sante", "id: soins").replace("l’offre", "l'offre")
    (tmp_path / "soins.md").write_text(spoilt, encoding="utf-8")
    return tmp_path


def test_a_file_is_compared_with_its_neighbours_but_only_its_problems_are_shown(folder: Path) -> None:
    assert check_paths([folder / "sante.md"]) == Report(1, False, ())
    report = check_paths([folder / "soins.md"])
    assert {problem.file.name for problem in report.problems} == {"soins.md"}
    assert any("est déjà un nom de la fiche « sante »" in problem.problem for problem in report.problems)


def test_a_folder_and_a_missing_file(folder: Path) -> None:
    report = check_paths([folder, folder / "absent.md"])
    assert report.fiches == 3
    assert [p.problem for p in report.problems if p.file.name == "absent.md"] == ["ce fichier n’existe pas"]


def test_fix_mends_only_what_is_named(folder: Path) -> None:
    assert list(fix_paths([folder / "sante.md"])) == []
    assert list(fix_paths([folder])) == [folder / "soins.md"]
    assert "l’offre" in (folder / "soins.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("report", "text"),
    [
        (Report(1, False, ()), "1 fiche vérifiée : aucun problème."),
        (Report(45, True, ()), "45 fiches vérifiées, et les listes de communes : aucun problème."),
    ],
)
def test_summary(report: Report, text: str) -> None:
    assert summary(report) == text


def test_the_summary_counts_the_problems(folder: Path) -> None:
    count = len(check_paths([folder]).problems)
    assert count > 1
    assert summary(check_paths([folder])) == f"2 fiches vérifiées : {count} problèmes à corriger."


@pytest.mark.parametrize(
    ("name", "code", "last"), [("sante", 0, "aucun problème."), ("soins", 1, "à corriger.")]
)
def test_the_module_runs_by_itself(folder: Path, name: str, code: int, last: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "corpus.check", str(folder / f"{name}.md")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert done.stdout.strip().endswith(last)
