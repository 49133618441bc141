"""A folder and a Chroma server compared: what counts as another reply, or as a loss that isn't told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes import FakeEngine
from starlette.testclient import TestClient

from assistant.api.routes import create_api
from assistant.settings import AssistantSettings
from evaluation.benches.remote_bench import Compared, bench_remote
from ingest.errors import StoreUnreachable


class Served(FakeEngine):
    """Answers while its server is there; when ``forgets``, its server comes back without what it held."""

    def __init__(self, *, forgets: bool = False) -> None:
        super().__init__()
        self.there, self._forgets = True, forgets

    def reply(self, *arguments, **options):
        self.ready()
        return super().reply(*arguments, **options)

    def ready(self) -> None:
        if not self.there:
            raise StoreUnreachable("http://127.0.0.1:8000", "ConnectError")

    def kill(self) -> None:
        self.there = False

    def start(self) -> None:
        self.there = not self._forgets


def compared(engine: Served, there: Callable[[str], str]) -> Compared:
    settings = AssistantSettings(feedback_url=None)
    with TestClient(create_api(engine, settings), raise_server_exceptions=False) as client:
        return bench_remote(("Un ?", "Deux ?"), str.lower, there, client, engine.kill, engine.start)


def test_a_server_that_comes_back_and_says_the_same_is_right() -> None:
    found = compared(Served(), str.lower)
    assert (found.questions, found.others) == (2, ())
    assert (found.away, found.retry_after, found.back, found.same) == ((503, 503), "10", (200, 200), True)
    assert found.is_right


def test_another_reply_is_told() -> None:
    found = compared(Served(), lambda question: question.lower().replace("un", "une"))
    assert found.others == ("Un ?",)
    assert not found.is_right


def test_a_server_that_does_not_come_back_is_told() -> None:
    found = compared(Served(forgets=True), str.lower)
    assert (found.back, found.same) == ((503, 503), False)
    assert not found.is_right


@pytest.mark.parametrize("change", [{"away": (500, 503)}, {"retry_after": ""}])
def test_a_loss_that_is_not_told_as_one_is_not_right(change: dict[str, object]) -> None:
    assert not compared(Served(), str.lower).model_copy(update=change).is_right
