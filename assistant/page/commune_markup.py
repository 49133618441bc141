"""The chosen commune as HTML: a short summary, then, folded, its facts and its schemes; all escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.eligibility import verdict_words as words
from assistant.eligibility.commune_view import CommuneView
from assistant.eligibility.groups import ShownGroup, grouped
from assistant.eligibility.overview import Overview
from assistant.eligibility.request import EligibilityResponse
from assistant.page import texts
from assistant.page.markup import source_html
from assistant.reply import Citation, CitedSource, CriterionResult, Eligibility
from corpus.fiches.catalogue import Catalogue

# The schemes named in the summary of a commune.
_BEST = 3


def commune_html(response: EligibilityResponse, catalogue: Catalogue, overview: Overview) -> str:
    """A short summary; folded under it, the facts of the commune and every scheme in its group."""
    citations = {citation.n: citation for citation in response.citations}
    groups = grouped(response.eligibility, overview)
    whole = "".join(_group(group, catalogue, citations) for group in groups)
    facts = facts_html(response.commune) if response.commune else ""
    return (
        f'<div class="chosen">{_summary(response.commune, groups, catalogue)}'
        f'<details class="whole"><summary>{escape(_named(texts.MORE_OF_COMMUNE, response.commune))}</summary>'
        f'<div class="all">{facts}<div class="verdicts">'
        f'<p class="computed">{escape(texts.COMPUTED)}</p>{whole}</div></div></details></div>'
    )


def _summary(commune: CommuneView | None, groups: Sequence[ShownGroup], catalogue: Catalogue) -> str:
    """How many schemes stand in each group, the first of the best group, and the way to them all."""
    if commune is None:
        return ""
    counts = "".join(
        f'<li class="{group.name}"><span class="count">{len(group.items)}</span>'
        f" {escape(texts.GROUPS_IN_SHORT[group.name])}</li>"
        for group in groups
    )
    best = "".join(
        f'<li><a href="dispositifs/{escape(item.scheme_id)}?commune={escape(commune.insee)}">'
        f"{escape(catalogue.scheme(item.scheme_id).label)}</a></li>"
        for item in _best(groups)
    )
    lead = f'<p class="lead">{escape(texts.BEST_OF_COMMUNE)}</p><ul class="best">{best}</ul>' if best else ""
    return (
        f'<ul class="counts">{counts}</ul>{lead}'
        f'<p class="all-of-it"><a href="communes/{escape(commune.insee)}">'
        f"{escape(_named(texts.ALL_FOR_COMMUNE, commune))}</a></p>"
    )


def _best(groups: Sequence[ShownGroup]) -> tuple[Eligibility, ...]:
    """The first schemes to look at: the likely ones, then those to check."""
    items = [item for group in groups if group.name in {"likely", "check"} for item in group.items]
    return tuple(items[:_BEST])


def _named(text: str, commune: CommuneView | None) -> str:
    return text.format(commune=commune.name if commune else "")


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


def _group(group: ShownGroup, catalogue: Catalogue, citations: dict[int, Citation]) -> str:
    schemes = "".join(
        scheme_html(item, catalogue.scheme(item.scheme_id).name, citations) for item in group.items
    )
    return (
        f'<details class="group {group.name}" open><summary><h3>{escape(words.GROUPS[group.name])}'
        f' <span class="count">{len(group.items)}</span></h3></summary>{schemes}</details>'
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
