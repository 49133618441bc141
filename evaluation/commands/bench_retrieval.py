"""``assistant bench retrieval``: our search beside others on BEIR folders and on our own questions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.extras import needs
from evaluation.commands.output import save
from evaluation.commands.progress import progress_bar
from evaluation.commands.usage import check_outputs

if TYPE_CHECKING:
    from evaluation.benches.question_bank import QuestionBank


@click.command(
    "retrieval", short_help="Compare la recherche à trois autres, sur des jeux BEIR ou nos questions."
)
@click.argument(
    "folders", nargs=-1, metavar="[DOSSIER...]", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--own", is_flag=True, help="Ajoute nos propres questions (jeu dev), sur les fiches.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="N questions par jeu, tirées au sort.")
@click.option("--no-variants", is_flag=True, help="Pose les questions telles quelles seulement.")
@click.option(
    "--json",
    "json_path",
    metavar="FICHIER|-",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Écrit les chiffres en JSON ; « - » pour la sortie standard.",
)
@click.option(
    "--html",
    metavar="FICHIER",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Écrit un rapport HTML.",
)
@click.option(
    "--kept",
    metavar="DOSSIER",
    default=Path("var/bench"),
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Où garder les index des autres outils, longs à faire.",
)
@needs("evaluate")
def retrieval(
    folders: tuple[Path, ...],
    own: bool,
    limit: int | None,
    no_variants: bool,
    json_path: Path | None,
    html: Path | None,
    kept: Path,
) -> None:
    """Mesure nDCG@10, rappel@5 et MRR@10, temps, mémoire et disque, sur les mêmes questions pour tous.

    Chaque écart est donné avec son intervalle à 95 %, question par question. La première fois, les autres
    outils mettent plusieurs minutes à lire un grand jeu ; leurs index sont gardés.
    """
    if not folders and not own:
        raise click.UsageError("donnez un dossier BEIR, ou --own pour nos questions")
    to_stdout = json_path is not None and str(json_path) == "-"
    check_outputs({"--json": None if to_stdout else json_path, "--html": html})
    from evaluation.benches.retrieval_bench import bench_set
    from evaluation.benches.retrieval_scores import score_bench
    from evaluation.benches.search_kinds import OURS, OURS_ON_FICHES, PEERS
    from evaluation.questions.variants import VARIANTS
    from evaluation.reports.retrieval_report import bench_text

    banks = [bank.sampled(limit) for bank in _banks(folders, own=own)]
    sets = []
    for bank in banks:
        kinds = (OURS_ON_FICHES if bank.of_fiches else OURS, *PEERS)
        variants = {} if no_variants else VARIANTS
        sets.append(bench_set(bank, kinds, variants, kept, partial(progress_bar, quiet=to_stdout)))
    scores = score_bench(sets)
    if html:
        from evaluation.reports.retrieval_page import bench_page

        save(html, bench_page(scores))
    if json_path and not to_stdout:
        save(json_path, scores.model_dump_json(indent=1))
    click.echo(scores.model_dump_json(indent=1) if to_stdout else bench_text(scores))


def _banks(folders: tuple[Path, ...], *, own: bool) -> Iterator[QuestionBank]:
    from evaluation.benches.question_bank import bank_of_fiches, bank_of_folder

    if own:
        from corpus.fiches.catalogue import load_catalogue
        from evaluation.questions.cases import committed_cases

        yield bank_of_fiches(
            [case for case in committed_cases("dev") if not case.is_on_documents], load_catalogue()
        )
    for folder in folders:
        yield bank_of_folder(folder)
