"""The rate and the ceiling of a scheme in a few words, with the sentence of its fiche that states them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.eligibility.words import number, spaced
from corpus.fiches.document import Sentence
from corpus.fiches.fiche import Fiche
from corpus.fiches.scheme import Funding
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

    A line of funding counts where it comes from a source of the criteria: another is of another version.
    """
    sources = {n for criterion in fiche.scheme.criteria for n in criterion.source}
    lines = [line for line in fiche.scheme.funding if sources & set(line.source) and line.per in _PER]
    lines.sort(key=lambda line: str(line.valid_from or ""), reverse=True)
    for line in lines:
        told = _figures(line)
        for title in _SECTIONS:
            for section, sentence in fiche.as_document.sentences():
                if section.title == title and told and told <= figure_values(sentence.text):
                    return AmountWords(_words(line), title, sentence)
    return None


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
