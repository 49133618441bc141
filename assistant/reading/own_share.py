"""Whether a message asks what whoever carries a project is left to pay."""

from __future__ import annotations

import re

from corpus.french.folding import fold

_CLAUSES = re.compile(r"[.,;:!?\n]+")
_ASKS = re.compile(
    r"\bcombien\b|\bquel(?:le)?s?\b|\bquoi\b|\bqu'est[- ]ce\b|\bque (?:reste|doit|devr)|\bc'est quoi\b"
)
_SHARE = re.compile(
    r"\b(?:de|a) (?:sa|notre|nos|leurs?|ma|mes|ses|la) (?:propres? )?(?:poche|charge|frais)\b"
    r"|\brest\w{1,4}[- ](?:t-il |il )?(?:a|pour) (?:charge|payer|financer)\b|\bautofinanc\w+"
    r"|\b(?:commune|mairie|village|nous|on) (?:devra|devrait|doit|devons|devrions|devrons)(?: \w+)? "
    r"(?:payer|debourser|sortir|mettre|garder)\b"
)


def asks_own_share(text: str) -> bool:
    """Whether what is left to pay is asked: "combien de notre poche ?"."""
    return any(_ASKS.search(part) and _SHARE.search(part) for part in _CLAUSES.split(fold(text)))
