"""An index of the fiches and of a set's documents: a measure doesn't depend on what users add to theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answering.build import build_engine
from assistant.answering.engine import Engine
from assistant.settings import AssistantSettings
from ingest.embed import load_embedder
from ingest.generations import Generations
from ingest.pipeline import ingest


@contextmanager
def engine_of_fiches(
    settings: AssistantSettings, on: date | None = None, documents: Sequence[Path] = ()
) -> Iterator[Engine]:
    """Index the fiches in a folder of its own and give an engine over it; the folder goes at the end.

    Args:
        settings: which encoder.
        on: the date the engine believes it is; today by default.
        documents: plain documents to index beside the fiches.
    """
    with TemporaryDirectory() as folder:
        own = settings.model_copy(update={"index_dir": Path(folder), "collection": "evaluation"})
        embedder = load_embedder(own.encoder, own.encoder_query_prefix, own.encoder_passage_prefix)
        ingest(Generations(own.index_dir, own.collection), embedder, documents)
        engine = build_engine(own, (lambda: on) if on else date.today)
        engine.ready()
        yield engine
