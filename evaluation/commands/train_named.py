"""``assistant train named``: train what tells what a scheme is named for in a message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from assistant.commands.extras import needs
from assistant.commands.options import read_settings

if TYPE_CHECKING:
    from evaluation.training.named_for import Judged
    from ingest.embed import Embedder


@click.command("named", short_help="Entraîne ce qui reconnaît un dispositif écarté.")
@needs("evaluate")
def command() -> None:
    """Entraîne ce qui dit pourquoi un message nomme un dispositif : demandé, écarté, déjà obtenu.

    « assistant train reader » le refait aussi : il s’appuie sur le lecteur des messages. Il faut compter
    une minute sur un cœur.
    """
    from ingest.configured import configured_embedder

    train_named(configured_embedder(read_settings()))


def train_named(encoder: Embedder) -> None:
    """Train and write the file, and tell how right it is about messages left out."""
    from assistant.reading.french.lexicon import official_words
    from assistant.reading.named_for import NAMED_FOR_PATH, write_learned
    from assistant.reading.names import SchemeNames
    from assistant.reading.trained_reader import ActReader, TrainedReader
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.training.named_for import judge_named_for, read_marked, train_named_for

    acts = ActReader(TrainedReader.load(encoder.name), encoder.embed_question)
    names = SchemeNames(load_catalogue().schemes, official_words())
    taught = read_marked()
    write_learned(NAMED_FOR_PATH, train_named_for(taught, acts))
    click.echo(f"Lecteur des noms écrit dans « {NAMED_FOR_PATH} ».")
    for line in _figures(judge_named_for(taught, acts, names)):
        click.echo(line)


def _figures(judged: Sequence[Judged]) -> list[str]:
    from assistant.reading.named_for import NAMED_FOR

    right = _share([item.told == item.right for item in judged])
    lines = [f"{len(judged)} noms de messages laissés de côté : {right} juste"]
    for name in NAMED_FOR:
        said = [item.right == name for item in judged if item.told == name]
        found = [item.told == name for item in judged if item.right == name]
        lines.append(f"{name} : précision {_share(said)}, rappel {_share(found)}")
    own = [item for item in judged if item.left_out is not None]
    out = [item for item in own if item.left_out]
    lines.append(
        f"{len(own)} noms propres de dispositifs, {len(out)} mis de côté : "
        f"{_share([item.right in {'aside', 'had'} for item in out])} écartés ou obtenus, "
        f"{_share([item.right != 'asked' for item in out])} qui n’étaient pas demandés"
    )
    return [
        *lines,
        *(
            f"{name}, mis de côté : {_share([bool(item.left_out) for item in own if item.right == name])}"
            for name in NAMED_FOR
        ),
    ]


def _share(rights: Sequence[bool]) -> str:
    from evaluation.judging.statistics import share
    from evaluation.reports.retrieval_report import shown_figure

    return shown_figure(share(rights))
