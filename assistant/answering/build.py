"""Build the engine from the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assistant.answering.engine import Engine
from assistant.answering.knowledge import know
from assistant.choosing.fitted import IN_USE, Weights
from assistant.model.choice import configured
from assistant.reading.trained_reader import TrainedReader
from assistant.search.learned_subject import LearnedSubject
from assistant.search.rerank import load_reranker
from assistant.search.retrieve import HybridRetriever
from assistant.settings import AssistantSettings
from corpus.communes.territory import load_territory
from corpus.fiches.catalogue import Catalogue
from ingest.configured import configured_embedder, configured_generations
from ingest.embed import Embedder
from ingest.kept import Kept
from ingest.kept_catalogue import load_kept_catalogue
from ingest.reader import IndexReader


def build_engine(
    settings: AssistantSettings,
    today: Callable[[], date] = date.today,
    catalogue: Catalogue | None = None,
    weights: Weights = IN_USE,
    embedder: Embedder | None = None,
    trained: TrainedReader | None = None,
    learned: LearnedSubject | None = None,
) -> Engine:
    """Build the engine from the settings: loads the encoder and the catalogue, opens no index.

    Args:
        settings: where the index is, which encoder.
        today: the date, passed in so that a measure can be repeated later.
        catalogue: the schemes, with the questions that people ask about them; by default all there are.
        weights: what each measure weighs; by default what is in use.
        embedder: the encoder; by default the one that the settings name.
        trained: reads what messages do; by default the one shipped.
        learned: tells which schemes they are about; by default the one shipped.

    Raises:
        CorpusError: a fiche is wrong.
        EmbedderError: the encoder can't be loaded.
        UnreadableReader: the trained reader can't be used.
        UnreadableSubjects: what was learned of schemes can't be used.
    """
    if embedder is None:
        embedder = configured_embedder(settings)
    generations = configured_generations(settings)
    reader, kept = IndexReader(generations, embedder), Kept(generations.kept)
    # The engine mends a message before it understands it, the names of communes left alone.
    retriever = HybridRetriever(reader, embedder, mends=False, reranker=load_reranker(settings.reranker))
    schemes = catalogue or load_kept_catalogue(kept)
    knowledge = know(schemes, retriever, embedder, load_territory(), today, weights, kept, trained, learned)
    return Engine(knowledge, settings.patience_s, configured(settings))
