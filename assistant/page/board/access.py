"""Who may see the board: whoever gave its token, for some hours, by a signed cookie."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable

HOURS = 8
COOKIE = "tableau_de_bord"
_SALT = b"regional-schemes-assistant board"
_MOST_CHARS = 200


class Access:
    """Knows a token by its digest, signs cookies with a key made of it: another token ends them all."""

    def __init__(self, token: str, clock: Callable[[], float] = time.time) -> None:
        """Know a token.

        Args:
            token: the secret, as its setting gives it.
            clock: seconds since 1970, passed in so that tests can choose them.
        """
        # Slow on purpose: a cookie that was stolen doesn't help to guess the token.
        self._key = hashlib.scrypt(token.encode(), salt=_SALT, n=2**12, r=8, p=1)
        self._token = _digest(token)
        self._clock = clock

    def knows(self, token: str) -> bool:
        """Whether it's the token; takes as long for any other."""
        return hmac.compare_digest(_digest(token.strip()), self._token)

    def cookie(self) -> str:
        """The value of a cookie that is good for :data:`HOURS` from now on."""
        ends = str(int(self._clock()) + HOURS * 3600)
        return f"{ends}.{self._signature(ends)}"

    def admits(self, cookie: str | None) -> bool:
        """Whether a cookie is one that was signed here, and is still good."""
        ends, _, signature = (cookie or "")[:_MOST_CHARS].partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(ends).encode()):
            return False
        return ends.isascii() and ends.isdigit() and int(ends) > self._clock()

    def _signature(self, ends: str) -> str:
        return hmac.new(self._key, ends.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
