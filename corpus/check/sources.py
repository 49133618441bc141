"""Check that source numbers resolve both ways, and that web addresses are whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from corpus.errors import Problem
from corpus.fiches.criteria import Criterion
from corpus.fiches.fiche import Fiche
from corpus.fiches.front_matter import Place


def check_sources(fiche: Fiche) -> Iterator[Problem]:
    """Each number written names a source of the list, and each source of the list is used."""
    known = {source.n for source in fiche.scheme.sources}
    used: set[int] = set()
    for place, number in _numbers(fiche):
        used.add(number)
        if number not in known:
            field = ".".join(str(part) for part in place)
            yield _unknown(fiche, fiche.front.line(place), field, number)
    for section in fiche.sections:
        for block in section.blocks:
            numbers = {number for sentence in block.sentences for number in sentence.sources}
            used |= numbers
            for number in sorted(numbers - known):
                yield _unknown(fiche, block.line, section.title, number)
    for index, source in enumerate(fiche.scheme.sources):
        if source.n not in used:
            problem = f"la source {source.n} n’est citée nulle part"
            remedy = f"citez-la ([{source.n}]) ou retirez-la"
            yield Problem(fiche.path, fiche.front.line(("sources", index)), "sources", problem, remedy)


def check_addresses(fiche: Fiche) -> Iterator[Problem]:
    """Each address has a host with a dot and doesn't end with the punctuation of a sentence."""
    for index, source in enumerate(fiche.scheme.sources):
        places: list[tuple[Place, str | None]] = [(("sources", index, "url"), source.url)]
        places += [(("sources", index, "also", i, "url"), page.url) for i, page in enumerate(source.also)]
        for place, url in places:
            if url is not None and not _is_whole(url):
                field, line = ".".join(str(part) for part in place), fiche.front.line(place)
                problem, remedy = f"adresse web douteuse « {url} »", "recopiez-la depuis le navigateur"
                yield Problem(fiche.path, line, field, problem, remedy)


def _is_whole(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return "." in host.strip(".") and not url.endswith((".", ",", ";", ":", "…")) and "’" not in url


def _unknown(fiche: Fiche, line: int, field: str, number: int) -> Problem:
    problem = f"la source {number} n’existe pas dans la liste « sources »"
    return Problem(fiche.path, line, field, problem, "corrigez le numéro ou ajoutez la source")


def _numbers(fiche: Fiche) -> Iterator[tuple[Place, int]]:
    """Every source number of the front matter, with its place."""
    scheme = fiche.scheme
    for index, funding in enumerate(scheme.funding):
        yield from ((("funding", index, "source"), number) for number in funding.source)
        yield from _of_criteria(("funding", index, "when"), funding.when)
    for index, window in enumerate(scheme.windows):
        yield from ((("windows", index, "source"), number) for number in window.source)
    for index, relation in enumerate(scheme.relations):
        yield from ((("relations", index, "source"), number) for number in relation.source or ())
    yield from _of_criteria(("criteria",), scheme.criteria)


def _of_criteria(place: Place, criteria: Sequence[Criterion]) -> Iterator[tuple[Place, int]]:
    for index, criterion in enumerate(criteria):
        yield from (((*place, index, "source"), number) for number in criterion.source)
        if criterion.kind == "one_of":
            yield from _of_criteria((*place, index, "criteria"), criterion.criteria)
