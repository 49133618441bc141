"""What a comparison is asked on, where it's asked on something: which pays most, which is open."""

from __future__ import annotations

import re

from assistant.reading.asked_intents import aspects_of
from assistant.reading.intents import Intent
from assistant.reading.understand import Question
from corpus.french.folding import fold

_OF_COMPARISONS = (Intent.WHO, Intent.HOW_MUCH, Intent.WHEN, Intent.HOW)
# From this probability on, something is asked precisely.
_PLAINLY = 0.6
# From this probability on, one of several clauses asks what the schemes are: nothing is then left out.
_SURELY = 0.8
# "lequel paie le plus", "la plus généreuse", "le meilleur taux": the aid that goes highest.
_MOST = re.compile(
    r"\b(?:pai\w+|pay\w+|donn\w+|financ\w+|rembours\w+|vers\w+|mont\w+|rapport\w+|subvention\w+|aid\w+)"
    r"[^.?!;]{0,25}?(?:\b(?:plus|mieux|max\w*|davantage)\b|\+)"
    r"|\b(?:plus|moins) (?:genereu\w+|avantageu\w+|interessant\w*)"
    r"|\b(?:plus (?:gros\w*|haut\w*|elev\w+|fort\w*)|meilleure?s?)"
    r" (?:taux|plafond|montant|pourcentage|aide|subvention)"
    r"|\b(?:taux|plafond|montant)s?\b[^.?!;]{0,60}?\bplus (?:gros|haut|elev|fort)"
)
# "La limite de population est de combien ?": how many inhabitants is whom it's for, not what it pays.
_OF_PEOPLE = re.compile(
    r"\b(?:seuils?|limites?|tailles?|plafonds?|maximum|nombre)(?: \w+)? (?:de |d'|en )(?:la )?"
    r"(?:population|habitants?|communes?)\b|\bcombien d'habitants\b"
)


def precisely_asked(question: Question) -> frozenset[Intent]:
    """What a comparison is asked on, where it's asked on something: the rest is then left out."""
    if question.read is None:
        return frozenset()
    likely = aspects_of(question.read)
    # "Pour nous, 1 500 habitants ?" asks which to take.
    words = question.intents - ({Intent.WHO} if question.speaks_of_us else set())
    beside = (*question.read.parts, *question.read.clauses)
    if any(aspects_of(part)[Intent.WHAT] >= _SURELY for part in beside):
        return frozenset()  # "lequel répare, lequel évite la prochaine crue ?"
    # "Quelle différence entre ces deux aides ?" asks nothing of them, whatever is read in it.
    read = {intent for intent in _OF_COMPARISONS if likely[intent] >= _PLAINLY and not question.is_plain}
    asked = read | (words & set(_OF_COMPARISONS))
    if _OF_PEOPLE.search(fold(question.text)):
        return frozenset(asked - {Intent.HOW_MUCH} | {Intent.WHO})
    return frozenset(asked | ({Intent.HOW_MUCH} if asks_for_most(question.text) else set()))


def asks_for_most(text: str) -> bool:
    """Whether a text asks which of several aids pays most."""
    return bool(_MOST.search(fold(text)))
