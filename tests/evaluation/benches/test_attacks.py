"""Attacks by length on every route: each is answered, or refused by a stated limit."""

from __future__ import annotations

from fakes import FakeEngine
from fastapi.testclient import TestClient

from assistant.api.routes import create_api
from assistant.reply import MAX_USER_CHARS
from assistant.settings import AssistantSettings
from evaluation.benches.attacks import bench_attacks
from evaluation.reports.text import attacked_table

ROUTES = {
    "/api/chat",
    "/v1/chat/completions",
    "/api/search",
    "/api/communes",
    "/api/eligibility",
    "/api/feedback",
}


def test_every_attack_gets_an_answer_or_the_refusal_of_a_limit(tmp_path) -> None:
    settings = AssistantSettings(index_dir=tmp_path / "index", requests_per_minute=0)
    with TestClient(create_api(FakeEngine(), settings)) as client:
        results = bench_attacks(client, ["1 "])
        long = [{"role": "user", "content": "a" * 4000}] * 5
        refused = client.post("/api/chat", json={"messages": long})
    assert {item.route for item in results} == ROUTES
    assert {item.status for item in results} <= {200, 201, 400, 404, 413, 422}
    whole = [item for item in results if item.route == "/api/chat" and "25 messages" in item.attack]
    assert [item.status for item in whole] == [422]
    assert [item.cpu_s for item in results] == sorted(item.cpu_s for item in results)
    assert refused.status_code == 422
    assert f"{MAX_USER_CHARS} caractères ensemble" in refused.text
    assert "/api/chat" in attacked_table(results)
