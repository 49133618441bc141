"""What a sentence denies: the words that its negations bear on, so that a rewording denies the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.said_otherwise import telling
from ingest.lexical import analyse

# Words of denial that deny nothing: a department, an amount without tax, a bound, an emphasis.
_DENIES_NOTHING = re.compile(
    r"\bpas de calais\b|\bhors taxes?\b|\bne? (?:depass|exced)\w+(?: pas)?|\bsans (?:depasser|exceder)\b"
    r"|\bne? (?:\w+ ){1,3}?pas (?:plus|moins) d\w*|\b(?:non|pas) seulement\b|\bsans (?:doute|cesse)\b"
    r"|\bpas confondre\b"
    r"|\bne? (?:(?!pas\b|plus\b|jamais\b)\w+ ){1,4}que?\b"
)
_CUE = re.compile(r"\b(?:ne?|non|ni|pas|jamais|aucune?s?|sans|sauf|hormis|hors|excepte)\b")
_PAIR = re.compile(r" (?:\w+ ){1,3}?(?:pas|jamais|aucune?s?|ni)\b")
_REFUSES = re.compile(
    r"\b(?:exclu\w*|interdi\w*|ineligib\w*|irrecevab\w*|refus\w*|rejet\w*|ecart(?:e|es|ee|ees)\b)"
)
_EXCEPTS = re.compile(r"\b(?:sauf|hormis|hors(?! taxes?\b)|excepte|a l exception)\b")
_CLAUSE = re.compile(r"[.;:!?(),]|\b(?:mais|donc|car)\b")
# How many words of content a negation bears on.
_BORNE = 4
# Letters by which two words of a family are one: "exclut", "exclu".
_SHARED = 5


def denials(plain: str) -> list[tuple[str, ...]]:
    """What each negation of a text bears on: how the first words after it in its clause begin.

    Args:
        plain: the text, folded, its apostrophes and hyphens made spaces.
    """
    found = []
    for clause in _CLAUSE.split(_DENIES_NOTHING.sub(" ", plain)):
        cues = list(_CUE.finditer(clause))
        last = -1
        for cue in cues:
            if cue.start() < last:  # "ne … pas" is one negation
                continue
            rest = clause[cue.end() :]
            found.append(_borne(_CUE.sub(" ", rest)))
            pair = _PAIR.match(rest) if cue[0] in {"n", "ne"} else None
            last = cue.end() + pair.end() if pair else cue.end()
    return found


def _borne(text: str) -> tuple[str, ...]:
    """The beginnings of the first stems of a text that do more than tell."""
    stems = (stem for stem in analyse(text) if stem not in telling())
    return tuple(stem[:_SHARED] for stem in stems)[:_BORNE]


def refuses(plain: str) -> bool:
    """Whether a text says by a word of its own that something is refused."""
    return bool(_REFUSES.search(plain))


def turns(said: str, held: str) -> bool:
    """Whether a text denies what another doesn't, or no longer what it denies; both as :func:`denials` takes.

    A word of refusal stands for a negation: "exclut" says "n’aide pas", but not "n’exclut pas". Two texts
    deny the same where what a negation of one bears on first, its verb aside, one of the other denies.
    """
    if _EXCEPTS.search(held) and not _EXCEPTS.search(said):
        return True
    ours, theirs = denials(said), denials(held)
    if not ours and not theirs:
        return refuses(said) != refuses(held)
    if not ours:
        return not refuses(said) or refuses(held)
    if not theirs:
        return not refuses(held) or refuses(said)
    if not any(_is_same(one, other) for one in ours for other in theirs):
        return True
    return _is_turned(theirs, ours, said)


def _is_turned(denied: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]], other: str) -> bool:
    """Whether what a text denies is told in another, and denied there by nothing."""
    told = {stem[:_SHARED] for stem in analyse(other)}
    return any(
        one[0] in told and not any(_is_same(one, theirs) for theirs in others) for one in denied if one
    )


def _is_same(one: Sequence[str], other: Sequence[str]) -> bool:
    return not one or not other or one[0] in other or other[0] in one or one[1:2] == other[1:2] != ()
