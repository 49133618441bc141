"""Items of a page's list are told together, and whole where the list is what answers."""

from __future__ import annotations

from dataclasses import replace

from small_corpus import SmallCorpus, ask

from assistant.answering.page_lists import told_together, with_the_whole_list
from assistant.choosing.evidence import Evidence
from assistant.markers import markers
from assistant.reply import Citation
from assistant.search.hits import RetrievedChunk
from ingest.chunk import Chunk, ChunkSentence

PAPERS = ("la délibération", "le devis", "un plan de situation", "l’avis des pompiers", "l’arrêté du maire")
PAGE = "# L’aide aux bouches d’incendie de Sault\n\n## Pièces à joindre\n\n{items}\n\n## Dépôt\n\n{way}\n"
WAY = "Le dossier de bouche d’incendie se dépose à la mairie de Sault."


def passage(document: str = "doc:page", scheme: str | None = None) -> Chunk:
    sentences = (
        *(ChunkSentence(text, "Pièces à joindre", ()) for text in PAPERS),
        ChunkSentence(WAY, "Dépôt", ()),
    )
    return Chunk(document, document, scheme, "Une aide", (), "", "", sentences, ())


def evidence(chunk: Chunk) -> list[Evidence]:
    hit = RetrievedChunk(chunk, 1.0, {}, None)
    return [Evidence(hit, place, item, frozenset(), 1.0) for place, item in enumerate(chunk.sentences)]


def cited(n: int, quote: str, section: str = "Pièces à joindre", scheme: str | None = None) -> Citation:
    return Citation(
        n=n,
        scheme_id=scheme,
        scheme_name=scheme,
        document_id="doc:page",
        section=section,
        quote=quote,
        sources=(),
    )


def texts(items: list[Evidence]) -> list[str]:
    return [item.sentence.text for item in items]


def test_a_list_that_answers_is_told_whole_in_its_order() -> None:
    usable = evidence(passage())
    kept = [usable[3], usable[1], usable[5], usable[0]]
    assert texts(with_the_whole_list(kept, usable)) == [*PAPERS, WAY]


def test_two_items_of_a_list_bring_no_others() -> None:
    usable = evidence(passage())
    kept = [usable[3], usable[1], usable[5]]
    assert with_the_whole_list(kept, usable) == kept


def test_sentences_of_a_page_are_no_list() -> None:
    """The best of them stays first."""
    chunk = passage()
    told = tuple(replace(item, text=f"{item.text.capitalize()}.") for item in chunk.sentences)
    usable = evidence(replace(chunk, sentences=told))
    kept = [usable[3], usable[1], usable[0]]
    assert with_the_whole_list(kept, usable) == kept


def test_sentences_of_a_fiche_are_no_list() -> None:
    usable = evidence(passage("fiche:halles", "halles"))
    kept = [usable[3], usable[1], usable[0]]
    assert with_the_whole_list(kept, usable) == kept


def test_items_of_another_page_are_of_another_list() -> None:
    own, other = evidence(passage()), evidence(passage("doc:other"))
    kept = [own[3], own[1], own[0]]
    assert set(map(id, with_the_whole_list(kept, [*own, *other]))) == set(map(id, own[:5]))


def test_a_long_list_is_not_told_whole() -> None:
    chunk = passage()
    chunk = replace(
        chunk, sentences=tuple(replace(chunk.sentences[0], text=f"la pièce n° {n}") for n in range(11))
    )
    usable = evidence(chunk)
    assert with_the_whole_list(usable[:4], usable) == usable[:4]


def test_items_that_follow_each_other_are_one_line_with_a_marker_each() -> None:
    lines = told_together([cited(1, "la délibération ;"), cited(2, "le devis."), cited(3, WAY, "Dépôt")])
    assert [item.text for item in lines] == [
        "Pièces à joindre\u00a0: la délibération [1] ; le devis [2]",
        f"{WAY} [3]",
    ]
    assert [tuple(markers(item.text)) for item in lines] == [(1, 2), (3,)]


def test_rows_of_a_table_and_sentences_of_fiches_keep_their_lines() -> None:
    rows = [
        cited(1, "Bois, Taux : 45 % ; Plafond : 30 000 €"),
        cited(2, "Gaz, Taux : 30 % ; Plafond : 9 000 €"),
    ]
    assert len(told_together(rows)) == 2
    assert (
        len(told_together([cited(1, "un devis", scheme="halles"), cited(2, "un plan", scheme="halles")])) == 2
    )


def test_every_paper_that_a_page_lists_is_told(small_corpus: SmallCorpus) -> None:
    corpus = SmallCorpus(small_corpus.root / "papers")
    page = corpus.root / "bouches.md"
    page.write_text(PAGE.format(items="\n".join(f"- {paper}" for paper in PAPERS), way=WAY), encoding="utf-8")
    corpus.ingest(page)
    asked = ask("Quelles pièces à joindre pour l’aide aux bouches d’incendie de Sault ?")
    lines = [item for item in corpus.engine().reply(asked).lines if item.kind == "statement"]
    assert all(any(paper in item.text for item in lines) for paper in PAPERS)
    assert any(all(paper in item.text for paper in PAPERS) for item in lines)
