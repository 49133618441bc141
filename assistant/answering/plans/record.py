"""The record of a commune: what the sources say that it got, which lists it's on; never "no" from silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.eligibility.assess import assess
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.facts import Facts
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.on_lists import OnLists
from assistant.eligibility.overview import by_the_lists
from assistant.eligibility.passages import passages_of
from assistant.eligibility.shape import eligibility_shape
from assistant.eligibility.words import list_name, number
from assistant.lines import Line, line, statement
from assistant.messages import comparisons, listings, next_steps
from assistant.reply import Eligibility, Reply
from assistant.search.commune_statements import CommuneStatements, Named
from corpus.communes.commune import DEPARTMENTS, Commune
from corpus.communes.lists import Presence
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import UNKNOWN_SECTION
from corpus.labels import FUNDER_LABELS, LIST_LABELS, TerritoryList
from ingest.lexical import analyse

# Sentences told of one commune.
MOST = 4
_EUROS = "€"
# A gap that tells of amounts, or of which communes are known.
_OF_AMOUNTS, _OF_WHOM = (
    frozenset(analyse("montant somme")),
    frozenset(analyse("liste communes aidées nommées")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a commune's record.

    Attributes:
        schemes: ids of the schemes named; empty for all.
        lists: the lists asked about.
        stems: stems of the words of the question, the names of its places left out.
        amount: whether how much is asked.
    """

    schemes: tuple[str, ...]
    lists: tuple[TerritoryList, ...]
    stems: frozenset[str]
    amount: bool


