"""What a short answer says by itself: yes, no, that the person doesn't know, or nothing that is sure."""

from __future__ import annotations

import re
from typing import Literal

from assistant.reading.french.negation import denies_after_no, denies_in_answer
from assistant.reading.french.reserves import limits, limits_a_yes

Said = Literal["yes", "no", "unsure"]

YES_WORD = (
    r"(?:oui|ouais|ouai|wi|yes|tout a fait|exact\w*|bien sur|effectivement|absolument|affirmatif|en effet|parfaitement"
    r"|d'accord|ok|c'est (?:bien )?(?:le cas|ca|bon)|(?:pas de|aucun) (?:souci|probleme|doute))"
)
NO_WORD = r"(?:non|nan|no|negatif)"
_SI = r"si(?=\W*(?:si\b|$|[,.;!]))"
_YES = re.compile(rf"^\W*(?:{YES_WORD}|{_SI}|toutes?|tous)\b")
_NO = re.compile(rf"^\W*(?:{NO_WORD}|pas|aucun\w*|jamais|ni)\b(?!-)")
_UNSURE = re.compile(
    r"\b(?:sais pas|sait pas|aucune idee|ignore|pas sure?s?|je ne sais|jsp|chais pas|sais plus)\b"
)
# What takes an answer back, in whole or in part.
_DOUBTFUL = re.compile(
    r"\b(?:peut[- ]etre|en partie|partiellement|a moitie|pas forcement|ca depend"
    r"|cela depend|a priori|normalement|sans doute|je (?:crois|pense)|il me semble|bientot|en cours)\b"
)
_ONLY_YES = re.compile(rf"\b{YES_WORD}\b")
# "Oui mais pas encore": so few words after "mais" speak of the answer itself.
_FEW = 3
_MAIS = re.compile(r"\bmais\b")
# The verb of the question denies: "n’a-t-elle jamais", "est-elle sans".
_NEGATIVE_QUESTION = re.compile(
    r"\bn(?:e |')(?:[a-z]+ )?[a-z]+-(?:t-)?(?:il|elle|on|ils|elles|vous|nous|ce)\b"
    r"|-(?:il|elle|on|ils|elles|vous|nous) (?:sans|depourvue?s?|privee?s? de)\b"
)


def said(folded: str) -> Said | None:
    """Return what an answer says; None when it says nothing, or both, or takes back what it says.

    Args:
        folded: the answer, without accents or capitals.
    """
    if is_unsure(folded):
        return "unsure"
    if is_doubtful(folded):
        return None
    yes = _YES.match(folded)
    if limits_a_yes(folded) if yes else limits(folded):
        return None
    if yes is not None:
        rest = _ONLY_YES.sub(" ", folded[yes.end() :])
        own, _, other = rest.partition(" mais ")
        back = denies_in_answer(own) or (len(other.split()) <= _FEW and denies_in_answer(other))
        return None if back else "yes"
    if _NO.match(folded):
        return None if re.search(r"\b(?:oui|ouais)\b", folded) else "no"
    return None


def is_unsure(folded: str) -> bool:
    """Whether someone says that they don't know."""
    return bool(_UNSURE.search(folded))


def without_unsure(folded: str) -> str:
    """An answer without its words that say that someone doesn't know: what is left tells of what."""
    return _UNSURE.sub(" ", folded)


def is_doubtful(folded: str) -> bool:
    """Whether an answer hedges what it says: "en partie", "je crois"."""
    return bool(_DOUBTFUL.search(folded))


def is_negative_question(folded: str) -> bool:
    """Whether a question is put in the negative: "La commune n’a-t-elle jamais été aidée ?"."""
    return bool(_NEGATIVE_QUESTION.search(folded))


def agrees(question: str, answer: str) -> bool | None:
    """Say whether an answer to a single question says that what the question states is so; None when unsure.

    "Non, jamais" agrees with "N’a-t-elle jamais été aidée ?", and "si" denies it.

    Args:
        question: the question, folded.
        answer: the answer, folded.
    """
    told = said(answer)
    if told not in {"yes", "no"}:
        return None
    if not is_negative_question(question):
        return told == "yes"
    if told == "yes":
        return not re.match(r"\W*si\b", answer)
    rest = re.sub(rf"^\W*{NO_WORD}\b", " ", answer)
    return denies_after_no(rest)
