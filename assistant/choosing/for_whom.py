"""Whether a sentence opens on others than a town hall: what it says is for them, not for who asks."""

from __future__ import annotations

import re

from assistant.reading.understand import Question
from assistant.reading.who import kinds_named
from corpus.french.folding import fold
from corpus.labels import Beneficiary

# Those that a town hall is none of; a firm or a shop is often what the town hall works for.
_OTHERS = frozenset({Beneficiary.ASSOCIATION, Beneficiary.EPCI, Beneficiary.INDIVIDUAL, Beneficiary.LANDLORD})
# Who is meant in general: "Un EPCI…", "Pour les particuliers…"; "l’association X" is one of them.
_OPENS = re.compile(r"(?:pour )?(?:une?|les|des) ")
_OURS = re.compile(r"\bcommunes?\b|collectivite")
_HEAD = 60


def is_for_others(text: str, question: Question) -> bool:
    """Whether a sentence opens on applicants that are no town hall, and that the question doesn't name."""
    head = fold(text)[:_HEAD]
    if _OPENS.match(head) is None or _OURS.search(head):
        return False
    named = kinds_named(head) & _OTHERS
    return bool(named) and named.isdisjoint(kinds_named(fold(f"{question.text} {question.search_text}")))
