"""``assistant corpus draft``: a fiche proposed from a programme document, with what it was found in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from assistant.commands.options import json_option, near, read_settings

_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@click.command("draft", short_help="Propose une fiche à partir d’un document ou d’une page.")
@click.argument("source", metavar="FICHIER|ADRESSE")
@click.option(
    "--out",
    metavar="FICHE.md",
    type=click.Path(path_type=Path),
    help="Écrit la fiche là ; sans --out, elle est affichée, et le compte rendu va sur l’erreur standard.",
)
@click.option("--force", is_flag=True, help="Remplace la fiche si elle existe déjà.")
@json_option
def draft(source: str, out: Path | None, force: bool, as_json: bool) -> None:
    """Propose une fiche tirée d’un règlement, d’un appel à projets ou d’une page.

    Un champ n’est écrit que si une phrase du document le dit ; cette phrase est au-dessus du champ, avec
    « sûr » ou « à confirmer ». Le reste va dans « Ce que l’on ne sait pas », ou dans la liste à vérifier.
    """
    from assistant.drafting.fiche_text import fiche_text
    from assistant.drafting.naming import id_of
    from assistant.drafting.read import draft_file
    from assistant.drafting.report import report_of

    if out is not None:
        _check_out(out, force=force)
    with _file_of(source) as (path, address):
        drafted = draft_file(path, address=address, taken=lambda: _names_taken(out))
    identifier = out.stem if out is not None else id_of(drafted.draft.name.value)
    text = fiche_text(drafted.draft, identifier, date.today())
    if out is not None:
        _write(out, text)
    if as_json:
        told = {"source": source, "written": near(out) if out else None, "fiche": text}
        click.echo(json.dumps({**told, **report_of(drafted.draft)}, ensure_ascii=False, indent=2))
        return
    from assistant.commands.corpus_draft_text import draft_report

    report = draft_report(drafted, near(out) if out else None, _problems(out))
    if out is None:
        click.echo(text, nl=False)
    click.echo(report, err=out is None)


def _check_out(out: Path, *, force: bool) -> None:
    """Refuse a place where no fiche can be written, before anything is read.

    Raises:
        click.UsageError: the name isn't that of a fiche, or its folder isn't there.
        WontOverwrite: the file is there already.
    """
    from assistant.errors import WontOverwrite

    if out.suffix != ".md" or not _IDENTIFIER.fullmatch(out.stem):
        raise click.UsageError(
            f"« {out.name} » n’est pas un nom de fiche : minuscules sans accent et tirets, puis .md, "
            "par exemple aide-aux-passerelles.md"
        )
    if not out.parent.is_dir():
        raise click.UsageError(f"le dossier « {out.parent} » n’existe pas")
    if out.is_dir() or (out.exists() and not force):
        raise WontOverwrite(out)


@contextmanager
def _file_of(source: str) -> Iterator[tuple[Path, str | None]]:
    """The file that a source names, or that its address gives, with the address.

    Raises:
        click.UsageError: there is no such file, or its format isn't read.
        LoadError: the address doesn't answer.
    """
    if source.lower().startswith(("http://", "https://")):
        from ingest.web.one_page import one_page

        with one_page(source, allows_private=read_settings().web_private) as found:
            yield found
        return
    from ingest.formats.readers import READ, READERS

    path = Path(source)
    if not path.is_file():
        raise click.UsageError(f"le fichier « {source} » n’existe pas")
    if path.suffix.lower() not in READERS:
        raise click.UsageError(f"« {source} » n’est pas d’un format connu ({', '.join(READ)})")
    yield path, None


def _names_taken(out: Path | None) -> set[str]:
    """The names and aliases of the other fiches, folded; those that can't be read have none."""
    from assistant.drafting.naming import key
    from corpus.errors import CorpusError
    from corpus.fiches.catalogue import SCHEMES_DIR
    from corpus.fiches.front_matter import read_front_matter

    names: set[str] = set()
    for path in SCHEMES_DIR.glob("*.md"):
        if out is not None and path == out.resolve():
            continue
        try:
            front = read_front_matter(path).values
        except CorpusError:
            continue
        named = [front.get("name"), front.get("short_name"), *(front.get("aliases") or ())]
        names |= {key(str(name)) for name in named if name}
    return names


def _write(out: Path, text: str) -> None:
    """Write the fiche.

    Raises:
        click.UsageError: it can't be written there.
    """
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"« {out} » n’a pas pu être écrit ({error.strerror})") from error


def _problems(out: Path | None) -> list[str]:
    """What ``assistant corpus check`` says of the fiche that was written."""
    if out is None:
        return []
    from corpus.check.report import check_paths

    return [
        str(problem).replace(str(problem.file), near(problem.file), 1)
        for problem in check_paths([out]).problems
    ]
