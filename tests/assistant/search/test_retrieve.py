"""Fusion on values computed by hand, then the retriever on a real index."""

from __future__ import annotations

import math
import shutil
from collections.abc import Mapping

import pytest
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import SmallCorpus

from assistant.search.retrieve import LEG_WEIGHTS, NAMED_SCHEME_BOOST, SECTION_BOOST, HybridRetriever, fuse
from ingest.errors import ForeignIndex, IngestError, NoIndex
from ingest.generations import Generations
from ingest.lexical import analyse
from ingest.reader import IndexReader, Snapshot

WEIGHTS = {"lexical": 0.6, "dense": 0.4}


# --- fusion ---------------------------------------------------------------------------------------


def test_each_leg_is_scaled_then_weighted() -> None:
    legs = {"lexical": {"a": 12.0, "b": 6.0, "c": 2.0}, "dense": {"b": 0.9, "d": 0.5}}
    fused = fuse(legs, WEIGHTS)
    assert fused["a"] == {"lexical": pytest.approx(0.6)}
    assert fused["b"] == {"lexical": pytest.approx(0.24), "dense": pytest.approx(0.4)}
    assert fused["c"] == {"lexical": 0.0}
    assert fused["d"] == {"dense": 0.0}


def test_negative_scores_are_scaled_too() -> None:
    fused = fuse({"dense": {"a": -0.5, "b": 0.0, "c": 0.5}}, WEIGHTS)
    assert [fused[name]["dense"] for name in "abc"] == pytest.approx([0.0, 0.2, 0.4])


@pytest.mark.parametrize("score", [0.0, 3.5, -2.0])
def test_equal_scores_all_count_in_full(score: float) -> None:
    assert fuse({"lexical": {"a": score, "b": score}}, WEIGHTS) == {
        "a": {"lexical": 0.6},
        "b": {"lexical": 0.6},
    }


def test_one_item_alone_counts_in_full() -> None:
    assert fuse({"lexical": {"a": 0.1}, "dense": {"a": 0.2}}, WEIGHTS) == {"a": WEIGHTS}


def test_an_empty_leg_brings_nothing() -> None:
    assert fuse({"lexical": {}, "dense": {}}, WEIGHTS) == {}
    assert fuse({"lexical": {}, "dense": {"a": 1.0}}, WEIGHTS) == {"a": {"dense": 0.4}}
    assert fuse({}, WEIGHTS) == {}


scores = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-1000, 1000), max_size=8)


@given(lexical=scores, dense=scores)
def test_fusion_keeps_every_item_and_the_order_of_each_leg(
    lexical: dict[str, int], dense: dict[str, int]
) -> None:
    fused = fuse({"lexical": lexical, "dense": dense}, WEIGHTS)
    assert set(fused) == set(lexical) | set(dense)
    for leg, found in (("lexical", lexical), ("dense", dense)):
        assert {name for name, parts in fused.items() if leg in parts} == set(found)
        for name, score in found.items():
            assert 0 <= fused[name][leg] <= WEIGHTS[leg]
            assert all(fused[name][leg] >= fused[other][leg] for other in found if found[other] <= score)
        if found:
            assert max(fused[name][leg] for name in found) == WEIGHTS[leg]


@given(lexical=scores, scale=st.integers(1, 50), shift=st.integers(-100, 100))
def test_the_unit_of_a_leg_does_not_matter(lexical: dict[str, int], scale: int, shift: int) -> None:
    moved = {name: score * scale + shift for name, score in lexical.items()}
    fused, again = fuse({"lexical": lexical}, WEIGHTS), fuse({"lexical": moved}, WEIGHTS)
    assert all(math.isclose(fused[name]["lexical"], again[name]["lexical"]) for name in fused)


# --- a real index ---------------------------------------------------------------------------------


@pytest.fixture
def retriever(small_corpus: SmallCorpus) -> HybridRetriever:
    return small_corpus.retriever()


@pytest.mark.parametrize(
    ("question", "scheme"),
    [
        ("construire une halle couverte", "halles"),
        ("restaurer un lavoir ancien", "lavoirs"),
        ("planter des haies", "haies"),
        ("isoler un bâtiment scolaire", "ecoles"),
        ("ISOLER UN BATIMENT SCOLAIRE", "ecoles"),
        ("petit patrimoine", "lavoirs"),  # an alias, which no text of the fiche holds
    ],
)
def test_the_right_passage_comes_first(retriever: HybridRetriever, question: str, scheme: str) -> None:
    assert retriever.retrieve(question)[0].chunk.scheme_id == scheme


