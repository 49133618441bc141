"""``assistant train enough``: fit again when a further sentence is worth telling."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from assistant.commands.extras import needs
from assistant.commands.options import read_settings
from evaluation.commands.progress import progress_bar

_THRESHOLDS = (0.02, 0.03, 0.035, 0.04, 0.05, 0.06, 0.08)


@click.command("enough", short_help="Refait ce qui décide si une phrase de plus est dite.")
@needs("evaluate")
def command() -> None:
    """Refait les poids qui décident si une phrase de plus mérite d’être dite, et les affiche.

    Les questions de « dev » sont posées au programme, puis à chaque pli, dont rien n’est préparé. Les poids
    sont à recopier dans assistant/choosing/enough.py. Il faut compter dix minutes.
    """
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.fitting.enough import Further, fit_enough, further_sentences, judge_enough
    from evaluation.folds.asking import share_out
    from evaluation.folds.corpus import FICHE, no_questions
    from evaluation.folds.folds import read_folds
    from evaluation.folds.kept import read_weights
    from evaluation.folds.models import fold_models
    from evaluation.folds.pages import DOCUMENT
    from evaluation.questions.cases import QUESTIONS_DIR, read_cases
    from evaluation.runs.own_index import engine_of_documents, engine_of_fiches

    settings = read_settings()
    cases = [
        case
        for case in read_cases(sorted(QUESTIONS_DIR.glob("*.yaml")))
        if case.split == "dev" and not case.is_on_documents
    ]
    folds = read_folds(load_catalogue(asked_from=no_questions).fiches)
    shared = {kind: share_out(cases, folds, kind) for kind in (FICHE, DOCUMENT)}
    total = len(cases) + sum(len(own.asked) for own in shared.values())
    found: list[Further] = []
    done = 0
    with progress_bar("questions", quiet=False) as progress:

        def one_more() -> None:
            nonlocal done
            done += 1
            progress(done, total)

        with engine_of_fiches(settings) as engine:
            for case in cases:
                found += further_sentences(engine, case)
                one_more()
        for kind, own in shared.items():
            for fold in folds:
                models = fold_models(fold, settings)
                with TemporaryDirectory() as folder:
                    corpus = kind.corpus(fold, Path(folder))
                    with engine_of_documents(
                        settings,
                        corpus.catalogue,
                        corpus.documents,
                        read_weights(fold),
                        embedder=models.encoder,
                        trained=models.reader,
                        learned=models.subject,
                    ) as engine:
                        for case in own.cases.get(fold.number, ()):
                            found += further_sentences(engine, case)
                            one_more()
    area, cuts = judge_enough(found, _THRESHOLDS)
    click.echo(json.dumps(fit_enough(found), ensure_ascii=False, indent=2))
    click.echo(f"{len(found)} phrases, aire sous la courbe {area:.3f} (dispositifs mis à part)", err=True)
    for cut in cuts:
        click.echo(
            f"seuil {cut.least:g} : {cut.words:.0%} des mots en moins, {cut.facts:.1%} des faits", err=True
        )
