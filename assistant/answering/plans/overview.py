"""The overview of a commune: what is likely, what is to check and by which fact, what a fact of it excludes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant import messages
from assistant.eligibility.amount_words import amount_words
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.facts import Facts
from assistant.eligibility.judge import Judged
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.on_lists import OnLists
from assistant.eligibility.next_question import ASK_COMMUNE
from assistant.eligibility.overview import Overview, Placed, denied_claims, overview_of
from assistant.eligibility.shape import cite_commune_facts, cite_criterion, eligibility_shape
from assistant.eligibility.words import list_name, number, range_words
from assistant.lines import Line, line
from assistant.reply import Asked, Link, Reply
from corpus.communes.commune import DEPARTMENTS
from corpus.communes.lists import Presence
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.labels import BENEFICIARY_LABELS, TOPIC_LABELS, Beneficiary

MOST = 10
# How many of those that are excluded are told: some, or more where it's what is asked.
_EXCLUDED, _EXCLUDED_ASKED, _LIKELY = 4, 7, 4
# A scheme of more themes than these has none to name.
_THEMES = 2


@dataclass(frozen=True, slots=True)
class OverviewPlan:
    """Tells what an applicant may have among all schemes."""

    catalogue: Catalogue
    territory: Territory

    def tell(self, facts: Facts, on: date, without: Iterable[str] = (), *, refusals_first: bool = False) -> Reply:
        """Say what is likely, to check and excluded, the best ten, with the way to the others.

        Args:
            facts: what is known of who asks.
            on: the day.
            without: ids of the schemes that the person sets aside.
            refusals_first: whether what isn't possible is what is asked.
        """
        left_out = frozenset(without)
        schemes = [scheme for scheme in self.catalogue.schemes if scheme.id not in left_out]
        found = overview_of(schemes, facts, self.territory, on)
        book = CitationBook(self.territory)
        lines = [*self._denied(facts, book), self._opening(facts, book)]
        likely, check, excluded = _best(found, _EXCLUDED_ASKED if refusals_first else _EXCLUDED)
        groups = [
            self._group(messages.LIKELY, likely, facts, book),
            self._group(messages.WITH_CONDITIONS, check, facts, book),
        ]
        refused = self._group(messages.EXCLUDED, excluded, facts, book)
        for group in [refused, *groups] if refusals_first else [*groups, refused]:
            lines += group
        more = len(found.listed) - len(likely) - len(check) - len(excluded)
        links: tuple[Link, ...] = ()
        if facts.commune is not None and more:
            name = facts.commune.name
            links = (Link(text=messages.others_of(more, name), url=f"communes/{facts.commune.insee}"),)
            lines.append(line("advice", messages.all_of(name)))
        asked = None
        if facts.commune is None and facts.beneficiary in {None, Beneficiary.COMMUNE}:
            lines.append(line("question", ASK_COMMUNE))
            asked = Asked(about="commune")
        shown = [item.scheme.id for item in (*likely, *check, *excluded)]
        shapes = tuple(
            eligibility_shape(item.assessment, self.catalogue.fiche(item.scheme.id), book)
            for item in (*likely, *check, *found.excluded)
        )
        commune = facts.commune.insee if facts.commune else None
        return Reply(
            status="answered",
            lines=tuple(lines),
            citations=book.citations,
            schemes=tuple(shown),
            eligibility=tuple(shape.model_copy(update={"commune": commune}) for shape in shapes),
            asked=asked,
            links=links,
        )

    def _denied(self, facts: Facts, book: CitationBook) -> list[Line]:
        """Say first which labels the person claims that a complete list denies."""
        lists = dict.fromkeys(list_id for _, list_id in denied_claims(facts, self.territory))
        commune = facts.commune
        return [
            line("statement", messages.not_on_the_list(commune.name, list_name(item)), [book.membership(commune, item)])
            for item in lists
            if commune is not None
        ]

    def _opening(self, facts: Facts, book: CitationBook) -> Line:
        """What is known of the applicant: the commune, its inhabitants, the lists that it's on."""
        commune = facts.commune
        if facts.beneficiary not in {None, Beneficiary.COMMUNE}:
            return line("note", messages.overview_for(BENEFICIARY_LABELS[facts.beneficiary or Beneficiary.EPCI]))
        if commune is None:
            known = [f"{range_words(facts.population)} habitants"] if facts.population else []
            known += [DEPARTMENTS[facts.department]] if facts.department else []
            return line("note", messages.overview_known(known))
        on = [
            list_id
            for list_id, found in self.territory.lists_of(commune.insee)
            if found.presence is Presence.YES
        ]
        names = dict.fromkeys(list_name(list_id) for list_id in on)
        cited = [book.population(commune), *(book.membership(commune, list_id) for list_id in on)]
        stated = facts.population
        differs = stated is not None and not stated.low <= commune.population <= stated.high
        text = messages.overview_of(commune.label, number(commune.population), list(names))
        if differs and stated is not None:
            text = messages.with_their_population(text, range_words(stated))
        return line("statement", text, cited)

    def _group(self, heading: str, items: Sequence[Placed], facts: Facts, book: CitationBook) -> list[Line]:
        if not items:
            return []
        return [line("heading", heading), *(self._item(item, facts, book) for item in items)]

    def _item(self, item: Placed, facts: Facts, book: CitationBook) -> Line:
        """A scheme: its theme, its amount, the criterion that says most; each with its passage."""
        scheme, fiche, told = item.scheme, self.catalogue.fiche(item.scheme.id), item.told
        refused = item.assessment.verdict == "not_eligible"
        backing = [item for item in (told, item.backing) if item is not None]
        cited = [number for item in backing for number in self._cited(item, scheme.id, facts, book)]
        amount = None if refused else amount_words(fiche)
        if amount is not None:
            cited.append(book.sentence(fiche, amount.section, amount.sentence))
        theme = TOPIC_LABELS[scheme.topics[0]] if len(scheme.topics) <= _THEMES else ""
        text = messages.overview_item(scheme.label, theme, amount.text if amount else "", item.words)
        return line("item", text, cited)

    def _cited(self, told: Judged, scheme: str, facts: Facts, book: CitationBook) -> list[int]:
        """The citations of a criterion: the list that it was judged by, the sentence that states it."""
        is_list = isinstance(kind_of(told.criterion), OnLists)
        by = cite_commune_facts(told, facts.commune, book) if is_list else ()
        return [*by, cite_criterion(told, self.catalogue.fiche(scheme), book)]


def _best(found: Overview, most_excluded: int) -> tuple[Sequence[Placed], Sequence[Placed], Sequence[Placed]]:
    """The best of each group, ten in all: some of those excluded, the likely ones, then those to check."""
    excluded = found.excluded[:most_excluded]
    likely = found.likely[:_LIKELY]
    return likely, found.check[: MOST - len(excluded) - len(likely)], excluded
