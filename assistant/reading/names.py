"""Recognise the schemes that a text names: full names, short names, aliases, acronyms."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold, words
from corpus.labels import Topic

_SHORT_NAME = 2
# A name of so few words, all ordinary ones ("caméras", "dernier commerce"), may only speak of a need.
_LOOSE_WORDS = 2
# What may stand between two names besides "ou".
_JOINING = frozenset("ou le la les du de des au aux bien plutot celui celle aide fond pour".split())  # noqa: SIM905
_TOKENS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, from its start to its end, and the schemes that it may name."""

    start: int
    end: int
    schemes: frozenset[str]


class SchemeNames:
    """Finds the schemes that a text names: full names, short names and aliases."""

    def __init__(self, schemes: Iterable[Scheme], ordinary: frozenset[str] = frozenset()) -> None:
        """Index the names by their first word.

        Args:
            schemes: the schemes.
            ordinary: folded French words: an acronym that is one must be written in capitals.
        """
        self._names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        known = list(schemes)
        self._topics = {scheme.id: scheme.topics for scheme in known}
        self._labels = {scheme.id: scheme.label for scheme in known}
        # "PARE" or "SAGE" is a name, "pare" and "sage" are words.
        self._capitals = {
            _stems(name)
            for scheme in known
            for name in (scheme.label, *scheme.aliases)
            if name.isupper()
            and len(_stems(name)) == 1
            and (len(name) <= _SHORT_NAME or fold(name) in ordinary)
        }
        self._full = {_stems(name) for scheme in known for name in (scheme.name, scheme.label)}
        self._proper = self._full | {
            _stems(name) for scheme in known for name in scheme.aliases if name != name.lower()
        }
        self._ordinary = {word for name in ordinary for word in _stems(name)}
        for scheme in known:
            names = {scheme.name, scheme.label, scheme.id.replace("-", " "), *scheme.aliases}
            for name in {_stems(name) for name in names}:
                if name:
                    self._names.setdefault(name[0], []).append((name, scheme.id))
        mine = sorted(
            {
                re.split(r" [(–-]", fold(name))[0]
                for scheme in known
                for name in (scheme.name, scheme.label, *scheme.aliases)
                if re.match(r"(?:mon|ma|notre|nos|mes)\b", fold(name))
            },
            key=len,
            reverse=True,
        )
        self._possessive = re.compile("|".join(re.escape(name) for name in mine) or r"(?!)")
        for candidates in self._names.values():
            candidates.sort(key=lambda pair: (-len(pair[0]), pair[1]))

    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids of the schemes named, in order of mention; the longest name wins a place."""
        return tuple(dict.fromkeys(scheme_id for scheme_id, _ in self._mentions(text)))

    def firm(self, text: str) -> frozenset[str]:
        """Return those of the schemes named that are surely meant: by a full name or an acronym."""
        return frozenset(
            mention.scheme_id
            for mention in self._placed(text)
            if mention.name in self._capitals
            or (not text.isupper() and any(_is_acronym(word) for word in mention.written))
            or not self._ordinary.issuperset(mention.name)
            or (len(mention.name) > _LOOSE_WORDS and mention.name in self._full)
        )

    def proper(self, text: str) -> frozenset[str]:
        """Return those of the schemes surely meant that a name of their own tells, not a word of a need."""
        return self.firm(text) & self.called(text)

    def called(self, text: str) -> frozenset[str]:
        """Return the schemes that a name of their own tells, be it of ordinary words: "plan arbres"."""
        return frozenset(m.scheme_id for m in self._placed(text) if m.name in self._proper)

    def either(self, text: str) -> tuple[str, ...]:
        """Return the schemes named on both sides of an "ou", articles apart: each is meant by its name."""
        mentions = list(self._placed(text))
        stems = [stem for _, stem in _tokens(text)]
        return tuple(
            dict.fromkeys(
                name
                for (_, end, left), (start, _, right) in pairwise(
                    (m.start, m.end, m.scheme_id) for m in mentions
                )
                if left != right and "ou" in (between := stems[end:start]) and set(between) <= _JOINING
                for name in (left, right)
            )
        )

    def by_several_names(self, text: str) -> frozenset[str]:
        """Return the schemes that a text calls by more than one name: "DETR et DSIL"."""
        names: dict[str, set[tuple[str, ...]]] = {}
        for scheme_id, name in self._mentions(text):
            names.setdefault(scheme_id, set()).add(name)
        return frozenset(scheme_id for scheme_id, known in names.items() if len(known) > 1)

    def words(self, text: str) -> str:
        """Return the words of a text that name schemes."""
        return " ".join(word for _, name in self._mentions(text) for word in name)

    def topics_of(self, schemes: Iterable[str]) -> frozenset[Topic]:
        """The topics of schemes, by id."""
        return frozenset(topic for name in schemes for topic in self._topics.get(name, ()))

    def label(self, scheme_id: str) -> str:
        """The usual name of a scheme; empty when there is none of this id."""
        return self._labels.get(scheme_id, "")

    def named(self, text: str) -> tuple[Named, ...]:
        """Return where a text names schemes by names of their own, in order, without overlap."""
        meant = self.called(text)
        found: dict[tuple[int, int], list[str]] = {}
        for (start, end), scheme_id, is_own in self._spans(text):
            if is_own and scheme_id in meant:
                found.setdefault((start, end), []).append(scheme_id)
        return tuple(Named(start, end, frozenset(schemes)) for (start, end), schemes in found.items())

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where the names surely meant stand in a text, each from its start to its end."""
        sure = self.firm(text)
        return tuple(span for span, scheme_id, _ in self._spans(text) if scheme_id in sure)

    def times_called(self, text: str) -> int:
        """Return how many names of their own a text tells, those of one scheme each: "DETR", "DSIL"."""
        return sum(mention.name in self._proper for mention in self._placed(text))

    def without(self, text: str, schemes: Container[str]) -> str:
        """Return a text without the words that name any of some schemes."""
        places = {span for span, scheme_id, _ in self._spans(text) if scheme_id in schemes}
        for start, end in sorted(places, reverse=True):
            text = f"{text[:start]} {text[end:]}"
        return text

    def _spans(self, text: str) -> Iterator[tuple[tuple[int, int], str, bool]]:
        """The schemes named, each with the place of its name in the text, and whether that is its own."""
        words = [match.span() for match in _TOKENS.finditer(text) if _stems(match.group())]
        return (
            (
                (words[mention.start][0], words[mention.end - 1][1]),
                mention.scheme_id,
                mention.name in self._proper,
            )
            for mention in self._placed(text)
        )

    def masked(self, text: str) -> str:
        """Return a folded text without the names of two words or more that could be read otherwise."""
        return self._possessive.sub(" ", fold(text))

    def _mentions(self, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        return ((mention.scheme_id, mention.name) for mention in self._placed(text))

    def _placed(self, text: str) -> Iterator[_Mention]:
        """The schemes named, each with the name, its words as they are written, and its place."""
        tokens = _tokens(text)
        stems = tuple(stem for _, stem in tokens)
        position = 0
        while position < len(stems):
            length = 1
            for name, scheme_id in self._names.get(stems[position], ()):
                if len(name) < length or stems[position : position + len(name)] != name:
                    continue
                if name in self._capitals and not tokens[position][0].isupper():
                    continue
                written = tuple(word for word, _ in tokens[position : position + len(name)])
                yield _Mention(scheme_id, name, written, position, position + len(name))
                length = len(name)
            position += length


@dataclass(frozen=True, slots=True)
class _Mention:
    """A scheme named in a text: the name in stems, as it's written, and its place among the words."""

    scheme_id: str
    name: tuple[str, ...]
    written: tuple[str, ...]
    start: int
    end: int


@lru_cache(maxsize=512)
def _tokens(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a text that count, each as it's written and as a stem; a message is asked for many times."""
    return tuple((word, stems[0]) for word in _TOKENS.findall(text) if (stems := _stems(word)))


def _is_acronym(word: str) -> bool:
    """Whether a word is written as an acronym: ACTes, DACS."""
    return sum(letter.isupper() for letter in word) > 1


def _stems(text: str) -> tuple[str, ...]:
    """Folded words without the mark of the plural, elided articles left out."""
    return tuple(
        word[:-1] if len(word) > 3 and word[-1] in "sx" else word
        for word in words(text)
        if len(word) > 1 or word.isdigit()
    )
