"""Check figures both ways: each one typed stands in a sourced statement, each one stated has a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus.check.links import REFERENCE
from corpus.check.statements import UNSOURCED_SECTIONS
from corpus.errors import Problem
from corpus.fiches.criteria import Criterion
from corpus.fiches.document import Section
from corpus.fiches.fiche import UNKNOWN_SECTION, Fiche
from corpus.fiches.front_matter import Place
from corpus.french.figures import Figure, canonical, figure_values, figures

_FUNDING_FIELDS = (
    "rate_min",
    "rate_max",
    "amount_min",
    "amount_max",
    "expense_min",
    "expense_max",
    "envelope",
)
_TEXTS = frozenset(
    {"name", "short_name", "aliases", "label", "note", "question", "title", "valid_from", "valid_until"}
)
_BOUNDS = ("min_inclusive", "max_exclusive", "max_inclusive")


def check_typed_figures(fiche: Fiche) -> Iterator[Problem]:
    """Each rate, amount, bound and date of the front matter stands in a statement with the same source."""
    stated: dict[int, set[float]] = {}
    for section in fiche.sections:
        for block in section.blocks:
            for sentence in block.sentences:
                for number in sentence.sources:
                    stated.setdefault(number, set()).update(figure_values(sentence.text))
    for place, value, shown, sources in _typed(fiche):
        if not any(canonical(value) in stated.get(number, set()) for number in sources):
            field = ".".join(str(part) for part in place)
            marks = "".join(f"[{number}]" for number in sources)
            problem = f"« {shown} » n’apparaît dans aucun énoncé qui cite {marks}"
            remedy = "écrivez ce chiffre dans le texte avec sa source, ou corrigez l’un des deux"
            yield Problem(fiche.path, fiche.front.line(place), field, problem, remedy)


def check_stated_figures(fiche: Fiche) -> Iterator[Problem]:
    """Each figure of a statement without a source is one of the front matter."""
    backed = _backed(fiche)
    for section in fiche.sections:
        if section.title not in UNSOURCED_SECTIONS:
            continue
        for line, figure in _unsourced(section):
            is_year = section.title == UNKNOWN_SECTION and re.fullmatch(r"20[0-4]\d", figure.text)
            if not is_year and not figure.values & backed:
                problem = f"le chiffre « {figure.text} » n’a pas de source et n’est pas dans l’en-tête"
                yield Problem(fiche.path, line, section.title, problem, "ajoutez le repère de sa source")


def _unsourced(section: Section) -> Iterator[tuple[int, Figure]]:
    for block in section.blocks:
        if not any(sentence.sources for sentence in block.sentences):
            # The name of another fiche may hold a figure that isn't a claim of this one.
            yield from ((block.line, figure) for figure in figures(REFERENCE.sub("", block.text)))


def _backed(fiche: Fiche) -> frozenset[float]:
    """The values of the front matter: the typed ones, and those of its texts."""
    texts = [node.value for place, node in fiche.front.scalars() if _TEXTS.intersection(place)]
    typed = frozenset(canonical(value) for _, value, _, _ in _typed(fiche))
    return typed.union(*(figure_values(text) for text in texts))


_Typed = tuple[Place, float, str, tuple[int, ...]]


def _typed(fiche: Fiche) -> Iterator[_Typed]:
    """Each typed figure: its place, its value, how to show it, its sources."""
    scheme = fiche.scheme
    for index, line in enumerate(scheme.funding):
        for name in _FUNDING_FIELDS:
            value = getattr(line, name)
            if value is not None:
                yield ("funding", index, name), value, _shown(name, value), line.source
        for rank, criterion in enumerate(line.when):
            yield from _bounds(("funding", index, "when", rank), criterion)
    for index, window in enumerate(scheme.windows):
        for name, day in (("opens", window.opens), ("closes", window.closes)):
            if day is not None:
                yield from _date(("windows", index, name), day, window.source)
    for index, criterion in enumerate(scheme.criteria):
        yield from _bounds(("criteria", index), criterion)


def _date(place: Place, day: date, sources: tuple[int, ...]) -> Iterator[_Typed]:
    yield place, float(day.day), day.isoformat(), sources
    yield place, float(day.year), day.isoformat(), sources


def _bounds(place: Place, criterion: Criterion) -> Iterator[_Typed]:
    if criterion.kind == "one_of":
        for index, simple in enumerate(criterion.criteria):
            yield from _bounds((*place, "criteria", index), simple)
        return
    for name in _BOUNDS:
        value = getattr(criterion, name, None)
        if value is not None:
            yield (*place, name), float(value), _shown(name, value), criterion.source


def _shown(name: str, value: float) -> str:
    if name.startswith("rate"):
        return f"{canonical(value * 100):g} %".replace(".", ",")
    return f"{value:,.2f}".removesuffix(".00").replace(",", " ").replace(".", ",")
