"""Find what a reworded sentence adds: words of content that neither its passages hold nor French lends."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.checking.said_otherwise import broader, parties, people, same, telling
from ingest.lexical import analyse

# How words of one family end, once stemmed; ends that make a person of a thing ("commerçant") are left out.
_VERBAL = frozenset("e ee es ent nt er r s t a ai ait i is it u ue us re ra ron iss".split()) | {""}  # noqa: SIM905
_PLURAL = frozenset({"", "e", "ee", "es", "s"})
_ENDS = _VERBAL | frozenset(
    """ab abl able ag age al ale ance at ation ativ el elle ement eus eux ial iel if ion ique iqu ir is
    is ise it ite iv l lis lise ment on ui ur ure us y""".split()  # noqa: SIM905
)
# Letters that two words of a family share; one fewer where nothing but an e or an s parts them.
_LEAST_SHARED = 4


def added(sentence: str, passages: Iterable[str], titles: Iterable[str] = ()) -> tuple[str, ...]:
    """The stems that a sentence adds to its passages, then the persons.

    A stem is no addition where a passage holds it or one of its family, where it only tells, or where a
    passage holds one that means the same. Figures are for others to check.

    Args:
        sentence: what is to be shown, without markers.
        passages: what it rests on.
        titles: what the passages are about: their words are held too, but for those of who gives or gets.
    """
    held_by = tuple(passages)
    own = frozenset(stem for passage in held_by for stem in analyse(passage))
    held = own | (frozenset(stem for title in titles for stem in analyse(title)) - parties())
    foreign = people(sentence).difference(*map(people, held_by))
    return (
        *(stem for stem in dict.fromkeys(analyse(sentence)) if not _is_held(stem, held)),
        *sorted(foreign),
    )


def _is_held(stem: str, held: frozenset[str]) -> bool:
    if stem in held or any(char.isdigit() for char in stem):
        return True
    if any(_is_family(stem, word, _VERBAL) for word in telling()):
        return True
    if broader().get(stem, frozenset()) & held:
        return True
    groups = same().get(stem, frozenset())
    return any(groups & same().get(other, frozenset()) or _is_family(stem, other, _ENDS) for other in held)


def _is_family(stem: str, other: str, ends: frozenset[str]) -> bool:
    """Whether two stems are of one word, or of words that one makes of the other."""
    if stem == other:
        return True
    shared = 0
    for one, two in zip(stem, other, strict=False):
        if one != two:
            break
        shared += 1
    rests = {stem[shared:], other[shared:]}
    return rests <= ends if shared >= _LEAST_SHARED else shared == _LEAST_SHARED - 1 and rests <= _PLURAL
