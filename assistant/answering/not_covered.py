"""Whether what a person wants paid is among the expenses that a fiche says an aid doesn't cover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.eligibility.passages import StatedBy
from assistant.reading.french.negation import read_clauses
from corpus.fiches.fiche import Fiche
from corpus.french.folding import fold, words
from ingest.lexical import analyse

EXCLUDED = "Dépenses exclues"
# "… sont exclus de", then "exclut…", "ne couvre ni… ni…".
_PASSIVE = re.compile(r" (?:sont|est|etaient|etait) exclu\w*\b| ne (?:sont|est) pas\b| n'est pas\b")
_ACTIVE = re.compile(r"\bexclu(?:t|ent|ait)\b|\b(?:ne |n')\w+ (?:pas|ni)\b")
_BETWEEN = re.compile(r"[,:;]| et | ni | ou ")
_COMPLEMENT = re.compile(r" (?:de|du|des) | d'")
# Words of every project, which tell none apart.
_PLAIN = frozenset(
    analyse("financement dépense projet travaux équipement matériel achat coût aide installation")
)
# Of the stem of "maintenance", and of nothing that is paid.
_SAME_STEM = "maintenant"
# What a commune's budget calls running costs, which an aid to investment pays only where its fiche says so.
_RUNNING = frozenset({"entretien", "maintenance", "fonctionnement"})


def not_covered(fiche: Fiche, said: str) -> StatedBy | None:
    """The sentence that excludes what a person speaks of; None when none does.

    Args:
        fiche: the fiche of the aid.
        said: their words; a clause that denies asks for nothing.
    """
    asked = frozenset(analyse(_affirmed(said)))
    for stated, items in _excluded(fiche):
        for stems, is_noun_with_complement in items:
            if set(stems) <= asked or (is_noun_with_complement and stems[0] in asked):
                return stated
    return None


def runs(fiche: Fiche, said: str) -> bool:
    """Whether running costs are spoken of, and the fiche of the aid nowhere says that it pays any."""
    asked = _RUNNING.intersection(words(_affirmed(said)))
    known = (s.text for section, s in fiche.as_document.sentences() if section.title != EXCLUDED)
    return bool(asked) and not asked.intersection(words(" ".join(known)))


def _affirmed(said: str) -> str:
    told = " . ".join(clause.text for clause in read_clauses(fold(said)) if not clause.denies)
    return " ".join(word for word in words(told) if word != _SAME_STEM)


@lru_cache(maxsize=256)
def _excluded(fiche: Fiche) -> tuple[tuple[StatedBy, tuple[tuple[tuple[str, ...], bool], ...]], ...]:
    """The sentences that exclude, each with the stems of what it excludes."""
    scheme = fiche.scheme
    own = set(analyse(fold(f"{scheme.name} {scheme.label} {' '.join(scheme.aliases)}"))) | _PLAIN
    return tuple(
        (StatedBy(section.title, sentence), tuple(_items(fold(sentence.text), own)))
        for section, sentence in fiche.as_document.sentences()
        if section.title == EXCLUDED and sentence.sources
    )


def _items(folded: str, own: set[str]) -> Iterator[tuple[tuple[str, ...], bool]]:
    for part in _BETWEEN.split(_listed(folded)):
        stems = tuple(stem for stem in analyse(part) if stem not in own)
        if stems:
            yield stems, _COMPLEMENT.search(part) is not None


def _listed(folded: str) -> str:
    """What a sentence lists as excluded."""
    if (passive := _PASSIVE.search(folded)) is not None:
        return folded[: passive.start()]
    active = _ACTIVE.search(folded)
    return folded[active.end() :] if active is not None else ""
