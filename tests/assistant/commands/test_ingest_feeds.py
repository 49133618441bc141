"""``assistant ingest --feed``: feeds told by name, address or file, with their columns and the key."""

from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from assistant.commands import ingest as ingest_command
from assistant.commands import sync as sync_command
from ingest.changes import Changes
from ingest.errors import LoadError
from ingest.pipeline import IngestReport
from ingest.web.copies import Site
from ingest.web.sources import SiteChanges

REPORT = IngestReport("g", 2, 2, 0, 2, changes=Changes(), unread=("Aides-territoires, fiche 7 : …",))
NAME = "aides-territoires"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[tuple[Any, ...], SiteChanges]]:
    """What was to be ingested: paths, paths to forget, and sites."""
    made: list[tuple[tuple[Any, ...], SiteChanges]] = []

    def run(_settings: object, *paths: Any, sites: SiteChanges, **_: Any) -> IngestReport:
        made.append((paths, sites))
        return REPORT

    monkeypatch.setattr(ingest_command, "run", run)
    monkeypatch.chdir(tmp_path)
    for name in ("WEB_PRIVATE", "AIDES_TERRITOIRES_TOKEN", "AIDES_TERRITOIRES_URL"):
        monkeypatch.delenv(f"ASSISTANT_{name}", raising=False)
    return made


def invoke(*arguments: str, command: click.Command = ingest_command.command) -> int:
    """Run a command; return its exit code."""
    try:
        result = CliRunner().invoke(command, [*arguments], standalone_mode=False, catch_exceptions=False)
    except click.exceptions.Exit as error:
        return error.exit_code
    return result.exit_code or int(result.return_value or 0)


def test_a_feed_is_a_name_an_address_or_a_file(calls, tmp_path: Path) -> None:
    columns = tmp_path / "colonnes.yaml"
    columns.write_text("columns: {title: Libellé}\nlicence: Licence Ouverte 2.0\n", encoding="utf-8")
    said = {"columns": {"title": "Libellé"}, "publisher": "", "licence": "Licence Ouverte 2.0"}
    invoke("--feed", NAME, "--delay", "2")
    feeds = ("--feed", "HTTPS://data.example.fr/aides.csv", "--feed", "fonds.csv")
    invoke("notices", *feeds, "--columns", "colonnes.yaml")
    assert calls == [
        (((), ()), SiteChanges(added=(Site(NAME, feed=NAME, delay=2.0),))),
        (
            ((Path("notices"),), ()),
            SiteChanges(
                added=(
                    Site("https://data.example.fr/aides.csv", feed="table", columns=said),
                    Site(str(tmp_path / "fonds.csv"), feed="table", columns=said),
                )
            ),
        ),
    ]


def test_a_feed_is_forgotten_by_its_name(calls) -> None:
    invoke("--forget", NAME, "--forget", "fonds.csv")
    assert calls == [(((), (Path("fonds.csv"),)), SiteChanges(forgotten=(NAME,)))]


@pytest.mark.parametrize("command", [ingest_command.command, sync_command.command])
def test_the_key_and_the_address_come_from_the_settings(
    calls, monkeypatch: pytest.MonkeyPatch, command: click.Command
) -> None:
    monkeypatch.setenv("ASSISTANT_AIDES_TERRITOIRES_TOKEN", "cle-7b1f")
    monkeypatch.setenv("ASSISTANT_AIDES_TERRITOIRES_URL", "https://essai.example.fr/api/")
    invoke(command=command)
    ((_, sites),) = calls
    assert (sites.aids_token, sites.aids_api) == ("cle-7b1f", "https://essai.example.fr/api/")


def test_a_record_that_is_not_read_makes_it_fail(calls) -> None:
    assert invoke("--feed", NAME) == 1
    assert invoke(command=sync_command.command) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--columns", "a.yaml", "notices"], "--columns va avec --feed"),
        (["--feed", NAME, "--depth", "2"], "--depth va avec une ADRESSE"),
        (["--delay", "2", "notices"], "--delay va avec une ADRESSE ou un FLUX"),
        (["--check", "--feed", NAME], "--check lit des fichiers"),
    ],
)
def test_what_does_not_go_together_is_refused(calls, arguments: list[str], told: str) -> None:
    with pytest.raises(click.UsageError, match=told):
        invoke(*arguments)
    assert calls == []


def test_wrong_columns_are_refused_before_anything_is_read(calls, tmp_path: Path) -> None:
    (tmp_path / "colonnes.yaml").write_text("columns: {titre: Nom}\n", encoding="utf-8")
    with pytest.raises(LoadError, match="« titre » n’est pas connu"):
        invoke("--feed", "fonds.csv", "--columns", "colonnes.yaml")
    assert calls == []
