"""What is said when an address can't be read now."""

from __future__ import annotations

from ingest.errors import LoadError


class Unanswered(LoadError):
    """An address doesn't answer as it should: nothing tells that its page is gone."""
