"""``assistant encoder``: tell what encodes texts."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.commands.options import index_options, json_option, read_settings


@click.group("encoder", short_help="Décrit l’encodeur des textes.")
def command() -> None:
    """Décrit l’encodeur des textes."""


@command.command("info", short_help="Décrit l’encodeur réglé et celui de l’index.")
@index_options
@json_option
def info(index_dir: Path | None, collection: str | None, as_json: bool) -> None:
    """Décrit l’encodeur réglé, et dit si l’index a été fait avec lui."""
    from ingest.configured import configured_generations
    from ingest.embed import load_embedder
    from ingest.errors import IngestError

    settings = read_settings(index_dir=index_dir, collection=collection)
    embedder = load_embedder(settings.encoder, settings.encoder_query_prefix, settings.encoder_passage_prefix)
    try:
        of_index = configured_generations(settings).manifest().encoder
    except IngestError:
        of_index = None
    if as_json:
        told = {"encoder": embedder.name, "dimension": embedder.dimension, "index": of_index}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(f"Encodeur réglé : {embedder.name}, {embedder.dimension} dimensions")
    if of_index is None:
        click.echo("Index : aucun qui puisse être lu. Lancez : assistant ingest")
    elif of_index == embedder.name:
        click.echo("Index : fait avec cet encodeur")
    else:
        click.echo(f"Index : fait avec « {of_index} ». Relancez : assistant ingest")