def test_a_score_is_the_sum_of_its_reasons_best_first(retriever: HybridRetriever) -> None:
    hits = retriever.retrieve("halle de marché", schemes=("halles",), sections=("Montant",))
    assert hits
    for hit in hits:
        assert hit.score == pytest.approx(sum(hit.reasons.values()))
        assert set(hit.reasons) <= {*LEG_WEIGHTS, "scheme", "section"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.chunk.id for hit in hits}) == len(hits)


def test_the_best_of_every_leg_scores_one(retriever: HybridRetriever) -> None:
    best = retriever.retrieve("halle de marché")[0]
    assert best.score == pytest.approx(sum(LEG_WEIGHTS.values()))
    assert best.similarity is not None
    assert 0 < best.similarity <= 1.0001


def test_k_bounds_the_number_of_passages(retriever: HybridRetriever) -> None:
    assert len(retriever.retrieve("aide de la Région", 1)) == 1
    assert len(retriever.retrieve("aide de la Région", 100)) == 4


def test_a_named_scheme_is_boosted(retriever: HybridRetriever) -> None:
    hits = retriever.retrieve("halle de marché", schemes=("lavoirs",))
    boosted = next(hit for hit in hits if hit.chunk.scheme_id == "lavoirs")
    assert boosted.reasons["scheme"] == NAMED_SCHEME_BOOST
    assert all("scheme" not in hit.reasons for hit in hits if hit is not boosted)


def test_a_section_that_is_asked_for_is_boosted(retriever: HybridRetriever) -> None:
    hits = retriever.retrieve("aide de la Région", sections=("Exemples",))
    for hit in hits:
        assert ("section" in hit.reasons) == ("Exemples" in hit.chunk.sections)
    assert {hit.reasons["section"] for hit in hits if "section" in hit.reasons} == {SECTION_BOOST}


def test_a_search_within_one_scheme_finds_no_other(retriever: HybridRetriever) -> None:
    hits = retriever.retrieve("halle de marché", only_scheme="haies")
    assert hits
    assert {hit.chunk.scheme_id for hit in hits} == {"haies"}


def test_a_search_within_one_scheme_finds_no_other_even_if_it_names_one(retriever: HybridRetriever) -> None:
    hits = retriever.retrieve("halle de marché", only_scheme="haies", schemes=("halles", "haies"))
    assert {hit.chunk.scheme_id for hit in hits} == {"haies"}
    assert all("scheme" in hit.reasons for hit in hits)


@pytest.mark.parametrize("text", ["", "   ", "???", "le la les", "xyzzy"])
def test_a_text_that_nothing_matches_is_no_error(retriever: HybridRetriever, text: str) -> None:
    assert all("lexical" not in hit.reasons for hit in retriever.retrieve(text))


def test_the_same_question_gives_the_same_list(small_corpus: SmallCorpus) -> None:
    first, second = (small_corpus.retriever().retrieve("aide aux communes") for _ in range(2))
    assert [(hit.chunk.id, hit.score) for hit in first] == [(hit.chunk.id, hit.score) for hit in second]


def test_rare_words_weigh_more(retriever: HybridRetriever) -> None:
    stems = analyse("aide marchands ornithorynque")
    weights: Mapping[str, float] = retriever.word_weights(stems)
    common, rare, unknown = (weights[stem] for stem in stems)
    assert 0 < common < rare < unknown


def test_words_that_the_index_lacks_are_mended_before_every_leg(retriever: HybridRetriever) -> None:
    assert retriever.mended("restaurer un lavpir").changes[-1] == ("lavpir", "lavoir")
    (best, *_) = retriever.retrieve("un lavpir")
    assert best.chunk.scheme_id == "lavoirs"
    assert set(best.reasons) == set(LEG_WEIGHTS)


def test_a_caller_that_mends_keeps_its_words(small_corpus: SmallCorpus) -> None:
    plain = HybridRetriever(small_corpus.reader(), small_corpus.embedder, mends=False)
    assert all("lexical" not in hit.reasons for hit in plain.retrieve("un lavpir"))


