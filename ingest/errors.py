"""Errors of ingestion and of the index; their text is one French line that says what to do."""

from __future__ import annotations


class IngestError(Exception):
    """Ingestion or the opening of an index failed; the message is shown to the user."""


class LoadError(IngestError):
    """A file can't be read as a document."""


class EmbedderError(IngestError):
    """The encoder can't be loaded or used."""


class NoIndex(IngestError):
    """There is no index where one is expected."""


class ForeignIndex(IngestError):
    """The index was made by another encoder, another version, or is damaged."""


class IngestBusy(IngestError):
    """Another ingestion is running on the same index."""
