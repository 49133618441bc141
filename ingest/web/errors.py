"""What is said when an address can't be read now."""

from __future__ import annotations

from ingest.errors import LoadError


class Unanswered(LoadError):
    """An address doesn't answer as it should: nothing tells that its page is gone.

    Attributes:
        status: the HTTP status that it answered; None when it didn't.
        may_pass: whether the same may be answered a moment later.
        after: seconds after which it wants to be asked again; None when it doesn't say.
    """

    def __init__(
        self, line: str, *, status: int | None = None, may_pass: bool = False, after: float | None = None
    ) -> None:
        """Take the French line that is shown."""
        super().__init__(line)
        self.status = status
        self.may_pass = may_pass
        self.after = after
