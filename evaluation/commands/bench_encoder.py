"""``assistant bench encoder``: our encoder beside another, words alone and the whole search, in one run."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from evaluation.commands.output import save
from evaluation.commands.progress import progress_bar
from evaluation.commands.usage import check_outputs

_QUESTIONS = 100


@click.command("encoder", short_help="Compare notre encodeur à un autre, aux mots seuls et à la recherche.")
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    metavar="DOSSIER...",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="N questions par jeu, tirées au sort.")
@click.option(
    "--json",
    "json_path",
    metavar="FICHIER|-",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Écrit les chiffres en JSON ; « - » pour la sortie standard.",
)
@click.option(
    "--kept",
    metavar="DOSSIER",
    default=Path("var/bench"),
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Où faire les index, et garder ceux de l’autre encodeur.",
)
def encoder(folders: tuple[Path, ...], limit: int | None, json_path: Path | None, kept: Path) -> None:
    """Mesure nDCG@10 sur des jeux BEIR, puis le temps d’une question, les passages par seconde et la mémoire.

    Les temps sont pris tour à tour, une question ou un lot chacun, sur un cœur puis deux : leurs rapports
    valent aussi sur une machine occupée. Compter deux minutes par encodeur pour mille passages.
    """
    to_stdout = json_path is not None and str(json_path) == "-"
    check_outputs({"--json": None if to_stdout else json_path})
    from evaluation.benches.encoder_bench import ENCODERS, EncoderScores, bench_times
    from evaluation.benches.kept_index import folder_of
    from evaluation.benches.question_bank import bank_of_folder
    from evaluation.benches.retrieval_bench import bench_set
    from evaluation.benches.retrieval_scores import score_bench
    from evaluation.benches.search_kinds import OURS
    from evaluation.peers.vectors import minilm_folder
    from evaluation.reports.encoder_text import encoder_text

    minilm_folder()  # missing: say so now
    searches = (OURS, "bm25s")
    banks = [bank_of_folder(folder).sampled(limit) for folder in folders]
    watch = partial(progress_bar, quiet=to_stdout)
    found = score_bench([bench_set(bank, (OURS, *ENCODERS, "bm25s"), {}, kept, watch) for bank in banks])
    first = banks[0]
    with watch("temps") as progress:
        times = bench_times(
            {kind: folder_of(kind, first.documents, kept / first.name) for kind in searches},
            list(ENCODERS),
            first.documents,
            [question.text for question in list(first.questions.values())[:_QUESTIONS]],
            progress,
        )
    scores = EncoderScores(found=found, times=times)
    if json_path and not to_stdout:
        save(json_path, scores.model_dump_json(indent=1))
    click.echo(scores.model_dump_json(indent=1) if to_stdout else encoder_text(scores))
