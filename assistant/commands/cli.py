"""The console script: finds the commands registered as entry points, words errors in one line."""

from __future__ import annotations

import os
import sys
from errno import EDQUOT, ENOSPC
from importlib.metadata import EntryPoint, entry_points

import click
from click.exceptions import NoArgsIsHelpError

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
        sys.stdout.flush()
    except NoArgsIsHelpError as error:
        fail(error.format_message(), 2)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "assistant"
        fail(f"{usage_in_french(error)} Aide : {command} --help", 2)
    except click.Abort:
        fail("Interrompu.", 130)
    except (AssistantError, IngestError, CorpusError) as error:
        fail(str(error), 1)
    except BrokenPipeError:
        _forget_output()
        sys.exit(1)
    except OSError as error:
        if error.filename is not None:
            raise
        _forget_output()
        fail(unwritten(error), 1)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _forget_output() -> None:
    """Let nothing more be written on stdout, not even what Python keeps for the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def unwritten(error: OSError) -> str:
    """Say in French, in one line, why the output couldn't be written."""
    reason = "il n’y a plus de place" if error.errno in {ENOSPC, EDQUOT} else "le support la refuse"
    return f"La sortie n’a pas pu être écrite en entier : {reason}. Recommencez en l’envoyant ailleurs."


def fail(message: str, code: int) -> None:
    """Print a message on stderr and leave with an exit code."""
    click.echo(message, err=True)
    sys.exit(code)


def usage_in_french(error: click.UsageError) -> str:
    """Say in French, in one line, what is wrong with a command line."""
    if isinstance(error, click.NoSuchOption):
        return f"L’option « {error.option_name} » n’existe pas."
    if isinstance(error, click.BadOptionUsage):
        return f"L’option « {error.option_name} » est mal employée ({_valued(error)})."
    if isinstance(error, click.MissingParameter):
        return f"Il manque « {_name_of(error.param)} »."
    if isinstance(error, click.BadParameter):
        return f"Valeur refusée pour « {_name_of(error.param)} » ({_expected(error)})."
    if error.message.startswith("No such command"):
        name = error.message.split("'")[1] if "'" in error.message else ""
        return f"La commande « {name} » n’existe pas."
    if error.message.startswith("Got unexpected extra argument"):
        return f"Il y a un argument de trop {error.message[error.message.index('(') :]}."
    return f"{error.message[:1].upper()}{error.message[1:]}."  # worded by our own commands


def _valued(error: click.BadOptionUsage) -> str:
    return "une valeur est attendue" if "requires" in error.message else "elle ne prend pas de valeur"


def _name_of(param: click.Parameter | None) -> str:
    """The name as it's typed: the longest flag of an option, the placeholder of an argument."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name if param else ""


def _expected(error: click.BadParameter) -> str:
    """What would have been accepted; click's own words for kinds of value that no command uses yet."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.IntRange | click.FloatRange):
        number = "un nombre entier" if isinstance(kind, click.IntRange) else "un nombre"
        bounds = f"de {kind.min} à {kind.max}" if kind.max is not None else f"à partir de {kind.min}"
        return f"{number} {bounds} est attendu"
    if isinstance(kind, click.Choice):
        return f"une valeur parmi {', '.join(map(str, kind.choices))} est attendue"
    if isinstance(kind, click.Path):
        return "un dossier est attendu" if not kind.file_okay else "un chemin est attendu"
    return error.message


if __name__ == "__main__":
    main()
