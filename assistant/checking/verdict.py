"""Recognise a verdict in a sentence: whoever asks told that they can, or can't, have an aid."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.reply import Verdict
from corpus.french.folding import fold

_VERDICT = re.compile(
    r"eligib|inadmissib|recevable|\bdroit a\b|\bpretendre\b|\bbenefici(?:er|ez|era|erez|e)\b"
    r"|\b(?:obtenir|obtiendr\w+|recevoir|recevrez|toucher|toucherez|percevoir|percevrez|aurez|accord\w+|acquise?)\b"
    r"|\b(?:rempli\w*|satisfai\w+|respect\w+|repond\w*)\b.{0,40}\b(?:conditions?|criteres?)\b"
    r"|\b(?:dossier|demande|projet)\b.{0,30}\b(?:accepte|retenu|valide|refuse|rejete)"
)
_TO_SOMEONE = re.compile(
    r"\b(?:vous|votre|vos|nous|notre|ta|ton|tu)\b"
    r"|\b(?:la|cette|ma) (?:commune|mairie|ville|collectivite)\b(?! (?:qui|dont|doit|peut))"
)
_NEGATIVE = re.compile(
    r"\b(?:ne|pas|non|aucun|aucune|exclue?s?|ni|jamais|ineligib\w*|refuse\w*|rejete\w*)\b|\bn['’ ]"
)
# "Si" opens an answer where nothing hangs on it: "Si le bien est assuré…" is a condition.
_ANSWERS = re.compile(r"(?:oui|non)\b|si ?[,:;.!]")
_PERSONAL = re.compile(r"\b[A-ZÀ-Þ][\w-]+ (?:est|sera|semble|n[’'](?:est|a)|a|peut)\b")


def contradicts(sentence: str, computed: Collection[Verdict]) -> bool:
    """Whether a sentence states a verdict that isn't the computed one.

    Args:
        sentence: what is to be shown.
        computed: the verdicts of the reply; a sentence can agree only when they are all the same.
    """
    folded = fold(sentence)
    is_said = _VERDICT.search(folded) and (_TO_SOMEONE.search(folded) or _PERSONAL.search(sentence))
    # A bare yes or no answers a question that may be about anything: only the computed one is known to.
    if not is_said and not _ANSWERS.match(folded):
        return False
    if len(set(computed)) != 1:
        return True
    stated: Verdict = "not_eligible" if _NEGATIVE.search(folded) else "eligible"
    return stated not in computed
