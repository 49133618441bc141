"""The counts of each day: kept without a text, by several processes, whatever happens to their file."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from fakes import ANSWERED, REPLIES, FakeEngine
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.counts.shape import LONGER, MOST_CHARS, MOST_QUESTIONS, Counted, Question, bound_of
from assistant.api.counts.store import CountStore, CountsUnavailable
from assistant.api.counts.tally import Tally
from assistant.api.routes import create_api
from assistant.reply import ChatRequest, Message
from assistant.settings import AssistantSettings

DAY = date(2026, 11, 23)
WORD = "Mélusine"
TOKEN = "un-jeton-bien-assez-long"


def asked(text: str) -> ChatRequest:
    return ChatRequest(messages=(Message(role="user", content=text),))


def tally_in(folder: Path, *, with_texts: bool = False, day: date = DAY) -> Tally:
    return Tally(CountStore(folder / "board.sqlite", 365), with_texts=with_texts, today=lambda: day)


def one(day: date = DAY, count: int = 1) -> Counted:
    return Counted({(day, "answered", "ask_scheme"): count}, {(day, 200): count})


def test_counts_add_up_and_hold_no_text(tmp_path: Path) -> None:
    for _ in range(2):
        tally = tally_in(tmp_path)
        tally.replied(asked(WORD), ANSWERED, "ask_scheme")
        tally.replied(asked(WORD), REPLIES["piscine"], "find_schemes")
        tally.failed()
        assert tally.flush()
    kept = tally_in(tmp_path).since(DAY)
    assert kept.replies == {
        (DAY, "answered", "ask_scheme"): 2,
        (DAY, "unanswerable", "find_schemes"): 2,
        (DAY, "error", ""): 2,
    }
    assert kept.took == {(DAY, 25): 2}
    assert kept.questions == []
    assert WORD.encode() not in (tmp_path / "board.sqlite").read_bytes()


def test_only_questions_without_an_answer_are_kept_where_texts_are(tmp_path: Path) -> None:
    tally = tally_in(tmp_path, with_texts=True)
    tally.replied(asked("Combien ?"), ANSWERED, "ask_scheme")
    tally.replied(asked(f"{WORD}\n piscine {'x' * 600}"), REPLIES["piscine"], "find_schemes")
    [question] = tally.since(DAY).questions
    assert question.text.startswith(f"{WORD} piscine xxx")
    assert len(question.text) == MOST_CHARS


def test_texts_go_when_the_setting_does_and_leave_nothing_in_the_file(tmp_path: Path) -> None:
    tally = tally_in(tmp_path, with_texts=True)
    tally.replied(asked(f"{WORD} piscine"), REPLIES["piscine"], "find_schemes")
    tally.flush()
    file = tmp_path / "board.sqlite"
    assert WORD.encode() in file.read_bytes()
    tally.store.purge(DAY, texts=False)
    assert WORD.encode() not in file.read_bytes()
    assert tally.since(DAY).replies


def test_what_is_too_old_goes(tmp_path: Path) -> None:
    store = CountStore(tmp_path / "board.sqlite", 365)
    old = DAY - timedelta(days=366)
    store.add(Counted({(old, "answered", ""): 1}, {(old, 200): 1}, [Question(old, "answered", WORD)]), DAY)
    assert store.since(date.min, DAY) == Counted()
    assert store.first_day() is None


def test_the_last_questions_alone_are_kept(tmp_path: Path) -> None:
    store = CountStore(tmp_path / "board.sqlite", 365)
    for start in (0, 1500):
        questions = [Question(DAY, "unanswerable", str(start + number)) for number in range(1500)]
        store.add(Counted(questions=questions), DAY)
    kept = store.since(DAY, DAY).questions
    assert len(kept) == MOST_QUESTIONS
    assert (kept[0].text, kept[-1].text) == ("1000", "2999")


def test_several_processes_count_together(tmp_path: Path) -> None:
    code = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from assistant.api.counts.shape import Counted; from assistant.api.counts.store import CountStore\n"
        "day = date(2026, 11, 23); store = CountStore(Path(sys.argv[1]), 365)\n"
        "for _ in range(20): store.add(Counted({(day, 'answered', ''): 1}), day)\n"
    )
    file = tmp_path / "board.sqlite"
    running = [subprocess.Popen([sys.executable, "-c", code, str(file)]) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert CountStore(file, 365).since(DAY, DAY).replies == {(DAY, "answered", ""): 40}


def test_a_file_that_is_removed_is_made_again(tmp_path: Path) -> None:
    tally = tally_in(tmp_path)
    tally.failed()
    tally.flush()
    (tmp_path / "board.sqlite").unlink()
    assert tally.since(DAY) == Counted()
    tally.failed()
    assert tally.since(DAY).replies == {(DAY, "error", ""): 1}


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b""])
def test_a_damaged_file_is_set_aside_and_nothing_counted_is_lost(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "board.sqlite"
    file.write_bytes(damage)
    tally = tally_in(tmp_path)
    tally.failed()
    assert tally.since(DAY).replies == {(DAY, "error", ""): 1}
    assert (tmp_path / "board.sqlite.damaged").exists() == bool(damage)


def test_pages_of_the_file_that_are_damaged_are_told(tmp_path: Path) -> None:
    file = tmp_path / "board.sqlite"
    store = CountStore(file, 365)
    store.add(Counted(questions=[Question(DAY, "unanswerable", "x" * 400)] * 500), DAY)
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    with pytest.raises(CountsUnavailable):
        store.since(DAY, DAY)
    assert store.since(DAY, DAY) == Counted()


def test_counts_wait_while_the_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "board.sqlite").mkdir()
    tally = tally_in(tmp_path)
    tally.failed()
    assert not tally.flush()
    tally.failed()
    (tmp_path / "board.sqlite").rmdir()
    assert tally.flush()
    assert tally.since(DAY).replies == {(DAY, "error", ""): 2}


def test_counts_wait_while_another_process_holds_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.api.counts.store._WAIT_S", 0.01)
    tally = tally_in(tmp_path)
    tally.failed()
    tally.flush()
    other = sqlite3.connect(tmp_path / "board.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    tally.failed()
    assert not tally.flush()
    other.execute("ROLLBACK")
    other.close()
    assert tally.since(DAY).replies == {(DAY, "error", ""): 2}
    assert not (tmp_path / "board.sqlite.damaged").exists()


def test_the_counts_of_a_server_that_stops_are_written(tmp_path: Path) -> None:
    tally = tally_in(tmp_path)

    async def live() -> None:
        async with tally.life(FastAPI()):
            tally.failed()

    asyncio.run(live())
    assert CountStore(tmp_path / "board.sqlite", 365).since(DAY, DAY).replies == {(DAY, "error", ""): 1}


@pytest.mark.parametrize("stream", [False, True])
def test_every_reply_of_the_api_is_counted_and_none_waits_for_the_file(tmp_path: Path, stream: bool) -> None:
    (tmp_path / "board.sqlite").mkdir()  # it can't be written
    settings = AssistantSettings.model_validate({"index_dir": tmp_path / "index", "board_token": TOKEN})
    app = create_api(FakeEngine(), settings)
    client = TestClient(app)
    for text, status in (("Quelle aide ?", 200), ("une panne", 500), ("préciser", 200)):
        body = {"messages": [{"role": "user", "content": text}], "stream": stream}
        assert client.post("/api/chat", json=body).status_code == status
    assert client.post("/api/chat", json={"messages": [], "stream": stream}).status_code == 422
    (tmp_path / "board.sqlite").rmdir()
    counted = app.state.tally.since(date.today())
    assert {(outcome, act): count for (_, outcome, act), count in counted.replies.items()} == {
        ("answered", "find_schemes"): 1,
        ("error", ""): 1,
        ("clarification", "ask_scheme"): 1,
    }


def test_a_reply_is_given_and_counted_when_its_act_cannot_be_told(tmp_path: Path) -> None:
    class Lost(FakeEngine):
        def act(self, request: ChatRequest) -> str:
            raise RuntimeError

    settings = AssistantSettings.model_validate({"index_dir": tmp_path / "index", "board_token": TOKEN})
    app = create_api(Lost(), settings)
    body = {"messages": [{"role": "user", "content": "Combien ?"}]}
    assert TestClient(app).post("/api/chat", json=body).status_code == 200
    assert list(app.state.tally.since(date.today()).replies) == [(date.today(), "answered", "")]


def test_without_a_board_nothing_is_counted_nor_written(tmp_path: Path) -> None:
    app = create_api(FakeEngine(), AssistantSettings.model_validate({"index_dir": tmp_path / "index"}))
    with TestClient(app) as client:
        client.post("/api/chat", json={"messages": [{"role": "user", "content": "Combien ?"}]})
    assert app.state.tally is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("milliseconds", "bound"), [(0, 25), (25, 50), (199.9, 200), (60_000, LONGER)])
def test_a_time_is_counted_under_the_bound_above_it(milliseconds: float, bound: int) -> None:
    assert bound_of(milliseconds) == bound
