"""How like a question is to those that people ask, by scheme and by sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder
from small_corpus import SmallCorpus

from assistant.search.asked_index import AskedIndex
from assistant.search.known_questions import known_questions
from corpus.fiches.catalogue import Catalogue, load_catalogue

ASKED = {
    "halles": (
        ("Combien pour construire une halle ?", "jusqu’à 40 % du coût"),
        ("Peut-on réparer le toit de la halle ?", "ne couvrait pas l’entretien du toit"),
        ("Qui peut demander l’aide aux halles ?", "s’adresse aux communes de moins de 5 000 habitants"),
    ),
    "lavoirs": (("Notre vieux lavoir tombe en ruine, que faire ?", "soutient la restauration des lavoirs"),),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> AskedIndex:
    corpus = SmallCorpus(tmp_path_factory.mktemp("asked"))
    for name, rows in ASKED.items():
        corpus.ask_about(name, *rows)
    return _index_of(load_catalogue(corpus.schemes))


def _index_of(catalogue: Catalogue, repaired: Callable[[str], str] = str) -> AskedIndex:
    embedder = FakeEmbedder()
    return AskedIndex(catalogue, embedder, known_questions(catalogue, embedder, repaired))


def test_the_scheme_asked_about_in_like_words_is_the_nearest(index: AskedIndex) -> None:
    found = index.by_scheme("Un lavoir en ruine dans le village")
    assert set(found) == {"halles", "lavoirs"}
    assert found["lavoirs"][0] > found["halles"][0]


def test_the_same_question_is_as_like_as_can_be(index: AskedIndex) -> None:
    for text, (name, _) in zip(index.texts, index.answers, strict=True):
        assert index.by_scheme(text)[name][0] == pytest.approx(1.0)


def test_a_question_left_out_does_not_answer_itself(index: AskedIndex) -> None:
    for place, (text, (name, sentences)) in enumerate(zip(index.texts, index.answers, strict=True)):
        assert index.leaving_out({place}).by_scheme(text).get(name, (0.0, 0.0))[0] < 0.9
        assert index.leaving_out({place}).by_sentence(text, [name]).get(sentences[0], 0.0) < 0.9


def test_a_scheme_without_its_questions_is_asked_about_by_nobody(index: AskedIndex) -> None:
    places = [place for place, (name, _) in enumerate(index.answers) if name == "lavoirs"]
    assert set(index.leaving_out(places).by_scheme("Un lavoir en ruine dans le village")) == {"halles"}


def test_the_sentence_that_answers_the_like_question_comes_first(index: AskedIndex) -> None:
    found = index.by_sentence("le toit de notre halle fuit, ça se répare avec l’aide ?", ["halles"])
    assert max(found, key=lambda text: found[text]).startswith(
        "En 2023, l’aide aux halles de marché ne couvrait"
    )
    assert all(0 <= score <= 1 for score in found.values())


def test_only_the_schemes_meant_are_looked_at(index: AskedIndex) -> None:
    assert index.by_sentence("une halle", ["haies"]) == {}
    assert len(index.by_sentence("une halle", ["halles", "lavoirs", "haies"])) == 4


@pytest.mark.parametrize("text", ["", "???", "xyzzy"])
def test_a_text_without_a_known_word_is_like_nothing(index: AskedIndex, text: str) -> None:
    assert all(best < 0.05 for best, _ in index.by_scheme(text).values())


def test_a_catalogue_without_questions_gives_nothing(tmp_path: Path) -> None:
    corpus = SmallCorpus(tmp_path)
    index = _index_of(corpus.catalogue)
    assert len(index) == 0
    assert index.by_scheme("une halle") == {}
    assert index.by_sentence("une halle", ["halles"]) == {}


def test_spelling_is_mended_before_indexing(tmp_path: Path) -> None:
    corpus = SmallCorpus(tmp_path)
    corpus.ask_about("halles", ("une hale ?", "jusqu’à 40 % du coût"))
    index = _index_of(load_catalogue(corpus.schemes), lambda text: text.replace("hale", "halle"))
    assert index.texts == ["une halle ?"]
    assert index.by_scheme("halle")["halles"][0] > 0.5
