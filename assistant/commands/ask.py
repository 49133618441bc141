"""``assistant ask``: answer one question in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.options import index_options, json_option, read_indexed
from assistant.messages import french

if TYPE_CHECKING:
    from assistant.reply import Citation


@click.command("ask", short_help="Répond à une question, avec ses sources.")
@click.argument("question", nargs=-1, required=True)
@click.option("--scheme", metavar="ID", help="Dispositif dont on parle, par exemple cvcb.")
@click.option("--commune", metavar="COMMUNE", help="Nom, code INSEE ou code postal, par exemple Nieppe.")
@click.option("--explain", is_flag=True, help="Montre aussi comment la réponse a été trouvée.")
@index_options
@json_option
def command(
    question: tuple[str, ...],
    scheme: str | None,
    commune: str | None,
    explain: bool,
    index_dir: Path | None,
    collection: str | None,
    as_json: bool,
) -> None:
    """Répond à QUESTION : la réponse, puis chaque passage cité avec ses sources datées."""
    from pydantic import ValidationError

    from assistant.reply import ChatRequest, Message

    try:
        message = Message(role="user", content=" ".join(question))
        request = ChatRequest(messages=(message,), scheme=scheme, commune=commune, explain=explain)
    except ValidationError as error:
        from assistant.api.problems import validation_problem

        first = (validation_problem(error.errors()).errors or ())[0]
        raise click.UsageError(first.detail) from error
    settings = read_indexed(index_dir=index_dir, collection=collection)

    from assistant.answering.build import build_engine
    from assistant.commands.explained import explained

    reply = build_engine(settings).reply(request)
    if as_json:
        click.echo(reply.model_dump_json(indent=2))
        return
    click.echo(reply.answer)
    for citation in reply.citations:
        name = named(citation)
        place = french.on_page(f"« {citation.section} »", citation.page)
        click.echo(f"\n[{citation.n}] {name}, {place}")
        for source in citation.sources:
            date = source.updated or source.published or source.date_note or "sans date"
            click.echo("    " + " — ".join(filter(None, (source.title, source.publisher, date, source.url))))
    if reply.trace is not None:
        for line in explained(reply.trace):
            click.echo(line)


def named(citation: Citation) -> str:
    """What is cited: the scheme of a fiche, else the title of the document, else its id."""
    title = citation.sources[0].title if citation.sources else ""
    return citation.scheme_name or title or citation.document_id
