"""The rate and the ceiling of a scheme in a few words, with the sentence of its fiche that states them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from assistant.eligibility.words import number, spaced
from corpus.fiches.document import Sentence
from corpus.fiches.fiche import Fiche
from corpus.fiches.scheme import Funding, Scheme
from corpus.french.figures import canonical, figure_values
from corpus.labels import AidType

# Where an amount is told as a rule; elsewhere it may be what one applicant got.
_SECTIONS = ("Montant", "Chiffres clés", "Objet")
_PER = {"project": "", "commune": "", "plant": " par plant", "year": " par an"}


@dataclass(frozen=True, slots=True)
class AmountWords:
    """An amount: ``30 %, 30 000 € au plus``, and the sentence that states it."""

    text: str
    section: str
    sentence: Sentence


def amount_words(fiche: Fiche) -> AmountWords | None:
    """Say what a scheme pays at most; None where no sentence states a typed amount of its present rule.

    A line of funding counts where it comes from the source that most criteria come from: another may be of
    another version. Where several rates hold at once, each for its kind of project, none is said.
    """
    scheme, rules = fiche.scheme, _main_sources(fiche.scheme)
    lines = [
        line for line in scheme.funding if line.per in _PER and rules & set(line.source) and _figures(line)
    ]
    newest = max((str(line.valid_from or "") for line in lines), default="")
    lines = [line for line in lines if str(line.valid_from or "") == newest]
    if AidType.GRANT not in scheme.aid_types or len({_words(line) for line in lines}) != 1:
        return None
    told = _figures(lines[0])
    for title in _SECTIONS:
        for section, sentence in fiche.as_document.sentences():
            if section.title == title and told <= figure_values(sentence.text):
                return AmountWords(_words(lines[0]), title, sentence)
    return None


def _main_sources(scheme: Scheme) -> frozenset[int]:
    """The numbers of the sources that most criteria come from."""
    cited = Counter(n for criterion in scheme.criteria for n in set(criterion.source))
    most = max(cited.values(), default=0)
    return frozenset(n for n, times in cited.items() if times == most)


def _figures(line: Funding) -> set[float]:
    return {canonical(value) for value in (line.rate_max, line.amount_max) if value}


def _words(line: Funding) -> str:
    parts = []
    if line.rate_max:
        parts.append(f"{number(round(line.rate_max * 100, 2))} %")
    if line.amount_max:
        parts.append(f"{number(line.amount_max)} €{_PER[line.per]} au plus")
    elif line.rate_max:
        parts[0] += " au plus"
    return spaced(", ".join(parts))
