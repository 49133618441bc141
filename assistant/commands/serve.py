"""``assistant serve``: serve the chat page and the HTTP API."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.options import index_options, read_settings

MOST_WORKERS = 64

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings


@click.command("serve", short_help="Sert la page de discussion et l’API.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port (0 : un port libre). Par défaut 7860.")
@click.option("--host", help="Adresse d’écoute. Par défaut 127.0.0.1.")
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    help="Processus qui servent (réglage ASSISTANT_WORKERS). Par défaut 1.",
)
@index_options
def command(
    port: int | None, host: str | None, workers: int | None, index_dir: Path | None, collection: str | None
) -> None:
    """Sert la page de discussion et l’API ; indexe d’abord les fiches s’il n’y a pas d’index."""
    settings = read_settings(
        port=port, host=host, workers=workers, index_dir=index_dir, collection=collection
    )
    _ = settings.board_secret  # one that is too short is refused before anything slow is done
    listener = listen(settings.host, settings.port)
    try:
        if settings.workers == 1:
            _serve_alone(settings, listener)
        elif code := _serve_together(settings, listener):
            sys.exit(code)
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


def _serve_alone(settings: AssistantSettings, listener: socket.socket) -> None:
    index_first(settings)
    from assistant.serving.server import build_app, run_server
    from assistant.serving.terms import log_to_stderr

    log_to_stderr(settings)
    app = build_app(settings, page_later=True)
    _say_where(listener)
    run_server(app, settings, [listener], lambda: None)


def _serve_together(settings: AssistantSettings, listener: socket.socket) -> int:
    from assistant.serving.parent import Parent
    from assistant.serving.terms import log_to_stderr

    log_to_stderr(settings)
    return Parent(settings, listener, index_first, lambda: _say_where(listener)).run()


def _say_where(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    click.echo(f"Page de discussion : http://{host}:{port}/ (Ctrl+C pour arrêter)", err=True)
