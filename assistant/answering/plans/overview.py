"""The overview of a commune: what is likely, what to check and by which fact, what a fact excludes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

from assistant.answering.cite import cite
from assistant.choosing.evidence import Evidence
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
from assistant.lines import Line, line, quoted, statement
from assistant.markers import marked
from assistant.messages import comparisons, french, listings, overviews, questions, reserves
from assistant.reply import Asked, Link, Reply
from assistant.search.commune_statements import CommuneStatements
from corpus.communes.commune import DEPARTMENTS
from corpus.communes.lists import Presence
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.labels import (
    BENEFICIARY_LABELS,
    FUNDER_LABELS,
    TOPIC_LABELS,
    AidType,
    Beneficiary,
    TerritoryList,
    Topic,
)

MOST = 10
_NOTHING_TOLD: Mapping[str, Evidence] = MappingProxyType({})
# How many of those that are excluded are told: some, or more where it's what is asked.
_EXCLUDED, _EXCLUDED_ASKED, _LIKELY = 3, 7, 4
# A scheme of more themes than these has none to name.
_THEMES = 2


@dataclass(frozen=True)
class OverviewPlan:
    """Tells what an applicant may have among all schemes."""

    catalogue: Catalogue
    territory: Territory
    statements: CommuneStatements

    def tell(
        self,
        facts: Facts,
        on: date,
        without: Iterable[str] = (),
        *,
        refusals_first: bool = False,
        next_step: bool = False,
    ) -> Reply:
        """Say what is likely, to check and excluded, the best ten, with the way to the others.

        Args:
            facts: what is known of who asks.
            on: the day.
            without: ids of the schemes that the person sets aside.
            refusals_first: whether what isn't possible is what is asked.
            next_step: whether where to begin is asked too.
        """
        left_out = frozenset(without)
        schemes = [scheme for scheme in self.catalogue.schemes if scheme.id not in left_out]
        found = overview_of(schemes, facts, self.territory, on)
        book = CitationBook(self.territory)
        lines = [*self._denied(facts, book), self._opening(facts, book)]
        denied = {list_id for _, list_id in denied_claims(facts, self.territory)}
        refused_first = sorted(found.excluded, key=lambda item: not denied & _lists_of(item))
        found = replace(found, excluded=tuple(refused_first))
        likely, check, excluded = _best(found, _EXCLUDED_ASKED if refusals_first else _EXCLUDED)
        groups = [
            self._group(overviews.LIKELY, likely, facts, book),
            self._group(overviews.WITH_CONDITIONS, check, facts, book),
        ]
        refused = self._refused(excluded, facts, book)
        for group in [refused, *groups] if refusals_first else [*groups, refused]:
            lines += group
        more = len(found.listed) - len(likely) - len(check) - len(excluded)
        links: tuple[Link, ...] = ()
        if facts.commune is not None and more:
            name = facts.commune.name
            links = (Link(text=overviews.others_of(more, name), url=f"communes/{facts.commune.insee}"),)
            lines.append(line("advice", overviews.all_of(name)))
        lines += self._guide(book) if next_step else []
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

    def among(
        self, names: Sequence[str], facts: Facts, on: date, best: Mapping[str, Evidence] = _NOTHING_TOLD
    ) -> Reply:
        """Ask which of a few aids a need is about, each told with what it's for and what it pays.

        Args:
            names: ids of the aids, two at least, the likeliest first.
            facts: what is known of who asks.
            on: the day.
            best: by aid, the sentence of it that best answers what is asked.
        """
        schemes = [self.catalogue.scheme(name) for name in names]
        found = overview_of(schemes, facts, self.territory, on)
        book = CitationBook(self.territory)
        told = sorted(
            (*found.likely, *found.check, *found.aside), key=lambda item: names.index(item.scheme.id)
        )
        choices = (*(scheme.label for scheme in schemes), questions.NONE_OF_THESE)
        return Reply(
            status="clarification",
            lines=(
                line("question", questions.WHICH_AID),
                *(self._introduced(item, book, best.get(item.scheme.id)) for item in told),
                *self._refused(found.excluded, facts, book),
            ),
            citations=book.citations,
            schemes=tuple(names),
            asked=Asked(about="scheme", choices=choices),
            choices=choices,
        )

    def _introduced(self, item: Placed, book: CitationBook, best: Evidence | None) -> Line:
        """A scheme to who may not know it: who pays, what it's for, what is asked, that it's closed."""
        scheme, fiche = item.scheme, self.catalogue.fiche(item.scheme.id)
        section, sentence = next(iter(fiche.as_document.sentences()))
        told = [quoted(sentence.text, book.sentence(fiche, section.title, sentence))]
        if best is not None and best.sentence.text != sentence.text:
            told.append(quoted(best.sentence.text, book.add(cite(0, best, self.catalogue))))
        amount = amount_words(fiche)
        if amount and (best is None or best.sentence.text != amount.sentence.text):
            cited = book.sentence(fiche, amount.section, amount.sentence)
            told.append(f"{french.as_sentence(amount.text)} {marked((cited,))}")
        if item.assessment.availability.state == "closed":
            told.append(reserves.CLOSED_NOW)
        return line(
            "item", comparisons.headed_by_scheme(scheme.label, FUNDER_LABELS[scheme.funder], " ".join(told))
        )

    @cached_property
    def _telling(self) -> frozenset[TerritoryList]:
        """The lists that a criterion of some scheme refers to."""
        kinds = (kind_of(rule) for scheme in self.catalogue.schemes for rule in scheme.criteria)
        return frozenset(
            list_id for kind in kinds if isinstance(kind, OnLists) for list_id in kind.rule.any_of
        )

    def _denied(self, facts: Facts, book: CitationBook) -> list[Line]:
        """Say first which labels the person claims that a complete list denies."""
        lists = dict.fromkeys(list_id for _, list_id in denied_claims(facts, self.territory))
        commune = facts.commune
        return [
            line(
                "statement",
                listings.not_on_the_list(commune.name, list_name(item)),
                [book.membership(commune, item)],
            )
            for item in lists
            if commune is not None
        ]

    def _opening(self, facts: Facts, book: CitationBook) -> Line:
        """What is known of the applicant: the commune, its inhabitants, the lists that it's on."""
        commune = facts.commune
        if facts.beneficiary not in {None, Beneficiary.COMMUNE}:
            return line(
                "note", overviews.overview_for(BENEFICIARY_LABELS[facts.beneficiary or Beneficiary.EPCI])
            )
        if commune is None:
            known = [f"{range_words(facts.population)} habitants"] if facts.population else []
            known += [DEPARTMENTS[facts.department]] if facts.department else []
            return line("note", overviews.overview_known(known))
        on = [
            list_id
            for list_id, found in self.territory.lists_of(commune.insee)
            if found.presence is Presence.YES and list_id in self._telling
        ]
        names = dict.fromkeys(list_name(list_id) for list_id in on)
        cited = [book.population(commune), *(book.membership(commune, list_id) for list_id in on)]
        stated = facts.population
        differs = stated is not None and not stated.low <= commune.population <= stated.high
        text = overviews.overview_of(commune.label, number(commune.population), list(names))
        if differs and stated is not None:
            text = overviews.with_their_population(text, range_words(stated))
        return line("statement", text, cited)

    def _group(self, heading: str, items: Sequence[Placed], facts: Facts, book: CitationBook) -> list[Line]:
        if not items:
            return []
        return [line("heading", heading), *(self._item(item, facts, book) for item in items)]

    def _refused(self, items: Sequence[Placed], facts: Facts, book: CitationBook) -> list[Line]:
        """Those excluded, one line for all that the same criterion keeps for others."""
        by_words: dict[str, list[Placed]] = {}
        for item in items:
            by_words.setdefault(item.words, []).append(item)
        lines = [line("heading", overviews.EXCLUDED)] if items else []
        for words, own in by_words.items():
            cited = [
                number
                for item in own
                for told in (item.told, item.backing)
                if told is not None
                for number in self._cited(told, item.scheme.id, facts, book)
            ]
            lines.append(
                line("item", overviews.refused_item([item.scheme.label for item in own], words), cited)
            )
        return lines

    def _guide(self, book: CitationBook) -> list[Line]:
        """Where all aids are told and asked for: what opens the sheet that is of no scheme in particular."""
        for fiche in self.catalogue.fiches.values():
            scheme = fiche.scheme
            if Topic.GENERAL in scheme.topics and AidType.ADVICE in scheme.aid_types and not scheme.criteria:
                section, sentence = next(iter(fiche.as_document.sentences()))
                return [statement(sentence.text, book.sentence(fiche, section.title, sentence))]
        return []

    def _item(self, item: Placed, facts: Facts, book: CitationBook) -> Line:
        """A scheme: its theme, its amount, the criterion that says most; each with its passage."""
        scheme, fiche = item.scheme, self.catalogue.fiche(item.scheme.id)
        backing = [judged for judged in (item.told, item.backing) if judged is not None]
        cited = [number for judged in backing for number in self._cited(judged, scheme.id, facts, book)]
        cited += self._named(item, facts, book)
        amount = amount_words(fiche)
        if amount is not None:
            cited.append(book.sentence(fiche, amount.section, amount.sentence))
        has_theme = len(scheme.topics) <= _THEMES and Topic.GENERAL not in scheme.topics
        theme = TOPIC_LABELS[scheme.topics[0]] if has_theme else ""
        text = overviews.overview_item(scheme.label, theme, amount.text if amount else "", item.words)
        return line("item", text, cited)

    def _named(self, item: Placed, facts: Facts, book: CitationBook) -> list[int]:
        """For a scheme that goes by a list, the sentence of its fiche that names the commune."""
        by_list = any(isinstance(kind_of(rule), OnLists) for rule in item.scheme.criteria)
        if facts.commune is None or not by_list:
            return []
        found = (
            named for named in self.statements.of(facts.commune) if named.fiche.scheme.id == item.scheme.id
        )
        return [
            book.sentence(named.fiche, named.section, named.sentence) for named in found if not named.is_gap
        ][:1]

    def _cited(self, told: Judged, scheme: str, facts: Facts, book: CitationBook) -> list[int]:
        """The citations of a criterion: the list that it was judged by, the sentence that states it."""
        is_list = isinstance(kind_of(told.criterion), OnLists)
        by = cite_commune_facts(told, facts.commune, book) if is_list else ()
        return [*by, cite_criterion(told, self.catalogue.fiche(scheme), book)]


def _lists_of(item: Placed) -> frozenset[TerritoryList]:
    """The lists that the criterion told of a scheme refers to."""
    kind = kind_of(item.told.criterion) if item.told is not None else None
    return frozenset(kind.rule.any_of) if isinstance(kind, OnLists) else frozenset()


def _best(found: Overview, most_excluded: int) -> tuple[Sequence[Placed], Sequence[Placed], Sequence[Placed]]:
    """The best of each group, ten in all: some of those excluded, the likely ones, then those to check."""
    excluded = found.excluded[:most_excluded]
    likely = found.likely[:_LIKELY]
    return likely, found.check[: MOST - len(excluded) - len(likely)], excluded
