"""``assistant sync``: read all recorded sources again, and tell what has changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands import ingest
from assistant.commands.counted import counted
from assistant.commands.ingest_sources import all_again
from assistant.commands.options import index_options, json_option, near, read_settings

if TYPE_CHECKING:
    from ingest.changes import Change, Changes
    from ingest.pipeline import IngestReport

# Further statements of a document are counted; --json gives them all.
_MOST_SHOWN = 20


@click.command("sync", short_help="Relit les sources retenues et dit ce qui a changé.")
@index_options
@json_option
def command(index_dir: Path | None, collection: str | None, as_json: bool) -> int:
    """Relit les fiches, les chemins, les adresses et les flux retenus, et met l’index à jour.

    Seul ce qui a changé est recalculé. Sont dits : les documents nouveaux, modifiés (avec les énoncés
    ajoutés et retirés), retirés, et ce qui est injoignable ou illisible : ce qui en était indexé reste servi.

    Code de retour : 0 si tout a été lu, 1 sinon ; l’index est à jour dans les deux cas. Convient à cron.
    """
    settings = read_settings(index_dir=index_dir, collection=collection)
    report = ingest.run(settings, sites=all_again(settings), show=not as_json, compares=True)
    if as_json:
        click.echo(json.dumps(_as_data(report), ensure_ascii=False, indent=2))
    else:
        for line in _told(report):
            click.echo(line)
    problems = (*report.unreachable, *report.unread)
    for why in problems:
        click.echo(why, err=True)
    return 1 if problems else 0


def _as_data(report: IngestReport) -> dict[str, object]:
    values = asdict(report)
    changes = values.pop("changes")
    counts = ("generation", "documents", "chunks", "embedded", "up_to_date")
    return {
        **{name: values[name] for name in counts},
        **changes,
        "repaired": report.repaired,
        "unreachable": report.unreachable,
        "unread": report.unread,
    }


def _told(report: IngestReport) -> Iterator[str]:
    """A line a document that isn't as it was, its statements below it, then what the index holds."""
    if report.changes is not None:
        yield from _changes(report.changes)
    yield ingest.describe(report)


def _changes(changes: Changes) -> Iterator[str]:
    for change in changes.new:
        yield f"Nouveau\u00a0: {_named(change)}, {counted(change.statements, 'énoncé')}."
    for change in changes.changed:
        yield f"Modifié\u00a0: {_named(change)}, {_difference(change)}."
        yield from _shown("+", change.added)
        yield from _shown("-", change.removed)
    for change in changes.gone:
        yield f"Retiré\u00a0: {_named(change)}."


def _difference(change: Change) -> str:
    added, removed = len(change.added), len(change.removed)
    told = [f"{counted(added, 'énoncé')} de plus"] if added else []
    if removed:
        told.append(f"{removed if added else counted(removed, 'énoncé')} de moins")
    return ", ".join(told) or "mêmes énoncés, mais un autre titre, une autre date ou une autre source"


def _shown(mark: str, statements: Sequence[str]) -> Iterator[str]:
    for text in statements[:_MOST_SHOWN]:
        yield f"  {mark} {text}"
    if len(statements) > _MOST_SHOWN:
        yield f"  {mark} … et {len(statements) - _MOST_SHOWN} de plus (--json les donne tous)"


def _named(change: Change) -> str:
    origin = change.origin or ""
    if origin and "://" not in origin:
        origin = near(Path(origin))
    origin = f" ({origin})" if origin else ""
    return f"«\u00a0{change.title}\u00a0»{origin}"
