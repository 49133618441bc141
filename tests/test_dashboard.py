"""The dashboard file asks Prometheus for metrics, and for labels of them, that the server really gives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes import ANSWERED, FakeEngine
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from assistant.api.routes import create_api
from assistant.settings import AssistantSettings

BOARD: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "deploy" / "grafana.json").read_text(encoding="utf-8")
)
ASKED = [target["expr"] for panel in BOARD["panels"] for target in panel["targets"]]
# What Prometheus adds of the target that it asked, and a worker of itself.
ADDED = {"instance", "job", "pid"}
METRIC = re.compile(r"\bassistant_\w+")


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The labels of each metric, once questions were answered, failed, left their model, were rated."""
    folder = tmp_path_factory.mktemp("dashboard")
    settings = AssistantSettings.model_construct(index_dir=folder / "index")
    app = create_api(FakeEngine(), settings)
    client = TestClient(app)
    for question in ("CVCB ?", "index"):
        client.post("/api/chat", json={"messages": [{"role": "user", "content": question}]})
    client.post("/api/feedback", json={"rating": "useful", "status": "answered"})
    app.state.metrics.count_reply(ANSWERED.without_model("late"))
    return {
        sample.name: set(sample.labels)
        for family in text_string_to_metric_families(client.get("/metrics").text)
        for sample in family.samples
    }


def labels_of(expression: str) -> Iterator[str]:
    """The labels that a selector or a grouping names."""
    for inside in re.findall(r"\{([^}]*)\}", expression):
        yield from re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", inside)
    for inside in re.findall(r"\bby \(([^)]*)\)", expression):
        yield from (name.strip() for name in inside.split(","))


def test_each_metric_of_the_dashboard_is_given(given: dict[str, set[str]]) -> None:
    named = {name for expression in ASKED for name in METRIC.findall(expression)}
    assert named
    assert named - set(given) == set()


def test_each_label_of_the_dashboard_is_one_of_its_metrics(given: dict[str, set[str]]) -> None:
    for expression in ASKED:
        known = set.intersection(*(given[name] for name in METRIC.findall(expression)))
        assert set(labels_of(expression)) - known - ADDED == set(), expression


def test_each_legend_names_a_label_that_is_kept(given: dict[str, set[str]]) -> None:
    for panel in BOARD["panels"]:
        for target in panel["targets"]:
            shown = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
            kept = set(labels_of(target["expr"])) | ADDED
            assert shown <= kept, panel["title"]


def test_every_count_of_ours_is_on_the_dashboard(given: dict[str, set[str]]) -> None:
    ours = {name for name in given if METRIC.fullmatch(name) and not name.endswith("_created")}
    families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in ours}
    named = "\n".join(ASKED)
    assert {family for family in families if family not in named} == set()


def test_panels_have_numbers_of_their_own_and_stay_within_the_page() -> None:
    numbers = [panel["id"] for panel in BOARD["panels"]]
    assert len(set(numbers)) == len(numbers)
    assert all(panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24 for panel in BOARD["panels"])
    sources = {panel["datasource"]["uid"] for panel in BOARD["panels"]}
    assert sources == {"${source}"}, "whoever takes it chooses the source"
