"""A set put to a target: order, conversations, failures of one question, a target lost half-way."""

from __future__ import annotations

import threading
import time

import pytest
from fakes import FakeEngine
from run_builders import FakeTarget, make_case, make_hit, make_reply, question

from assistant.errors import AssistantError
from assistant.reply import ChatRequest, Reply, SearchHit
from evaluation.errors import TargetGone
from evaluation.runs.run import SEARCH_DEPTH, question_of, run_cases
from evaluation.runs.target import CaseFailed, InProcess
from ingest.errors import NoIndex

CASES = [make_case(f"direct-{number:03d}") for number in range(1, 13)]
IDS = [case.id for case in CASES]


@pytest.mark.parametrize("jobs", [1, 2, 5, 20])
def test_outcomes_are_in_the_order_of_the_cases_whatever_the_parallelism(jobs: int) -> None:
    def slower_at_first(request: ChatRequest) -> Reply:
        time.sleep(0.002 * (len(CASES) - IDS.index(question(request))))
        return make_reply(f"réponse à {question(request)}")

    run = run_cases(CASES, FakeTarget(slower_at_first), "essai", jobs)
    assert run.target == "essai"
    assert run.stopped is None
    assert [outcome.case_id for outcome in run.outcomes] == IDS
    for outcome in run.outcomes:
        assert outcome.reply is not None
        assert outcome.reply.answer == f"réponse à {outcome.case_id}"
        assert outcome.error is None


def test_as_many_questions_at_once_as_jobs() -> None:
    together = threading.Barrier(4, timeout=20)

    def wait_for_the_others(_request: ChatRequest) -> Reply:
        together.wait()
        return make_reply()

    run = run_cases(CASES, FakeTarget(wait_for_the_others), "essai", jobs=4)
    assert len(run.outcomes) == len(CASES)


def test_one_at_a_time_by_default() -> None:
    running, most = 0, 0

    def count(_request: ChatRequest) -> Reply:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.002)
        running -= 1
        return make_reply()

    run_cases(CASES, FakeTarget(count), "essai")
    assert most == 1


def test_no_case_gives_an_empty_run() -> None:
    run = run_cases([], FakeTarget(), "essai", jobs=2)
    assert (run.outcomes, run.stopped) == ((), None)


# --- conversations --------------------------------------------------------------------------------


def test_each_turn_is_sent_with_the_replies_that_came_before() -> None:
    target = FakeTarget(lambda request: make_reply(f"réponse {len(request.messages)}"))
    run = run_cases([make_case("multi-001", "un", "deux", "trois")], target, "essai")
    sent = [[(message.role, message.content) for message in request.messages] for request in target.requests]
    assert sent == [
        [("user", "un")],
        [("user", "un"), ("assistant", "réponse 1"), ("user", "deux")],
        [
            ("user", "un"),
            ("assistant", "réponse 1"),
            ("user", "deux"),
            ("assistant", "réponse 3"),
            ("user", "trois"),
        ],
    ]
    assert run.outcomes[0].reply == make_reply("réponse 5")


def test_the_time_is_that_of_the_last_turn() -> None:
    def slow_first(request: ChatRequest) -> Reply:
        time.sleep(0.5 if len(request.messages) == 1 else 0.02)
        return make_reply()

    (outcome,) = run_cases([make_case("multi-001", "un", "deux")], FakeTarget(slow_first), "essai").outcomes
    assert outcome.seconds is not None
    assert 0.02 <= outcome.seconds < 0.5


@pytest.mark.parametrize("commune", ["59431", "2A004", None])
def test_the_commune_goes_with_every_turn(commune: str | None) -> None:
    target = FakeTarget()
    run_cases([make_case("commune-001", "un", "deux", commune=commune)], target, "essai")
    told = f"insee:{commune}" if commune else None
    assert [request.commune for request in target.requests] == [told, told]
    assert {(request.scheme, request.stream) for request in target.requests} == {(None, False)}


def test_all_the_turns_are_searched_as_one_text() -> None:
    case = make_case("multi-001", "Le CVCB ?", "Et le plafond ?")
    target = FakeTarget(hits=[make_hit("cvcb", "Objet / Montant", "a"), make_hit(None, "Page", "b")])
    (outcome,) = run_cases([case], target, "essai").outcomes
    assert target.searches == [(question_of(case), SEARCH_DEPTH)] == [("Le CVCB ? Et le plafond ?", 10)]
    found = [(item.id, item.scheme_id, item.sections, item.document_id) for item in outcome.passages]
    assert found == [("a", "cvcb", ("Objet", "Montant"), "fiche:cvcb"), ("b", None, ("Page",), "doc:page.md")]


# --- failures -------------------------------------------------------------------------------------


def fail_on(*names: str, error: type[Exception] = CaseFailed) -> FakeTarget:
    def answer(request: ChatRequest) -> Reply:
        if question(request) in names:
            raise error(f"panne sur {question(request)}")
        return make_reply()

    return FakeTarget(answer)


