"""The kind of answer that a question asks for: the most, the least, a rate, a start, a length, a contact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.folding import fold


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer: how a question asks for it, how a sentence tells it; both on folded text."""

    asks: re.Pattern[str]
    tells: re.Pattern[str]


def _kind(asks: str, tells: str) -> Kind:
    return Kind(re.compile(asks), re.compile(tells))


# Each kept because its weight, fitted on the questions that people ask, is large; others that were tried,
# such as the end of a window or who may apply, had none beyond that of the section (docs/decisions/0006).
_KINDS = (
    _kind(
        r"\bmaxi|\bjusqu.a combien|\bplafon|\bau plus\b|\ble plus qu",
        r"(?:\bjusqu|\bplafon|\bdans la limite|\bau plus\b|\bmaxim|\bsans depasser).*\d"
        r"|\d.*(?:\bau plus\b|\bau maximum\b|\bmaxim)",
    ),
    _kind(
        r"\bmini(?:m|\b)|\bau moins\b|\bplancher|\ba partir de combien|\ble moins\b",
        r"(?:\bau moins\b|\bminim|\ba partir d|\bsuperieure? a|\bplus de).*\d"
        r"|\d.*\b(?:minim|au moins\b|et plus\b)",
    ),
    _kind(r"%|\btaux\b|\bpour ?cent|\bquelle part\b|\bcombien p(?:ou)?r ?cent", r"\d ?%|\btaux\b"),
    _kind(
        r"\bdepuis quand|\ba partir de quand|\bquand (?:ouvr|demarr|commenc|debut|a |est)|\bde quand"
        r"|\bdate (?:de|du) (?:lancement|debut|creation)|\ben quelle annee|\bc.etait quand",
        r"\blanc|\bdepuis|\bouvert|\bcree|\bdebut|\ba partir|\bvote|\bmis en place|\bapprouv|\badopt",
    ),
    _kind(
        r"\bcombien de temps|\bduree|\bcombien d.an|\bcombien de mois|\bquel delai|\bdure\b",
        r"\d (?:mois|ans|semaines|jours|annees)|\bdure|\bun an\b",
    ),
    _kind(
        r"\bcontact|\btelephon|\bmail|\bqui appeler|\binterlocut|\bjoindre\b|\bs.adresser"
        r"|\ba qui (?:s|je|on|faut|dois|ecri|demand)",
        r"@|\b\d\d \d\d \d\d|\bcourriel|\btelephon|\bcontact|\binterlocut|\badress(?:e a|er)|\bservice\b"
        r"|\bdirection\b",
    ),
)


def kinds_asked(question: str) -> tuple[Kind, ...]:
    """The kinds of answer that a question asks for; often none."""
    asked = fold(question)
    return tuple(kind for kind in _KINDS if kind.asks.search(asked))


def tells_any(kinds: Sequence[Kind], sentence: str) -> bool:
    """Whether a sentence tells one of these kinds of things."""
    return bool(kinds) and any(kind.tells.search(fold(sentence)) for kind in kinds)
