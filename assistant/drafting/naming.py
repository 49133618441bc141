"""The name of the scheme, what people call it, and the identifier of its fiche."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.reading.stated.finding import Confidence, Doubt
from assistant.reading.stated.statement import EMPTY, Statement, plain
from corpus.french.folding import words
from corpus.french.typography import typeset

_GENERIC = re.compile(
    r"^(?:le |la |l')?(?:reglement|notice|guide|cahier des charges|appel a projets|document|deliberation|annexe|arrete|fiche|formulaire|republique francaise|region|conseil|departement|prefecture|article)\b(?: d'intervention| d'attribution| general\w{0,2}| technique)?(?: hauts-de-france| des hauts-de-france| regional\w{0,2}| departemental\w{0,2})?\W*$"
)
_DATED = re.compile(r"\b(?:mis\w{0,2} (?:a jour|en ligne)|publie\w{0,2}|version) (?:du |le )?\d")
_SIGLE = re.compile(r"\((?P<sigle>[A-ZÉ][A-Z0-9É]{2,9})\)|\b(?P<bare>[A-Z]{3,8})\b")
_QUOTED = re.compile(r"«[\u00a0 ]?(?P<quoted>[^«»]{3,60}?)[\u00a0 ]?»")
_LEAST_WORDS, _MOST_CHARS, _MOST_ID, _MOST_ALIASES, _NEAR_TOP = 3, 140, 48, 6, 6
# Sigles of bodies and of texts, and words that titles write in capitals.
_NO_NAMES = frozenset(
    [
        "epci",
        "petr",
        "pvd",
        "acv",
        "ademe",
        "etat",
        "csp",
        "insee",
        "siret",
        "rge",
        "tva",
        "ttc",
        "cgct",
        "nor",
        "pdf",
        "aap",
        "ami",
        "faq",
        "asso",
    ]
)


@dataclass(frozen=True)
class Name:
    """The name of a scheme.

    Attributes:
        value: the name.
        statement: the statement that it stands in; None when it's the title.
        confidence: sure only for the title that the document states.
    """

    value: str
    statement: Statement | None
    confidence: Confidence


def name_of(title: str, statements: Sequence[Statement], *, is_stated: bool) -> Name:
    """The name of the scheme: the title of the document, else what opens it as a title does.

    Args:
        title: the title of the document.
        statements: its statements.
        is_stated: whether the document states it, rather than the name of its file.
    """
    if is_stated and not _GENERIC.match(plain(title)):
        return Name(typeset(title)[:_MOST_CHARS].rstrip(), None, "sure")
    for statement in statements[:_NEAR_TOP]:
        if statement.is_title and _names(statement):
            return Name(statement.text[:_MOST_CHARS].rstrip(), statement, "likely")
    return Name(typeset(title)[:_MOST_CHARS].rstrip(), None, "likely")


def aliases_of(
    name: str, statements: Sequence[Statement], taken: Collection[str]
) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    """What people may call the scheme: its sigle, a name between quotes, else its name.

    Args:
        name: its name.
        statements: its statements.
        taken: the names of other fiches, folded as :func:`key` does.
    """
    found: dict[str, str] = {}
    doubts: list[Doubt] = []
    for text, statement in _called(name, statements):
        if key(text) in taken:
            doubts.append(Doubt(f"« {text} » est déjà le nom d’une autre fiche", statement))
        else:
            found.setdefault(key(text), text)
    if key(name) in taken:
        doubts.append(
            Doubt(f"« {name} » est déjà le nom d’une autre fiche : celle-ci est peut-être à mettre à jour")
        )
    if not found:
        found[key(name)] = name
    return tuple(found.values())[:_MOST_ALIASES], tuple(doubts)


def id_of(name: str) -> str:
    """An identifier made from the first words of a name."""
    chosen = ""
    for word in words(name):
        if word in EMPTY:
            continue
        if chosen and len(chosen) + len(word) + 1 > _MOST_ID:
            break
        chosen = f"{chosen}-{word}" if chosen else word[:_MOST_ID]
    return chosen or "projet-de-fiche"


def key(name: str) -> str:
    """A name folded to its words, as names of fiches are compared."""
    return " ".join(words(name))


def _names(statement: Statement) -> bool:
    folded = statement.folded
    return (
        len(folded.split()) >= _LEAST_WORDS and not _GENERIC.match(folded) and _DATED.search(folded) is None
    )


def _called(name: str, statements: Sequence[Statement]) -> Iterator[tuple[str, Statement | None]]:
    top: list[tuple[str, Statement | None]] = [(name, None)]
    top += [(statement.text, statement) for statement in statements[:_NEAR_TOP]]
    for text, statement in top:
        is_capitals = text.isupper()
        for match in _SIGLE.finditer(text):
            sigle = match["sigle"] or ("" if statement or is_capitals else match["bare"])
            if sigle and sigle.lower() not in _NO_NAMES:
                yield sigle, statement
        if statement is None:
            yield from ((match["quoted"].strip(), statement) for match in _QUOTED.finditer(text))
