"""What a search of the catalogue shows: the schemes whose name says it first, and a sentence of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.reply import SearchHit
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.scheme import Scheme
from corpus.french.folding import words
from corpus.french.sentences import split_sentences
from corpus.labels import TOPIC_LABELS

# Shorter words name nothing; nor does a word that names more than this share of the schemes.
_SHORTEST, _TOO_COMMON = 3, 0.2
_OF_ANY_QUERY = frozenset(
    word
    for line in (
        "aide aider aidee avec comment commune dan de des du et est faire il la le les leur mairie",
        "notre nou ou par peut pour quel quelle sur un une village ville votre vou",
    )
    for word in line.split()
)
_NAME, _FIRST_TOPIC, _TOPIC, _ALIAS = 3, 2, 1, 1
_MOST_SHOWN = 220  # characters of a sentence


@dataclass(frozen=True, slots=True)
class FoundScheme:
    """A scheme with the sentence that a search found it by."""

    scheme: Scheme
    sentence: str


def found_schemes(catalogue: Catalogue, query: str, hits: Sequence[SearchHit]) -> tuple[FoundScheme, ...]:
    """The schemes of the passages found: those that the query names first, then the nearest.

    Args:
        catalogue: the schemes.
        query: as typed.
        hits: the nearest passage first.
    """
    passages: dict[str, list[str]] = {}
    for hit in hits:
        if hit.scheme_id is not None and hit.scheme_id in catalogue:
            passages.setdefault(hit.scheme_id, []).append(hit.text)
    wanted = _stems([query]) - _OF_ANY_QUERY
    naming = {scheme.id: _named(scheme) for scheme in catalogue.schemes}
    rare = frozenset(
        word
        for word in wanted
        if sum(word in named for named in naming.values()) <= _TOO_COMMON * len(naming) or len(naming) == 1
    )
    ranked = sorted(passages, key=lambda name: -_naming(naming[name], rare))
    return tuple(FoundScheme(catalogue.scheme(name), _sentence(passages[name], rare)) for name in ranked)


def _naming(named: Mapping[str, int], wanted: frozenset[str]) -> int:
    """How well what is sought names a scheme: half of it, as « salle » of « salle des fêtes », doesn’t."""
    own = [named[word] for word in wanted if word in named]
    return sum(own) if 2 * len(own) > len(wanted) else 0


def _named(scheme: Scheme) -> dict[str, int]:
    """The words that name a scheme, each with its weight."""
    first, *others = (TOPIC_LABELS[topic] for topic in scheme.topics)
    weights: dict[str, int] = {}
    kinds = ((scheme.names, _NAME), ([first], _FIRST_TOPIC), (others, _TOPIC), (scheme.aliases, _ALIAS))
    for texts, weight in kinds:
        for word in _stems(texts):
            weights[word] = weights.get(word, 0) + weight
    return weights


def _stems(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts without the mark of the plural."""
    found = (word.rstrip("sx") for text in texts for word in words(text))
    return frozenset(word for word in found if len(word) >= _SHORTEST)


def _sentence(passages: Sequence[str], wanted: frozenset[str]) -> str:
    """The sentence that holds most of the words sought, the first of the nearest passage where none does."""
    sentences = [
        sentence
        for passage in passages
        for line in passage.splitlines()
        for sentence in split_sentences(line.strip("-*• "))
        if sentence
    ]
    if not sentences:
        return ""
    best = max(sentences, key=lambda sentence: len(wanted & _stems([sentence])))
    if len(best) <= _MOST_SHOWN:
        return best
    return f"{best[:_MOST_SHOWN].rpartition(' ')[0]}…"
