"""``assistant corpus impact``: which questions and evaluation cases rest on a fiche, by section."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.options import json_option, near

if TYPE_CHECKING:
    from corpus.fiches.fiche import Fiche
    from corpus.watch.cases import RestingCase
    from corpus.watch.impact import Impact

# The evaluation is a package above this one: its questions are read as data, where they are there.
CASES_DIR = Path(__file__).parents[2] / "evaluation" / "data" / "questions"


@click.command("impact", short_help="Dit quelles questions reposent sur une fiche.")
@click.argument("fiche", metavar="FICHE")
@click.option(
    "--cases",
    "folder",
    metavar="DOSSIER",
    type=click.Path(path_type=Path),
    help="Dossier des cas d’évaluation ; celui du projet par défaut.",
)
@json_option
def impact(fiche: str, folder: Path | None, as_json: bool) -> None:
    """Dit, section par section, quelles questions et quels cas d’évaluation reposent sur la FICHE.

    FICHE est son identifiant (etat-dpv) ou son fichier.
    """
    from corpus.fiches.fiche import load_fiche
    from corpus.watch.cases import cases_in
    from corpus.watch.impact import impact_of

    if folder is not None and not folder.is_dir():
        raise click.UsageError(f"le dossier « {folder} » n’existe pas")
    read = load_fiche(_path_of(fiche))
    where = folder or CASES_DIR
    cases = cases_in(where) if where.is_dir() else None
    found = impact_of(read, cases or ())
    if as_json:
        data = _as_data(read, found, with_cases=cases is not None)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo(_listing(read, found, with_cases=cases is not None))


def _path_of(fiche: str) -> Path:
    """The file of a fiche that is named by its identifier or by its path.

    Raises:
        click.UsageError: there is none.
    """
    from corpus.fiches.catalogue import SCHEMES_DIR

    known = {path.stem: path for path in SCHEMES_DIR.glob("*.md")}
    if fiche in known:
        return known[fiche]
    path = Path(fiche)
    if path.suffix == ".md" and path.is_file():
        return path
    raise click.UsageError(f"aucune fiche ne s’appelle « {fiche} »")


def _listing(fiche: Fiche, found: Impact, *, with_cases: bool) -> str:
    lines = [f"Fiche «\u00a0{fiche.scheme.label}\u00a0» ({fiche.scheme.id})"]
    for section in found.sections:
        lines += ["", section.title or "Sans section précise"]
        lines += [f"  question  {question}" for question in section.questions]
        lines += [f"  cas       {case.id}  {case.text}" for case in section.cases]
    cases = _resting(found)
    asked = {question for section in found.sections for question in section.questions}
    lines += ["", f"Questions de la fiche\u00a0: {len(asked)}."]
    if with_cases:
        lines.append(
            f"Cas d’évaluation\u00a0: {len(cases)} reposent sur elle, "
            f"{len(found.may_cite)} de plus peuvent la citer."
        )
    else:
        lines.append("Cas d’évaluation\u00a0: non lus, leur dossier n’est pas là.")
    return "\n".join(lines)


def _resting(found: Impact) -> dict[str, RestingCase]:
    return {case.id: case for section in found.sections for case in section.cases}


def _as_data(fiche: Fiche, found: Impact, *, with_cases: bool) -> dict[str, object]:
    return {
        "fiche": fiche.scheme.id,
        "with_cases": with_cases,
        "sections": [
            {
                "section": section.title,
                "questions": list(section.questions),
                "cases": [_case(case) for case in section.cases],
            }
            for section in found.sections
        ],
        "may_cite": [_case(case) for case in found.may_cite],
    }


def _case(case: RestingCase) -> dict[str, str]:
    return {"id": case.id, "question": case.text, "file": near(case.file)}
