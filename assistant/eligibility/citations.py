"""Number the citations of one reply: sentences of fiches, lines of the commune tables; each once."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.eligibility import words as say
from assistant.reply import Citation, CitedSource
from corpus.communes.commune import DEPARTMENTS, Commune
from corpus.communes.lists import Presence
from corpus.communes.notice import Notice
from corpus.communes.territory import Territory
from corpus.fiches.document import Sentence
from corpus.fiches.fiche import Fiche
from corpus.labels import LIST_LABELS, TerritoryList
from corpus.source import Reference

# What opens the document ids of our tables: their lines are written here, not quoted from a passage.
_TABLES = ("commune:", "epci:", "liste:")


class CitationBook:
    """Issues the numbers of a reply's citations, from 1; the same passage keeps its number."""

    def __init__(self, territory: Territory) -> None:
        """Start an empty book."""
        self._territory = territory
        self._citations: dict[tuple[str, str, str], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations issued, in the order of their numbers."""
        return tuple(self._citations.values())

    def add(self, citation: Citation) -> int:
        """Take over a citation made elsewhere, under a number of this book."""
        key = (citation.document_id, citation.section, citation.quote)
        if key not in self._citations:
            self._citations[key] = citation.model_copy(update={"n": len(self._citations) + 1})
        return self._citations[key].n

    def sentence(self, fiche: Fiche, section: str, sentence: Sentence) -> int:
        """Cite a sentence of a fiche."""
        document = fiche.as_document
        sources = [source for source in document.sources if source.n in sentence.sources]
        return self._issue(
            document.id, section, sentence.text, [cited_source(s) for s in sources], fiche=fiche
        )

    def population(self, commune: Commune) -> int:
        """Cite the line of the commune table that gives its population."""
        notice = self._territory.notices["communes"]
        quote = say.spaced(f"{commune.label} : {say.number(commune.population)} habitants.")
        source = _noticed(notice, notice.source, notice.url)
        return self._issue(f"commune:{commune.insee}", "Population", quote, [source])

    def epci(self, commune: Commune) -> int:
        """Cite the line of the table of intercommunal bodies that gives its population."""
        notice = self._territory.notices["epci"]
        epci = self._territory.epci_of(commune)
        quote = say.spaced(f"{epci.name} : {say.number(epci.population)} habitants.")
        source = _noticed(notice, notice.source, notice.url)
        return self._issue(f"epci:{epci.siren}", "Population", quote, [source])

    def location(self, commune: Commune) -> int:
        """Cite the line of the commune table that gives its department."""
        notice = self._territory.notices["communes"]
        source = _noticed(notice, notice.source, notice.url)
        return self._issue(f"commune:{commune.insee}", "Département", say.location_reason(commune), [source])

    def body(self, commune: Commune) -> int:
        """Cite the line of the commune table that gives its intercommunal body."""
        notice = self._territory.notices["communes"]
        source = _noticed(notice, notice.source, notice.url)
        quote = say.body_reason(commune, self._territory.epci_of(commune))
        return self._issue(f"commune:{commune.insee}", "Intercommunalité", quote, [source])

    def membership(self, commune: Commune, list_id: TerritoryList) -> int:
        """Cite what a list says of a commune."""
        notice = self._territory.lists[list_id].notice
        found = self._territory.membership(commune.insee, list_id)
        label = say.list_name(list_id)
        quote = {
            Presence.YES: f"{commune.label} figure sur la liste « {label} ».",
            Presence.NO: f"{commune.label} ne figure pas sur la liste « {label} ».",
            Presence.UNKNOWN: self._incomplete(list_id),
        }[found.presence]
        if found.entry is not None and found.presence is Presence.UNKNOWN:
            quote = f"{commune.label} sur la liste « {LIST_LABELS[list_id]} » : {found.entry.wording}."
        if found.presence is Presence.YES:
            quote = f"{commune.label} figure sur la liste « {LIST_LABELS[list_id]} »."
        source = _noticed(notice, found.source, found.url)
        return self._issue(f"liste:{list_id.value}:{commune.insee}", label, say.spaced(quote), [source])

    def list_of(self, list_id: TerritoryList, department: str, names: Sequence[str]) -> int:
        """Cite what a list says of a department: the communes of it that are on the list."""
        notice = self._territory.lists[list_id].notice
        quote = f"Liste « {LIST_LABELS[list_id]} », {DEPARTMENTS[department]} : {', '.join(names)}."
        if not notice.complete:
            quote = f"{quote} {self._incomplete(list_id)}"
        source = _noticed(notice, notice.source, notice.url)
        return self._issue(
            f"liste:{list_id.value}:{department}", say.list_name(list_id), say.spaced(quote), [source]
        )

    def _incomplete(self, list_id: TerritoryList) -> str:
        """Say that a list isn't complete, and how much of it is known."""
        known, total = (
            len(self._territory.lists[list_id].settled),
            self._territory.lists[list_id].notice.total,
        )
        of = f" : {say.number(known)} communes connues sur {say.number(total)}" if total else ""
        return f"La liste « {LIST_LABELS[list_id]} » dont nous disposons est incomplète{of}."

    def _issue(
        self,
        document_id: str,
        section: str,
        quote: str,
        sources: Sequence[CitedSource],
        fiche: Fiche | None = None,
    ) -> int:
        key = (document_id, section, quote)
        if key not in self._citations:
            self._citations[key] = Citation(
                n=len(self._citations) + 1,
                scheme_id=fiche.scheme.id if fiche else None,
                scheme_name=fiche.scheme.name if fiche else None,
                document_id=document_id,
                section=section,
                quote=quote,
                sources=tuple(sources),
            )
        return self._citations[key].n


def is_table(document_id: str) -> bool:
    """Whether a citation is of a line of the commune tables, which no passage holds."""
    return document_id.startswith(_TABLES)


def cited_source(source: Reference) -> CitedSource:
    """A source as a citation shows it."""
    return CitedSource(
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        published=source.published,
        updated=source.updated,
        date_note=source.date_note,
    )


def _noticed(notice: Notice, publisher: str, url: object) -> CitedSource:
    """A table or a list as a citation shows it, published by whoever says the line that is cited."""
    address = None if url is None else str(url)
    return CitedSource(title=notice.title, publisher=publisher, url=address, published=notice.date)
