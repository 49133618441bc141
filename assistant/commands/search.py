"""``assistant search``: show the passages found for a question."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.commands.options import index_options, json_option, read_indexed


@click.command("search", short_help="Montre les passages trouvés pour une question.")
@click.argument("query", nargs=-1, required=True)
@click.option("-k", default=5, show_default=True, type=click.IntRange(1, 100), help="Nombre de passages.")
@click.option("--scheme", metavar="ID", help="Cherche dans la fiche de ce dispositif seulement.")
@index_options
@json_option
def command(
    query: tuple[str, ...],
    k: int,
    scheme: str | None,
    index_dir: Path | None,
    collection: str | None,
    as_json: bool,
) -> None:
    """Montre les passages trouvés pour QUERY, le meilleur d’abord, avec leur score."""
    from assistant.reply import MAX_QUESTION_CHARS, SearchResponse

    text = " ".join(query).strip()
    if not text:
        raise click.UsageError("la question est vide")
    if len(text) > MAX_QUESTION_CHARS:
        raise click.UsageError(f"la question dépasse {MAX_QUESTION_CHARS} caractères")
    settings = read_indexed(index_dir=index_dir, collection=collection)

    from assistant.answering.build import build_engine

    engine = build_engine(settings)
    hits, repaired = engine.search(text, k, scheme), engine.repairs(text)
    if as_json:
        click.echo(SearchResponse(query=text, hits=hits, repaired=repaired).model_dump_json(indent=2))
        return
    if repaired:
        click.echo("Mots corrigés : " + ", ".join(f"{word} → {read}" for word, read in repaired.items()))
    if not hits:
        click.echo("Aucun passage trouvé.")
    for number, hit in enumerate(hits, 1):
        reasons = ", ".join(f"{name} {part:.2f}" for name, part in hit.reasons.items())
        click.echo(f"\n{number}. {hit.title} > {hit.section} — {hit.score:.3f} ({reasons})\n{hit.text}")
