from pathlib import Path

import pytest

from ingest.lexical import LexicalIndex, analyse, build_lexical, open_lexical
from ingest.words import grams, split_words

ROWS = [
    ("lavoir", "lavoirs", "L’aide restaure les lavoirs et les fontaines des communes rurales."),
    ("haie", "haies", "La plantation d’arbres et de haies reçoit une aide de 35,5 % des dépenses."),
    ("ville", None, "Les centres-bourgs et centres-villes reçoivent 1,78 million d’euros en 2023."),
]


@pytest.fixture
def index() -> LexicalIndex:
    return build_lexical(None, ROWS)


def ids(index: LexicalIndex, question: str, limit: int = 10, scheme: str | None = None) -> list[str]:
    return [hit.chunk_id for hit in index.search(question, limit, scheme)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’aide jusqu’au centre-bourg", ["l", "aide", "jusqu", "au", "centre", "bourg"]),
        ("l'école d'Œuilly", ["l", "ecole", "d", "oeuilly"]),
        ("1,78 million en 2023", ["1,78", "million", "en", "2023"]),
        ("35.5 % (soit 30 000 €)", ["35.5", "soit", "30", "000"]),
        ("covid19 CO2 n°12", ["covid19", "co2", "n", "12"]),
        ("ÉTÉ Noël maïs", ["ete", "noel", "mais"]),
        ("", []),
        ("… ! ?", []),
    ],
)
def test_split_words(text: str, words: list[str]) -> None:
    assert split_words(text) == words


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Haie", ["_hai", "haie", "aie_"]),
        ("l’eau", ["_eau", "eau_"]),
        ("if", ["_if_"]),
        ("a vu", []),
        ("ils haïssent le", ["_hai", "hais", "aiss", "isse", "ssen", "sent", "ent_"]),
        ("", []),
    ],
)
def test_grams_stay_inside_words(text: str, pieces: list[str]) -> None:
    assert grams(split_words(text)) == pieces


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rénovations énergétiques", "renovation energetique"),
        ("l’éligibilité", "eligibilite"),
        ("COMMUNES", "commune"),
        ("centre-bourg", "centres bourgs"),
        ("cœur", "coeurs"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert list(analyse(one)) == list(analyse(other)) != []


@pytest.mark.parametrize("text", ["", "quelle est la", "Est-ce que vous avez ?", "à l’ d’ qu’", "!!"])
def test_function_words_alone_leave_nothing(index: LexicalIndex, text: str) -> None:
    assert list(analyse(text)) == []
    assert index.search(text, 10) == []


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("restaurer un lavoir", "lavoir"),
        ("PLANTER des arbres ou une haie", "haie"),
        ("argent pour le centre bourg", "ville"),
        ("1,78", "ville"),
        ("fontaine", "lavoir"),
    ],
)
def test_the_chunk_with_the_words_comes_first(index: LexicalIndex, question: str, first: str) -> None:
    assert ids(index, question)[0] == first


def test_scores_fall_and_the_limit_is_kept(index: LexicalIndex) -> None:
    hits = index.search("aide commune haie arbre centre ville", 10)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.score > 0 for hit in hits)
    assert len(hits) == 3
    assert index.search("aide commune haie arbre centre ville", 1) == hits[:1]


@pytest.mark.parametrize(
    ("question", "first"), [("lavouar", "lavoir"), ("plantaison", "haie"), ("centrebourg", "ville")]
)
def test_letters_find_a_word_written_otherwise(index: LexicalIndex, question: str, first: str) -> None:
    assert index.search(question, 10) == []
    assert index.search_letters(question, 10)[0].chunk_id == first


def test_letters_keep_to_one_scheme_too(index: LexicalIndex) -> None:
    assert [hit.chunk_id for hit in index.search_letters("communes des haies", 10, "haies")] == ["haie"]
    assert index.search_letters("de la", 10) == []


def test_a_word_said_twice_counts_once(index: LexicalIndex) -> None:
    assert index.search("lavoir lavoir lavoirs", 1) == index.search("lavoir", 1)


def test_an_unknown_word_finds_nothing(index: LexicalIndex) -> None:
    assert index.search("sous-marin nucléaire", 10) == []


@pytest.mark.parametrize("question", ['"', "a AND (", "text:lavoir", "lavoir^9 +haie -ville", "*", "\\"])
def test_signs_of_a_query_language_mean_nothing(index: LexicalIndex, question: str) -> None:
    assert set(ids(index, question)) <= {"lavoir", "haie", "ville"}


def test_a_search_may_keep_to_one_scheme_without_changing_scores(index: LexicalIndex) -> None:
    question = "aide lavoir haie"
    everywhere = {hit.chunk_id: hit.score for hit in index.search(question, 10)}
    (only,) = index.search(question, 10, "haies")
    assert only.chunk_id == "haie"
    assert only.score == pytest.approx(everywhere["haie"])
    assert index.search(question, 10, "inconnu") == []


def test_document_frequency(index: LexicalIndex) -> None:
    assert index.document_frequency(analyse("communes")[0]) == 1
    assert index.document_frequency(analyse("aide")[0]) == 2
    assert index.document_frequency("inconnu") == 0


def test_an_index_on_disk_is_opened_again(tmp_path: Path) -> None:
    built = build_lexical(tmp_path / "lexical", ROWS)
    again = open_lexical(tmp_path / "lexical")
    assert again is not None
    assert len(again) == len(built) == 3
    assert again.search("restaurer un lavoir", 5) == built.search("restaurer un lavoir", 5) != []


def test_a_missing_index_is_none(tmp_path: Path) -> None:
    assert open_lexical(tmp_path / "absent") is None
    assert open_lexical(tmp_path) is None


@pytest.mark.parametrize("content", ["", "{", "{}", '{"segments": "x"}'])
def test_a_damaged_index_is_none(tmp_path: Path, content: str) -> None:
    build_lexical(tmp_path, ROWS)
    (tmp_path / "meta.json").write_text(content, encoding="utf-8")
    assert open_lexical(tmp_path) is None


def test_an_index_with_files_gone_is_none(tmp_path: Path) -> None:
    build_lexical(tmp_path, ROWS)
    for path in tmp_path.iterdir():
        if path.suffix in {".term", ".idx", ".store"}:
            path.unlink()
    assert open_lexical(tmp_path) is None


def test_an_empty_index_finds_nothing() -> None:
    empty = build_lexical(None, [])
    assert len(empty) == 0
    assert empty.search("lavoir", 5) == []
