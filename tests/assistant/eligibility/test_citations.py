"""Citations are numbered from 1, each passage once; lines of the tables are cited with their source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_builders import catalogue, commune, territory

from assistant.checking.verify import is_verbatim
from assistant.eligibility.citations import CitationBook
from assistant.reply import Citation, CitedSource
from corpus.communes.lists import Presence
from corpus.labels import TerritoryList

TOWN = commune("59431")
FICHE = catalogue().fiche("videoprotection")
SENTENCES = [(section.title, sentence) for section, sentence in FICHE.as_document.sentences()]


@pytest.fixture
def book() -> CitationBook:
    return CitationBook(territory())


def _quotes(book: CitationBook) -> list[str]:
    return [citation.quote.replace("\u00a0", " ") for citation in book.citations]


@given(st.lists(st.integers(0, len(SENTENCES) - 1), max_size=12))
def test_numbers_follow_the_order_of_the_first_mention(places: list[int]) -> None:
    book = CitationBook(territory())
    numbers = [book.sentence(FICHE, *SENTENCES[place]) for place in places]
    assert [citation.n for citation in book.citations] == list(range(1, len(set(places)) + 1))
    by_place = dict(zip(places, numbers, strict=True))
    assert [by_place[place] for place in places] == numbers
    for place, number in by_place.items():
        assert book.citations[number - 1].quote == SENTENCES[place][1].text


def test_a_sentence_is_cited_verbatim_with_its_sources(book: CitationBook) -> None:
    for section, sentence in SENTENCES:
        number = book.sentence(FICHE, section, sentence)
        found = book.citations[number - 1]
        assert is_verbatim(found.quote, sentence.text)
        assert (found.scheme_id, found.document_id, found.section) == (
            "videoprotection",
            "fiche:videoprotection",
            section,
        )
        assert len(found.sources) == len(sentence.sources) >= 1
        assert all(source.title for source in found.sources)


def test_lines_of_the_tables_give_their_figures_and_their_source(book: CitationBook) -> None:
    asked = (book.population, book.epci, book.location, book.body, book.population)
    assert [cite(TOWN) for cite in asked] == [1, 2, 3, 4, 1]
    assert f"{TOWN.population:,}".replace(",", " ") in _quotes(book)[0]
    assert f"{territory().epci_of(TOWN).population:,}".replace(",", " ") in _quotes(book)[1]
    assert "Nord" in _quotes(book)[2]
    assert territory().epci_of(TOWN).name in _quotes(book)[3]
    for citation in book.citations:
        assert citation.scheme_id is None
        assert citation.sources[0].title
        assert citation.sources[0].published


@pytest.mark.parametrize("list_id", list(TerritoryList))
def test_a_list_is_cited_for_what_it_says(list_id: TerritoryList, book: CitationBook) -> None:
    words = {Presence.YES: "figure sur", Presence.NO: "ne figure pas", Presence.UNKNOWN: "incomplète"}
    on_it = sorted(territory().lists[list_id].entries)
    for insee in (*on_it[:3], *sorted(set(territory().communes) - set(on_it))[:3]):
        presence = territory().membership(insee, list_id).presence
        number = book.membership(commune(insee), list_id)
        assert words[presence] in _quotes(book)[number - 1]
        assert book.citations[number - 1].sources[0].publisher


def test_a_citation_made_elsewhere_gets_a_number_here(book: CitationBook) -> None:
    first = book.population(TOWN)
    taken = Citation(
        n=7,
        scheme_id="cvcb",
        scheme_name="CVCB",
        document_id="fiche:cvcb",
        section="Objet",
        quote="Le CVCB aide les centres.",
        sources=(CitedSource(title="Page"),),
    )
    assert (first, book.add(taken), book.add(taken)) == (1, 2, 2)
    assert book.citations[1] == taken.model_copy(update={"n": 2})
    own = book.citations[0].model_copy(update={"n": 9})
    assert book.add(own) == 1


def test_a_sentence_cited_here_and_elsewhere_is_one_citation(book: CitationBook) -> None:
    section, sentence = SENTENCES[0]
    number = book.sentence(FICHE, section, sentence)
    assert book.add(book.citations[0].model_copy(update={"n": 4})) == number
    assert len(book.citations) == 1