def test_words_of_a_new_generation_are_known(own: SmallCorpus) -> None:
    retriever = own.retriever()
    assert retriever.mended("pimprenele").changes == ()
    change(own, "pimprenelle")
    assert retriever.mended("pimprenele").changes == (("pimprenele", "pimprenelle"),)


# --- following the generations --------------------------------------------------------------------


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> SmallCorpus:
    corpus = SmallCorpus(tmp_path_factory.mktemp("own"))
    corpus.ingest()
    return corpus


def change(corpus: SmallCorpus, word: str) -> None:
    """Make a new generation in which the fiche of the hedges holds a new word."""
    path = corpus.schemes / "haies.md"
    text = path.read_text(encoding="utf-8").split("## Démarche")[0]
    corpus.write("haies", f"{text}## Démarche\n- Le mot convenu est {word}. [1]\n")
    corpus.ingest()


def texts(retriever: HybridRetriever, question: str) -> str:
    return "\n".join(hit.chunk.text for hit in retriever.retrieve(question))


def test_a_new_generation_is_picked_up(own: SmallCorpus) -> None:
    retriever = own.retriever()
    assert "pimprenelle" not in texts(retriever, "pimprenelle")
    change(own, "pimprenelle")
    assert "pimprenelle" in texts(retriever, "pimprenelle")


class RacingReader(IndexReader):
    """Runs an action between the moment a snapshot is taken and the moment it's searched, once."""

    def __init__(self, corpus: SmallCorpus) -> None:
        super().__init__(corpus.generations, corpus.embedder)
        self.race = lambda: None

    def snapshot(self) -> Snapshot:
        taken = super().snapshot()
        race, self.race = self.race, lambda: None
        race()
        return taken


def test_a_generation_deleted_under_an_open_reader_is_reopened(own: SmallCorpus) -> None:
    reader = RacingReader(own)
    retriever = HybridRetriever(reader, own.embedder)
    before = own.generations.current()
    assert before is not None

    def two_ingestions() -> None:
        change(own, "premier")
        change(own, "second")

    reader.race = two_ingestions
    assert retriever.retrieve("halle de marché")[0].chunk.scheme_id == "halles"
    assert not own.generations.path(before).exists()
    assert "second" in texts(retriever, "le mot convenu est second")


def test_a_read_that_fails_is_tried_once_more(own: SmallCorpus) -> None:
    reader = RacingReader(own)
    retriever = HybridRetriever(reader, own.embedder)
    before = own.generations.current()
    assert before is not None

    def lose_the_vectors() -> None:
        stale = reader.snapshot()
        change(own, "neuf")
        stale.vectors.close()  # what a read of deleted files amounts to, made certain
        shutil.rmtree(own.generations.path(before))

    reader.race = lose_the_vectors
    assert "neuf" in texts(retriever, "le mot convenu est neuf")


def test_without_an_index_the_error_says_what_to_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("empty")
    embedder = FakeEmbedder()
    retriever = HybridRetriever(IndexReader(Generations(folder, "essai"), embedder), embedder)
    with pytest.raises(NoIndex, match="assistant ingest"):
        retriever.check()
    with pytest.raises(NoIndex, match="assistant ingest"):
        retriever.retrieve("halle")


@pytest.mark.parametrize("other", [FakeEmbedder(name="fake:other"), FakeEmbedder(dimension=64)])
def test_an_index_of_another_encoder_is_refused(own: SmallCorpus, other: FakeEmbedder) -> None:
    retriever = HybridRetriever(IndexReader(own.generations, other), other)
    with pytest.raises(ForeignIndex, match="assistant ingest"):
        retriever.retrieve("halle")


def test_a_current_generation_that_is_gone_is_an_error_that_says_what_to_run(own: SmallCorpus) -> None:
    current = own.generations.current()
    assert current is not None
    shutil.rmtree(own.generations.path(current))
    with pytest.raises(IngestError, match="assistant ingest"):
        own.retriever().retrieve("halle")


def test_a_lost_word_index_is_rebuilt(own: SmallCorpus) -> None:
    current = own.generations.current()
    assert current is not None
    shutil.rmtree(own.generations.path(current) / "lexical")
    assert "lexical" in own.retriever().retrieve("halle de marché")[0].reasons
