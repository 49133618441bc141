"""``assistant bench choices``: what a model would be offered, what it chose, recorded and replayed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option, read_settings
from evaluation.commands.output import save
from evaluation.commands.prepared import cases_of, count_test
from evaluation.commands.unprepared import KINDS
from evaluation.commands.usage import check_outputs

if TYPE_CHECKING:
    from evaluation.benches.exchange_bench import Ask
    from evaluation.questions.cases import Case

_FILE = click.Path(path_type=Path, dir_okay=False)
_READ = click.Path(path_type=Path, dir_okay=False, exists=True)
set_option = click.option(
    "--set", "set_name", default="dev", metavar="dev|test|all|FICHIER", help="Questions."
)
sample_option = click.option("--sample", type=click.IntRange(1), metavar="N", help="N questions du jeu.")
seed_option = click.option(
    "--seed", type=click.IntRange(0), default=0, help="Quelles N questions sont tirées."
)
unprepared_option = click.option(
    "--unprepared",
    type=click.Choice(KINDS),
    metavar="|".join(KINDS),
    help="Posées à un assistant que rien n’a préparé à leurs dispositifs.",
)


@click.group("choices", short_help="Enregistre et rejoue les choix d’un modèle de langage.")
def choices() -> None:
    """Écrit ce qui serait proposé à un modèle, enregistre ce qu’il choisit, le rejoue plus tard sans lui."""


@choices.command("offer", short_help="Écrit ce qui serait proposé, sans la bonne réponse.")
@click.argument("file", metavar="OFFRES.jsonl", type=_FILE)
@set_option
@sample_option
@seed_option
@unprepared_option
@needs("evaluate")
def offer(file: Path, set_name: str, sample: int | None, seed: int, unprepared: str | None) -> None:
    """Écrit, une ligne par question : messages précédents, question, phrases numérotées.

    Une personne ou un modèle y répond par des lignes {"id", "status", "statements"}, que « choices answer »
    relit. Les questions auxquelles l’assistant répond sans choisir de phrase n’y sont pas.
    """
    from evaluation.benches.exchange_bench import offers_of
    from evaluation.exchanges.exchange import as_lines

    check_outputs({"OFFRES.jsonl": file})
    cases, ask = _asked(set_name, sample, seed, unprepared, quiet=False)
    offers, asked = offers_of(ask, read_settings().prompt_tokens)
    save(file, as_lines(offers))
    click.echo(f"Offres écrites dans « {file} » : {len(offers)}, pour {asked} questions.")
    count_test([case.id for case in cases], f"bench choices offer --set {set_name}")


@choices.command("answer", short_help="Fait de réponses à des offres des échanges enregistrés.")
@click.argument("offers", metavar="OFFRES.jsonl", type=_READ)
@click.argument("answers", metavar="RÉPONSES.jsonl", type=_READ)
@click.argument("file", metavar="ÉCHANGES.jsonl", type=_FILE)
@click.option("--by", "who", required=True, help="Qui a répondu : un modèle, une personne.")
@set_option
@needs("evaluate")
def answer(offers: Path, answers: Path, file: Path, who: str, set_name: str) -> None:
    """Lit des réponses par numéros et les garde par le texte des phrases, avec la question de chacune."""
    from evaluation.benches.exchange_bench import cases_by_asked
    from evaluation.exchanges.exchange import Answer, answered, as_lines, read_lines
    from evaluation.exchanges.offer import Offer

    check_outputs({"ÉCHANGES.jsonl": file})
    asked = read_lines(offers, Offer)
    made = answered(asked, read_lines(answers, Answer), who, cases_by_asked(cases_of(set_name)))
    save(file, as_lines(made))
    click.echo(f"Réponses lues : {len(made)}, pour {len(asked)} offres. Échanges écrits dans « {file} ».")


@choices.command("record", short_help="Enregistre les choix du modèle réglé.")
@click.argument("file", metavar="ÉCHANGES.jsonl", type=_FILE)
@set_option
@sample_option
@seed_option
@unprepared_option
@needs("evaluate")
def record(file: Path, set_name: str, sample: int | None, seed: int, unprepared: str | None) -> None:
    """Pose les questions avec le modèle réglé (ASSISTANT_LLM_BASE_URL, ASSISTANT_LLM) et garde ses choix."""
    from assistant.model.choice import chat_model
    from evaluation.benches.exchange_bench import by, cases_by_asked
    from evaluation.exchanges.exchange import as_lines
    from evaluation.exchanges.models import Recorder

    check_outputs({"ÉCHANGES.jsonl": file})
    settings = read_settings()
    model = chat_model(settings)
    if model is None:
        raise click.UsageError("aucun modèle n’est réglé : donnez ASSISTANT_LLM ou ASSISTANT_LLM_BASE_URL")
    model.resolve()
    cases, ask = _asked(set_name, sample, seed, unprepared, quiet=False)
    recorder = Recorder(model, cases_by_asked(cases))
    ask(by(recorder.use(settings.prompt_tokens, settings.llm_choose_s)))
    save(file, as_lines(recorder.exchanges))
    told = f"Échanges écrits dans « {file} » : {len(recorder.exchanges)}."
    click.echo(f"{told} Demandes sans choix : {recorder.failed}.")
    count_test([case.id for case in cases], f"bench choices record --set {set_name}")


@choices.command("replay", short_help="Mesure avec des choix enregistrés, à côté de sans modèle.")
@click.argument("file", metavar="ÉCHANGES.jsonl", type=_READ)
@click.option(
    "--break",
    "break_every",
    type=click.IntRange(2),
    metavar="N",
    help="Mesure aussi avec un échange sur N cassé : forme perdue, numéro inconnu, modèle trop lent.",
)
@set_option
@sample_option
@seed_option
@unprepared_option
@json_option
@needs("evaluate")
def replay(
    file: Path,
    break_every: int | None,
    set_name: str,
    sample: int | None,
    seed: int,
    unprepared: str | None,
    as_json: bool,
) -> None:
    """Pose les mêmes questions sans modèle, puis avec ce qui a été choisi.

    Un échange qui ne vaut plus (la question n’est plus posée, une phrase choisie n’est plus proposée) est
    signalé ; l’assistant répond alors comme sans modèle.
    """
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.benches.exchange_bench import bench_replay
    from evaluation.exchanges.exchange import Exchange, read_lines
    from evaluation.reports.exchange_text import replay_text

    exchanges = read_lines(file, Exchange)
    cases, ask = _asked(set_name, sample, seed, unprepared, quiet=as_json)
    result = bench_replay(
        exchanges, ask, load_catalogue(), set_name, read_settings().prompt_tokens, break_every
    )
    click.echo(
        json.dumps(result.model_dump(), ensure_ascii=False, indent=1) if as_json else replay_text(result)
    )
    count_test([case.id for case in cases], f"bench choices replay --set {set_name}")


def _asked(
    set_name: str, sample: int | None, seed: int, unprepared: str | None, *, quiet: bool
) -> tuple[list[Case], Ask]:
    from evaluation.commands.asked import ask_prepared, ask_unprepared

    if unprepared:
        return ask_unprepared(unprepared, set_name, sample, seed, quiet=quiet)
    return ask_prepared(set_name, sample, seed, quiet=quiet)
