"""Whether a page speaks of the thing that somebody wants paid, and whether it says that it's left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.reading.stated.statement import Statement, plain
from ingest.lexical import analyse

# Words of every project and of every question on an amount, which tell no thing apart.
_PLAIN = frozenset(
    analyse(
        "aide subvention taux montant plafond euro coût prix dépense projet travaux travail opération commune mairie "
        "village ville département région combien toucher toucherait avoir aurait obtenir recevoir percevoir payer "
        "financer financement finançable taxe hors devis année habitant dossier demande coûter pouvoir espérer programme "
        "fonds dispositif règlement achat installation équipement bénéficier maximum minimum vieux vieille ancien nouveau neuf"
    )
)
_LEAST_NAME = 2
_EXCLUDES = re.compile(
    r"\bne (?:sont|est|seront|sera|peuvent|peut) (?:donc |toutefois )?(?:pas|plus|ni)\b|\bn'est (?:pas|plus)\b|\bexclu\w*|\bineligibles?\b"
    r"|\bnon (?:eligibles?|finance\w*|retenu\w*|subventionn\w*|prise?s? en charge)|\bne (?:finance|couvre|prend|subventionne|concerne)\w* (?:pas|ni|plus)\b"
)
_NO_EXCLUSION = re.compile(
    r"\bcumul\w*|\bavant\b|\bdebut\w*|\bcommenc\w*|\bcommande\b|\bdepass\w*|\d ?(?:€|%|euros?\b|habitants?\b)"
)
_ITEMS = re.compile(r"[,:;()]| et | ni | ou ")
# "pour une pompe", "pour acheter des chaises", "on installe un four".
_DETERMINED = (
    r"(?:(?:une?|des?|du|les?|la|nos|notre|vos|votre|ce|cette|cet|deux|trois|quatre|cinq|\d+) |[dl]')"
)
_WANTED = re.compile(
    rf"\b(?:pour|(?:pour )?(?:\w+(?:er|ir|re)|achet\w+|install\w+|remplac\w+|restaur\w+|construi\w+|refai\w+|renov\w+|pos(?:e|ons|ent))) {_DETERMINED}(?P<thing>[a-z][\w-]+)"
)


def stems(text: str) -> frozenset[str]:
    """The stems of a text, without figures and the words of every project."""
    return frozenset(stem for stem in analyse(text) if not stem.isdecimal()) - _PLAIN


def without_name(said: str, titles: str) -> frozenset[str]:
    """The stems of a person's words, without runs of words of a title: "le fonds lavoirs et calvaires"."""
    words, named = analyse(said), analyse(titles)
    kept: list[str] = []
    at = 0
    while at < len(words):
        size = max((_run(words[at:], named[start:]) for start in range(len(named))), default=0)
        if size < _LEAST_NAME:
            kept.append(words[at])
        at += max(1, size if size >= _LEAST_NAME else 1)
    return frozenset(stem for stem in kept if not stem.isdecimal()) - _PLAIN


def _run(words: Sequence[str], named: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    return next(
        (at for at, (one, other) in enumerate(zip(words, named, strict=False)) if one != other),
        min(len(words), len(named)),
    )


def speaks_of(statements: Iterable[Statement], titles: str, said: str) -> bool:
    """Whether each thing that a person wants paid is named by a page or by its titles."""
    known = frozenset(analyse(titles)).union(*(_all_stems(item.text) for item in statements))
    return all(things <= known for things in _things(said))


def names_a_thing(said: str) -> bool:
    """Whether a person's words name a thing to pay."""
    return any(_things(said))


def _things(said: str) -> list[frozenset[str]]:
    return [stems(match["thing"]) for match in _WANTED.finditer(plain(said))]


def leaves_out(
    statements: Sequence[Statement], said: frozenset[str], covered: frozenset[str], row: frozenset[str]
) -> bool:
    """Whether a page says that what is spoken of isn't paid.

    Args:
        statements: those of the page.
        said: the stems of the person's words.
        covered: the stems of what the rule that may be theirs is for.
        row: those that open its row; empty where it's no row. "Air/air", left out, is "air/eau" to nobody.
    """
    for item in _left_out(statements):
        own = [stem for stem in analyse(item) if stem not in _PLAIN and not stem.isdecimal()]
        shared = said.intersection(own)
        if own and said.issuperset(own) and not row <= said:
            return True
        if shared - covered and (own[0] in shared or 2 * len(shared) >= len(set(own))):
            return True
    return False


def _left_out(statements: Sequence[Statement]) -> Iterator[str]:
    for statement in statements:
        headed = _EXCLUDES.search(plain(statement.heading)) is not None
        for unit in statement.units:
            around = f"{unit.lead} {unit.folded}"
            if (headed or _EXCLUDES.search(around)) and not _NO_EXCLUSION.search(around):
                yield from filter(None, map(str.strip, _ITEMS.split(unit.folded)))


@lru_cache(maxsize=4096)
def _all_stems(text: str) -> frozenset[str]:
    return frozenset(analyse(text))
