"""Feedback: what is kept of it, for how long, what is refused, and how it is shown."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeEngine
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from pydantic import SecretStr
from real_server import CONSOLE, settings

from assistant.api.feedback.shape import Feedback, FeedbackRequest, kept_of
from assistant.api.feedback.store import FeedbackStore
from assistant.api.feedback.summary import summarise_feedback, summary_text
from assistant.api.routes import create_api
from assistant.errors import FeedbackUnavailable
from assistant.settings import AssistantSettings

DAY = date(2026, 11, 23)
BODY: dict[str, Any] = {
    "rating": "not_useful",
    "reasons": ["wrong", "outdated", "wrong"],
    "status": "answered",
    "schemes": ["cvcb"],
    "comment": "Le plafond a changé.",
    "question": "Combien ?",
}


def app_on(folder: Path, **changes: Any) -> FastAPI:
    changes.setdefault("index_dir", folder / "var" / "index")
    return create_api(FakeEngine(), AssistantSettings.model_construct(**changes))


def rows(path: Path) -> list[dict[str, Any]]:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute("select * from feedback")]
    finally:
        connection.close()


def test_a_feedback_is_kept_beside_the_index_without_its_texts(tmp_path: Path) -> None:
    client = TestClient(app_on(tmp_path))
    response = client.post("/api/feedback", json=BODY, headers={"User-Agent": "Navigateur de Mme Untel"})
    assert response.status_code == 201
    receipt = response.json()
    assert receipt["kept"] == ["day", "rating", "reasons", "status", "schemes"]
    assert receipt["kept_days"] == 365
    [row] = rows(tmp_path / "var" / "feedback.sqlite")
    assert row == {
        "id": receipt["id"],
        "day": date.today().isoformat(),
        "rating": "not_useful",
        "reasons": '["wrong", "outdated"]',
        "status": "answered",
        "schemes": '["cvcb"]',
        "comment": None,
        "question": None,
    }
    written = (tmp_path / "var" / "feedback.sqlite").read_bytes()
    for personal in (b"Untel", b"testclient", b"Combien", b"plafond"):
        assert personal not in written


def test_nothing_is_made_before_the_first_feedback(tmp_path: Path) -> None:
    TestClient(app_on(tmp_path)).get("/healthz")
    assert list(tmp_path.iterdir()) == []


def test_the_texts_are_kept_when_a_setting_asks_for_it(tmp_path: Path) -> None:
    client = TestClient(app_on(tmp_path, feedback_texts=True))
    receipt = client.post("/api/feedback", json=BODY).json()
    assert receipt["kept"][-2:] == ["comment", "question"]
    [row] = rows(tmp_path / "var" / "feedback.sqlite")
    assert (row["comment"], row["question"]) == ("Le plafond a changé.", "Combien ?")


def test_the_least_feedback_is_a_rating(tmp_path: Path) -> None:
    response = TestClient(app_on(tmp_path)).post("/api/feedback", json={"rating": "useful"})
    assert response.status_code == 201
    assert response.json()["kept"] == ["day", "rating", "reasons", "schemes"]


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"rating": "bof"}, 422, "à choisir parmi"),
        ({"reasons": ["bof"]}, 422, "à choisir parmi"),
        ({"reasons": ["wrong"] * 6}, 422, "5 éléments au plus"),
        ({"schemes": ["nulle-part"]}, 404, "nulle-part\u00a0» n’existe pas"),
        ({"comment": "a" * 1001}, 422, "1000 caractères au plus"),
        ({"question": "a" * 4001}, 422, "4000 caractères au plus"),
        ({"name": "Mme Untel"}, 422, "champ inconnu"),
    ],
)
def test_a_wrong_feedback_is_refused_and_nothing_kept(
    tmp_path: Path, changes: dict[str, Any], status: int, words: str
) -> None:
    response = TestClient(app_on(tmp_path)).post("/api/feedback", json={**BODY, **changes})
    assert words in problem(response, status)["detail"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["sqlite:///{folder}", "nulle-part://x", "pas une adresse"])
def test_an_unusable_database_is_a_french_problem_that_hides_the_address(tmp_path: Path, url: str) -> None:
    changes = {"feedback_url": url.format(folder=tmp_path)}
    settings = AssistantSettings.model_validate(changes)
    response = TestClient(create_api(FakeEngine(), settings)).post("/api/feedback", json=BODY)
    document = problem(response, 503)
    assert document["title"] == "Base des avis inutilisable"
    assert str(tmp_path) not in response.text


def test_a_feedback_goes_after_its_days(tmp_path: Path) -> None:
    store = FeedbackStore(f"sqlite:///{tmp_path}/deep/er/f.sqlite", days=30)
    for age in (31, 30, 0):
        store.add(kept(str(age), DAY - timedelta(days=age)))
    assert [item.id for item in store.all(DAY)] == ["30", "0"]
    store.add(kept("later", DAY + timedelta(days=31)))
    assert [row["id"] for row in rows(tmp_path / "deep" / "er" / "f.sqlite")] == ["later"]


def test_a_running_server_deletes_what_is_too_old_without_new_feedback(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/f.sqlite"
    FeedbackStore(url, 1000).add(kept("old", date.today() - timedelta(days=31)))
    FeedbackStore(url, 1000).add(kept("new", date.today()))
    app = app_on(tmp_path, feedback_url=SecretStr(url), feedback_days=30)
    with TestClient(app):
        limit = time.monotonic() + 10
        while (
            len(left := [row["id"] for row in rows(tmp_path / "f.sqlite")]) > 1 and time.monotonic() < limit
        ):
            time.sleep(0.02)
    assert left == ["new"]


@pytest.mark.parametrize("url", ["sqlite:///{folder}/none/f.sqlite", "pas une adresse"])
def test_a_server_starts_without_a_usable_database_and_makes_none(tmp_path: Path, url: str) -> None:
    app = app_on(tmp_path, feedback_url=SecretStr(url.format(folder=tmp_path)))
    with TestClient(app) as client:
        assert client.get("/healthz").status_code == 200
    assert list(tmp_path.iterdir()) == []


def test_what_is_read_back_is_what_was_kept(tmp_path: Path) -> None:
    store = FeedbackStore(f"sqlite:///{tmp_path}/f.sqlite", days=30)
    item = kept_of(FeedbackRequest.model_validate(BODY), "x", DAY, with_texts=True)
    store.add(item)
    assert FeedbackStore(store.url, 30).all(DAY) == (item,)


def test_a_closed_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FeedbackUnavailable, match="ASSISTANT_FEEDBACK_URL"):
        FeedbackStore(f"sqlite:///{tmp_path}/file/f.sqlite", 1).all(DAY)


def test_the_summary_counts() -> None:
    summary = summarise_feedback(
        [kept("a", DAY), kept("b", DAY), kept("c", DAY, rating="useful", reasons=())]
    )
    assert summary.ratings == {"not_useful": 2, "useful": 1}
    assert summary.schemes == {"cvcb": 3}
    text = summary_text(summary).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "Avis gardés : 3 ; utiles : 1 ; pas utiles : 2" in text
    assert "Raisons : information dépassée 2, réponse fausse 2" in text
    assert summary_text(summarise_feedback([])) == "Aucun avis gardé."


def test_the_command_gives_the_figures_and_the_rows(tmp_path: Path) -> None:
    FeedbackStore(f"sqlite:///{tmp_path}/feedback.sqlite", 365).add(kept("a", date.today()))
    done = subprocess.run(
        [CONSOLE, "feedback", "--index", "index", "--json"],
        cwd=tmp_path,
        env=settings(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    data = json.loads(done.stdout)
    assert data["summary"]["count"] == 1
    assert data["feedback"][0]["schemes"] == ["cvcb"]


def test_all_is_exported_and_deleted_as_asked(tmp_path: Path) -> None:
    store = FeedbackStore(f"sqlite:///{tmp_path}/feedback.sqlite", 365)
    days = [date.today() - timedelta(days=number) for number in (30, 20, 10)]
    for name, day in zip("abc", days, strict=True):
        said = FeedbackRequest.model_validate({**BODY, "comment": f"Commentaire {name}."})
        store.add(kept_of(said, name, day, with_texts=True))

    def told(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [CONSOLE, "feedback", "--index", "index", *arguments],
            cwd=tmp_path,
            env=settings(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    lines = [json.loads(line) for line in told("export").stdout.splitlines()]
    assert [(line["id"], line["day"]) for line in lines] == [
        (name, day.isoformat()) for name, day in zip("abc", days, strict=True)
    ]
    unsaid = told("purge")
    assert (unsaid.returncode, unsaid.stderr.count("\n")) == (2, 1)
    assert "--before AAAA-MM-JJ, ou --all" in unsaid.stderr
    assert told("purge", "--before", days[1].isoformat()).stdout == "Avis effacés\N{NO-BREAK SPACE}: 1.\n"
    assert [item.id for item in store.all(date.today())] == ["b", "c"]
    content = (tmp_path / "feedback.sqlite").read_bytes()
    assert b"Commentaire a." not in content, "nothing of it is left in the file"
    assert b"Commentaire b." in content
    assert told("purge", "--all").stdout == "Avis effacés\N{NO-BREAK SPACE}: 2.\n"
    assert store.all(date.today()) == ()


def test_nothing_is_made_to_be_deleted(tmp_path: Path) -> None:
    assert FeedbackStore(f"sqlite:///{tmp_path}/feedback.sqlite", 365).delete(None) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_locked_database_is_said_and_holds_no_other_route_back(tmp_path: Path) -> None:
    url = SecretStr(f"sqlite:///{tmp_path}/feedback.sqlite?timeout=0.5")
    with TestClient(app_on(tmp_path, feedback_url=url)) as client:
        assert client.post("/api/feedback", json=BODY).status_code == 201
        with closing(sqlite3.connect(tmp_path / "feedback.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with ThreadPoolExecutor(1) as pool:
                waiting = pool.submit(client.post, "/api/feedback", json=BODY)
                assert client.get("/healthz").status_code == 200
                assert client.get("/api/schemes").status_code == 200
                problem(waiting.result(), 503)
        assert client.post("/api/feedback", json=BODY).status_code == 201


def test_a_file_that_is_removed_is_made_anew(tmp_path: Path) -> None:
    with TestClient(app_on(tmp_path)) as client:
        assert client.post("/api/feedback", json=BODY).status_code == 201
        (tmp_path / "var" / "feedback.sqlite").unlink()
        assert client.post("/api/feedback", json=BODY).status_code == 201


def kept(feedback_id: str, day: date, **changes: Any) -> Feedback:
    request = FeedbackRequest.model_validate({**BODY, **changes})
    return kept_of(request, feedback_id, day, with_texts=False)


def problem(response: Response, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = response.json()
    return document


def test_several_processes_may_keep_the_first_feedback_at_once(tmp_path: Path) -> None:
    """A store each, as processes have: each finds no table and makes it."""
    count = 8
    url = f"sqlite:///{tmp_path}/feedback.sqlite"
    together = threading.Barrier(count)

    def add(place: int) -> None:
        store = FeedbackStore(url, 365)
        together.wait(60)
        store.add(kept(f"{place}", DAY))

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(add, range(count)))
    assert {item.id for item in FeedbackStore(url, 365).all(DAY)} == {f"{place}" for place in range(count)}
