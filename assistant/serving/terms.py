"""What every process of a server agrees on: how it logs, how long it has to leave."""

from __future__ import annotations

import logging

from assistant.settings import AssistantSettings

LEAVE_SECONDS = 10
"""Seconds that a request being answered has to end once the server is told to stop."""


def log_to_stderr(settings: AssistantSettings) -> None:
    """Write the log as the settings ask."""
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(name)s %(levelname)s %(message)s"
    )
    for noisy in ("httpx", "sentence_transformers", "chromadb"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
