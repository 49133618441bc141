"""What a message does and what it asks of a scheme: the labels of cases and of utterances."""

from __future__ import annotations

from typing import Literal

Act = Literal[
    "ask_scheme",
    "find_schemes",
    "commune_overview",
    "commune_record",
    "check_eligibility",
    "compare",
    "combine",
    "give_fact",
    "contact",
    "about_assistant",
    "social",
    "out_of_scope",
]
Aspect = Literal[
    "what",
    "who",
    "amount",
    "covered",
    "excluded",
    "when",
    "how",
    "contact",
    "examples",
    "cumul",
    "delay",
    "history",
    "other",
]
