"""``assistant mcp``: serve the assistant's tools to a client of the Model Context Protocol."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.extras import needs
from assistant.commands.options import index_options, read_settings

if TYPE_CHECKING:
    from assistant.answering.engine import Engine
    from assistant.settings import AssistantSettings


@click.command("mcp", short_help="Sert les outils de l’assistant à un client MCP.")
@index_options
@needs("mcp")
def command(index_dir: Path | None, collection: str | None) -> None:
    """Sert trois outils à un client MCP, qui lance cette commande et lui parle par l’entrée standard.

    Ce sont chercher_dispositifs, verifier_eligibilite et trouver_commune. S’il n’y a pas d’index, les fiches
    sont d’abord indexées.
    """
    import logging
    from concurrent.futures import ThreadPoolExecutor
    from importlib.metadata import version

    from assistant.api.mcp.server import build_server
    from assistant.eligibility.service import load_service
    from ingest.configured import configured_generations
    from ingest.kept import Kept
    from ingest.kept_catalogue import load_kept_catalogue

    settings = read_settings(index_dir=index_dir, collection=collection)
    kept = Kept(configured_generations(settings).kept)
    logging.basicConfig(level=logging.WARNING)
    service = load_service(load_kept_catalogue(kept))
    # The client is answered at once; only a search waits for the encoder and the index.
    engine = ThreadPoolExecutor(max_workers=1).submit(_ready_engine, settings)
    server = build_server(
        service,
        lambda need, count: engine.result().search(need, count),
        version("regional-schemes-assistant"),
    )
    try:
        server.run("stdio")
    except KeyboardInterrupt:
        os._exit(130)
    # The client is gone: neither an encoder that is still loading nor a search keeps the process.
    os._exit(0)


def _ready_engine(settings: AssistantSettings) -> Engine:
    from assistant.answering.build import build_engine
    from assistant.commands.serve import index_first

    index_first(settings)
    return build_engine(settings)
