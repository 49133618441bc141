"""``assistant feedback``: what users said of the answers, in figures or row by row."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.commands.options import index_options, json_option, read_settings


@click.command("feedback", short_help="Montre les avis reçus sur les réponses.")
@index_options
@json_option
def command(index_dir: Path | None, collection: str | None, as_json: bool) -> None:
    """Compte les avis gardés ; avec --json, les donne aussi un par un. Efface ceux qui sont trop vieux."""
    import json
    from datetime import date

    from assistant.api.feedback.store import FeedbackStore
    from assistant.api.feedback.summary import summarise_feedback, summary_text

    settings = read_settings(index_dir=index_dir, collection=collection)
    kept = FeedbackStore(settings.feedback_address, settings.feedback_days).all(date.today())
    summary = summarise_feedback(kept)
    if as_json:
        rows = [item.model_dump(mode="json") for item in kept]
        data = {"summary": summary.model_dump(mode="json"), "feedback": rows}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo(summary_text(summary))
