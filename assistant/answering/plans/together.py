"""What the fiche of an aid says of it beside other aids: exclusions, limits, gaps, what is no money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from math import inf

from assistant.answering.all_aids import CUMUL
from assistant.answering.plans.combined import pays
from assistant.choosing.evidence import Evidence
from assistant.eligibility.passages import StatedBy
from assistant.reading.french.figures import RATE, read_figures
from assistant.reading.french.negation import denies
from assistant.reading.french.numbers import in_digits
from assistant.reading.french.plain_text import plain_text
from assistant.reading.intents import Intent, find_intents
from assistant.reading.names import SchemeNames
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import UNKNOWN_SECTION, Fiche
from corpus.french.folding import fold
from corpus.labels import AID_TYPE_LABELS, AidType, RelationKind

_MOST_CUMUL, _MOST_GAPS = 3, 1
# No sentence on aids taken together counts more of them.
_MOST_COUNTED = 9
# Where a fiche says how it stands to another one, the best place first.
_BESIDE_OTHERS = ("À ne pas confondre", "Objet", "Dépenses éligibles", "Démarche", "Calendrier")
_NATURE = ("À ne pas confondre", "Objet")


@dataclass(frozen=True, slots=True)
class Told:
    """What a fiche says of one aid beside the others.

    Attributes:
        fiche: the fiche.
        nature: that it's no money, where it pays nothing.
        cumul: how it adds up with other aids.
        beside: how it stands to another of these aids.
        gap: that the rule between them isn't known.
    """

    fiche: Fiche
    nature: tuple[StatedBy, ...]
    cumul: tuple[StatedBy, ...]
    beside: tuple[StatedBy, ...]
    gap: tuple[StatedBy, ...]

    @property
    def statements(self) -> tuple[StatedBy, ...]:
        """What is known, each sentence once."""
        found = {item.sentence.text: item for item in (*self.nature, *self.cumul, *self.beside)}
        return tuple(found.values())

    @property
    def first(self) -> tuple[StatedBy, ...]:
        """What is known, then what isn't, else what the aid is for."""
        return (*self.statements, *self.gap) or tuple(statements_of(self.fiche))


def told_of(fiche: Fiche, others: Set[str], names: SchemeNames) -> Told:
    """Choose what a fiche says of its scheme beside others.

    Args:
        fiche: the fiche.
        others: ids of the other schemes.
        names: finds the schemes that a sentence names.
    """
    stated = list(statements_of(fiche))
    own = {fiche.scheme.id}

    def elsewhere(item: StatedBy) -> set[str]:
        return set(names.find(item.sentence.text)) - own

    cumul = [item for item in stated if item.section == CUMUL]
    beside = [item for item in stated if item.section in _BESIDE_OTHERS and elsewhere(item) & others]
    beside.sort(key=lambda item: _BESIDE_OTHERS.index(item.section))
    gaps = [item for item in stated if item.section == UNKNOWN_SECTION and is_on_cumul(item.sentence.text)]
    gaps = [item for item in gaps if not elsewhere(item) or elsewhere(item) & others or not others]
    gaps.sort(key=lambda item: not elsewhere(item) & others)
    nature = [item for item in stated if item.section in _NATURE and _is_no_money(item.sentence.text)]
    return Told(
        fiche,
        nature=() if pays(fiche.scheme) else tuple(nature[:1]),
        cumul=tuple(cumul[:_MOST_CUMUL]),
        beside=tuple(beside[:1]),
        gap=tuple(gaps[:_MOST_GAPS]),
    )


def statements_of(fiche: Fiche) -> Iterator[StatedBy]:
    """Every sentence of a fiche, with its section."""
    for section, sentence in fiche.as_document.sentences():
        yield StatedBy(section.title, sentence)


def is_on_cumul(text: str) -> bool:
    """Whether a sentence speaks of aids that add up."""
    return Intent.CUMULATE in find_intents(text)


def _is_no_money(text: str) -> bool:
    folded = fold(text)
    return AID_TYPE_LABELS[AidType.GRANT] in folded and denies(folded)


def exclusion(
    told: Sequence[Told], evidence: Sequence[Evidence], catalogue: Catalogue, names: SchemeNames
) -> tuple[Fiche, StatedBy] | None:
    """Find the sentence that says that these aids can't be had together; None when no source does.

    It's one of a section on how aids add up that denies, where it's about them: it names another of them,
    they are as many of one family as it says, or the sentence is what answers the question best.
    """
    ids = {item.fiche.scheme.id for item in told}
    best = evidence[0].sentence.text if evidence else ""
    for item in told:
        own = item.fiche.scheme.id
        parents = {link.scheme for link in item.fiche.scheme.relations if link.kind is RelationKind.PART_OF}
        family = {
            scheme.id
            for scheme in catalogue.schemes
            if any(link.kind is RelationKind.PART_OF and link.scheme in parents for link in scheme.relations)
        }
        for stated in item.cumul:
            text = stated.sentence.text
            is_meant = len(told) == 1 and text == best
            is_meant = is_meant or bool(set(names.find(text)) & (ids - {own}))
            is_meant = is_meant or len(family & ids) >= _count_in(text)
            if is_meant and denies(fold(text)):
                return item.fiche, stated
    return None


def permission(told: Sequence[Told], names: SchemeNames) -> tuple[Fiche, StatedBy] | None:
    """Find the sentence that says that an aid adds up with another of these; None when no source does.

    It's one of a section on how aids add up that denies nothing and names the other one.
    """
    ids = {item.fiche.scheme.id for item in told}
    for item in told:
        others = ids - {item.fiche.scheme.id}
        for stated in item.cumul:
            text = stated.sentence.text
            if set(names.find(text)) & others and is_on_cumul(text) and not denies(fold(text)):
                return item.fiche, stated
    return None


def _count_in(text: str) -> float:
    """How many aids a sentence is about: "les trois fonds"; no end where it tells no number."""
    figures = read_figures(in_digits(plain_text(text))).figures
    counts = {value for figure in figures for value, unit in figure.readings if unit is None}
    return min((value for value in counts if 1 < value <= _MOST_COUNTED), default=inf)


def shared_limit(told: Told) -> tuple[float, StatedBy] | None:
    """The share, as a fraction, that an aid lets all public aids reach, with the sentence that says so."""
    for stated in told.cumul:
        text = stated.sentence.text
        rates = rates_in(text)
        if len(rates) == 1 and is_on_cumul(text) and not denies(fold(text)):
            return rates.pop() / 100, stated
    return None


def rates_in(text: str) -> set[float]:
    """The rates that a text tells, in per cent."""
    figures = read_figures(plain_text(text)).figures
    return {value for figure in figures for value, unit in figure.readings if unit == RATE}
