"""Where a Chroma server is, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a Chroma server is and what is asked of it.

    Attributes:
        host: its name.
        port: its port.
        tls: whether it's spoken to over TLS.
        tenant: whose databases.
        database: which one.
        token: sent as a bearer token; None when it asks for none.
    """

    host: str
    port: int
    tls: bool
    tenant: str
    database: str
    token: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        """Its address; neither its token nor who asks."""
        return f"http{'s' if self.tls else ''}://{self.host}:{self.port}"
