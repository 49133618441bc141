"""Which fold is asked what, and a whole run on a small corpus: what isn't prepared, and a planted leak."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from run_builders import make_case
from small_corpus import SmallCorpus

from assistant.choosing.fitted import IN_USE
from assistant.reading.trained_reader import READER_PATH, TrainedReader, read_trained
from assistant.search.learned_subject import SUBJECT_PATH, LearnedSubject, read_learned
from assistant.settings import AssistantSettings
from corpus.fiches.catalogue import load_catalogue
from evaluation.errors import CaseError, FoldLeak
from evaluation.folds.asking import Asked, Shared, ask_folds, share_out
from evaluation.folds.corpus import FICHE, FoldCorpus, Kind, corpus_of_fiches
from evaluation.folds.folds import Fold
from evaluation.folds.models import Models
from evaluation.folds.pages import DOCUMENT, corpus_of_pages
from evaluation.questions.cases import Case
from ingest.configured import configured_embedder

FOLDS = (Fold(1, frozenset({"halles", "lavoirs"})), Fold(2, frozenset({"haies", "ecoles"})))
NEED = "Il nous faudrait quelque chose pour abriter les marchands quand il pleut"


def ids(shared: Shared) -> dict[int, list[str]]:
    return {number: [case.id for case in cases] for number, cases in shared.cases.items()}


def test_a_question_goes_to_the_fold_of_its_first_scheme() -> None:
    cases = [
        make_case("direct-001", schemes=["haies"]),
        make_case("direct-002", schemes=["lavoirs"]),
        make_case("compare-003", schemes=["halles", "lavoirs"]),
        make_case("compare-004", schemes=["halles", "haies"]),
        make_case("scope-005"),
    ]
    shared = share_out(cases, FOLDS, FICHE)
    assert ids(shared) == {1: ["direct-002", "compare-003", "compare-004"], 2: ["direct-001"]}
    assert shared.across == ("compare-004",)
    assert shared.left_out == ("scope-005",)
    assert [case.id for case in shared.asked] == ["direct-002", "compare-003", "compare-004", "direct-001"]


def test_a_kind_asks_what_it_can() -> None:
    def without_verdicts(case: Case) -> Case | None:
        return case.model_copy(update={"verdicts": {}}) if case.facts else None

    kind = Kind("page", "pages", corpus_of_fiches, without_verdicts)
    cases = [
        make_case("direct-001", schemes=["haies"], facts=[{"rate": 3}], verdicts={"haies": "eligible"}),
        make_case("direct-002", schemes=["haies"], verdicts={"haies": "eligible"}),
    ]
    shared = share_out(cases, FOLDS, kind)
    assert [case.verdicts for case in shared.asked] == [{}]
    assert shared.left_out == ("direct-002",)


def test_questions_about_no_scheme_measure_nothing() -> None:
    with pytest.raises(CaseError, match="Aucune de ces questions"):
        share_out([make_case("scope-001")], FOLDS, FICHE)


@pytest.fixture
def corpus(tmp_path: Path) -> SmallCorpus:
    made = SmallCorpus(tmp_path)
    made.ask_about("halles", (NEED, "abrite les marchands"), ("Quel taux pour une halle ?", "jusqu’à 40 %"))
    made.ask_about("haies", ("Quelle aide pour planter ?", "soutient la plantation"))
    return made


def as_shipped(fold: Fold, settings: AssistantSettings) -> Models:
    """The trained parts shipped, as if they had learned nothing of the fold's fiches.

    None is kept for the folds of the small corpus.
    """
    encoder = configured_embedder(settings)
    trained = read_trained(READER_PATH)
    told = trained.told.model_copy(update={"without": tuple(sorted(fold.schemes))})
    learned = read_learned(SUBJECT_PATH)
    about = learned.told.model_copy(update={"without": told.without})
    return Models(
        encoder,
        TrainedReader(replace(trained, told=told), encoder.name),
        LearnedSubject(replace(learned, told=about)),
    )


WEIGHTS = {fold.number: IN_USE for fold in FOLDS}
CASES = [
    make_case("direct-001", NEED, schemes=["halles"]),
    make_case("direct-002", "Quelle aide pour planter des haies ?", schemes=["haies"]),
]


@pytest.mark.model
@pytest.mark.slow
def test_the_fold_of_a_fiche_knows_its_text_and_not_what_people_ask(corpus: SmallCorpus) -> None:
    kind = Kind("fiche", "fiches", partial(corpus_of_fiches, schemes_dir=corpus.schemes))
    shared = share_out(CASES, FOLDS, kind)
    seen: list[tuple[int, int]] = []
    known: dict[str, int] = {}

    def count(asked: Asked) -> None:
        fiches = asked.corpus.catalogue.fiches
        known.update({case.id: len(fiches[case.schemes[0]].asked) for case in asked.cases})

    run = ask_folds(
        shared,
        FOLDS,
        kind,
        WEIGHTS,
        AssistantSettings(),
        progress=lambda done, total: seen.append((done, total)),
        schemes_dir=corpus.schemes,
        beside=count,
        models=as_shipped,
    )
    need, planting = run.outcomes
    assert [need.case_id, planting.case_id] == ["direct-001", "direct-002"]
    assert known == {"direct-001": 0, "direct-002": 0}  # nobody has told a fold how people ask
    for outcome, scheme in ((need, "halles"), (planting, "haies")):
        assert outcome.reply is not None
        assert outcome.reply.schemes == (scheme,)  # its fiche is in the corpus all the same
    assert seen == [(1, 2), (2, 2)]


def ask_all(kind: Kind, corpus: SmallCorpus) -> None:
    """Ask every fold of the small corpus, in one way of not being prepared."""
    shared = share_out(CASES, FOLDS, kind)
    ask_folds(
        shared, FOLDS, kind, WEIGHTS, AssistantSettings(), schemes_dir=corpus.schemes, models=as_shipped
    )


@pytest.mark.model
@pytest.mark.slow
def test_a_planted_leak_stops_the_run_and_names_the_file(corpus: SmallCorpus) -> None:
    def leaking(_fold: Fold, _folder: Path) -> FoldCorpus:
        catalogue = load_catalogue(corpus.schemes)  # by the default door: every question
        return FoldCorpus(catalogue, tuple(fiche.as_document for fiche in catalogue.fiches.values()))

    kind = Kind("fiche", "fiches", leaking)
    with pytest.raises(FoldLeak, match=r"Fuite dans le pli 1 : « .*questions/halles\.yaml » a été lu"):
        ask_all(kind, corpus)


@pytest.mark.model
@pytest.mark.slow
def test_questions_read_before_the_run_are_found_as_well(corpus: SmallCorpus) -> None:
    before = load_catalogue(corpus.schemes)
    documents = tuple(fiche.as_document for fiche in before.fiches.values())
    kind = Kind("fiche", "fiches", lambda _fold, _folder: FoldCorpus(before, documents))
    with pytest.raises(FoldLeak, match=r"questions/halles\.yaml"):
        ask_all(kind, corpus)


@pytest.mark.model
@pytest.mark.slow
def test_what_came_back_is_written_in_terms_of_fiches(corpus: SmallCorpus) -> None:
    def renamed(fold: Fold, folder: Path) -> FoldCorpus:
        made = corpus_of_fiches(fold, folder, corpus.schemes)
        return FoldCorpus(
            made.catalogue,
            made.documents,
            restored=lambda outcome: outcome.model_copy(update={"error": "restored"}),
        )

    kind = Kind("page", "pages", renamed)
    shared = share_out(CASES[:1], FOLDS, kind)
    run = ask_folds(
        shared, FOLDS, kind, WEIGHTS, AssistantSettings(), schemes_dir=corpus.schemes, models=as_shipped
    )
    assert [outcome.error for outcome in run.outcomes] == ["restored"]


@pytest.mark.model
@pytest.mark.slow
def test_a_fiche_read_once_its_page_is_written_stops_the_run_and_is_named(corpus: SmallCorpus) -> None:
    made: list[FoldCorpus] = []

    def peeking(asked: Asked) -> None:
        made.append(asked.corpus)
        (corpus.schemes / "halles.md").read_text(encoding="utf-8")

    kind = replace(DOCUMENT, corpus=partial(corpus_of_pages, schemes_dir=corpus.schemes))
    case = make_case("direct-001", NEED, schemes=["halles"], facts=[{"rate": 40}])
    shared = share_out([case], FOLDS, kind)
    with pytest.raises(FoldLeak, match=r"Fuite dans le pli 1 : la fiche « .*halles\.md » est connue"):
        ask_folds(
            shared,
            FOLDS,
            kind,
            WEIGHTS,
            AssistantSettings(),
            schemes_dir=corpus.schemes,
            beside=peeking,
            models=as_shipped,
        )
    assert "halles" not in made[0].catalogue  # it was asked before, with nothing of its fiches
