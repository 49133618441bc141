"""``assistant bench draft``: how right the fiches drafted from documents are, field by field."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click

from assistant.commands.options import json_option

if TYPE_CHECKING:
    from evaluation.judging.drafted import DraftScore


@click.command("draft", short_help="Mesure les fiches proposées à partir de documents.")
@click.option("--details", is_flag=True, help="Dit aussi chaque champ en trop et chaque champ manqué.")
@json_option
def draft(details: bool, as_json: bool) -> None:
    """Propose une fiche de chaque document de evaluation/data/drafts et compare ses champs aux attendus."""
    from evaluation.benches.draft_bench import bench_drafts
    from evaluation.judging.drafted import overall

    scores = bench_drafts(date.today())
    aside = [score for score in scores if score.kept_aside]
    every = (*scores, overall(aside, "documents gardés à part"), overall(scores, "tous les documents"))
    if as_json:
        rows = [{**asdict(score), "precision": score.precision, "recall": score.recall} for score in every]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for score in every:
        click.echo(_line(score))
        if details and score in scores:
            for what, items in (("en trop", score.wrong), ("manqué", score.lost)):
                for item in items:
                    click.echo(f"    {what} : {item}")


def _line(score: DraftScore) -> str:
    figures = f"précision {score.precision:.2f}, rappel {score.recall:.2f}".replace(".", ",")
    return f"{score.document} : {figures} ({len(score.right)} justes)"
