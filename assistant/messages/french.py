"""How the pieces of a French sentence of ours are put together: guillemets, lists, headings."""

from __future__ import annotations

from collections.abc import Sequence

NBSP = "\u00a0"
# Words that open a sentence and are no name.
_OPENING_WORDS = frozenset(
    """
    L Le La Les Un Une Des Du D De Dans En Au Aux À Avec Pour Par Sur Sous Sans Selon Depuis Si S Seul Seule
    Seuls Seules Ce Cet Cette Ces Il Elle Ils Elles On Chaque Tout Toute Tous Toutes Aucun Aucune Ne N Entre
    Après Avant
    """.split()  # noqa: SIM905 - a page of quotes would hide the words
)


def quoted(name: str) -> str:
    """A name between guillemets."""
    return f"«{NBSP}{name}{NBSP}»"


def listed(names: Sequence[str]) -> str:
    """The names in a sentence: "A, B et C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"


def no_to(sentence: str) -> str:
    """Answer no by the sentence of a source that excludes."""
    return f"Non{NBSP}: {_going_on(sentence)}"


def yes_to(sentence: str) -> str:
    """Answer yes by the sentence of a source that allows."""
    return f"Oui{NBSP}: {_going_on(sentence)}"


def _going_on(sentence: str) -> str:
    """A sentence after a colon: its first word in small letters, unless it may be a name."""
    first = sentence.partition(" ")[0].partition("’")[0]
    return sentence[:1].lower() + sentence[1:] if first in _OPENING_WORDS else sentence


def as_sentence(words: str) -> str:
    """Words as a sentence: a capital first, a full stop last."""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def on_page(section: str, page: int | None) -> str:
    """Where a quote stands: its section, and its page in a document that has pages."""
    return section if page is None else f"{section}, p.\u00a0{page}"


def under_heading(heading: str, item: str) -> str:
    """An item of a list with the heading that it stands under."""
    return f"{heading.rstrip(' :' + NBSP)}{NBSP}: {item}"
