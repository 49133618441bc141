"""``assistant evaluate``: measure the replies on the question set, or retrieval on a BEIR test set."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.options import index_options, json_option, read_indexed, read_settings
from evaluation.commands.output import save
from evaluation.commands.progress import progress_bar
from evaluation.commands.unprepared import KINDS, measure_unprepared
from evaluation.commands.usage import (
    baseline_for,
    check_alone,
    check_outputs,
    check_peers,
    check_prepared,
    check_together,
    check_url,
    without_documents,
)

if TYPE_CHECKING:
    from assistant.answering.engine import Engine
    from evaluation.judging.gate import Baseline
    from evaluation.judging.result import RunResult
    from evaluation.questions.cases import Case
    from evaluation.runs.target import Target

_SPLITS = ("dev", "test", "all")
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
    help="Écrit la page des chiffres publiés (docs/quality.md) : jeux dev et test, et comparaison.",
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
    aside = {"--url": url, "--junit": junit, "--html": html, "--accept": accept, "--gate": gate}
    aside |= {"--publish": publish, "--model": with_model}
    check_prepared(unprepared, prepared)
    check_peers(unprepared, with_peers=with_peers)
    at_once = jobs or min(2, os.cpu_count() or 1)
    if compared:
        _compare(*compared, as_json=as_json)
    elif folders:
        from evaluation.commands.retrieval import measure_retrieval

        measure_retrieval(folders, as_json=as_json)
    elif utterances:
        from evaluation.commands.utterances import measure_utterances

        check_alone("--utterances", {**aside, "--sample": sample, "--jobs": jobs})
        measure_utterances(utterances, _engine(index_dir, collection), as_json=as_json)
    elif unprepared:
        check_alone("--unprepared", {**aside, "--index": index_dir, "--collection": collection})
        cases = _cases(set_name, sample)
        measure_unprepared(
            unprepared, cases, set_name, prepared, at_once, with_peers=with_peers, as_json=as_json
        )
    else:
        check_together(
            set_name,
            url=url,
            accept=accept,
            gate=gate,
            publish=publish,
            sample=sample,
            with_model=with_model,
        )
        if with_model:
            from evaluation.commands.model_runs import measure_model

            check_outputs({"--publish": publish})
            measure_model(_cases(set_name, sample), set_name, publish, as_json=as_json)
            return
        check_outputs({"--junit": junit, "--html": html, "--publish": publish})
        baseline = baseline_for("dev" if publish else set_name) if gate and not accept else None
        result = _replies(
            "all" if publish else set_name, sample, url, index_dir, collection, at_once, as_json=as_json
        )
        _write(result, junit, html)
        _whole(result)
        if publish:
            result = _publish(result, publish)
        _judge(result, baseline, accept=accept)


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
    cases = _cases(set_name, sample)
    if url or index_dir or collection:
        cases = without_documents(cases)
    with _target(url, index_dir, collection, cases) as (target, name):
        result = _measure(cases, target, name, set_name, at_once, quiet=as_json)
    if as_json:
        click.echo(result.model_dump_json(indent=1))
    else:
        _show(result)
    return result


def _whole(result: RunResult) -> None:
    """Say that a run stopped half-way.

    Raises:
        TargetGone: it did.
    """
    if result.stopped:
        from evaluation.errors import TargetGone

        raise TargetGone(f"{result.stopped} {len(result.cases)} questions sur {result.planned} sont gardées.")


def _cases(set_name: str, sample: int | None) -> list[Case]:
    from evaluation.questions.cases import committed_cases, read_cases
    from evaluation.questions.sample import stratified

    if set_name in _SPLITS:
        cases = committed_cases(None if set_name == "all" else set_name)  # type: ignore[arg-type]
    else:
        cases = read_cases([Path(set_name)])
    return stratified(cases, sample) if sample else cases


@contextmanager
def _target(
    url: str | None, index_dir: Path | None, collection: str | None, cases: list[Case]
) -> Iterator[tuple[Target, str]]:
    """What to measure: a server, an index that exists, or a new index of what the cases are on."""
    from evaluation.runs.target import InProcess, OverHttp

    if url:
        with OverHttp(url) as server:
            yield server, server.name
        return
    with _engine(index_dir, collection, cases) as engine:
        yield InProcess(engine), "dans ce processus"


@contextmanager
def _engine(index_dir: Path | None, collection: str | None, cases: Sequence[Case] = ()) -> Iterator[Engine]:
    """The engine over an index that exists, or over a new one of the fiches and of what the cases are on."""
    if index_dir or collection:
        settings = read_indexed(index_dir=index_dir, collection=collection)
        from assistant.answering.build import build_engine

        yield build_engine(settings)
        return
    settings = read_settings()
    from evaluation.questions.cases import documents_of
    from evaluation.runs.own_index import engine_of_fiches

    with engine_of_fiches(settings, pages=documents_of(cases)) as engine:
        yield engine


def _measure(
    cases: list[Case], target: Target, name: str, set_name: str, jobs: int, *, quiet: bool
) -> RunResult:
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.judging.result import summarise
    from evaluation.runs.run import run_cases

    with progress_bar(f"questions {set_name}", quiet=quiet) as progress:
        run = run_cases(cases, target, name, jobs, progress)
    return summarise(cases, run, set_name, load_catalogue())


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


def _publish(result: RunResult, path: Path) -> RunResult:
    """Write the page of both sets; return the part that serves the work, which is the one to judge."""
    from evaluation.commands.bench import compare_searches
    from evaluation.judging.result import part
    from evaluation.reports.model_page import kept_section
    from evaluation.reports.quality_page import quality_page

    searches = compare_searches("test", quiet=True)
    dev = part(result, "dev")
    page = quality_page(dev, part(result, "test"), searches)
    kept = kept_section(path.read_text(encoding="utf-8")) if path.exists() else ""
    save(path, f"{page}\n{kept}\n" if kept else page)
    click.echo(f"Chiffres publiés dans « {path} ».", err=True)
    return dev


def _judge(result: RunResult, baseline: Baseline | None, *, accept: bool) -> None:
    """Accept the run as the baseline, or hold it against the one accepted, if that was asked."""
    from evaluation.errors import GateClosed
    from evaluation.judging.gate import accept as accepted
    from evaluation.judging.gate import check_gate, write_baseline

    if accept:
        write_baseline(accepted(result))
        click.echo("Cette mesure est désormais la référence : evaluation/baseline.json.", err=True)
    elif baseline and (reasons := check_gate(result, baseline)):
        raise GateClosed("Mesure refusée : " + " ; ".join(reasons) + ".")


def _compare(before: Path, after: Path, *, as_json: bool) -> None:
    from evaluation.judging.comparison import compare
    from evaluation.judging.result import read_result
    from evaluation.reports.text import comparison_text

    comparison = compare(read_result(before), read_result(after))
    if as_json:
        click.echo(json.dumps(comparison.as_json(), ensure_ascii=False, indent=1))
    else:
        click.echo(comparison_text(comparison))
