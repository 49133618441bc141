"""``assistant ingest --check``: a line a document, JSON, and the exit code; nothing is written."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from assistant.commands.ingest import command
from ingest.generations import Generations


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pages = tmp_path / "notices"
    pages.mkdir()
    (pages / "halles.txt").write_text("Les halles\n\nLe taux est de 40 %.\n", encoding="utf-8")
    (pages / "haies.md").write_text(
        "---\ntitre: Les haies\nsource: La Région\ndate: 2024-05-02\nurl: https://example.org/haies\n---\n"
        "Le taux est de 30 %. Le plafond est de 500 plants.\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    return pages


def check(*arguments: str) -> Result:
    return CliRunner().invoke(
        command, ["--check", "--index", "index", *arguments], standalone_mode=False, catch_exceptions=False
    )


def test_a_line_a_document_says_what_is_missing(folder: Path) -> None:
    result = check("notices")
    assert result.return_value == 0
    assert result.output.replace("\u00a0", " ").splitlines() == [
        "notices/haies.md : « Les haies », 2 énoncés, rien ne manque.",
        "notices/halles.txt : « Les halles », 1 énoncé, manquent l’éditeur, la date et l’adresse.",
        "2 documents lus, 3 énoncés. Ce qui manque peut être dit à côté du document, dans NOM.meta.yaml.",
    ]
    assert not Path("index").exists()


def test_a_bad_file_is_told_at_the_end_and_makes_it_fail(folder: Path) -> None:
    (folder / "coupé.pdf").write_bytes(b"%PDF-1.7 tronque")
    result = check("notices")
    assert result.return_value == 1
    assert len(result.stdout.splitlines()) == 3
    (line,) = result.stderr.splitlines()
    assert line.startswith("« notices/coupé.pdf » est abîmé")


def test_json_tells_the_same(folder: Path) -> None:
    (folder / "vide.txt").write_bytes(b"")
    result = check("notices", "--json")
    told = json.loads(result.stdout)
    assert result.return_value == 1
    assert [(Path(file["file"]).name, file["statements"]) for file in told["files"]] == [
        ("haies.md", 2),
        ("halles.txt", 1),
    ]
    assert told["files"][0]["missing"] == []
    assert told["files"][1]["missing"] == ["publisher", "date", "url"]
    assert told["unread"] == result.stderr.splitlines() != []


def test_without_a_path_the_recorded_ones_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(click.UsageError, match="aucun chemin n’est retenu"):
        check()
    monkeypatch.setattr(Generations, "recorded_paths", lambda _: (str(folder),))
    assert "2 documents lus" in check().output


def test_it_does_not_go_with_what_changes_the_index(folder: Path) -> None:
    with pytest.raises(click.UsageError, match="--forget"):
        check("--forget", "notices")
