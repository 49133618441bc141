"""``assistant train enough``: fit again when a further sentence is worth telling."""

from __future__ import annotations

import json

import click

from assistant.commands.extras import needs
from assistant.commands.options import read_settings
from evaluation.commands.progress import progress_bar

_THRESHOLDS = (0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.11, 0.12, 0.14, 0.16, 0.18, 0.2, 0.25)


@click.command("enough", short_help="Refait ce qui décide si une phrase de plus est dite.")
@needs("evaluate")
def command() -> None:
    """Refait les poids qui décident si une phrase de plus mérite d’être dite, et les affiche.

    Les questions notées sont posées au programme, et à chaque pli, dont rien n’est préparé. Les poids sont à
    recopier dans assistant/choosing/enough.py. Il faut compter cinq minutes.
    """
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.fitting.enough import fit_enough, judge_enough
    from evaluation.folds.corpus import no_questions
    from evaluation.folds.folds import read_folds
    from evaluation.folds.graded import measured_further

    folds = read_folds(load_catalogue(asked_from=no_questions).fiches)
    done = 0
    with progress_bar("questions", quiet=False) as progress:

        def one_more() -> None:
            nonlocal done
            done += 1
            progress(done, done)

        found = measured_further(folds, read_settings(), one_more)
    area, cuts = judge_enough(found, _THRESHOLDS)
    click.echo(json.dumps(fit_enough(found), ensure_ascii=False, indent=2))
    click.echo(f"{len(found)} phrases, aire sous la courbe {area:.3f} (dispositifs mis à part)", err=True)
    for cut in cuts:
        click.echo(
            f"seuil {cut.least:g} : {cut.words:.0%} des mots en moins, {cut.answers:.1%} des phrases qui "
            f"répondent ; {cut.bearing:.0%} de celles qui restent portent sur la question",
            err=True,
        )
