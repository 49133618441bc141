"""The encoder that the settings name, with what it has encoded kept on disk."""

from __future__ import annotations

from ingest.embed import load_embedder
from ingest.settings import IndexSettings
from ingest.vector_cache import CachedEmbedder


def configured_embedder(settings: IndexSettings) -> CachedEmbedder:
    """Load the encoder that the settings name; vectors are kept where they say, else beside the index.

    Raises:
        EmbedderError: it can't be loaded; the message says what to do.
    """
    embedder = load_embedder(settings.encoder, settings.encoder_query_prefix, settings.encoder_passage_prefix)
    return CachedEmbedder(embedder, settings.vector_cache or settings.index_dir / "vectors")
