"""The kind of answer that a question asks for: the most, the least, a rate, a start, a delay, a contact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.french.folding import fold


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """A kind of answer.

    Attributes:
        asks: how a question asks for it, on folded text.
        tells: how a sentence tells it, on folded text.
        figure: its name in French, when it's one figure, so that nothing without it can answer; else empty.
    """

    asks: re.Pattern[str]
    tells: re.Pattern[str]
    figure: str = ""


def _kind(asks: str, tells: str, figure: str = "") -> AnswerKind:
    return AnswerKind(re.compile(asks), re.compile(tells), figure)


def _beside_a_figure(before: str, after: str) -> str:
    """A pattern of words before a figure, or after one: the first of them settles it, so it takes linear time."""
    return rf"^(?:(?>.*?(?:{before})).*\d|(?>.*?\d).*(?:{after}))"


_COUNT = (
    r"(?:\d|\bune?|\bdeux|\btrois|\bquatre|\bcinq|\bsix|\bsept|\bhuit|\bdix|\bdouze|\bplusieurs|\bquelques)"
)
_SPAN = rf"{_COUNT} (?:mois|ans?|semaines?|jours?|annees?|heures?)\b"
_ANSWERED = r"\b(?:reponse|decision|instruction|instrui\w+|versement|verse\w*|paiement|paye\w*|notifi\w+)\b"
_HOW_LONG = r"(?:combien de (?:temps|jours|semaines|mois)|quel delai)\b"
# How long a request waits for its answer, or the money for its payment.
_DELAY = (
    r"\bdelais? (?:d.instruction|de (?:reponse|traitement|versement|paiement|decision))"
    r"|\b(?:combien de temps|quel delai)\b[^.?!]{0,200}?\b(?:avant|pour) (?:d.|\w+ )?"
    r"(?:avoir|recevoir|obtenir|savoir|toucher|etre paye)"
    rf"|\b{_HOW_LONG}[^.?!]{{0,200}}?\b(?:reponse|paiement|versement|instruction)\b"
    rf"|\b(?:reponse|paiement|versement|instruction|pai[ez]|paye|verse|rembourse)\b[^.?!]{{0,20}}"
    rf"\b(?:en|sous|dans|au bout de) {_HOW_LONG}"
)
# Each but the delay kept because its weight, fitted on the questions that people ask, is large; others that
# were tried, such as the end of a window or who may apply, had none beyond that of the section
# (docs/decisions/0006, the part that still holds). The delay is there for figures_untold (docs/decisions/0005).
_KINDS = (
    _kind(
        r"\bmaxi|\bjusqu.a (?:combien\b(?! d[e'])|quel(?:le)? (?:somme|montant|hauteur|niveau|taux))"
        r"|\bjusqu.ou\b|\bplafon|\bau plus\b(?! (?:pres|tot|vite|tard))|\ble plus qu",
        _beside_a_figure(
            r"\bjusqu|\bplafon|\bdans la limite|\bau plus\b|\bmaxim|\bsans depasser",
            r"\bau plus\b|\bau maximum\b|\bmaxim",
        ),
        figure="le montant maximal",
    ),
    _kind(
        r"\bmini(?:m|\b(?!-))|\bau moins\b|\bplancher|\ba partir de combien|\ble moins\b",
        _beside_a_figure(
            r"\bau moins\b|\bminim|\ba partir d|\bsuperieure? a|\bplus de|\binferieure? a",
            r"\bminim|\bau moins\b|\bet plus\b",
        ),
        figure="de minimum",
    ),
    _kind(
        r"(?<![\d ])%|(?<!\d) %|\btaux\b|\bpourcentage|(?<!\d )\bp(?:ou)?r ?cent\b|\bquelle part\b(?! d)",
        r"\d ?%|\btaux\b",
        figure="le taux",
    ),
    _kind(
        r"\bdepuis quand|\ba partir de quand|\bquand (?:ouvr|demarr|commenc|debut|a |est)|\bde quand"
        r"|\bdate (?:de|du) (?:lancement|debut|creation)|(?<!jusqu.)\ben quelle annee|\bc.etait quand",
        r"\blanc|\bdepuis|\bouvert|\bcree|\bdebut|\ba partir|\bvote|\bmis en place|\bapprouv|\badopt",
    ),
    _kind(
        _DELAY,
        rf"{_ANSWERED}.{{0,60}}{_SPAN}|{_SPAN}.{{0,40}}{_ANSWERED}",
        figure="le délai de réponse ou de versement",
    ),
    _kind(
        rf"^(?!.*(?:{_DELAY})).*"
        r"(?:\bcombien de temps|\bduree|\bcombien d.an|\bcombien de mois|\bquel delai|\bdure\b)",
        rf"{_SPAN}|\bdure\b|\b20\d\d ?[-–] ?20\d\d\b|\bdu \d.{{0,40}} au \d",
    ),
    _kind(
        r"\bcontact|\btelephon|\bmail\b(?! commercial)|\bqui appeler|\binterlocut|\bjoindre\b"
        r"|\bs.adresser|\badresse a qui|\ba qui (?:s|je|on|faut|dois|ecri|demand)",
        r"@|\b\d\d \d\d \d\d|\bcourriel|\btelephon|\bcontact|\binterlocut|\badress(?:e a|er)|\bservice\b"
        r"|\bdirection\b|\b(?:sous-)?prefect|\bprefet\b|\bse depose|\bguichet",
    ),
)


def kinds_asked(question: str) -> tuple[AnswerKind, ...]:
    """The kinds of answer that a question asks for; often none."""
    asked = fold(question)
    return tuple(kind for kind in _KINDS if kind.asks.search(asked))


def tells_any(kinds: Sequence[AnswerKind], sentence: str) -> bool:
    """Whether a sentence tells one of these kinds of things."""
    return bool(kinds) and any(kind.tells.search(fold(sentence)) for kind in kinds)


def figures_untold(question: str, sentences: Iterable[str]) -> tuple[str, ...]:
    """Name the figures that a question asks for, when none of these sentences tells what it asks.

    Returns:
        French names with their articles; empty when some kind of answer asked for is told, or isn't a figure.
    """
    kinds = kinds_asked(question)
    if not kinds or not all(kind.figure for kind in kinds):
        return ()
    folded = [fold(sentence) for sentence in sentences]
    told = any(kind.tells.search(text) for kind in kinds for text in folded)
    return () if told else tuple(kind.figure for kind in kinds)
