"""Errors of ingestion and of the index; their text is one French line that says what to do."""

from __future__ import annotations

from pathlib import Path


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


class StoreUnreachable(IngestError):
    """The Chroma server doesn't answer, or refuses."""

    retry_after = 10
    """Seconds after which the same may be asked again."""

    def __init__(self, where: str, reason: str) -> None:
        """Name the server, and the error of its client."""
        super().__init__(
            f"Le serveur Chroma « {where} » ne répond pas ou refuse ({reason}). Réessayez dans "
            f"{self.retry_after} secondes ; s’il ne revient pas, vérifiez qu’il tourne et les réglages "
            "ASSISTANT_CHROMA_*."
        )


class IngestBusy(IngestError):
    """Another ingestion is running on the same index."""


class UnwritableIndex(IngestError):
    """An index can't be written to the end."""

    def __init__(self, folder: Path, error: Exception) -> None:
        """Name the folder, and what the system or a library says."""
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        super().__init__(
            f"L’index n’a pas pu être écrit dans « {folder} » ({reason}) ; celui qui servait sert toujours. "
            "Vérifiez qu’il reste de la place, là et dans le dossier temporaire, et que vous avez le droit "
            "d’y écrire, puis relancez : assistant ingest"
        )
