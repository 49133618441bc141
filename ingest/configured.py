"""What the settings name: the encoder, with what it has encoded kept on disk; where the index is."""

from __future__ import annotations

from ingest.chroma_server import ChromaServer
from ingest.embed import load_embedder
from ingest.generations import Generations
from ingest.served_generations import ServedGenerations
from ingest.settings import IndexSettings
from ingest.vector_cache import CachedEmbedder


def configured_embedder(settings: IndexSettings) -> CachedEmbedder:
    """Load the encoder that the settings name; vectors are kept where they say, else beside the index.

    Raises:
        EmbedderError: it can't be loaded; the message says what to do.
    """
    embedder = load_embedder(settings.encoder, settings.encoder_query_prefix, settings.encoder_passage_prefix)
    return CachedEmbedder(embedder, settings.vector_cache or settings.index_dir / "vectors")


def configured_generations(settings: IndexSettings) -> Generations:
    """Name the index of the settings: in its folder, or on a Chroma server; nothing is opened yet."""
    address = settings.chroma_server
    if address is None:
        return Generations(settings.index_dir, settings.collection)
    return ServedGenerations(settings.index_dir, settings.collection, ChromaServer(address))
