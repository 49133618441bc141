"""An examination of schemes as plain text, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.eligibility import verdict_words as words
from assistant.eligibility.commune_view import CommuneView
from assistant.eligibility.groups import grouped
from assistant.eligibility.overview import Overview
from assistant.eligibility.request import EligibilityResponse
from assistant.reply import Citation, CriterionResult, Eligibility
from corpus.fiches.catalogue import Catalogue
from corpus.french.dates import french_date
from corpus.french.typography import typeset

_MOST_REASONS = 3


def eligibility_text(
    response: EligibilityResponse, catalogue: Catalogue, overview: Overview | None = None
) -> str:
    """Say the commune, then each scheme under its group.

    Args:
        response: what the service found.
        catalogue: gives the names of the schemes.
        overview: how the schemes are sorted for the applicant, each told by the few criteria that explain
            its verdict; None for schemes told whole, under their verdict, every criterion with its source.
    """
    whole = overview is None
    lines: list[str] = []
    if response.commune:
        lines += [*_commune(response.commune), ""]
    citations = {citation.n: citation for citation in response.citations}
    for title, found in _groups(response, overview):
        lines += [typeset(f"{title} : {len(found)}"), ""]
        for item in found:
            name = catalogue.scheme(item.scheme_id).name
            lines += [f"* {name} [{item.scheme_id}]", *_scheme(item, citations, whole=whole), ""]
    lines.append("Calculé d’après des documents publics\u00a0: seule l’instruction de la demande décide.")
    return "\n".join(lines)


def _groups(
    response: EligibilityResponse, overview: Overview | None
) -> Iterator[tuple[str, Sequence[Eligibility]]]:
    if overview is None:
        for verdict, own in groupby(response.eligibility, key=lambda item: item.verdict):
            yield words.VERDICTS[verdict], tuple(own)
        return
    for group in grouped(response.eligibility, overview):
        yield words.GROUPS[group.name], group.items


def _commune(commune: CommuneView) -> Iterator[str]:
    yield f"{commune.label}, code INSEE {commune.insee}, code postal {', '.join(commune.postcodes)}"
    yield f"  {words.population_words(commune)}"
    yield typeset(f"  Intercommunalité : {words.epci_words(commune)}")
    for item in commune.lists:
        yield typeset(f"  {words.label_words(item)} : {words.list_words(item)}")


def _scheme(item: Eligibility, citations: dict[int, Citation], *, whole: bool) -> Iterator[str]:
    yield f"  {words.availability_words(item.availability)}"
    if item.availability.note:
        yield f"    {item.availability.note}"
    criteria = item.criteria if whole else words.decisive(item)
    if not item.criteria:
        yield f"  - {words.NO_CRITERION}"
    shown = criteria if whole else criteria[:_MOST_REASONS]
    for criterion in shown:
        yield f"  - {words.CRITERIA[criterion.verdict]}\u00a0: {words.reason(criterion)}"
        if whole:
            yield from _sources(criterion, citations)
    if len(criteria) > len(shown):
        yield f"  - {_others(len(criteria) - len(shown))} (voir --scheme {item.scheme_id})"
    if whole and item.verdict == "not_eligible" and item.would_change:
        changes = " et ".join(change.text for change in item.would_change)
        yield f"  La réponse changerait {changes}."


def _others(count: int) -> str:
    return f"et {count} autre{'s' if count > 1 else ''}"


def _sources(criterion: CriterionResult, citations: dict[int, Citation]) -> Iterator[str]:
    citation = citations.get(criterion.citation or 0)
    for source in citation.sources if citation else ():
        date = source.updated or source.published
        when = french_date(date) if date else source.date_note or "sans date"
        yield "      " + ", ".join(part for part in (source.title, source.publisher, when) if part)
