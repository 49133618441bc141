"""Which schemes a message names only to leave them out: set aside, refused, or had already."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading.acts import ReadAct, ReadsActs
from assistant.reading.intents import Intent, find_intents
from assistant.reading.named_for import NamedForReader
from assistant.reading.names import SchemeNames
from assistant.reading.topics import find_topics
from ingest.lexical import analyse

LEAST = 0.6
"""From this probability on, a scheme is left out: nine in ten are, of messages that it wasn't learned from."""
SURE = 0.9
"""From this one on, it is even where the rest of the message doesn't ask which aids there are nor tells a need."""
_SENTENCES = re.compile(r"[^.!?]+[.!?]*")
# A message that names more of them lists those that it asks about together.
_MOST = 2
_OF_SEVERAL = frozenset({Intent.CUMULATE, Intent.DIFFERENCE})
# What holds a message for one that compares or combines aids: all that it names is asked about, unless what is
# left when its one name is taken off surely asks which aids there are.
_TOGETHER, _FINDS_SURELY = 0.4, 0.5
# What holds the rest of a message for one that may ask which aids there are.
_FINDS = 0.2


class LeftOut:
    """Tells which schemes a message leaves out."""

    def __init__(self, names: SchemeNames, named_for: NamedForReader, acts: ReadsActs) -> None:
        """Find names by ``names``, what each is named for by ``named_for``, what a message does by ``acts``."""
        self._names = names
        self._named_for = named_for
        self._acts = acts

    def by(self, acts: ReadsActs) -> LeftOut:
        """The same, what a message does read by other ``acts``."""
        return LeftOut(self._names, self._named_for, acts)

    def without(self, text: str, schemes: frozenset[str]) -> str:
        """A message without the names of schemes; a word that tells a need stays, be it a name too."""
        for item in reversed(self._names.named(text)):
            if item.schemes <= schemes:
                text = f"{text[: item.start]} {text[item.end :]}"
        return text

    def named(self, text: str) -> frozenset[str]:
        """The schemes that a message names."""
        return frozenset(self._names.find(text))

    def of(self, text: str, before: Sequence[str] = ()) -> frozenset[str]:
        """The schemes that a message leaves out.

        One is left out where none of its mentions is asked about. Nothing is where aids are compared or
        combined, where hardly a word stands beside the names, or, unless it's sure, where the rest of the
        message doesn't ask which aids there are.

        Args:
            text: the message.
            before: what the same person said before.
        """
        named = self._names.named(text)
        if not named or not analyse(self._names.without(text, self._names.find(text))):
            return frozenset()
        if find_intents(text) & _OF_SEVERAL or self._names.either(text):
            return frozenset()
        read = self._acts.read(text, goes_on=bool(before))
        told = self._named_for.read(text, [(item.start, item.end) for item in named], read)
        likely: dict[str, float] = {}
        for item, shares in zip(named, told, strict=True):
            for scheme in item.schemes:
                likely[scheme] = min(likely.get(scheme, 1.0), shares["aside"] + shares["had"])
        out = frozenset(scheme for scheme, share in likely.items() if share >= LEAST)
        if not 0 < len(out) <= _MOST:
            return frozenset()
        rest = self.without(text, out)
        after = self._acts.read(rest, goes_on=bool(before))
        is_together = read.acts["compare"] + read.acts["combine"] >= _TOGETHER
        if is_together and (len(named) > 1 or after.acts["find_schemes"] < _FINDS_SURELY):
            return frozenset()
        if finds(self._acts.read(_asking(rest), goes_on=bool(before))):
            return out
        sure = frozenset(scheme for scheme in out if likely[scheme] >= SURE)
        return frozenset() if find_topics(rest) else sure


def _asking(text: str) -> str:
    """The sentences of a message that ask, else all of it."""
    asking = [part for part in _SENTENCES.findall(text) if part.rstrip().endswith("?")]
    return " ".join(asking) or text


def finds(read: ReadAct) -> bool:
    """Whether a message may ask which aids there are."""
    return read.acts["find_schemes"] + read.acts["commune_overview"] >= _FINDS
