"""The chosen commune as HTML: its facts, then the schemes in three groups; every text escaped."""

from __future__ import annotations

from html import escape
from itertools import groupby

from assistant.eligibility import verdict_words as words
from assistant.eligibility.commune_view import CommuneView
from assistant.eligibility.request import EligibilityResponse
from assistant.page import texts
from assistant.page.markup import source_html
from assistant.reply import Citation, CitedSource, CriterionResult, Eligibility
from corpus.fiches.catalogue import Catalogue


def commune_html(response: EligibilityResponse, catalogue: Catalogue) -> str:
    """The facts of the commune and every scheme under its verdict."""
    facts = facts_html(response.commune) if response.commune else ""
    citations = {citation.n: citation for citation in response.citations}
    groups = "".join(
        _group(tuple(found), catalogue, citations)
        for _, found in groupby(response.eligibility, key=lambda item: item.verdict)
    )
    return (
        f'<div class="chosen">{facts}<div class="verdicts">'
        f'<p class="computed">{escape(texts.COMPUTED)}</p>{groups}</div></div>'
    )


def facts_html(commune: CommuneView) -> str:
    """What the tables say of a commune, each fact with its date."""
    rows = [
        (texts.POPULATION, words.population_words(commune)),
        (texts.EPCI, words.epci_words(commune)),
        (texts.POSTCODE, ", ".join(commune.postcodes)),
        (texts.INSEE_CODE, commune.insee),
        *((words.label_words(item), words.list_words(item)) for item in commune.lists),
    ]
    terms = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows)
    return (
        f'<section class="commune-facts"><h2>{escape(commune.label)}</h2><dl>{terms}</dl>'
        f'<p class="from">{escape(texts.WHERE_FROM)}</p>'
        f'<ul class="origins">{source_html(commune.source)}</ul></section>'
    )


def _group(found: tuple[Eligibility, ...], catalogue: Catalogue, citations: dict[int, Citation]) -> str:
    verdict = found[0].verdict
    schemes = "".join(scheme_html(item, catalogue.scheme(item.scheme_id).name, citations) for item in found)
    return (
        f'<details class="group {verdict}" open><summary><h3>{escape(words.VERDICTS[verdict])}'
        f' <span class="count">{len(found)}</span></h3></summary>{schemes}</details>'
    )


def scheme_html(item: Eligibility, name: str, citations: dict[int, Citation]) -> str:
    """A scheme that opens on its criteria, each with its reason and its source."""
    numbers: dict[CitedSource, int] = {}
    criteria = "".join(_criterion(criterion, citations, numbers) for criterion in item.criteria)
    note = f'<p class="note">{escape(item.availability.note)}</p>' if item.availability.note else ""
    body = f'<ul class="criteria">{criteria}</ul>' if criteria else f"<p>{escape(words.NO_CRITERION)}</p>"
    origins = "".join(source_html(source) for source in numbers)
    sources = (
        f'<h4>{escape(texts.CRITERION_SOURCES)}</h4><ol class="origins">{origins}</ol>' if origins else ""
    )
    return (
        f'<details class="scheme"><summary><span class="name">{escape(name)}</span>'
        f'<span class="state {item.availability.state}">'
        f"{escape(words.availability_words(item.availability))}</span></summary>"
        f'<div class="why">{note}{body}{_changes(item)}{sources}</div></details>'
    )


def _criterion(
    criterion: CriterionResult, citations: dict[int, Citation], numbers: dict[CitedSource, int]
) -> str:
    """A criterion with the numbers of its sources, which are added to ``numbers``."""
    citation = citations.get(criterion.citation or 0)
    marks = "".join(
        f"[{numbers.setdefault(source, len(numbers) + 1)}]"
        for source in (citation.sources if citation else ())
    )
    return (
        f'<li class="{criterion.verdict}"><span class="sign">{words.CRITERIA[criterion.verdict]}</span> '
        f'<span>{escape(words.reason(criterion))} <span class="marks">{marks}</span></span></li>'
    )


def _changes(item: Eligibility) -> str:
    if item.verdict != "not_eligible" or not item.would_change:
        return ""
    changes = " et ".join(change.text for change in item.would_change)
    return f"<p>{escape(texts.WOULD_CHANGE.format(changes=changes))}</p>"
