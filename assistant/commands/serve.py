"""``assistant serve``: serve the chat page and the HTTP API."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.options import index_options, read_settings

_LEAVE_SECONDS = 10

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings


@click.command("serve", short_help="Sert la page de discussion et l’API.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port (0 : un port libre). Par défaut 7860.")
@click.option("--host", help="Adresse d’écoute. Par défaut 127.0.0.1.")
@index_options
def command(port: int | None, host: str | None, index_dir: Path | None, collection: str | None) -> None:
    """Sert la page de discussion et l’API ; indexe d’abord les fiches s’il n’y a pas d’index."""
    settings = read_settings(port=port, host=host, index_dir=index_dir, collection=collection)
    _ = settings.board_secret  # one that is too short is refused before anything slow is done
    listener = listen(settings.host, settings.port)
    try:
        index_first(settings)
        _serve(settings, listener)
    finally:
        listener.close()


def listen(host: str, port: int) -> socket.socket:
    """Bind the port before anything slow is done.

    Raises:
        PortInUse: another program listens there.
    """
    from assistant.errors import PortInUse

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise PortInUse(host, port) from error
    return listener


def index_first(settings: AssistantSettings) -> None:
    """Index the fiches when there is no index, prepare what a machine new to one needs; say so on stderr."""
    from assistant.commands.ingest import describe, keep, run
    from ingest.configured import configured_generations

    generations = configured_generations(settings)
    if generations.current() is None:
        click.echo(f"Pas d’index dans « {generations.where} » : indexation des fiches…", err=True)
        click.echo(describe(run(settings)), err=True)
    elif generations.words_apart and not generations.kept.is_dir():
        click.echo(f"Première fois ici avec « {generations.where} » : préparation des fiches…", err=True)
        keep(settings)


def _serve(settings: AssistantSettings, listener: socket.socket) -> None:
    import logging
    import signal
    import sys

    import uvicorn

    from assistant.answering.build import build_engine
    from assistant.page.app import create_app

    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(name)s %(levelname)s %(message)s"
    )
    for noisy in ("httpx", "sentence_transformers", "chromadb"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    engine = build_engine(settings)
    engine.ready()
    app = create_app(engine, settings, page_later=True)
    host, port = listener.getsockname()[:2]
    click.echo(f"Page de discussion : http://{host}:{port}/ (Ctrl+C pour arrêter)", err=True)
    config = uvicorn.Config(
        app,
        log_level=settings.log_level,
        access_log=False,
        proxy_headers=bool(settings.client_header),  # what a proxy says is believed only if there is one
        timeout_graceful_shutdown=_LEAVE_SECONDS,  # an open page listens for as long as it's open
    )
    # Once it has stopped, uvicorn sends itself the signal again: left to its default, that ends the process
    # before what it holds (the copy of the index that it reads) is removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = uvicorn.Server(config)
    server.run(sockets=[listener])
