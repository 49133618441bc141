"""Training what tells subjects apart: from which texts, the same each time, without what it must not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.search.learned_subject import SUBJECT_PATH, LearnedSubject, read_learned, write_learned
from corpus.fiches.catalogue import Catalogue, load_catalogue
from evaluation.questions.utterances import Utterance, UtteranceFile
from evaluation.training.reader import taught_utterances
from evaluation.training.subject import About, digest_of_subjects, taught_subjects, train_subject

WORKS = {"lavoirs": ("lavoir", "fontaine", "puits"), "halles": ("halle", "marché", "étals")}
TAUGHT = [
    About(f"{before} {work} {after}", (name,))
    for name, works in WORKS.items()
    for work in works
    for before in ("refaire", "réparer", "un vieux")
    for after in ("du village", "de la place", "s’écroule")
]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_what_it_learned_is_told_and_learned_again_alike(tmp_path: Path) -> None:
    first, second = tmp_path / "a.npz", tmp_path / "b.npz"
    seen: list[int] = []
    write_learned(first, train_subject(TAUGHT, ("haies",), lambda done, _total: seen.append(done)))
    write_learned(second, train_subject(TAUGHT, ("haies",)))
    assert first.read_bytes() == second.read_bytes()
    assert seen == list(range(1, len(seen) + 1))
    learned = LearnedSubject.load(first)
    assert learned.told.schemes == ("halles", "lavoirs")
    assert learned.told.without == ("haies",)
    assert learned.by_scheme("notre fontaine")["lavoirs"] > 0.7
    assert learned.by_scheme("les étals")["halles"] > 0.7


@pytest.mark.slow
def test_the_best_of_several_schemes_is_the_likeliest() -> None:
    both = [About(f"la place {number}", ("halles", "lavoirs")) for number in range(20)]
    told = LearnedSubject(train_subject([*TAUGHT, *both])).by_scheme("la place")
    assert told["halles"] > told["lavoirs"] > 0.1


def test_nothing_about_a_scheme_left_out_is_learned(catalogue: Catalogue) -> None:
    said = Utterance(text="les deux", act="compare", schemes=("cvcb", "etat-pvd"))
    before = Utterance(
        text="et combien", before=("une halle",), act="ask_scheme", aspect="amount", schemes=("cvcb",)
    )
    files = [UtteranceFile("a", (said, before, Utterance(text="bonjour", act="social", schemes=())))]
    whole = taught_subjects(catalogue, files)
    assert [item for item in whole if item.text == "une halle et combien"] == [
        About("une halle et combien", ("cvcb",))
    ]
    assert "bonjour" not in {item.text for item in whole}
    without = taught_subjects(catalogue, files, {"etat-pvd"})
    assert "les deux" not in {item.text for item in without}
    assert {name for item in whole for name in item.schemes} - {
        name for item in without for name in item.schemes
    } == {"etat-pvd"}


@pytest.mark.slow
def test_the_one_shipped_was_made_from_the_questions_and_utterances_of_today(catalogue: Catalogue) -> None:
    taught = taught_subjects(catalogue, taught_utterances())
    assert read_learned(SUBJECT_PATH).told.made_from == digest_of_subjects(taught)


@pytest.mark.parametrize("changed", [About("refaire", ("halles",)), About("réparer", ("lavoirs",))])
def test_the_digest_tells_texts_and_labels(changed: About) -> None:
    assert digest_of_subjects([About("refaire", ("lavoirs",))]) != digest_of_subjects([changed])
