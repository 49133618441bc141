from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.fiches.document import Block, Document, Section, Sentence
from corpus.source import Reference, Source
from ingest.chunk import MAX_WORDS, MIN_WORDS, Chunk, chunk_document, chunk_from_json, count_words

Make = Callable[..., Document]


def words(count: int, name: str = "mot") -> str:
    return " ".join(f"{name}{number}" for number in range(count - 1)) + f" fin{name}."


def size(chunk: Chunk) -> int:
    return sum(count_words(sentence.text) for sentence in chunk.sentences)


_SOURCES = tuple(Source(n=n, title=f"Page {n}", publisher="La mairie") for n in (1, 2, 3))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents of up to 8 sections whose sentences, all different, count 1 to 320 words."""
    number = 0
    sections = []
    for place in range(draw(st.integers(0, 8))):
        blocks = []
        for _ in range(draw(st.integers(1, 4))):
            sizes = draw(
                st.lists(st.one_of(st.integers(1, 60), st.integers(60, 320)), min_size=1, max_size=5)
            )
            sentences = []
            for length in sizes:
                number += 1
                sentences.append(Sentence(words(length, f"s{number}x"), (draw(st.integers(1, 3)),)))
            blocks.append(Block(tuple(sentences), is_item=draw(st.booleans())))
        path = draw(st.sampled_from([(), (f"Section {place}",), ("Haut", f"Section {place}")]))
        sections.append(Section(path, tuple(blocks)))
    return Document("doc:x", "Titre", None, "x.md", "2023", None, _SOURCES, tuple(sections), ("alias",))


def fewest_short(sizes: list[int]) -> int:
    """Fewest chunks under 80 words in any cutting whose chunks of several sentences hold 250 at most."""
    best = [0] + [len(sizes) + 1] * len(sizes)
    for end in range(1, len(sizes) + 1):
        for start in range(end):
            total = sum(sizes[start:end])
            if total <= MAX_WORDS or end - start == 1:
                best[end] = min(best[end], best[start] + (total < MIN_WORDS))
    return best[-1]


@pytest.mark.slow
@given(documents())
@settings(max_examples=60, deadline=None)
def test_every_sentence_appears_once_in_order_and_whole(document: Document) -> None:
    chunks = chunk_document(document)
    expected = [(s.text, section.title, s.sources) for section, s in document.sentences()]
    assert [(s.text, s.section, s.sources) for chunk in chunks for s in chunk.sentences] == expected
    for chunk in chunks:
        assert all(chunk.text.count(sentence.text) == 1 for sentence in chunk.sentences)


@pytest.mark.slow
@given(documents())
@settings(max_examples=60, deadline=None)
def test_chunks_hold_80_to_250_words_as_far_as_can_be(document: Document) -> None:
    chunks = chunk_document(document)
    assert all(size(chunk) <= MAX_WORDS or len(chunk.sentences) == 1 for chunk in chunks)
    sizes = [count_words(sentence.text) for _, sentence in document.sentences()]
    assert sum(size(chunk) < MIN_WORDS for chunk in chunks) == fewest_short(sizes)


@pytest.mark.slow
@given(documents())
@settings(max_examples=30, deadline=None)
def test_chunks_survive_json(document: Document) -> None:
    for chunk in chunk_document(document):
        assert chunk_from_json(chunk.to_json()) == chunk


@pytest.mark.slow
@given(documents())
@settings(max_examples=30, deadline=None)
def test_ids_are_unique_and_depend_on_the_content_only(document: Document) -> None:
    chunks = chunk_document(document)
    assert max(Counter(chunk.id for chunk in chunks).values(), default=1) == 1
    assert chunk_document(document) == chunks


def test_json_keeps_every_field(document: Make) -> None:
    source = Source(
        n=2,
        title="Un « titre » œuvré",
        publisher="La mairie",
        url="https://exemple.fr/é?a=1",
        published="2022-11",
        updated="2023",
        date_note="automne",
        also=(Reference(title="Une autre", publisher="Le journal", published="2021"),),
    )
    made = document(
        (("Haut", "Bas"), [words(90)]),
        scheme_id="lavoirs",
        keywords=("lavoir", "fontaine"),
        published="2022",
        updated="2023-07",
        sources=(Source(n=1, title="Une page", publisher="La mairie"), source),
    )
    (chunk,) = chunk_document(made)
    again = chunk_from_json(chunk.to_json())
    assert again == chunk
    assert (again.scheme_id, again.keywords, again.published, again.updated) == (
        "lavoirs",
        ("lavoir", "fontaine"),
        "2022",
        "2023-07",
    )
    assert "\\u" not in chunk.to_json()
    with_source = chunk_document(
        Document(
            **{name: getattr(made, name) for name in made.__slots__}
            | {"sections": (Section((), (Block((Sentence(words(90), (2,)),)),)),)}
        )
    )[0]
    assert with_source.sources == (source,)
    assert chunk_from_json(with_source.to_json()).sources == (source,)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id": "a"}', '"texte"', "null"])
def test_something_else_than_a_chunk_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a chunk|Expecting"):
        chunk_from_json(text)


def test_an_empty_document_has_no_chunk(document: Make) -> None:
    assert chunk_document(document()) == ()


def test_a_short_document_is_one_chunk(document: Make) -> None:
    (chunk,) = chunk_document(document((("Objet",), ["Une phrase."]), (("Montant",), ["Une autre."])))
    assert chunk.sections == ("Objet", "Montant")
    assert chunk.heading == "Essai > Objet"
    assert chunk.text == "Une phrase.\nMontant\nUne autre."


def test_long_sections_are_not_mixed(document: Make) -> None:
    made = document(
        (("Objet",), [words(70, "a"), words(60, "b")]), (("Montant",), [words(60, "c"), words(70, "d")])
    )
    assert [chunk.sections for chunk in chunk_document(made)] == [("Objet",), ("Montant",)]


def test_a_long_section_is_cut_between_paragraphs(document: Make) -> None:
    made = document((("Objet",), [words(100, name) for name in "abcdef"]))
    chunks = chunk_document(made)
    assert [size(chunk) for chunk in chunks] == [200, 200, 200] or {size(chunk) for chunk in chunks} == {100}
    assert all(chunk.heading == "Essai > Objet" for chunk in chunks)


def test_a_paragraph_is_cut_only_where_bounds_ask_for_it(document: Make) -> None:
    sentences = tuple(Sentence(words(50, name), (1,)) for name in "abcdefgh")
    made = Document("d", "T", None, "x", None, None, _SOURCES, (Section(("O",), (Block(sentences),)),))
    chunks = chunk_document(made)
    assert all(MIN_WORDS <= size(chunk) <= MAX_WORDS for chunk in chunks)
    assert len(chunks) == 2


def test_no_chunk_is_short_by_a_word_where_a_paragraph_could_be_cut(document: Make) -> None:
    first = Block((Sentence(words(79, "a"), (1,)),))
    second = Block(
        (Sentence(words(40, "b"), (1,)), Sentence(words(100, "c"), (1,)), Sentence(words(100, "d"), (1,)))
    )
    made = Document("d", "T", None, "x", None, None, _SOURCES, (Section(("O",), (first, second)),))
    assert [size(chunk) for chunk in chunk_document(made)] == [119, 200]


def test_a_sentence_longer_than_a_chunk_stands_alone(document: Make) -> None:
    made = document((("Objet",), [words(90, "a"), words(400, "b"), words(90, "c")]))
    assert [size(chunk) for chunk in chunk_document(made)] == [90, 400, 90]


def test_items_bear_a_dash_and_blocks_a_line_each(document: Make) -> None:
    blocks = (
        Block((Sentence("Sont aidés :", (1,)),)),
        Block((Sentence("les haies ;", (1,)),), is_item=True),
        Block((Sentence("les arbres.", (2,)), Sentence("Pas les autres.", (2,))), is_item=True),
    )
    made = Document("d", "T", None, "x", None, None, _SOURCES, (Section((), blocks),))
    (chunk,) = chunk_document(made)
    assert chunk.text == "Sont aidés :\n- les haies ;\n- les arbres. Pas les autres."
    assert [source.n for source in chunk.sources] == [1, 2]


def test_what_is_embedded_holds_the_heading_and_what_is_searched_the_keywords_too(document: Make) -> None:
    (chunk,) = chunk_document(document((("Objet",), ["Une phrase."]), keywords=("lavoir", "fontaine")))
    assert chunk.embedded_text == "Essai > Objet\nUne phrase."
    assert chunk.searched_text == "Essai > Objet\nlavoir ; fontaine\nUne phrase."


def test_the_same_text_twice_gives_two_ids(document: Make) -> None:
    text = words(100)
    chunks = chunk_document(document((("Objet",), [text]), (("Objet",), [text])))
    assert len({chunk.id for chunk in chunks}) == 2


def test_a_change_changes_the_id_of_its_chunk_only(document: Make) -> None:
    before = chunk_document(document((("Un",), [words(100, "a")]), (("Deux",), [words(100, "b")])))
    after = chunk_document(document((("Un",), [words(100, "a")]), (("Deux",), [words(101, "b")])))
    assert [one.id == other.id for one, other in zip(before, after, strict=True)] == [True, False]
    renamed = chunk_document(document((("Un",), [words(100, "a")]), title="Autre"))
    assert renamed[0].id != before[0].id
    assert all(first.id != second.id for first, second in pairwise(before))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("un deux", 2),
        ("30 % : oui !", 2),
        ("l’aide « locale »", 2),
        ("1,78 million", 2),
        ("— – -", 0),
    ],
)
def test_marks_are_no_words(text: str, count: int) -> None:
    assert count_words(text) == count
