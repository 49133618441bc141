"""``assistant ingest https://…``: addresses told from paths, with how far they are followed."""

from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from assistant.commands import ingest as ingest_command
from assistant.commands import sync as sync_command
from assistant.commands.cli import usage_in_french
from ingest.changes import Changes
from ingest.errors import LoadError
from ingest.pipeline import IngestReport
from ingest.web.copies import Site
from ingest.web.sources import SiteChanges

REPORT = IngestReport("g", 2, 2, 0, 2, changes=Changes())


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple[Any, ...], SiteChanges]]:
    """What was to be ingested: paths, paths to forget, and sites."""
    made: list[tuple[tuple[Any, ...], SiteChanges]] = []

    def run(_settings: object, *paths: Any, sites: SiteChanges, **_: Any) -> IngestReport:
        made.append((paths, sites))
        return REPORT

    monkeypatch.setattr(ingest_command, "run", run)
    monkeypatch.delenv("ASSISTANT_WEB_PRIVATE", raising=False)
    return made


def invoke(*arguments: str, command: click.Command = ingest_command.command) -> None:
    CliRunner().invoke(command, [*arguments], standalone_mode=False, catch_exceptions=False)


def test_addresses_and_paths_go_each_their_way(calls) -> None:
    invoke("notices", "HTTPS://Example.fr/aides#haut", "--depth", "2", "--limit", "50", "--delay", "0.5")
    invoke("https://example.fr", "--sitemap", "--forget", "a.pdf", "--forget", "https://example.fr/b")
    assert calls == [
        (
            ((Path("notices"),), ()),
            SiteChanges(added=(Site("https://example.fr/aides", depth=2, limit=50, delay=0.5),)),
        ),
        (
            ((), (Path("a.pdf"),)),
            SiteChanges(
                added=(Site("https://example.fr/", sitemap=True),), forgotten=("https://example.fr/b",)
            ),
        ),
    ]


def test_a_sync_visits_every_site_again(calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_WEB_PRIVATE", "true")
    invoke(command=sync_command.command)
    assert calls == [((), SiteChanges(again=True, allows_private=True))]


def test_no_site_is_visited_unless_one_is_named(calls) -> None:
    invoke("notices")
    assert calls[0][1] == SiteChanges()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--depth", "2", "notices"], "--depth va avec une ADRESSE"),
        (["--sitemap"], "--sitemap va avec une ADRESSE"),
        (["--check", "https://example.fr"], "--check lit des fichiers"),
    ],
)
def test_what_does_not_go_together_is_refused(calls, arguments: list[str], told: str) -> None:
    with pytest.raises(click.UsageError, match=told):
        invoke(*arguments)
    assert calls == []


def test_a_wrong_number_is_told_in_french() -> None:
    with pytest.raises(click.BadParameter) as caught:
        invoke("https://example.fr", "--delay", "vite")
    assert usage_in_french(caught.value) == (
        "Valeur refusée pour « --delay » (un nombre de 0 à 60 est attendu)."
    )


def test_an_address_with_a_password_is_refused(calls) -> None:
    with pytest.raises(LoadError, match="n’est pas une adresse qu’on peut lire"):
        invoke("https://moi:secret@example.fr/")
    assert calls == []
