"""``assistant evaluate``: measure the replies on the question set, or retrieval on a BEIR test set."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.extras import needs
from assistant.commands.options import index_options, json_option
from evaluation.commands.judged import accept_runs, held_against, hold_runs
from evaluation.commands.measures import How, show_all, show_kind
from evaluation.commands.output import save
from evaluation.commands.prepared import cases_of, count_test, engine_of, measure_set, target_of
from evaluation.commands.unprepared import KINDS
from evaluation.commands.usage import (
    check_alone,
    check_outputs,
    check_peers,
    check_prepared,
    check_together,
    check_url,
    check_whole_dev,
    without_documents,
)

if TYPE_CHECKING:
    from evaluation.judging.result import RunResult

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("evaluate", short_help="Mesure les réponses, ou la recherche, sur un jeu de questions.")
@click.option(
    "--set",
    "set_name",
    default="dev",
    metavar="dev|test|all|FICHIER",
    help="Questions : dev (travail), test (compte rendu seulement), all, ou un fichier YAML.",
)
@click.option("--url", metavar="URL", help="Mesure un serveur, par exemple http://127.0.0.1:7860.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=None, help="Questions posées en même temps (défaut : 2)."
)
@click.option("--junit", type=_FILE, metavar="FICHIER", help="Écrit aussi un fichier JUnit.")
@click.option("--html", type=_FILE, metavar="FICHIER", help="Écrit aussi un rapport en une page.")
@click.option("--accept", is_flag=True, help="Fait de cette mesure la référence (jeu dev seulement).")
@click.option("--gate", is_flag=True, help="Échoue si la mesure passe sous la référence.")
@click.option(
    "--publish",
    type=_FILE,
    metavar="FICHIER",
    help="Écrit la page des chiffres publiés (docs/quality.md) : toutes les mesures, jeu test compris.",
)
@click.option(
    "--sample", type=click.IntRange(1), metavar="N", help="N questions du jeu, chaque genre pour sa part."
)
@click.option(
    "--model",
    "with_model",
    is_flag=True,
    help="Mesure sans puis avec le modèle de langage réglé, côte à côte ; --publish écrit son tableau.",
)
@click.option(
    "--unprepared",
    type=click.Choice(KINDS),
    metavar="|".join(KINDS),
    help="Pose les questions de chaque fiche à un assistant que rien n’y a préparé, à côté du vrai.",
)
@click.option(
    "--prepared",
    type=_FILE,
    metavar="FICHIER",
    help="Avec --unprepared : résultat du même jeu gardé par --json, au lieu de mesurer le vrai.",
)
@click.option(
    "--peers",
    "with_peers",
    is_flag=True,
    help="Avec --unprepared document : d’autres recherches sur les mêmes pages, à côté de la nôtre.",
)
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Toutes les mesures en un tableau : dev préparé, sans préparation, énoncés gardés pour la mesure.",
)
@click.option(
    "--kept",
    multiple=True,
    metavar="FICHIER|DOSSIER",
    type=click.Path(path_type=Path),
    help="Avec --all, --publish, --unprepared : résultat gardé par --json, au lieu de sa mesure. Répétable.",
)
@click.option(
    "--keep",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Avec --all ou --publish : garde là le résultat de chaque mesure, dès qu’elle est faite.",
)
@click.option(
    "--compare",
    "compared",
    nargs=2,
    type=_FILE,
    metavar="AVANT.json APRÈS.json",
    help="Compare deux résultats écrits par --json, sans rien mesurer.",
)
@click.option(
    "--beir",
    "folders",
    multiple=True,
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Mesure la recherche sur un jeu BEIR (corpus.jsonl, queries.jsonl, qrels/test.tsv). Répétable.",
)
@click.option(
    "--utterances",
    multiple=True,
    metavar="FICHIER",
    type=_FILE,
    help="Mesure la lecture d’énoncés (JSONL : acte, aspect, sujet, faits). Répétable.",
)
@index_options
@json_option
@needs("evaluate")
def command(
    set_name: str,
    url: str | None,
    jobs: int | None,
    junit: Path | None,
    html: Path | None,
    accept: bool,
    gate: bool,
    publish: Path | None,
    sample: int | None,
    with_model: bool,
    unprepared: str | None,
    prepared: Path | None,
    with_peers: bool,
    every: bool,
    kept: tuple[Path, ...],
    keep: Path | None,
    compared: tuple[Path, Path] | None,
    folders: tuple[Path, ...],
    utterances: tuple[Path, ...],
    index_dir: Path | None,
    collection: str | None,
    as_json: bool,
) -> None:
    """Pose chaque question, compare la réponse à l’attendu, donne chaque chiffre avec son intervalle.

    Sans --url ni --index, la mesure se fait ici même, sur un index neuf des fiches, et des documents sur
    lesquels portent des questions du jeu.
    """
    aside = {"--url": url, "--junit": junit, "--html": html, "--model": with_model}
    judged = {"--accept": accept, "--gate": gate, "--publish": publish}
    files = {"--kept": kept, "--keep": keep}
    chosen = {"--index": index_dir, "--collection": collection}
    at_once = jobs or min(2, os.cpu_count() or 1)
    check_prepared(unprepared, prepared)
    check_peers(unprepared, with_peers=with_peers)
    if compared:
        _compare(*compared, as_json=as_json)
    elif folders:
        from evaluation.commands.retrieval import measure_retrieval

        measure_retrieval(folders, as_json=as_json)
    elif utterances:
        check_alone("--utterances", {**aside, **judged, **files, "--sample": sample, "--jobs": jobs})
        _utterances(utterances, index_dir, collection, as_json=as_json)
    elif unprepared:
        check_alone("--unprepared", {**aside, **chosen, "--publish": publish, "--keep": keep})
        check_whole_dev(set_name, sample, accept=accept, gate=gate)
        how = How(kept, None, at_once, as_json, with_peers)
        show_kind(unprepared, (set_name, sample), prepared, how, accept=accept, gate=gate)
    elif every or (publish and not with_model):
        check_outputs({"--publish": publish})
        option = "--all" if every else "--publish"
        check_alone(option, {**aside, **chosen, "--sample": sample, "--set": set_name != "dev"})
        show_all(How(kept, keep, at_once, as_json), publish, accept=accept, gate=gate)
    else:
        check_alone("--set", files)
        check_together(set_name, url=url, accept=accept, gate=gate, sample=sample, with_model=with_model)
        check_outputs({"--junit": junit, "--html": html, "--publish": publish})
        if with_model:
            from evaluation.commands.model_runs import measure_model

            cases = cases_of(set_name, sample)
            measure_model(cases, set_name, publish, as_json=as_json)
            count_test([case.id for case in cases], f"--model --set {set_name}")
            return
        held = held_against(set_name, ()) if gate and not accept else None
        result = _replies(set_name, sample, url, index_dir, collection, at_once, as_json=as_json)
        _write(result, junit, html)
        _whole(result)
        if accept:
            accept_runs(result, ())
        elif held:
            hold_runs(result, (), held)


def _utterances(
    paths: tuple[Path, ...], index_dir: Path | None, collection: str | None, *, as_json: bool
) -> None:
    from evaluation.commands.utterances import measure_utterances, show_utterances

    run = measure_utterances(paths, engine_of(index_dir, collection), quiet=as_json)
    show_utterances(run, as_json=as_json)


def _replies(
    set_name: str,
    sample: int | None,
    url: str | None,
    index_dir: Path | None,
    collection: str | None,
    at_once: int,
    *,
    as_json: bool,
) -> RunResult:
    """Put a set to what was asked for, and show what came back."""
    if url:
        check_url(url)
    cases = cases_of(set_name, sample)
    if url or index_dir or collection:
        cases = without_documents(cases)
    with target_of(url, index_dir, collection, cases) as (target, name):
        result = measure_set(cases, target, name, set_name, at_once, quiet=as_json)
    if as_json:
        click.echo(result.model_dump_json(indent=1))
    else:
        _show(result)
    count_test([item.case.id for item in result.cases], f"--set {Path(set_name).name}")
    return result


def _whole(result: RunResult) -> None:
    """Say that a run stopped half-way.

    Raises:
        TargetGone: it did.
    """
    if result.stopped:
        from evaluation.errors import TargetGone

        raise TargetGone(f"{result.stopped} {len(result.cases)} questions sur {result.planned} sont gardées.")


def _write(result: RunResult, junit: Path | None, html: Path | None) -> None:
    if junit:
        from evaluation.reports.junit import junit_xml

        save(junit, junit_xml(result))
    if html:
        from evaluation.reports.html import html_report

        save(html, html_report(result))


def _show(result: RunResult) -> None:
    from evaluation.reports.text import figure_table, status_table, verdict_table

    click.echo(f"jeu « {result.set_name} », {result.target}, {result.measured_at}")
    click.echo(figure_table(result))
    click.echo("\n" + status_table(result) + "\n\n" + verdict_table(result))


def _compare(before: Path, after: Path, *, as_json: bool) -> None:
    from evaluation.judging.comparison import compare
    from evaluation.judging.result import read_result
    from evaluation.reports.text import comparison_text

    comparison = compare(read_result(before), read_result(after))
    if as_json:
        click.echo(json.dumps(comparison.as_json(), ensure_ascii=False, indent=1))
    else:
        click.echo(comparison_text(comparison))
