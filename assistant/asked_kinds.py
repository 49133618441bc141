"""The kind of answer that a question asks for: the most, the least, a rate, a start, a length, a delay, a contact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.folding import fold


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer.

    Attributes:
        name: what it is, in French.
        is_figure: whether it's one figure, so that sentences without it can't answer.
        asks: how a question asks for it, on folded text.
        tells: how a sentence tells it, on folded text.
    """

    name: str
    is_figure: bool
    asks: re.Pattern[str]
    tells: re.Pattern[str]


def _kind(name: str, asks: str, tells: str, *, is_figure: bool = False) -> Kind:
    return Kind(name, is_figure, re.compile(asks), re.compile(tells))


_UNIT = r"(?:mois|ans?|semaines?|jours?|annees?|heures?)\b"
_COUNT = r"(?:\d|\bun|\bune|\bdeux|\btrois|\bquatre|\bcinq|\bsix|\bsept|\bhuit|\bdix|\bdouze|\bplusieurs|\bquelques)"
_LENGTH = rf"{_COUNT} {_UNIT}|\bdure\b|\b20\d\d ?[-–] ?20\d\d\b|\bdu \d.{{0,40}} au \d"
_ANSWERED = r"(?:reponse|decision|instruction|instrui\w+|versement|verse\w*|paiement|paye\w*|notifi\w+)\b"
# How long a request waits for its answer, or the money for its payment.
_DELAY = (
    r"\bdelais? (?:d.instruction|de (?:reponse|traitement|versement|paiement|decision))"
    r"|\b(?:combien de temps|quel delai)\b[^.?!]*\b(?:avant|pour) (?:\w+ )?"
    r"(?:avoir|recevoir|obtenir|savoir|toucher|etre paye|la reponse|une reponse)"
    r"|\b(?:reponse|paiement|versement|instruction|pai[ez]|paye|verse|rembourse)\b[^.?!]{0,25}"
    r"\b(?:combien de (?:temps|jours|semaines|mois)|quel delai)"
)
# Each kept because its weight, fitted on the questions that people ask, is large; others that were tried,
# such as the end of a window or who may apply, had none beyond that of the section (docs/decisions/0006).
_KINDS = (
    _kind(
        "le montant maximal",
        r"\bmaxi|\bjusqu.a (?:combien\b(?! d[e'])|quel(?:le)? (?:somme|montant|hauteur|niveau|taux))|\bjusqu.ou\b|\bplafon|\bau plus\b(?! (?:pres|tot|vite|tard))|\ble plus qu",
        r"(?:\bjusqu|\bplafon|\bdans la limite|\bau plus\b|\bmaxim|\bsans depasser).*\d"
        r"|\d.*(?:\bau plus\b|\bau maximum\b|\bmaxim)",
        is_figure=True,
    ),
    _kind(
        "le minimum",
        r"\bmini(?:m|\b(?!-))|\bau moins\b|\bplancher|\ba partir de combien|\ble moins\b",
        r"(?:\bau moins\b|\bminim|\ba partir d|\bsuperieure? a|\bplus de).*\d"
        r"|\d.*\b(?:minim|au moins\b|et plus\b)",
        is_figure=True,
    ),
    _kind(
        "le taux",
        r"(?<![\d ])%|(?<!\d) %|\btaux\b|\bpourcentage|(?<!\d )\bp(?:ou)?r ?cent\b|\bquelle part\b(?! d)",
        r"\d ?%|\btaux\b",
        is_figure=True,
    ),
    _kind(
        "la date de début",
        r"\bdepuis quand|\ba partir de quand|\bquand (?:ouvr|demarr|commenc|debut|a |est)|\bde quand"
        r"|\bdate (?:de|du) (?:lancement|debut|creation)|(?<!jusqu.)\ben quelle annee|\bc.etait quand",
        r"\blanc|\bdepuis|\bouvert|\bcree|\bdebut|\ba partir|\bvote|\bmis en place|\bapprouv|\badopt",
    ),
    _kind(
        "le délai de réponse ou de versement",
        _DELAY,
        rf"\b{_ANSWERED}.{{0,60}}{_COUNT} {_UNIT}|{_COUNT} {_UNIT}.{{0,40}}\b{_ANSWERED}",
        is_figure=True,
    ),
    _kind(
        "la durée",
        rf"^(?!.*(?:{_DELAY})).*(?:\bcombien de temps|\bduree|\bcombien d.an|\bcombien de mois|\bquel delai|\bdure\b)",
        _LENGTH,
    ),
    _kind(
        "à qui s’adresser",
        r"\bcontact|\btelephon|\bmail\b(?! commercial)|\bqui appeler|\binterlocut|\bjoindre\b|\bs.adresser|\badresse a qui"
        r"|\ba qui (?:s|je|on|faut|dois|ecri|demand)",
        r"@|\b\d\d \d\d \d\d|\bcourriel|\btelephon|\bcontact|\binterlocut|\badress(?:e a|er)|\bservice\b"
        r"|\bdirection\b|\b(?:sous-)?prefect|\bprefet\b|\bse depose|\bguichet",
    ),
)


def kinds_asked(question: str) -> tuple[Kind, ...]:
    """The kinds of answer that a question asks for; often none."""
    asked = fold(question)
    return tuple(kind for kind in _KINDS if kind.asks.search(asked))


def tells_any(kinds: Sequence[Kind], sentence: str) -> bool:
    """Whether a sentence tells one of these kinds of things."""
    return bool(kinds) and any(kind.tells.search(fold(sentence)) for kind in kinds)


def untold(question: str, sentences: Iterable[str]) -> tuple[Kind, ...]:
    """The figures that a question asks for and that none of these sentences tells."""
    folded = [fold(sentence) for sentence in sentences]
    return tuple(
        kind
        for kind in kinds_asked(question)
        if kind.is_figure and not any(kind.tells.search(text) for text in folded)
    )
