"""``assistant ingest --check``: what documents say and what they lack, as text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.bars import bars
from assistant.commands.counted import counted

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings
    from ingest.checked import CheckedFile

_FRENCH = {"title": "le titre", "publisher": "l’éditeur", "date": "la date", "url": "l’adresse"}


def run(settings: AssistantSettings, paths: tuple[Path, ...], *, as_json: bool) -> list[str]:
    """Read documents and print what was found; return a French line for each that can't be read.

    Args:
        settings: tell the index whose recorded paths are read when none is given.
        paths: files and folders.
        as_json: whether one JSON object is printed, with what can't be read in it too.
    """
    from ingest.checked import check_paths
    from ingest.configured import configured_generations

    if not paths:
        recorded = configured_generations(settings).recorded_paths()
        if not recorded:
            raise click.UsageError("aucun chemin n’est retenu : donnez un CHEMIN à vérifier")
        paths = tuple(map(Path, recorded))
    unread: list[str] = []
    with bars(show=not as_json) as progress:
        checked = check_paths(paths, unread, progress)
        if as_json:
            files = [asdict(file) for file in checked]
            click.echo(json.dumps({"files": files, "unread": unread}, ensure_ascii=False, indent=2))
        else:
            _tell(checked)
    for why in unread:
        click.echo(why, err=True)
    return unread


def _tell(checked: Iterator[CheckedFile]) -> None:
    count = statements = lacking = 0
    for file in checked:
        title = "" if "title" in file.missing else f"«\u00a0{file.title}\u00a0», "
        read = ", texte reconnu sur une image, à relire" if file.is_recognised else ""
        told = f"{title}{counted(file.statements, 'énoncé')}{read}, {_missing(file)}."
        click.echo(f"{file.file}\u00a0: {told}")
        count += 1
        statements += file.statements
        lacking += bool(file.missing)
    told = f"{counted(count, 'document', 'lu')}, {counted(statements, 'énoncé')}."
    if lacking:
        told += " Ce qui manque peut être dit à côté du document, dans NOM.meta.yaml."
    click.echo(told)


def _missing(file: CheckedFile) -> str:
    if not file.missing:
        return "rien ne manque"
    names = [_FRENCH[name] for name in file.missing]
    verb = "manquent" if len(names) > 1 else "manque"
    return f"{verb} {' et '.join(filter(None, [', '.join(names[:-1]), names[-1]]))}"