@pytest.mark.parametrize("jobs", [1, 4])
def test_a_case_that_fails_keeps_its_error_and_the_others_go_on(jobs: int) -> None:
    run = run_cases(CASES, fail_on("direct-003", "direct-012"), "essai", jobs)
    assert run.stopped is None
    assert [outcome.case_id for outcome in run.outcomes] == IDS
    failed = {outcome.case_id: outcome.error for outcome in run.outcomes if outcome.reply is None}
    assert failed == {"direct-003": "panne sur direct-003", "direct-012": "panne sur direct-012"}
    for outcome in run.outcomes:
        assert (outcome.error is None) == (outcome.seconds is not None) == (outcome.reply is not None)


def test_a_search_that_fails_is_the_error_of_its_case() -> None:
    class NoSearch(FakeTarget):
        def search(self, query: str, k: int) -> tuple[SearchHit, ...]:
            if query == "direct-002":
                raise CaseFailed("recherche en panne")
            return super().search(query, k)

    run = run_cases(CASES[:3], NoSearch(), "essai")
    assert [outcome.error for outcome in run.outcomes] == [None, "recherche en panne", None]


def test_a_turn_that_fails_ends_its_conversation() -> None:
    target = fail_on("deux")
    (outcome,) = run_cases([make_case("multi-001", "un", "deux", "trois")], target, "essai").outcomes
    assert outcome.error == "panne sur deux"
    assert [question(request) for request in target.requests] == ["un", "deux"]
    assert target.searches == []


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_target_lost_half_way_keeps_what_was_measured_and_says_why(jobs: int) -> None:
    lock, answered = threading.Lock(), 0

    def five_then_gone(_request: ChatRequest) -> Reply:
        nonlocal answered
        with lock:
            if answered == 5:
                raise TargetGone("le serveur ne répond plus")
            answered += 1
        return make_reply()

    run = run_cases(CASES, FakeTarget(five_then_gone), "essai", jobs)
    assert run.stopped == "le serveur ne répond plus"
    kept = [outcome.case_id for outcome in run.outcomes]
    assert len(kept) == 5
    assert kept == sorted(kept)
    assert all(outcome.reply for outcome in run.outcomes)


def test_a_target_that_never_answered_leaves_nothing() -> None:
    run = run_cases(CASES, fail_on(*IDS, error=TargetGone), "essai", jobs=2)
    assert run.outcomes == ()
    assert run.stopped is not None
    assert run.stopped.startswith("panne sur direct-")


def test_an_engine_that_cannot_answer_at_all_is_no_failure_of_one_case() -> None:
    with pytest.raises(AssistantError, match="panne sur direct-002"):
        run_cases(CASES, fail_on("direct-002", error=AssistantError), "essai", jobs=2)


LONG = "x" * 20_001  # one character more than a message holds


def test_a_reply_too_long_to_be_sent_back_is_the_failure_of_its_case() -> None:
    target = FakeTarget(lambda request: make_reply(LONG if question(request) == "un" else "Oui."))
    cases = [make_case("multi-001", "un", "deux"), make_case("multi-002", "trois", "quatre")]
    first, second = run_cases(cases, target, "essai").outcomes
    assert first.reply is None
    assert first.error == "réponse trop longue pour accompagner la question suivante"
    assert second.reply == make_reply("Oui.")


@pytest.mark.parametrize("answer", [LONG, "x" * 20_000])
def test_the_last_reply_may_be_of_any_length(answer: str) -> None:
    target = FakeTarget(lambda request: make_reply(answer if question(request) == "deux" else "Oui."))
    (outcome,) = run_cases([make_case("multi-001", "un", "deux")], target, "essai").outcomes
    assert outcome.reply == make_reply(answer)


def test_an_engine_that_breaks_on_one_question_leaves_the_others(caplog: pytest.LogCaptureFixture) -> None:
    cases = [make_case("direct-001"), make_case("direct-002", "la panne"), make_case("direct-003")]
    run = run_cases(cases, InProcess(FakeEngine()), "essai", jobs=2)
    errors = [outcome.error for outcome in run.outcomes]
    assert errors == [None, "erreur imprévue du moteur (RuntimeError)", None]
    assert run.stopped is None
    (record,) = caplog.records
    assert record.exc_info is not None


def test_an_engine_without_an_index_ends_the_run() -> None:
    with pytest.raises(NoIndex):
        run_cases(CASES[:2], InProcess(FakeEngine(usable=False)), "essai")


# --- progress -------------------------------------------------------------------------------------


def test_progress_is_told_case_by_case() -> None:
    steps: list[tuple[int, int]] = []
    run_cases(CASES[:4], fail_on("direct-002"), "essai", 2, lambda done, total: steps.append((done, total)))
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
