"""``assistant encoder``: tell what encodes texts, train a table on pairs, adapt it to the corpus."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.options import index_options, json_option, read_settings

if TYPE_CHECKING:
    from ingest.train import Recipe
    from ingest.training_pairs import TrainingPair

_TABLE, _RANDOM = "table", "hasard"
_OUT = click.option(
    "--out",
    required=True,
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Dossier où écrire le modèle.",
)


@click.group("encoder", short_help="Décrit, entraîne ou adapte l’encodeur des textes.")
def command() -> None:
    """Décrit l’encodeur, entraîne sa table sur des paires de textes, ou l’adapte au corpus."""


@command.command("info", short_help="Décrit l’encodeur réglé et celui de l’index.")
@index_options
@json_option
def info(index_dir: Path | None, collection: str | None, as_json: bool) -> None:
    """Décrit l’encodeur réglé, et dit si l’index a été fait avec lui."""
    from ingest.embed import load_embedder
    from ingest.errors import IngestError
    from ingest.generations import Generations

    settings = read_settings(index_dir=index_dir, collection=collection)
    embedder = load_embedder(settings.encoder, settings.encoder_query_prefix, settings.encoder_passage_prefix)
    try:
        of_index = Generations(settings.index_dir, settings.collection).manifest().encoder
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


@command.command("train", short_help="Entraîne une table sur des paires de textes.")
@click.argument("pairs", metavar="PAIRES", type=click.Path(path_type=Path, dir_okay=False))
@_OUT
@click.option("--steps", default=1112, show_default=True, type=click.IntRange(1, 100_000), help="Étapes.")
@click.option(
    "--start",
    default=_TABLE,
    show_default=True,
    type=click.Choice([_TABLE, _RANDOM]),
    metavar=f"{_TABLE}|{_RANDOM}",
    help="Part de la table fournie, ou de valeurs tirées au hasard.",
)
@click.option("--misses/--no-misses", default=True, help="Ajoute des passages trompeurs, trouvés par mots.")
def train(pairs: Path, out: Path, steps: int, start: str, misses: bool) -> None:
    """Entraîne une table de mots sur PAIRES : un objet JSON par ligne, avec « anchor » et « positive ».

    Le modèle écrit s’emploie par le réglage ASSISTANT_ENCODER, après « assistant ingest ».
    """
    from ingest.train import Recipe
    from ingest.training_pairs import read_pairs, with_misses

    read = read_pairs(pairs)
    _check_size(read)
    _train(with_misses(read) if misses else read, Recipe(steps=steps), out, from_table=start == _TABLE)


@command.command("adapt", short_help="Adapte la table fournie aux documents de l’index.")
@_OUT
@click.option("--seconds", default=20, show_default=True, type=click.IntRange(1, 3600), help="Durée.")
@index_options
def adapt(out: Path, seconds: int, index_dir: Path | None, collection: str | None) -> None:
    """Adapte la table fournie aux documents de l’index, sans étiquette : titre et texte, phrase et passage.

    Le modèle écrit s’emploie par le réglage ASSISTANT_ENCODER, après « assistant ingest ».
    """
    from ingest.generations import Generations
    from ingest.index import open_store
    from ingest.train import ADAPT
    from ingest.training_pairs import pairs_of_corpus

    settings = read_settings(index_dir=index_dir, collection=collection)
    generations = Generations(settings.index_dir, settings.collection)
    store = open_store(generations.path(generations.manifest().generation) / "chroma", settings.collection)
    try:
        made = pairs_of_corpus(store.all_chunks())
    finally:
        store.close()
    _check_size(made)
    _train(made, replace(ADAPT, seconds=float(seconds)), out, from_table=True)


def _check_size(pairs: list[TrainingPair]) -> None:
    """Refuse what nothing can be learnt from.

    Raises:
        click.UsageError: fewer than two pairs.
    """
    if len(pairs) < 2:
        raise click.UsageError("il faut au moins deux paires de textes")


def _train(pairs: list[TrainingPair], recipe: Recipe, out: Path, *, from_table: bool) -> None:
    from ingest.embed import encoder_name, read_table, save_table
    from ingest.train import random_rows, train_table

    tokenizer, weights = read_table()
    if not from_table:
        weights = random_rows(*weights.shape)
    with _bar() as progress:
        trained = train_table(tokenizer, weights, pairs, recipe, progress)
    save_table(tokenizer, trained, out)
    click.echo(
        f"Modèle écrit dans « {out} » ({encoder_name(str(out))}), entraîné sur {len(pairs)} paires. "
        f"Pour l’employer : ASSISTANT_ENCODER={out}, puis assistant ingest"
    )


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr, on a terminal only."""
    from tqdm import tqdm

    with tqdm(desc="étapes", unit="", disable=None, leave=False) as bar:

        def advance(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield advance
