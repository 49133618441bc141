"""The rate and the ceiling of a scheme in a few words, with the sentence of its fiche that states them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.eligibility.words import number, spaced
from corpus.fiches.document import Sentence
from corpus.fiches.fiche import Fiche
from corpus.fiches.scheme import Funding, Scheme
from corpus.french.figures import canonical, figure_values

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

    A line of funding counts where its source is as recent as those of the criteria: an older one is of an
    older version of the scheme.
    """
    sources = {n for criterion in fiche.scheme.criteria for n in criterion.source}
    newest = _year(fiche.scheme, sources)
    lines = [
        line
        for line in fiche.scheme.funding
        if line.per in _PER and _year(fiche.scheme, line.source) >= newest
    ]
    lines.sort(key=lambda line: str(line.valid_from or ""), reverse=True)
    for line in lines:
        told = _figures(line)
        for title in _SECTIONS:
            for section, sentence in fiche.as_document.sentences():
                if section.title == title and told and told <= figure_values(sentence.text):
                    return AmountWords(_words(line), title, sentence)
    return None


def _year(scheme: Scheme, sources: Iterable[int]) -> int:
    """The year of the newest of some sources; 0 where none is dated."""
    return max((scheme.source(n).year or 0 for n in sources), default=0)


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
