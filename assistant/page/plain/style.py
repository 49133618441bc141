"""The style of the pages without script: one text an identity, and the digest that its address bears."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files

from assistant.page.identity import Identity

FOREVER = "public, max-age=31536000, immutable"
"""How long a file is kept whose address changes with it."""
A_WHILE = "public, max-age=3600"
"""How long one is kept whose address stays."""


@lru_cache(maxsize=8)
def page_style(identity: Identity) -> str:
    """The style sheet, with the colours of an identity."""
    sheet = files("assistant.page").joinpath("pages", "page.css").read_text(encoding="utf-8")
    return sheet + identity.style()


def digest_of(text: str) -> str:
    """A short digest of a file, for its address."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def kept_for(asked: str, text: str) -> dict[str, str]:
    """The header that says how long a file may be kept, by the digest that its address bears, if any."""
    return {"Cache-Control": FOREVER if asked == digest_of(text) else A_WHILE}
