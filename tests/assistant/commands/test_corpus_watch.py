"""``assistant corpus watch`` and ``impact``: the table, the JSON, the exit codes, bad input."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from watch_builders import SOURCE, write_fiche

from assistant.commands.cli import cli
from assistant.commands.corpus_impact import CASES_DIR
from corpus.watch.visits import Bounds, Visit
from evaluation.questions.cases import QUESTIONS_DIR


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["corpus", *words], standalone_mode=False)


def watch(folder: Path, *words: str) -> Result:
    return run("watch", str(folder), "--offline", "--on", "2026-11-28", *words)


def test_cron_is_told_that_there_is_nothing(tmp_path: Path) -> None:
    write_fiche(tmp_path)
    result = watch(tmp_path)
    assert result.output.splitlines() == [
        "1 fiche au 28 novembre 2026\u00a0: rien à revoir.",
        "Aucune adresse n’a été visitée (--offline).",
    ]
    assert result.return_value == 0


def test_the_table_is_dated_and_counted(tmp_path: Path) -> None:
    write_fiche(tmp_path, "ponts", as_of="2024", checked="2025-01-02")
    result = watch(tmp_path)
    lines = result.output.splitlines()
    assert lines[0].startswith("2024        ponts  état")
    assert lines[1] == "2025-01-02  ponts  fiche comparée à ses sources le 2 janvier 2025"
    assert lines[-2].endswith("(état ancien 1, vérification ancienne 1).")
    assert result.return_value == 1


def test_limits_are_chosen(tmp_path: Path) -> None:
    write_fiche(tmp_path, as_of="2026-08-01", sources=(SOURCE.replace("2026-10-01", "2026-05-01"),))
    found = json.loads(watch(tmp_path, "--json", "--months", "3", "--source-months", "6").output)["findings"]
    assert [row["kind"] for row in found] == ["sources_old", "state_old"]


def test_the_json_holds_what_the_table_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_fiche(tmp_path, as_of="2024")
    monkeypatch.chdir(tmp_path)
    result = watch(tmp_path, "--json")
    data = json.loads(result.output)
    assert (data["on"], data["fiches"], data["visited"], data["left"]) == ("2026-11-28", 1, None, 0)
    (row,) = data["findings"]
    assert (row["date"], row["fiche"], row["kind"]) == ("2024", "passerelles", "state_old")
    assert (row["file"], row["line"]) == ("passerelles.md", 9)


def test_a_fiche_that_cannot_be_read_is_an_error_and_hides_no_other(tmp_path: Path) -> None:
    write_fiche(tmp_path, "ponts", as_of="2024")
    write_fiche(tmp_path, "gués", as_of="2024")
    result = watch(tmp_path)
    assert result.return_value == 2
    assert result.stdout.startswith("2024        ponts")
    assert "gués.md:2" in result.stderr


def test_no_server_at_all_is_an_error_of_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    write_fiche(tmp_path, sources=(SOURCE.replace("https://example.org", "http://127.0.0.1:1"),))
    result = run("watch", str(tmp_path), "--on", "2026-11-28", "--timeout", "1")
    assert result.return_value == 2
    assert "Vérifiez l’accès au réseau" in result.stderr
    assert "connexion" not in result.stdout


def test_what_is_left_for_another_day_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def visit_all(urls: Iterable[str], bounds: Bounds) -> dict[str, Visit]:
        assert bounds.timeout_s == 7
        return {url: Visit("silent", "la page n’existe plus (code 404)") for url in urls}

    monkeypatch.setattr("corpus.watch.visits.visit_all", visit_all)
    for name in ("un", "deux", "trois"):
        write_fiche(tmp_path, name, sources=(SOURCE.replace("/page", f"/{name}"),))
    result = run("watch", str(tmp_path), "--on", "2026-11-28", "--most", "2", "--timeout", "7")
    lines = result.output.splitlines()
    assert [line.endswith("la page n’existe plus (code 404)") for line in lines[:2]] == [True, True]
    assert lines[-1] == "Adresses visitées\u00a0: 2, 1 laissée pour un prochain jour (--most)."
    assert result.return_value == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("watch", "absent"), "le dossier « absent » n’existe pas"),
        (("watch", "--on", "demain"), "une date AAAA-MM-JJ est attendue"),
        (("watch", "--most", "0"), "--most"),
        (("impact", "absente"), "aucune fiche ne s’appelle « absente »"),
        (("impact", "velo", "--cases", "absent"), "le dossier « absent » n’existe pas"),
    ],
)
def test_bad_input_is_refused(words: tuple[str, ...], told: str) -> None:
    result = CliRunner().invoke(cli, ["corpus", *words])
    assert result.exit_code == 2
    assert told in result.output


def test_the_impact_reads_the_cases_of_the_project() -> None:
    assert CASES_DIR == QUESTIONS_DIR
    data = json.loads(run("impact", "etat-dpv", "--json").output)
    assert data["with_cases"]
    sections = {section["section"]: section for section in data["sections"]}
    assert [case["id"] for case in sections["Cumul"]["cases"]] == ["fresh-056"]
    assert sections["Cumul"]["questions"]


def test_the_impact_says_when_there_are_no_cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.commands.corpus_impact.CASES_DIR", tmp_path / "absent")
    result = run("impact", str(write_fiche(tmp_path)))
    assert result.output.splitlines()[-1].endswith("non lus, leur dossier n’est pas là.")
    assert "Questions de la fiche\u00a0: 0." in result.output
