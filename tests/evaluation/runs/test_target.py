"""The targets: an engine of this process, and a real small server on loopback, right, wrong or gone."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

import pytest
from fakes import ANSWERED, FakeEngine
from run_builders import DropConnection, SmallServer, make_case, make_hit, make_reply, small_server

from assistant.errors import UnknownCommune
from assistant.reply import ChatRequest, Message, SearchResponse
from evaluation.errors import TargetGone
from evaluation.runs.run import run_cases
from evaluation.runs.target import CaseFailed, InProcess, OverHttp
from ingest.errors import NoIndex

ASKED = ChatRequest(
    messages=(
        Message(role="user", content="Le CVCB ?"),
        Message(role="assistant", content="Une aide à « l’œuvre » 🙂."),
        Message(role="user", content="Et à Épehy ?"),
    ),
    commune="80271",
)
CASES = [make_case(f"direct-{number:03d}") for number in range(1, 13)]


@pytest.fixture
def server() -> Iterator[SmallServer]:
    with small_server() as started:
        yield started


@pytest.fixture
def target(server: SmallServer) -> Iterator[OverHttp]:
    with OverHttp(server.url) as opened:
        yield opened


# --- in process -----------------------------------------------------------------------------------


def test_an_engine_of_this_process_is_asked_as_it_is() -> None:
    engine = FakeEngine()
    assert InProcess(engine).reply(ASKED) == ANSWERED
    assert engine.requests == [ASKED]
    assert InProcess(engine).search("halle", 2) == engine.search("halle", 2)


@pytest.mark.parametrize("call", ["reply", "search"])
def test_what_the_engine_did_not_foresee_fails_the_case_and_is_logged(
    call: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_arguments: object) -> None:
        raise ValueError("un détail\nsur deux lignes")

    engine = FakeEngine()
    monkeypatch.setattr(engine, call, break_down)
    with pytest.raises(CaseFailed, match=r"^erreur imprévue du moteur \(ValueError\)$"):
        InProcess(engine).reply(ASKED) if call == "reply" else InProcess(engine).search("halle", 2)
    assert "sur deux lignes" in caplog.text


@pytest.mark.parametrize("error", [NoIndex("pas d’index"), UnknownCommune("99999")])
def test_an_error_of_the_index_or_of_the_assistant_rises(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_request: ChatRequest) -> None:
        raise error

    engine = FakeEngine()
    monkeypatch.setattr(engine, "reply", refuse)
    with pytest.raises(type(error)) as raised:
        InProcess(engine).reply(ASKED)
    assert raised.value is error


# --- over HTTP ------------------------------------------------------------------------------------


def test_a_reply_comes_back_whole(server: SmallServer, target: OverHttp) -> None:
    server.chat = lambda _body: (200, ANSWERED.model_dump_json())
    assert target.reply(ASKED) == ANSWERED
    assert server.asked == [{"path": "/api/chat", **ASKED.model_dump(mode="json")}]


def test_what_is_asked_is_the_contract(server: SmallServer, target: OverHttp) -> None:
    target.reply(ASKED)
    sent = {name: value for name, value in server.asked[0].items() if name != "path"}
    assert ChatRequest.model_validate_json(json.dumps(sent)) == ASKED


def test_passages_come_back_in_order(server: SmallServer, target: OverHttp) -> None:
    hits = (make_hit("cvcb", "Objet / Montant", "a"), make_hit(None, "Page", "b"))
    server.found = lambda query, _k: (200, SearchResponse(query=query, hits=hits).model_dump_json())
    assert target.search("l’été & 50 % + 1 # ?", 7) == hits
    assert server.searched == [{"path": ["/api/search"], "q": ["l’été & 50 % + 1 # ?"], "k": ["7"]}]


def test_a_slash_at_the_end_of_the_address_changes_nothing(server: SmallServer) -> None:
    with OverHttp(f"{server.url}/") as target:
        assert target.name == server.url
        assert target.reply(ASKED) == make_reply("→ Et à Épehy ?")


@pytest.mark.parametrize("jobs", [1, 8])
def test_a_whole_set_over_http(server: SmallServer, target: OverHttp, jobs: int) -> None:
    run = run_cases(CASES, target, target.name, jobs)
    assert run.target == server.url
    assert [outcome.reply for outcome in run.outcomes] == [make_reply(f"→ {case.id}") for case in CASES]
    assert {outcome.passages[0].sections for outcome in run.outcomes} == {("Objet", "Montant")}
    assert all(outcome.seconds for outcome in run.outcomes)


@pytest.mark.parametrize("status", [307, 404, 422, 500, 503])
def test_another_status_fails_the_case(server: SmallServer, target: OverHttp, status: int) -> None:
    server.chat = lambda _body: (status, ANSWERED.model_dump_json())
    server.found = lambda query, _k: (status, SearchResponse(query=query, hits=()).model_dump_json())
    with pytest.raises(CaseFailed, match=f"statut HTTP {status} sur /api/chat"):
        target.reply(ASKED)
    with pytest.raises(CaseFailed, match=f"statut HTTP {status} sur /api/search"):
        target.search("halle", 3)


def test_a_server_that_is_asked_too_often_is_asked_again_when_it_says(
    server: SmallServer, target: OverHttp
) -> None:
    server.headers = {"Retry-After": "0"}
    right = server.chat
    server.chat = lambda body: right(body) if len(server.asked) == 3 else (429, "{}")
    assert target.reply(ASKED) == make_reply("→ Et à Épehy ?")
    server.chat = lambda _body: (429, "{}")
    with pytest.raises(CaseFailed, match="statut HTTP 429"):
        target.reply(ASKED)
    assert len(server.asked) == 3 + 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html>panne</html>",
        "[]",
        "null",
        '{"answer": "Oui."}',
        '{"status": "peut-être", "answer": "Oui."}',
        '{"status": "answered", "answer": "Oui.", "of_another_version": 1}',
        '{"query": "halle", "hits": [{"text": "x"}]}',
    ],
)
def test_another_shape_fails_the_case(server: SmallServer, target: OverHttp, text: str) -> None:
    server.chat = lambda _body: (200, text)
    server.found = lambda _query, _k: (200, text)
    with pytest.raises(CaseFailed, match="réponse d’une autre forme que celle du contrat"):
        target.reply(ASKED)
    with pytest.raises(CaseFailed, match="recherche d’une autre forme que celle du contrat"):
        target.search("halle", 3)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("<html>panne</html>", "champ « réponse » : JSON mal formé"),
        ("[]", "champ « réponse » : valeur incorrecte"),
        ('{"answer": "Oui."}', "champ « status » : champ obligatoire absent"),
        (
            '{"status": "peut-être", "answer": "Oui."}',
            "champ « status » : valeur inconnue, à choisir parmi "
            "answered, clarification, unanswerable, out_of_scope, conversation",
        ),
        (
            json.dumps({"status": "answered", "answer": "Oui.", "citations": [{"n": "SECRET " * 99}]}),
            "champ « citations.0.n » : valeur incorrecte",
        ),
        (
            json.dumps({"status": "answered", "answer": "Oui.", "inconnu\nici" + "x" * 999: "SECRET"}),
            f"champ « inconnu ici{'x' * 49} » : champ inconnu",
        ),
    ],
)
def test_another_shape_is_said_in_one_short_line(
    server: SmallServer, target: OverHttp, text: str, field: str
) -> None:
    server.chat = lambda _body: (200, text)
    with pytest.raises(CaseFailed) as raised:
        target.reply(ASKED)
    assert str(raised.value) == f"réponse d’une autre forme que celle du contrat : {field}"


def test_one_question_in_error_leaves_the_others(server: SmallServer, target: OverHttp) -> None:
    right = server.chat
    server.chat = lambda body: (500, "{}") if body["messages"][-1]["content"] == "direct-004" else right(body)
    run = run_cases(CASES, target, target.name, jobs=3)
    assert run.stopped is None
    failed = {outcome.case_id: outcome.error for outcome in run.outcomes if outcome.error}
    assert failed == {"direct-004": "statut HTTP 500 sur /api/chat"}
    assert len(run.outcomes) == len(CASES)


def test_a_reply_that_never_comes_fails_the_case(server: SmallServer) -> None:
    asleep = threading.Event()

    def wait(_body: object) -> tuple[int, str]:
        asleep.wait(20)
        raise DropConnection

    server.chat = wait
    begun = time.monotonic()
    with OverHttp(server.url, timeout_s=0.2) as target, pytest.raises(CaseFailed, match="ReadTimeout"):
        target.reply(ASKED)
    asleep.set()
    assert time.monotonic() - begun < 10


# --- gone -----------------------------------------------------------------------------------------


def test_where_nothing_listens_the_target_is_gone() -> None:
    with small_server() as stopped:
        url = stopped.url
    with OverHttp(url) as target:
        with pytest.raises(TargetGone, match=f"« {url} » ne répond plus .*Relancez le serveur"):
            target.reply(ASKED)
        with pytest.raises(TargetGone, match="ConnectError"):
            target.search("halle", 3)


def test_a_connection_closed_without_an_answer_is_a_target_gone(
    server: SmallServer, target: OverHttp
) -> None:
    def drop(_body: object) -> tuple[int, str]:
        raise DropConnection

    server.chat = drop
    with pytest.raises(TargetGone, match="ne répond plus"):
        target.reply(ASKED)


@pytest.mark.parametrize("path", ["/api/chat", "/api/search"])
def test_a_connection_closed_once_is_tried_again(server: SmallServer, target: OverHttp, path: str) -> None:
    right, found, dropped = server.chat, server.found, list[str]()

    def drop_once() -> None:
        if not dropped:
            dropped.append(path)
            raise DropConnection

    if path == "/api/chat":
        server.chat = lambda body: (drop_once(), right(body))[1]
    else:
        server.found = lambda query, k: (drop_once(), found(query, k))[1]
    assert target.reply(ASKED) == make_reply("→ Et à Épehy ?")
    assert len(target.search("halle", 2)) == 2
    assert dropped == [path]


def test_a_request_is_tried_twice_at_most(server: SmallServer, target: OverHttp) -> None:
    def drop(_body: object) -> tuple[int, str]:
        raise DropConnection

    server.chat = drop
    with pytest.raises(TargetGone):
        target.reply(ASKED)
    assert len(server.asked) == 2


@pytest.mark.parametrize("jobs", [1, 4])
def test_a_server_stopped_half_way_keeps_the_results_so_far(
    server: SmallServer, target: OverHttp, jobs: int
) -> None:
    right, lock, answered = server.chat, threading.Lock(), 0

    def five_then_stop(body: object) -> tuple[int, str]:
        nonlocal answered
        with lock:
            answered += 1
            if answered <= 5:
                return right(body)
            if answered == 6:
                server.stop()
        raise DropConnection

    server.chat = five_then_stop
    run = run_cases(CASES, target, target.name, jobs)
    assert run.stopped is not None
    assert f"« {server.url} » ne répond plus" in run.stopped
    # A question answered just before the stop may find no server any more for its search.
    assert 5 - jobs < len(run.outcomes) <= 5
    assert [outcome.reply for outcome in run.outcomes] == [
        make_reply(f"→ {outcome.case_id}") for outcome in run.outcomes
    ]
