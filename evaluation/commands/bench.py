"""``assistant bench``: compare with other ways to do the same, side by side in one run."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option, read_settings
from evaluation.commands.bench_encoder import encoder
from evaluation.commands.bench_fusion import fusion
from evaluation.commands.bench_retrieval import retrieval
from evaluation.commands.bench_scale import scale
from evaluation.commands.bench_start import start
from evaluation.commands.prepared import cases_of, count_test
from evaluation.commands.progress import progress_bar

if TYPE_CHECKING:
    from evaluation.benches.quality_bench import Ranked

# One utterance in so many is measured for whether to answer.
_EVERY_UTTERANCE = 3


@click.group("bench", short_help="Compare avec d’autres outils, côte à côte.")
def command() -> None:
    """Compare avec d’autres outils, sur les mêmes questions et dans la même exécution."""


command.add_command(encoder)
command.add_command(fusion)
command.add_command(retrieval)
command.add_command(scale)
command.add_command(start)


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


@command.command("serve", short_help="Mesure les temps de réponse du serveur, seul et à plusieurs.")
@click.option("--users", type=click.IntRange(1, 200), default=20, help="Personnes à la fois.")
@click.option("--requests", type=click.IntRange(1), default=400, help="Requêtes par série.")
@json_option
@needs("evaluate")
def serve(users: int, requests: int, as_json: bool) -> None:
    """Démarre le vrai serveur sur cette machine, lui pose nos questions par HTTP, l’arrête."""
    from itertools import cycle, islice
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from evaluation.benches.serve import bench_serve, own_server
    from evaluation.questions.cases import committed_cases
    from evaluation.reports.text import timed_table
    from evaluation.runs.run import question_of

    questions = list(
        islice(
            cycle(question_of(case) for case in committed_cases("dev") if not case.is_on_documents), requests
        )
    )
    with (
        TemporaryDirectory() as folder,
        own_server(Path(folder)) as address,
        progress_bar("requêtes", quiet=as_json) as progress,
    ):
        results = bench_serve(address, questions, users, progress)
    if as_json:
        click.echo(json.dumps([r.model_dump() for r in results], ensure_ascii=False, indent=1))
        return
    click.echo(timed_table(results))


@command.command("weights", short_help="Recalcule les poids du classement sur les questions des fiches.")
@json_option
@needs("evaluate")
def weights(as_json: bool) -> None:
    """Recalcule tous les poids, sur les questions que l’on pose, une à une : environ cinq minutes.

    Les poids en usage sont dans assistant/choosing (evidence.py, gaps.py, support.py) et assistant/search
    (schemes.py), à changer à la main, les gaps et le support en dernier : ils dépendent des autres.
    """
    from datetime import date

    from evaluation.fitting.gaps import fit_gaps, gap_cases, quality
    from evaluation.fitting.left_out import LeftInTurn
    from evaluation.fitting.support import (
        THRESHOLDS,
        Told,
        costs,
        decide,
        fit_support,
        uncovered_questions,
        utterances_about,
    )
    from evaluation.fitting.weights import fit_schemes, fit_sentences
    from evaluation.runs.own_index import engine_of_fiches

    with engine_of_fiches(read_settings()) as engine:
        known = LeftInTurn(engine.knowledge)
        found = {"phrases": fit_sentences(known), "dispositifs": fit_schemes(known)}
        gaps = gap_cases(known, date.today().year)
        said = [Told.of(one) for one in utterances_about(None, _EVERY_UTTERANCE)]
        decided = decide(engine.knowledge, [*said, *(Told((text,)) for text in uncovered_questions())])
    gap_weights, support_weights = fit_gaps(gaps), fit_support(decided)
    gap_quality = quality(gaps, THRESHOLDS)
    support_costs = costs(decided, support_weights, named=False)
    if as_json:
        shapes = {name: asdict(fitted) for name, fitted in found.items()}
        shapes["ce qui n’est pas publié"] = {
            "weights": gap_weights,
            "quality": [asdict(item) for item in gap_quality],
        }
        shapes["répondre ou non"] = {
            "weights": support_weights,
            "costs": [asdict(item) for item in support_costs],
        }
        click.echo(json.dumps(shapes, ensure_ascii=False, indent=1))
        return
    for name, fitted in found.items():
        shares = ", ".join(f"{share:.1%} parmi {depth}" for depth, share in fitted.recall.items())
        click.echo(f"{name} : {fitted.questions} questions, la bonne trouvée : {shares}")
        for key, weight in fitted.weights.items():
            click.echo(f"  {key:<14} en usage {fitted.used[key]:>6} ; recalculé {weight:>6}")
    click.echo(f"ce qui n’est pas publié : {len(gaps)} questions ; recalculé {gap_weights}")
    for told in gap_quality:
        click.echo(
            f"  à partir de {told.threshold} : précision {told.precision:.1%}, rappel {told.recall:.1%}"
        )
    click.echo(f"répondre ou non : {len(decided)} questions ; recalculé {support_weights}")
    for cost in support_costs:
        wrong = cost.wrong + cost.unfounded
        click.echo(
            f"  à partir de {cost.threshold} : {wrong} à tort, {cost.needless} refus inutiles, "
            f"coût {cost.total:.0f}"
        )


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
