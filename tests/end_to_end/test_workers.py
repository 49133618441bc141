"""Two workers of ``assistant serve``, as processes: both answer as one, one is killed, the page, the end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from real_server import CONSOLE, Server, serving, settings

from assistant.serving.page_home import WORKER_HEADER

pytestmark = pytest.mark.e2e

LIMIT = 300
SLOWEST = 60_000  # milliseconds
ASK = {"messages": [{"role": "user", "content": "lentement, quelles communes ?"}]}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("two")
    command = (sys.executable, Path(__file__).with_name("fake_workers.py"))
    with serving(folder, command=command, ASSISTANT_WORKERS="2") as started:
        answers_of(started, {"1", "2"})
        yield started


def answers_of(server: Server, wanted: set[str]) -> list[httpx.Response]:
    """Ask until every worker wanted has answered, each time by a new connection; give all the answers."""
    limit, answers = time.monotonic() + LIMIT, []
    while time.monotonic() < limit:
        answers.append(httpx.get(f"{server.address}/api/schemes", timeout=LIMIT))
        assert answers[-1].status_code == 200
        if wanted <= {answer.headers[WORKER_HEADER] for answer in answers}:
            return answers
    pytest.fail("a worker never answered:\n" + "".join(server.lines))


def process_of(server: Server, worker: int) -> int:
    """The process that stands for a worker now."""
    numbers = re.findall(rf"worker {worker} is process (\d+)", "".join(server.lines))
    return int(numbers[-1])


def counted(address: str) -> float:
    text = httpx.get(f"{address}/metrics", timeout=LIMIT).text
    found = re.findall(r'^assistant_http_requests_total\{.*"/api/schemes".*\} (\S+)$', text, re.MULTILINE)
    assert len(found) == 1
    return float(found[0])


def test_they_answer_as_one_and_count_together(server: Server) -> None:
    before = counted(server.address)
    answers = answers_of(server, {"1", "2"})
    for _ in range(4):
        assert counted(server.address) == before + len(answers)
    text = httpx.get(f"{server.address}/metrics", timeout=LIMIT).text
    told = {int(pid) for pid in re.findall(r'assistant_worker_start_time_seconds\{pid="(\d+)"\}', text)}
    assert told == {process_of(server, 1), process_of(server, 2)}
    assert "\nassistant_questions_in_flight 0.0\n" in text, "one figure for both"


def test_the_chat_page_answers_whichever_worker_made_it(server: Server, browser: Browser) -> None:
    made: set[str] = set()
    for _ in range(40):
        page = browser.new_page()
        response = page.goto(server.address)
        assert response is not None
        worker = response.headers[WORKER_HEADER.lower()]
        if worker not in made:
            made.add(worker)
            converse(page, worker)
        page.close()
        if len(made) == 2:
            return
    pytest.fail("a worker never made a page")


def converse(page: Page, worker: str) -> None:
    """Two questions, while the page's connections reach both workers."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/gradio_api/" in request.url else None)
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    for turns, question in enumerate(("Quelles communes ?", "CVCB ?"), 1):
        page.get_by_role("textbox", name="Votre question").fill(question)
        page.get_by_role("button", name="Envoyer", exact=True).click()
        expect(page.locator("article.turn .main-part")).to_have_count(turns, timeout=SLOWEST)
    assert all(f"/page-{worker}/gradio_api/" in url for url in asked)
    assert failed == []


def test_one_that_is_killed_is_replaced_while_the_other_answers(server: Server) -> None:
    before = counted(server.address)
    killed = process_of(server, 2)
    os.kill(killed, signal.SIGKILL)
    answers = answers_of(server, {"1"})
    server.line_with(f"worker 2 (process {killed}) ended with code -9")
    # What is the killed one's waits for the next: a page that it made goes on.
    page = httpx.get(f"{server.address}/page-2/gradio_api/info", timeout=LIMIT)
    assert page.headers[WORKER_HEADER] == "2"
    assert process_of(server, 2) != killed
    answers += answers_of(server, {"1", "2"})
    assert counted(server.address) == before + len(answers), "what a dead worker counted stays"
    assert str(killed) not in httpx.get(f"{server.address}/metrics", timeout=LIMIT).text


def test_streams_end_whole_once_it_is_told_to_stop(server: Server) -> None:
    """The last test here: it stops the server."""

    def stream(_place: int) -> tuple[bool, bool]:
        """Whether an answer began, and whether it ended whole."""
        begun, whole = False, False
        try:
            with httpx.stream(
                "POST", f"{server.address}/api/chat", json={**ASK, "stream": True}, timeout=LIMIT
            ) as answer:
                begun = answer.status_code == 200
                if begun and not told:
                    told.append(True)
                    server.process.terminate()
                lines = list(answer.iter_lines())
                whole = "event: done" in lines and bool(json.loads(lines[-2].removeprefix("data: ")))
        except httpx.TransportError:
            pass
        return begun, whole

    told: list[bool] = []
    with ThreadPoolExecutor(12) as pool:
        ended = list(pool.map(stream, range(12)))
    assert told
    assert [whole for begun, whole in ended if begun and not whole] == []
    assert any(whole for _, whole in ended)
    assert server.process.wait(60) == 0
    for worker in (1, 2):
        with pytest.raises(ProcessLookupError):
            os.kill(process_of(server, worker), 0)


@pytest.mark.parametrize(
    ("options", "variable", "words"),
    [
        (
            ("--workers", "0"),
            "",
            "Valeur refusée pour « --workers » (un nombre entier de 1 à 64 est attendu).",
        ),
        (("--workers", "deux"), "", "« --workers » (un nombre entier de 1 à 64 est attendu)."),
        ((), "100", "Réglage incorrect : ASSISTANT_WORKERS."),
        ((), "deux", "Réglage incorrect : ASSISTANT_WORKERS."),
    ],
)
def test_a_wrong_number_is_told_in_a_line(
    options: tuple[str, ...], variable: str, words: str, tmp_path: Path
) -> None:
    told = subprocess.run(
        [CONSOLE, "serve", "--port", "0", *options],
        cwd=tmp_path,
        env={**settings(), **({"ASSISTANT_WORKERS": variable} if variable else {})},
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=False,
    )
    assert told.returncode == 2
    assert words in told.stderr
    assert told.stderr.count("\n") == 1
