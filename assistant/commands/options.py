"""What several commands share: options, the settings they change, how a path is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings

Command = TypeVar("Command", bound=Callable[..., Any])


def index_options(command: Command) -> Command:
    """Add ``--index DIR`` and ``--collection NAME``."""
    command = click.option(
        "--collection", metavar="NOM", help="Nom de la collection (réglage ASSISTANT_COLLECTION)."
    )(command)
    return click.option(
        "--index",
        "index_dir",
        metavar="DOSSIER",
        type=click.Path(path_type=Path, file_okay=False),
        help="Dossier de l’index (réglage ASSISTANT_INDEX_DIR).",
    )(command)


def json_option(command: Command) -> Command:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Donne le résultat en JSON.")(command)


def near(path: Path) -> str:
    """The path from the current folder when it lies below it."""
    folder = Path.cwd()
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)


def read_settings(**changes: Any) -> AssistantSettings:
    """Read the settings; options that were given go before variables.

    Raises:
        click.UsageError: a variable has a wrong value.
    """
    from pydantic import ValidationError

    from assistant.settings import AssistantSettings

    given = {name: value for name, value in changes.items() if value is not None}
    try:
        return AssistantSettings(**given)
    except ValidationError as error:
        names = ", ".join("ASSISTANT_" + str(detail["loc"][0]).upper() for detail in error.errors())
        raise click.UsageError(f"réglage incorrect : {names}") from error


def read_indexed(**changes: Any) -> AssistantSettings:
    """Read the settings, and look whether their index is there before anything slow is loaded.

    Raises:
        click.UsageError: a variable has a wrong value.
        NoIndex: nothing was ingested there.
        ForeignIndex: it was made by another version.
    """
    from ingest.configured import configured_generations

    settings = read_settings(**changes)
    configured_generations(settings).manifest()
    return settings
