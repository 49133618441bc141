"""An index of given documents alone: a measure doesn't depend on what users add to theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answering.build import build_engine
from assistant.answering.engine import Engine
from assistant.choosing.fitted import IN_USE, Weights
from assistant.reading.trained_reader import TrainedReader
from assistant.search.learned_subject import LearnedSubject
from assistant.settings import AssistantSettings
from corpus.fiches.catalogue import Catalogue, load_catalogue
from corpus.fiches.document import Document
from ingest.configured import configured_embedder
from ingest.embed import Embedder
from ingest.generations import Generations
from ingest.load import load_page
from ingest.pipeline import index_documents


@contextmanager
def engine_of_fiches(
    settings: AssistantSettings, on: date | None = None, pages: Sequence[Path] = ()
) -> Iterator[Engine]:
    """Index the fiches in a folder of its own and give an engine over it; the folder goes at the end.

    Args:
        settings: which encoder.
        on: the date the engine believes it is; today by default.
        pages: files of plain documents to index beside the fiches.
    """
    catalogue = load_catalogue()
    fiches = [fiche.as_document for fiche in catalogue.fiches.values()]
    documents = [*fiches, *(load_page(page.resolve()) for page in pages)]
    with engine_of_documents(settings, catalogue, documents, on=on) as engine:
        yield engine


@contextmanager
def engine_of_documents(
    settings: AssistantSettings,
    catalogue: Catalogue,
    documents: Iterable[Document],
    weights: Weights = IN_USE,
    on: date | None = None,
    embedder: Embedder | None = None,
    trained: TrainedReader | None = None,
    learned: LearnedSubject | None = None,
) -> Iterator[Engine]:
    """Index documents in a folder of its own and give an engine over it; the folder goes at the end.

    Args:
        settings: which encoder.
        catalogue: the schemes that the engine knows, with the questions that it may know.
        documents: what is indexed, and nothing else.
        weights: what each measure weighs.
        on: the date the engine believes it is; today by default.
        embedder: the encoder; by default the one that the settings name.
        trained: reads what messages do; by default the one shipped.
        learned: tells which schemes they are about; by default the one shipped.
    """
    with TemporaryDirectory() as folder:
        own = settings.model_copy(update={"index_dir": Path(folder), "collection": "evaluation"})
        if embedder is None:
            embedder = configured_embedder(settings)
        index_documents(Generations(own.index_dir, own.collection), embedder, documents)
        day = (lambda: on) if on else date.today
        engine = build_engine(own, day, catalogue, weights, embedder, trained, learned)
        engine.ready()
        yield engine
