"""``assistant feedback``: what users said of the answers, in figures, taken out, deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.options import index_options, json_option, read_settings

if TYPE_CHECKING:
    from assistant.api.feedback.store import FeedbackStore


@click.group("feedback", short_help="Montre, exporte ou efface les avis reçus.", invoke_without_command=True)
@index_options
@json_option
@click.pass_context
def command(context: click.Context, index_dir: Path | None, collection: str | None, as_json: bool) -> None:
    """Compte les avis gardés ; avec --json, les donne aussi un par un. Efface ceux qui sont trop vieux."""
    import json

    settings = read_settings(index_dir=index_dir, collection=collection)

    def store() -> FeedbackStore:
        from assistant.api.feedback.store import FeedbackStore

        return FeedbackStore(settings.feedback_address, settings.feedback_days)

    context.obj = store
    if context.invoked_subcommand is not None:
        return
    from assistant.api.feedback.summary import summarise_feedback, summary_text

    kept = store().all(date.today())
    summary = summarise_feedback(kept)
    if as_json:
        rows = [item.model_dump(mode="json") for item in kept]
        data = {"summary": summary.model_dump(mode="json"), "feedback": rows}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo(summary_text(summary))


@command.command("export", short_help="Écrit chaque avis gardé, une ligne JSON chacun.")
@click.pass_obj
def export(store: Callable[[], FeedbackStore]) -> None:
    """Écrit chaque avis gardé sur la sortie, une ligne JSON chacun, du plus ancien au plus récent."""
    for item in store().all(date.today()):
        click.echo(item.model_dump_json())


@command.command("purge", short_help="Efface les avis antérieurs à une date, ou tous.")
@click.option(
    "--before", metavar="AAAA-MM-JJ", type=click.DateTime(["%Y-%m-%d"]), help="Ceux d’avant ce jour."
)
@click.option("--all", "everything", is_flag=True, help="Tous.")
@click.pass_obj
def purge(store: Callable[[], FeedbackStore], before: datetime | None, everything: bool) -> None:
    """Efface les avis antérieurs à une date, ou tous, serveur en marche ou non ; dit combien."""
    if (before is None) is not everything:
        raise click.UsageError("dites lesquels : --before AAAA-MM-JJ, ou --all")
    deleted = store().delete(before.date() if before else None)
    click.echo(f"Avis effacés\u00a0: {deleted}.")