@dataclass(frozen=True, slots=True)
class RecordPlan:
    """Tells the record of communes."""

    catalogue: Catalogue
    territory: Territory
    statements: CommuneStatements

    def knows(self, commune: Commune, stems: frozenset[str]) -> bool:
        """Whether a sentence that names a commune shares two words of what is asked: it's about that."""
        found = self.statements.of(commune)
        own = frozenset(analyse(commune.name))
        return any(len((stems - own) & set(analyse(item.sentence.text))) > 1 for item in found)

    def names(self, commune: Commune, schemes: Sequence[str]) -> bool:
        """Whether a fiche of these schemes, or of any where there is none, names a commune."""
        family = self._family(schemes)
        return any(not family or item.fiche.scheme.id in family for item in self.statements.of(commune))

    def tell(self, communes: Sequence[Commune], asked: Asked, facts: Facts, on: date) -> Reply:
        """Say what the lists and the sources say of communes; where nothing does, that it proves nothing.

        Args:
            communes: those asked about.
            asked: what is asked of them.
            facts: what is known of who asks, for the verdicts that a list decides.
            on: the day.
        """
        book = CitationBook(self.territory)
        lines: list[Line] = []
        schemes: list[str] = []
        is_known = False
        for commune in communes:
            on_lists = [self._on_list(commune, list_id, book) for list_id in asked.lists]
            told = self._told(commune, asked)
            lines += _merged(on_lists)
            said = [item for item in told if not item.is_gap]
            lines += _by_scheme(told, book)
            lines += self._what_is_missing(commune, asked, said, told, book)
            schemes += [item.fiche.scheme.id for item in told]
            is_known = is_known or bool(said) or any(item.kind == "statement" for item in on_lists)
            if not (asked.lists or asked.schemes or asked.amount):
                listed = self._listed(commune, book)
                lines += listed
                is_known = is_known or bool(listed)
            if not (told or asked.lists):
                lines += self._nothing(commune, asked, book)
        lines += self._rules(asked, book)
        if any(item.kind == "unknown" for item in lines):
            lines.append(line("advice", next_steps.WHOM_TO_ASK))
        shapes = self._verdicts(asked, replace(facts, commune=communes[0]), on, book) if communes else ()
        return Reply(
            status="answered" if is_known or book.citations else "unanswerable",
            lines=tuple(lines),
            citations=book.citations,
            schemes=tuple(dict.fromkeys((*asked.schemes, *schemes))),
            eligibility=shapes,
        )

    def _rules(self, asked: Asked, book: CitationBook) -> list[Line]:
        """The sentence of each scheme named that keeps it for those on a list asked about."""
        lines = []
        for fiche in map(self.catalogue.fiche, asked.schemes):
            for rule, stated in zip(fiche.scheme.criteria, passages_of(fiche), strict=True):
                kind = kind_of(rule)
                if isinstance(kind, OnLists) and set(kind.rule.any_of) & set(asked.lists):
                    cited = book.sentence(fiche, stated.section, stated.sentence)
                    lines.append(statement(stated.sentence.text, cited))
        return lines

    def _verdicts(self, asked: Asked, facts: Facts, on: date, book: CitationBook) -> tuple[Eligibility, ...]:
        """The computed verdicts of the schemes named, where a list is asked about."""
        commune = facts.commune
        if not asked.lists or commune is None:
            return ()
        facts = by_the_lists(facts, self.territory)
        shapes = (
            eligibility_shape(assess(fiche.scheme, facts, self.territory, on), fiche, book)
            for fiche in map(self.catalogue.fiche, asked.schemes)
            if fiche.scheme.criteria
        )
        return tuple(shape.model_copy(update={"commune": commune.insee}) for shape in shapes)

    def of_department(self, department: str, asked: Asked) -> Reply:
        """Name the communes of a department that the lists asked about hold, and how much is known."""
        book = CitationBook(self.territory)
        lines: list[Line] = []
        lists = asked.lists
        told = [
            item
            for item in self.statements.in_department(department)
            if item.fiche.scheme.id in asked.schemes and not item.others and not item.is_gap
        ]
        told.sort(key=lambda item: -len(asked.stems & set(analyse(item.sentence.text))))
        lines += [_stated(item, book) for item in told[:1]]
        missing = []
        for list_id in lists:
            entries = self.territory.lists[list_id].settled
            own = [e for e in entries if self.territory.communes[e.insee].department == department]
            names = [self.territory.communes[entry.insee].name for entry in own]
            if not names:
                missing.append(
                    line("unknown", listings.none_known_in(DEPARTMENTS[department], list_name(list_id)))
                )
                continue
            cited = book.list_of(list_id, department, names)
            lines.append(
                line("statement", listings.known_in(DEPARTMENTS[department], names, _full(list_id)), [cited])
            )
            if (total := self.territory.lists[list_id].notice.total) is not None:
                lines.append(line("unknown", listings.partial(number(len(entries)), number(total)), [cited]))
        if len(missing) == len(lists):
            lines += missing[:1]
        lines.append(line("advice", next_steps.WHOM_TO_ASK))
        return Reply(status="answered", lines=tuple(lines), citations=book.citations, schemes=asked.schemes)

    def _told(self, commune: Commune, asked: Asked) -> list[Named]:
        """The sentences that name a commune and bear most on what is asked: of the schemes named, if any."""
        found = list(self.statements.of(commune))
        family = self._family(asked.schemes)
        found = [item for item in found if not family or item.fiche.scheme.id in family]
        shared = {id(item): len(asked.stems & set(analyse(item.sentence.text))) for item in found}
        most = max(shared.values(), default=0)
        if most > 1 or (asked.amount and most):
            best = {item.fiche.scheme.id for item in found if shared[id(item)] == most}
            found = [item for item in found if item.fiche.scheme.id in best]
        found.sort(key=lambda item: (item.is_gap, asked.amount and not _has_amount(item), -shared[id(item)]))
        facts = [item for item in found if not item.is_gap][:MOST]
        gaps = [item for item in found if item.is_gap][:1]
        return [*facts, *gaps]

    def _family(self, schemes: Iterable[str]) -> frozenset[str]:
        """The schemes, with those that are a part of one of them."""
        named = frozenset(schemes)
        parts = (
            scheme.id
            for scheme in self.catalogue.schemes
            for relation in scheme.relations
            if relation.kind.value == "part_of" and relation.scheme in named
        )
        return named | frozenset(parts) if named else named

    def _on_list(self, commune: Commune, list_id: TerritoryList, book: CitationBook) -> Line:
        found = self.territory.membership(commune.insee, list_id)
        cited = [book.membership(commune, list_id)]
        name, of = commune.name, list_name(list_id)
        if found.presence is Presence.YES:
            return line("statement", listings.on_the_list(name, _full(list_id)), cited)
        if found.presence is Presence.NO:
            return line("statement", listings.not_on_the_list(name, of), cited)
        if found.entry is not None:
            return line(
                "unknown",
                listings.perhaps_on_the_list(name, _full(list_id), found.entry.wording or ""),
                cited,
            )
        known, total = len(self.territory.lists[list_id].settled), self.territory.lists[list_id].notice.total
        counted = listings.partial(number(known), number(total)) if total else ""
        text = listings.maybe_on_the_list(name, _full(list_id))
        return line("unknown", f"{text} {counted}".strip(), cited)

    def _listed(self, commune: Commune, book: CitationBook) -> list[Line]:
        """The lists that a commune is on, where none is asked about in particular."""
        return [
            line(
                "statement",
                listings.is_listed(commune.name, _full(list_id)),
                [book.membership(commune, list_id)],
            )
            for list_id, found in self.territory.lists_of(commune.insee)
            if found.presence is Presence.YES
        ]

    def _what_is_missing(
        self,
        commune: Commune,
        asked: Asked,
        facts: Sequence[Named],
        told: Sequence[Named],
        book: CitationBook,
    ) -> list[Line]:
        """Say that an amount isn't known, or what a commune's own share is, of a sum told of several."""
        if not asked.amount or not facts:
            return []
        with_amount = [item for item in facts if _has_amount(item)]
        if not with_amount:
            lines = [line("unknown", listings.amount_unknown(commune.name))]
            if not any(item.is_gap for item in told):
                lines += self._gaps({item.fiche.scheme.id for item in facts}, _OF_AMOUNTS, book)
            return lines
        if all(item.others and item.sentence.text.count(_EUROS) == 1 for item in with_amount):
            return [line("unknown", listings.share_unknown(commune.name))]
        return []

    def _nothing(self, commune: Commune, asked: Asked, book: CitationBook) -> list[Line]:
        """Say that no source names the commune, which proves nothing, and what is known of the list."""
        labels = [self.catalogue.scheme(name).label for name in asked.schemes]
        lines = [line("unknown", listings.not_named(commune.name, labels))]
        return [*lines, *self._gaps(set(asked.schemes), _OF_WHOM, book)]

    def _gaps(self, schemes: Collection[str], stems: frozenset[str], book: CitationBook) -> list[Line]:
        """The sentence of each scheme that says best what isn't known, among those that share the stems."""
        lines = []
        for name in sorted(schemes):
            fiche = self.catalogue.fiche(name)
            gaps = fiche.as_document.under(UNKNOWN_SECTION)
            shared = [(len(stems & set(analyse(sentence.text))), sentence) for sentence in gaps]
            best = max(shared, key=lambda pair: pair[0], default=None)
            if best is not None and best[0]:
                cited = book.sentence(fiche, UNKNOWN_SECTION, best[1])
                lines.append(statement(best[1].text, cited))
        return lines


