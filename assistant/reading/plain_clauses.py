"""Whether a clause speaks plainly enough of a condition to settle it; what isn't plain is asked."""

from __future__ import annotations

import re

from assistant.reading.french.reserves import limits
from assistant.reading.funders import payers_in

_ON_AN_AID = re.compile(r"\b(?:aides?|aidee?s?|subvention\w*)\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def is_plain(clause: str, condition: str) -> bool:
    """Whether a clause may settle a condition: it limits nothing, and is of the same funder and year.

    Args:
        clause: its words, folded, with those of the clauses beside it that limit it.
        condition: the question of the condition, folded.
    """
    years = set(_YEAR.findall(condition))
    if limits(clause, condition) or (years and not set(_YEAR.findall(clause)) <= years):
        return False
    return not _ON_AN_AID.search(condition) or payers_in(clause) <= payers_in(condition)
