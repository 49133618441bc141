"""``assistant bench``: compare with other ways to do the same, side by side in one run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option, read_settings
from evaluation.commands.bench_attacks import attacks
from evaluation.commands.bench_choices import choices
from evaluation.commands.bench_damage import damage
from evaluation.commands.bench_draft import draft
from evaluation.commands.bench_encoder import encoder
from evaluation.commands.bench_failover import failover
from evaluation.commands.bench_fusion import fusion
from evaluation.commands.bench_kills import kills
from evaluation.commands.bench_page import page
from evaluation.commands.bench_pages import pages
from evaluation.commands.bench_remote import remote
from evaluation.commands.bench_retrieval import retrieval
from evaluation.commands.bench_scale import scale
from evaluation.commands.bench_serve import serve
from evaluation.commands.bench_start import start
from evaluation.commands.bench_wording import wording
from evaluation.commands.prepared import cases_of, count_test
from evaluation.commands.progress import progress_bar

if TYPE_CHECKING:
    from evaluation.benches.quality_bench import Ranked


@click.group("bench", short_help="Compare avec d’autres outils, côte à côte.")
def command() -> None:
    """Compare avec d’autres outils, sur les mêmes questions et dans la même exécution."""


command.add_command(attacks)
command.add_command(choices)
command.add_command(damage)
command.add_command(draft)
command.add_command(encoder)
command.add_command(failover)
command.add_command(fusion)
command.add_command(kills)
command.add_command(page)
command.add_command(pages)
command.add_command(remote)
command.add_command(retrieval)
command.add_command(scale)
command.add_command(serve)
command.add_command(start)
command.add_command(wording)


@command.command("quality", short_help="Compare la recherche à deux autres sur nos questions.")
@click.option(
    "--set",
    "set_name",
    type=click.Choice(["dev", "test", "all"]),
    default="dev",
    metavar="dev|test|all",
    help="Questions : dev (travail), test (compte rendu seulement), all.",
)
@json_option
@needs("evaluate")
def quality(set_name: str, as_json: bool) -> None:
    """Mesure nDCG@10, rappel@5 et MRR@10 de notre recherche, de la chaîne LangChain courante et de BM25."""
    results = compare_searches(set_name, quiet=as_json)
    count_test([case.id for case in cases_of(set_name)], f"bench quality --set {set_name}")
    if as_json:
        click.echo(json.dumps([r.model_dump() for r in results], ensure_ascii=False, indent=1))
        return
    from evaluation.reports.text import bench_table

    questions = results[0].figures["ndcg_10"].questions
    click.echo(f"jeu « {set_name} », {questions} questions qui ont un passage attendu")
    click.echo(bench_table(results))


@command.command("variants", short_help="Mesure la recherche sur des questions mal écrites.")
@click.option(
    "--set",
    "set_name",
    type=click.Choice(["dev", "test", "all"]),
    default="dev",
    metavar="dev|test|all",
    help="Questions : dev (travail), test (compte rendu seulement), all.",
)
@json_option
@needs("evaluate")
def variants(set_name: str, as_json: bool) -> None:
    """Mesure la recherche sur nos questions, telles quelles puis mal écrites."""
    from evaluation.benches.quality_bench import OurSearch
    from evaluation.benches.variant_bench import bench_variants
    from evaluation.questions.cases import committed_cases
    from evaluation.reports.text import bench_table
    from evaluation.runs.own_index import engine_of_fiches
    from evaluation.runs.target import InProcess

    every = committed_cases(None if set_name == "all" else set_name)  # type: ignore[arg-type]
    cases = [case for case in every if not case.is_on_documents]
    with (
        engine_of_fiches(read_settings()) as engine,
        progress_bar(f"questions {set_name}", quiet=as_json) as progress,
    ):
        results = bench_variants(cases, OurSearch(InProcess(engine)), progress)
    count_test([case.id for case in cases], f"bench variants --set {set_name}")
    if as_json:
        click.echo(json.dumps([r.model_dump() for r in results], ensure_ascii=False, indent=1))
        return
    click.echo(f"jeu « {set_name} », {results[0].figures['ndcg_10'].questions} questions")
    click.echo(bench_table(results, "  perte"))


def compare_searches(set_name: str, *, quiet: bool) -> list[Ranked]:
    """Run our search and the others on a set (``dev``, ``test`` or ``all``), with a progress bar.

    Raises:
        MissingPackage: the extras group ``bench`` isn't installed.
    """
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from corpus.fiches.catalogue import load_catalogue
    from evaluation.benches.quality_bench import OurSearch, bench_quality
    from evaluation.peers.chains import Ranker, TextbookChain
    from evaluation.peers.words import Bm25Alone
    from evaluation.questions.cases import committed_cases
    from evaluation.runs.own_index import engine_of_fiches
    from evaluation.runs.target import InProcess

    every = committed_cases(None if set_name == "all" else set_name)  # type: ignore[arg-type]
    cases = [case for case in every if not case.is_on_documents]
    documents = [fiche.as_document for fiche in load_catalogue().fiches.values()]
    with (
        engine_of_fiches(read_settings()) as engine,
        TemporaryDirectory() as folder,
        progress_bar(f"questions {set_name}", quiet=quiet) as progress,
    ):
        peers: list[Ranker] = [TextbookChain(documents, Path(folder)), Bm25Alone(documents)]
        return bench_quality(cases, OurSearch(InProcess(engine)), peers, progress)
