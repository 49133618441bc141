"""``assistant corpus``: the commands of the officer who keeps the fiches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.corpus_draft import draft
from assistant.commands.corpus_impact import impact
from assistant.commands.corpus_watch import watch
from assistant.commands.options import json_option, near

if TYPE_CHECKING:
    from corpus.check.report import Report
    from corpus.errors import Problem


@click.group("corpus", short_help="Propose et vérifie les fiches, dit ce qui a vieilli et ce qui en dépend.")
def command() -> None:
    """Les fiches des dispositifs et les listes de communes."""


command.add_command(draft)
command.add_command(watch)
command.add_command(impact)


@command.command("check", short_help="Vérifie les fiches, avec le fichier et la ligne.")
@click.argument("paths", nargs=-1, metavar="[CHEMIN]...", type=click.Path(path_type=Path))
@click.option("--fix", is_flag=True, help="Corrige d’abord la typographie, et elle seule.")
@json_option
def check(paths: tuple[Path, ...], fix: bool, as_json: bool) -> int:
    """Vérifie chaque CHEMIN (une fiche ou un dossier), ou tout le corpus sans CHEMIN.

    Chaque problème tient sur une ligne : le fichier, la ligne, ce qui ne va pas, ce qu’il faut écrire.
    Code de sortie : 0 si tout va bien, 1 s’il reste un problème.
    """
    from corpus.check.report import check_paths, fix_paths

    for path in paths:
        if not path.exists():
            raise click.UsageError(f"le chemin « {path} » n’existe pas")
    fixed = list(fix_paths(paths)) if fix else []
    report = check_paths(paths)
    if as_json:
        click.echo(
            json.dumps([_as_data(problem) for problem in report.problems], ensure_ascii=False, indent=2)
        )
    else:
        _show(fixed, report)
    return 1 if report.problems else 0


def _show(fixed: list[Path], report: Report) -> None:
    from corpus.check.report import summary

    for path in fixed:
        click.echo(f"{near(path)} : typographie corrigée.")
    for problem in report.problems:
        click.echo(str(problem).replace(str(problem.file), near(problem.file), 1))
    click.echo(summary(report))


def _as_data(problem: Problem) -> dict[str, str | int]:
    return {
        "file": near(problem.file),
        "line": problem.line,
        "field": problem.field,
        "problem": problem.problem,
        "remedy": problem.remedy,
    }
