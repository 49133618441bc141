"""Build the engine from the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assistant.answering.engine import Engine
from assistant.answering.knowledge import know
from assistant.choosing.fitted import IN_USE, Weights
from assistant.model.choice import configured
from assistant.search.rerank import load_reranker
from assistant.search.retrieve import HybridRetriever
from assistant.settings import AssistantSettings
from corpus.communes.territory import load_territory
from corpus.fiches.catalogue import Catalogue, load_catalogue
from ingest.embed import load_embedder
from ingest.generations import Generations
from ingest.reader import IndexReader
from ingest.tune import tuned_embedder


def build_engine(
    settings: AssistantSettings,
    today: Callable[[], date] = date.today,
    catalogue: Catalogue | None = None,
    weights: Weights = IN_USE,
) -> Engine:
    """Build the engine from the settings: loads the encoder and the catalogue, tunes, opens no index.

    Args:
        settings: where the index is, which encoder.
        today: the date, passed in so that a measure can be repeated later.
        catalogue: the schemes, with the questions that people ask about them; by default all there are.
        weights: what each measure weighs; by default what is in use.

    Raises:
        CorpusError: a fiche is wrong.
        EmbedderError: the encoder can't be loaded.
    """
    embedder = load_embedder(settings.encoder, settings.encoder_query_prefix, settings.encoder_passage_prefix)
    reader = IndexReader(Generations(settings.index_dir, settings.collection), embedder)
    # The engine mends a message before it understands it, the names of communes left alone.
    retriever = HybridRetriever(reader, embedder, mends=False, reranker=load_reranker(settings.reranker))
    schemes = catalogue or load_catalogue()
    knowledge = know(schemes, retriever, embedder, load_territory(), today, tuned_embedder, weights)
    return Engine(knowledge, settings.patience_s, configured(settings))
