"""A file that a fold must not know, read in any way, stops the run and is named."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from run_builders import FakeTarget, make_case
from small_corpus import SmallCorpus, ask

from corpus.fiches.catalogue import SCHEMES_DIR, load_catalogue
from evaluation.errors import FoldLeak
from evaluation.folds.corpus import questions_without
from evaluation.folds.folds import Fold
from evaluation.folds.leak import Watched, check_knowledge, forbidden_to, without_leaks
from evaluation.questions.cases import QUESTIONS_DIR
from evaluation.runs.run import run_cases

FOLD = Fold(3, frozenset({"halles"}))
READERS: dict[str, Callable[[Path], object]] = {
    "pathlib": lambda path: path.read_text(encoding="utf-8"),
    "open": lambda path: open(str(path)).close(),  # noqa: PTH123
    "bytes": lambda path: open(os.fsencode(path)).close(),  # noqa: PTH123
    "descriptor": lambda path: os.close(os.open(path, os.O_RDONLY)),
    "relative": lambda path: (path.parent / ".." / path.parent.name / path.name).read_bytes(),
}


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions" / "halles.yaml"
    path.parent.mkdir()
    path.write_text("- ask: …", encoding="utf-8")
    return path


@pytest.mark.parametrize("way", READERS)
def test_whatever_reads_a_questions_file_of_the_fold_is_stopped(questions: Path, way: str) -> None:
    with pytest.raises(FoldLeak, match=r"pli 3.*questions/halles\.yaml"), without_leaks(FOLD, [questions]):
        READERS[way](questions)


def test_a_link_to_the_file_is_the_file(questions: Path, tmp_path: Path) -> None:
    link = tmp_path / "innocent.yaml"
    link.symlink_to(questions)
    with pytest.raises(FoldLeak, match=r"halles\.yaml"), without_leaks(FOLD, [questions]):
        link.read_bytes()


def test_a_file_of_a_forbidden_folder_is_forbidden(questions: Path) -> None:
    with pytest.raises(FoldLeak), without_leaks(FOLD, [questions.parent]):
        questions.read_bytes()


def test_a_leak_that_was_swallowed_is_told_at_the_end(questions: Path) -> None:
    with (
        pytest.raises(FoldLeak, match=r"halles\.yaml"),
        without_leaks(FOLD, [questions]),
        suppress(Exception),
    ):
        questions.read_bytes()


def test_a_leak_in_another_thread_is_told_at_the_end(questions: Path) -> None:
    def read() -> None:
        with suppress(FoldLeak):
            questions.read_bytes()

    with ThreadPoolExecutor() as pool, pytest.raises(FoldLeak), without_leaks(FOLD, [questions]):
        pool.submit(read).result()


def test_other_files_are_read_and_nothing_is_watched_afterwards(questions: Path) -> None:
    other = questions.with_name("haies.yaml")
    other.write_text("- ask: …", encoding="utf-8")
    with without_leaks(FOLD, [questions]):
        assert other.read_text(encoding="utf-8") == "- ask: …"
    assert questions.read_text(encoding="utf-8") == "- ask: …"


def test_what_a_fold_must_not_read(tmp_path: Path) -> None:
    for name in ("1", "3"):
        (tmp_path / "folds" / name).mkdir(parents=True)
    assert forbidden_to(FOLD, tmp_path / "schemes", tmp_path) == [
        tmp_path / "schemes" / "questions" / "halles.yaml",
        tmp_path / "folds" / "1",
        tmp_path / "questions",
        tmp_path / "utterances",
    ]


def test_the_questions_asked_and_those_of_the_fiches_are_forbidden_by_default() -> None:
    forbidden = forbidden_to(Fold(5, frozenset({"velo"})))
    assert SCHEMES_DIR / "questions" / "velo.yaml" in forbidden
    assert QUESTIONS_DIR in forbidden


def test_a_run_stops_at_the_first_leak(questions: Path) -> None:
    def leaking(_request):
        with suppress(FoldLeak):  # an engine that goes on all the same
            questions.read_bytes()

    target = FakeTarget(leaking)
    cases = [make_case(f"direct-{number:03}") for number in range(20)]
    with pytest.raises(FoldLeak, match=r"halles\.yaml"), without_leaks(FOLD, [questions]) as guard:
        run_cases(cases, Watched(target, guard), "pli")
    assert len(target.requests) == 1
    assert target.searches == []


def test_a_watched_target_answers_as_the_target_does(questions: Path) -> None:
    target = FakeTarget()
    with without_leaks(FOLD, [questions]) as guard:
        assert Watched(target, guard).reply(ask("oui ?")).answer == "→ oui ?"
        assert Watched(target, guard).search("oui ?", 3) == ()


def test_a_question_known_since_before_is_found_in_the_knowledge(tmp_path: Path) -> None:
    corpus = SmallCorpus(tmp_path)
    corpus.ask_about("halles", ("Quel taux pour une halle ?", "jusqu’à 40 %"))
    corpus.ask_about("haies", ("Quelle aide pour planter ?", "soutient la plantation"))
    corpus.ingest()
    known = corpus.engine().knowledge
    with pytest.raises(FoldLeak, match=r"halles\.yaml"):
        check_knowledge(known, FOLD)
    check_knowledge(known, Fold(1, frozenset({"lavoirs"})))


def test_the_door_leaves_the_file_of_a_fiche_shut(tmp_path: Path) -> None:
    corpus = SmallCorpus(tmp_path)
    corpus.ask_about("halles", ("Quel taux pour une halle ?", "jusqu’à 40 %"))
    corpus.ask_about("haies", ("Quelle aide pour planter ?", "soutient la plantation"))
    with without_leaks(FOLD, forbidden_to(FOLD, corpus.schemes)):
        catalogue = load_catalogue(corpus.schemes, questions_without(FOLD.schemes))
    assert catalogue.fiche("halles").asked == ()
    assert len(catalogue.fiche("haies").asked) == 1
    assert catalogue.fiche("halles").sentences == corpus.catalogue.fiche("halles").sentences
    with pytest.raises(FoldLeak), without_leaks(FOLD, forbidden_to(FOLD, corpus.schemes)):
        load_catalogue(corpus.schemes)
