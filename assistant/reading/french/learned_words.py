"""Learn from the catalogue the words that those of messages are mended into; learned once, then kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.reading.french.lexicon import french_lexicon
from assistant.reading.french.spelling import WORD, Spelling
from corpus.fiches.catalogue import Catalogue
from corpus.french import folding
from corpus.french.folding import fold
from ingest.kept import Form, Kept, Packed, digest_of, digest_of_files

_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST_COUNTED = 3


@dataclass(frozen=True, slots=True)
class LearnedWords:
    """What mending needs to know of some texts.

    Attributes:
        counts: their folded words of three letters or more, with how often each occurs.
        into: those that others may be mended into; a word that is only ever a name isn't: Ambleville isn't
            Abbeville.
        acronyms: names made of initials.
        sounds: the words mended into, by their sound; None when they aren't sorted yet.
    """

    counts: Mapping[str, int]
    into: frozenset[str]
    acronyms: Sequence[str] = ()
    sounds: Mapping[str, Sequence[str]] | None = None

    def spelling(self, lexicon: frozenset[str]) -> Spelling:
        """What mends into these words.

        Args:
            lexicon: folded French words that are right as they are.
        """
        return Spelling(self.counts, lexicon, self.acronyms, into=self.into, sounds=self.sounds)


def words_of(texts: Iterable[str], acronyms: Sequence[str] = ()) -> LearnedWords:
    """Learn the words of texts."""
    counts: Counter[str] = Counter()
    ordinary: set[str] = set()
    for text in texts:
        words = WORD.findall(text)
        counts.update(fold(word) for word in words if len(word) >= _SHORTEST_COUNTED)
        ordinary.update(fold(word) for word in words if not word[0].isupper())
    return LearnedWords(counts, frozenset(ordinary), acronyms)


def spelling_of(catalogue: Catalogue, kept: Kept | None = None) -> Spelling:
    """Return what mends messages about a catalogue.

    It knows the words and acronyms of its fiches, and the right words of the questions that people ask.

    Args:
        catalogue: the schemes, with their questions.
        kept: where what was learned is kept.
    """
    lexicon = french_lexicon()
    learned = (kept or Kept()).value(_FORM, words_digest(catalogue), lambda: _learned(catalogue, lexicon))
    return learned.spelling(lexicon)


def words_digest(catalogue: Catalogue) -> str:
    """Digest of all that mending depends on."""
    texts, asked, acronyms = _told(catalogue), _asked(catalogue), _acronyms(catalogue)
    return digest_of((_program(), str(len(texts)), *texts, str(len(asked)), *asked, *acronyms))


def _learned(catalogue: Catalogue, lexicon: frozenset[str]) -> LearnedWords:
    texts, asked, acronyms = _told(catalogue), _asked(catalogue), _acronyms(catalogue)
    of_fiches = words_of(texts, acronyms).spelling(lexicon)
    right = (
        " ".join(word for word in _LETTERS.findall(text) if fold(word) in lexicon or of_fiches.knows(word))
        for text in asked
        if not of_fiches.repair(text).changes
    )
    learned = words_of((*texts, *right), acronyms)
    return LearnedWords(learned.counts, learned.into, acronyms, learned.spelling(lexicon).sounds)


def _told(catalogue: Catalogue) -> list[str]:
    return [
        text
        for fiche in catalogue.fiches.values()
        for text in (fiche.scheme.name, fiche.scheme.label, *fiche.scheme.aliases, *fiche.sentences)
    ]


def _asked(catalogue: Catalogue) -> list[str]:
    return [question.text for fiche in catalogue.fiches.values() for question in fiche.asked]


def _acronyms(catalogue: Catalogue) -> list[str]:
    names = (name for scheme in catalogue.schemes for name in (scheme.label, *scheme.aliases))
    return [name for name in names if name.isupper() and name.isalpha()]


@cache
def _program() -> str:
    """Digest of what learns and of the French words it knows."""
    own = (path for path in Path(__file__).parent.rglob("*") if path.suffix in {".py", ".gz"})
    return digest_of_files((*own, Path(folding.__file__)))


def _packed(learned: LearnedWords) -> Packed:
    return Packed(
        {
            "counts": dict(learned.counts),
            "into": sorted(learned.into),
            "acronyms": learned.acronyms,
            "sounds": learned.sounds,
        }
    )


def _unpacked(packed: Packed) -> LearnedWords:
    values = packed.values
    return LearnedWords(values["counts"], frozenset(values["into"]), values["acronyms"], values["sounds"])


_FORM = Form("spelling", _packed, _unpacked)