def _stated(item: Named, book: CitationBook) -> Line:
    cited = book.sentence(item.fiche, item.section, item.sentence)
    return (
        line("unknown", item.sentence.text, [cited]) if item.is_gap else statement(item.sentence.text, cited)
    )


def _by_scheme(told: Sequence[Named], book: CitationBook) -> Iterator[Line]:
    """The sentences under the name of their scheme and of who pays."""
    by_scheme: dict[str, list[Named]] = {}
    for item in told:
        by_scheme.setdefault(item.fiche.scheme.id, []).append(item)
    for own in by_scheme.values():
        scheme = own[0].fiche.scheme
        yield line(
            "heading", comparisons.headed_by_scheme(scheme.label, FUNDER_LABELS[scheme.funder], "").rstrip()
        )
        yield from (_stated(item, book) for item in own)


def _has_amount(item: Named) -> bool:
    return _EUROS in item.sentence.text


def _merged(on_lists: Sequence[Line]) -> list[Line]:
    """Of the phases of a programme, those that the commune is surely on, then the doubtful ones."""
    sure = [item for item in on_lists if item.kind == "statement"]
    doubtful = [item for item in on_lists if item.kind == "unknown"]
    return [*sure, *doubtful]


def _full(list_id: TerritoryList) -> str:
    """The name of a list with its period, which the citation bears."""
    return LIST_LABELS[list_id]
