"""``assistant corpus watch``: what to look at again in the fiches, as a dated table, with a code for cron."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.options import json_option, near

if TYPE_CHECKING:
    from corpus.errors import Problem
    from corpus.fiches.fiche import Fiche
    from corpus.watch.finding import Finding

_NOTHING, _SOMETHING, _ERROR = 0, 1, 2


@dataclass(frozen=True, slots=True)
class _Watched:
    """What a watch found.

    Attributes:
        today: the day it was done for.
        fiches: how many fiches were read.
        findings: what to look at again, the oldest first.
        visited: how many addresses were visited; None when none was to be.
        left: how many were left for another time.
        problems: why fiches couldn't be read.
    """

    today: date
    fiches: int
    findings: Sequence[Finding]
    visited: int | None
    left: int
    problems: Sequence[Problem]


def _day(context: click.Context, param: click.Parameter, value: str | None) -> date:
    try:
        return date.fromisoformat(value) if value else date.today()
    except ValueError as error:
        raise click.BadParameter("une date AAAA-MM-JJ est attendue", context, param) from error


@click.command("watch", short_help="Dit ce qui a vieilli : états, périodes, sources, adresses.")
@click.argument("folder", required=False, metavar="[DOSSIER]", type=click.Path(path_type=Path))
@click.option("--offline", is_flag=True, help="Ne visite aucune adresse.")
@click.option(
    "--most",
    metavar="N",
    default=300,
    type=click.IntRange(1),
    help="Adresses visitées, au plus ; 300 par défaut.",
)
@click.option(
    "--timeout",
    metavar="S",
    default=10,
    type=click.IntRange(1, 120),
    help="Secondes d’attente d’un serveur ; 10 par défaut.",
)
@click.option(
    "--months",
    metavar="N",
    default=12,
    type=click.IntRange(1),
    help="Mois à partir desquels un état ou une vérification est ancien ; 12 par défaut.",
)
@click.option(
    "--source-months",
    metavar="N",
    default=24,
    type=click.IntRange(1),
    help="Mois à partir desquels la source la plus récente est ancienne ; 24 par défaut.",
)
@click.option(
    "--on", "today", metavar="JOUR", callback=_day, help="Jour, AAAA-MM-JJ ; aujourd’hui par défaut."
)
@json_option
def watch(
    folder: Path | None,
    offline: bool,
    most: int,
    timeout: int,
    months: int,
    source_months: int,
    today: date,
    as_json: bool,
) -> int:
    """Dit ce qu’il faut revoir dans les fiches du DOSSIER (celles du projet sinon), le plus ancien d’abord.

    Les adresses des sources sont visitées une à une chez chaque hébergeur ; au-delà de --most, les autres
    attendent un prochain jour. Code de sortie : 0 s’il n’y a rien à revoir, 1 sinon, 2 en cas d’erreur.
    """
    from corpus.fiches.catalogue import SCHEMES_DIR, read_fiches
    from corpus.watch.ages import Limits
    from corpus.watch.overview import look_over, oldest_first

    if folder is not None and not folder.is_dir():
        raise click.UsageError(f"le dossier « {folder} » n’existe pas")
    read, problems = read_fiches(folder or SCHEMES_DIR)
    fiches = list(read.values())
    findings = look_over(fiches, today, Limits(months, source_months))
    visited, left, cut_off = None, 0, False
    if not offline:
        unanswered, visited, left, cut_off = _visited(fiches, most, timeout, today)
        findings += unanswered
    watched = _Watched(today, len(fiches), oldest_first(findings), visited, left, problems)
    click.echo(json.dumps(_as_data(watched), ensure_ascii=False, indent=2) if as_json else _table(watched))
    for problem in problems:
        click.echo(str(problem), err=True)
    if cut_off:
        click.echo("Aucun serveur n’a répondu. Vérifiez l’accès au réseau, ou ajoutez --offline.", err=True)
    if problems or cut_off:
        return _ERROR
    return _SOMETHING if findings else _NOTHING


def _visited(
    fiches: Sequence[Fiche], most: int, timeout: int, today: date
) -> tuple[list[Finding], int, int, bool]:
    """What the visits found, how many were made, how many are left, whether nothing at all was reached."""
    from corpus.watch.addresses import addresses_of, turn_of, unanswered
    from corpus.watch.visits import Bounds, visit_all

    urls = addresses_of(fiches)
    visits = visit_all(turn_of(urls, most, today), Bounds(timeout_s=timeout))
    left = len(urls) - len(visits)
    if visits and not any(visit.reached for visit in visits.values()):
        return [], len(visits), left, True
    return unanswered(fiches, visits, today), len(visits), left, False


def _table(watched: _Watched) -> str:
    """The table, then one line that counts by kind."""
    width = max((len(finding.scheme) for finding in watched.findings), default=0)
    lines = [
        f"{finding.on or '—':<10}  {finding.scheme:<{width}}  {finding.what}" for finding in watched.findings
    ]
    return "\n".join((*lines, *([""] if lines else []), _counted(watched), _told_addresses(watched)))


def _counted(watched: _Watched) -> str:
    from corpus.french.dates import french_date
    from corpus.watch.finding import KINDS

    day = french_date(watched.today.isoformat())
    fiches = f"{watched.fiches} fiche{'s' if watched.fiches > 1 else ''}"
    if not watched.findings:
        return f"{fiches} au {day}\u00a0: rien à revoir."
    count = len(watched.findings)
    by_kind = [
        f"{name} {number}"
        for kind, name in KINDS.items()
        if (number := sum(finding.kind is kind for finding in watched.findings))
    ]
    return (
        f"{fiches} au {day}\u00a0: {count} point{'s' if count > 1 else ''} à revoir ({', '.join(by_kind)})."
    )


def _told_addresses(watched: _Watched) -> str:
    if watched.visited is None:
        return "Aucune adresse n’a été visitée (--offline)."
    many = "s" if watched.left > 1 else ""
    left = f", {watched.left} laissée{many} pour un prochain jour (--most)" if watched.left else ""
    return f"Adresses visitées\u00a0: {watched.visited}{left}."


def _as_data(watched: _Watched) -> dict[str, object]:
    return {
        "on": watched.today.isoformat(),
        "fiches": watched.fiches,
        "visited": watched.visited,
        "left": watched.left,
        "unreadable": [str(problem) for problem in watched.problems],
        "findings": [
            {
                "date": finding.on,
                "fiche": finding.scheme,
                "kind": finding.kind.value,
                "what": finding.what,
                "file": near(finding.file),
                "line": finding.line,
            }
            for finding in watched.findings
        ],
    }
