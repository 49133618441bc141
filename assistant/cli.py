"""The console script: finds the commands registered as entry points, words errors in one line."""

from __future__ import annotations

import os
import sys
from importlib.metadata import EntryPoint, entry_points

import click

ENTRY_POINTS = "assistant.commands"


class CommandGroup(click.Group):
    """A group whose commands are entry points, loaded when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, sorted."""
        return sorted(_registered())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None when no package registers it."""
        entry = _registered().get(cmd_name)
        command: click.Command | None = entry.load() if entry else None
        return command


def _registered() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=ENTRY_POINTS)}


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="regional-schemes-assistant", message="%(version)s")
def cli() -> None:
    """Assistant des dispositifs d’aide aux communes des Hauts-de-France."""


def main() -> None:
    """Run the command line: exit code 0 when done, 1 when it failed, 2 for a wrong usage."""
    from assistant.errors import AssistantError
    from corpus.errors import CorpusError
    from ingest.errors import IngestError

    try:
        code = cli.main(standalone_mode=False)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "assistant"
        fail(f"{usage_in_french(error)} Aide : {command} --help", 2)
    except click.Abort:
        fail("Interrompu.", 130)
    except (AssistantError, IngestError, CorpusError) as error:
        fail(str(error), 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def fail(message: str, code: int) -> None:
    """Print a message on stderr and leave with an exit code."""
    click.echo(message, err=True)
    sys.exit(code)


def usage_in_french(error: click.UsageError) -> str:
    """Say in French what is wrong with a command line."""
    if isinstance(error, click.NoSuchOption):
        return f"L’option « {error.option_name} » n’existe pas."
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param else ""
        return f"Il manque l’argument « {name} »."
    if isinstance(error, click.BadParameter):
        name = error.param.human_readable_name if error.param else ""
        return f"Valeur refusée pour « {name} » ({error.message})."
    if error.message.startswith("No such command"):
        name = error.message.split("'")[1] if "'" in error.message else ""
        return f"La commande « {name} » n’existe pas."
    if error.message.startswith("Missing command"):
        return "Il manque une commande."
    return f"Ligne de commande refusée ({error.message})."


if __name__ == "__main__":
    main()
