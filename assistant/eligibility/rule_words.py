"""The words that tell the case of a rule: stems of a label or of what a person says, denials left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus.french.folding import fold
from ingest.words import STOP_WORDS

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[.,;:!?()]")
# "Prise en charge par l’EPF".
_ACRONYM = re.compile(r"\b[A-Z]{2,6}\b")
_WELL_BEING = re.compile(r"\b(?:bien|mieux)-etre\b")
# Endings that part a verb from its nouns: "créer", "création"; "rénover", "rénovation"; "borner", "bornage".
_ENDING = re.compile(
    r"(?:issements?|ations?|itions?|ements?|ages?|ures?|ions?|ees?|ers?|ant|ons|ez|ir|es?|s)$"
)
_LEAST_STEM, _LEAST_WORD = 3, 3
# "Sans le fonds" tells another case than "le fonds": the word is one with what it governs.
_GOVERNS = frozenset({"sans", "hors"})
_DENIES = frozenset({"pas", "pa", "ni", "jamais", "aucun", "aucune"})
# How many words a denial takes: "pas classée", "pas de terrain synthétique".
_DENIED = 2
_DENIES_NOTHING = re.compile(r"\bpas (?:seulement|mal|que|plus)\b|\bpourquoi pas\b")
# What is done, in other words than those of a label: each kind of works, by the words that say so.
_WORKS: Mapping[str, re.Pattern[str]] = {
    "=create": re.compile(r"\b(?:creer|creons|cree|creation|construi|construct|batir|ouvrir|ouvrons)"),
    "=extend": re.compile(r"\b(?:agrandi|etend|extension|ajout|supplementair)"),
    "=renovate": re.compile(r"\b(?:renov|refai|refection|retap|rehab|modernis|requalifi|restaur(?!ant))"),
    "=demolish": re.compile(r"\b(?:demoli|abatt(?:re|ons|u|age)|raser|deconstru)"),
}
WORKS = frozenset(_WORKS)
# One more part of what there is already: "deux salles, et en ouvrir une troisième".
_ONE_MORE = re.compile(
    r"\bune? (?:deuxieme|seconde?|troisieme|quatrieme|cinquieme|autre)"
    r"(?= *+(?:[,.;?!]|$)| (?:salle|ecran|piece|classe|terrain|court|aile|etage|piste|bassin|cabinet)s?\b)"
)


def stems_of(text: str) -> set[str]:
    """The telling words of a text, without the endings that part a verb from its nouns, and what is done."""
    folded = fold(text)
    return _told(folded, list(_tokens(folded)))


def label_stems(label: str) -> set[str]:
    """The same of a label, without the initials of who pays: they tell no rule from another."""
    return stems_of(_ACRONYM.sub(" ", label))


def is_without(label: str, said: str) -> bool:
    """Whether a label is for what is done without something, and nobody asks for that."""
    governed = {stem for stem in stems_of(label) if " " in stem}
    return bool(governed) and not governed & affirmed_stems(said)


def affirmed_stems(said: str) -> set[str]:
    """The same of what a person says, less what they deny: "inscrite, pas classée" tells no classed one."""
    folded = _DENIES_NOTHING.sub(" ", fold(said))
    return _told(folded, list(_affirmed(list(_tokens(folded)))))


def _told(folded: str, tokens: Sequence[str]) -> set[str]:
    stems, text = set(_stems(tokens)), " ".join(tokens)
    works = {name for name, known in _WORKS.items() if known.search(text)}
    if _ONE_MORE.search(folded):
        works = {*works, "=extend"} - {"=create"}
    return stems | works


def _tokens(folded: str) -> Iterator[str]:
    yield from _TOKEN.findall(_WELL_BEING.sub("bienetre", folded))


def _affirmed(tokens: Sequence[str]) -> Iterator[str]:
    """The words without those that a denial is about, up to the next mark."""
    left = 0
    for token in tokens:
        if token in _DENIES:
            left = _DENIED
        elif not token.isalnum():
            left = 0
            yield token
        elif left and token not in STOP_WORDS:
            left -= 1
        else:
            yield token


def _stems(tokens: Sequence[str]) -> Iterator[str]:
    governed = ""
    for token in tokens:
        if token in _GOVERNS:
            governed = token
        elif not token.isalpha():
            governed = ""
        elif len(token) >= _LEAST_WORD and token not in STOP_WORDS:
            stem = _ENDING.sub("", token)
            stem = stem if len(stem) >= _LEAST_STEM else token
            yield f"{governed} {stem}" if governed else stem
            governed = ""
