"""Behind a proxy that publishes the server under a prefix, and takes it off or leaves it, all works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fakes import FakeEngine
from loopback import served
from proxy import published
from pydantic import ValidationError

from assistant.api.routes import create_api
from assistant.page.legal import legal_router
from assistant.page.widget_routes import widget_router
from assistant.settings import AssistantSettings

Site = tuple[httpx.Client, str]
ASK = {"messages": [{"role": "user", "content": "CVCB ?"}]}


@pytest.fixture(
    scope="module",
    params=[(prefix, strips) for prefix in ("/aides", "/services/aides-2.0") for strips in (True, False)],
    ids=str,
)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A visitor of the published server."""
    prefix, strips = request.param
    folder: Path = tmp_path_factory.mktemp("prefix")
    settings = AssistantSettings.model_construct(
        index_dir=folder / "index", root_path=prefix, max_body_bytes=5000
    )
    app = create_api(FakeEngine(), settings, (widget_router(), legal_router(None)))
    with (
        served(app) as server,
        published(server, prefix, strips=strips) as address,
        httpx.Client(base_url=f"{address}/") as visitor,
    ):
        yield visitor, prefix


def test_every_page_and_what_it_loads_is_found(site: Site) -> None:
    visitor, _ = site
    for path, loaded in (("demo", ("demo.css", "widget.js")), ("mentions-legales", ("./page.css",))):
        page = visitor.get(path)
        assert page.status_code == 200
        for name in loaded:
            assert re.search(rf'"{re.escape(name)}["?]', page.text)
            assert visitor.get(page.url.join(name)).status_code == 200


def test_the_api_answers_in_every_form(site: Site) -> None:
    visitor, _ = site
    assert visitor.get("healthz").json() == {"status": "ok"}
    assert visitor.post("api/chat", json=ASK).json()["status"] == "answered"
    stream = visitor.post("api/chat", json={**ASK, "stream": True})
    assert "event: done" in stream.text
    completion = {"model": "assistant-dispositifs", **ASK}
    assert visitor.post("v1/chat/completions", json=completion).json()["choices"]
    assert visitor.head("v1/models").status_code == 200


def test_a_refusal_is_in_the_form_of_its_address_and_names_it(site: Site) -> None:
    visitor, prefix = site
    missing = visitor.get("api/nulle-part").json()["detail"]
    assert f"{prefix}/api/nulle-part" in missing
    assert f"{prefix}/openapi.json" in missing
    assert visitor.post("v1/chat/completions", json={}).json()["error"]["type"] == "invalid_request_error"
    assert visitor.post("api/chat", content=b"x" * 6000).status_code == 413


def test_the_contract_says_where_the_server_is(site: Site) -> None:
    visitor, prefix = site
    document = visitor.get("openapi.json").json()
    assert document["servers"] == [{"url": prefix}]
    assert "/api/chat" in document["paths"]


def test_requests_are_counted_by_route_and_limited() -> None:
    app = create_api(
        FakeEngine(), AssistantSettings.model_construct(root_path="/aides", requests_per_minute=1)
    )
    with served(app) as server, httpx.Client(base_url=server) as visitor:
        statuses = [
            visitor.get(f"{prefix}/api/schemes").status_code for prefix in ("/aides", "/aides", "", "")
        ]
        counted = visitor.get("/metrics").text
    assert statuses[0] == 200
    assert 429 in statuses
    assert 'route="/api/schemes",status="200"' in counted


@pytest.mark.parametrize("query", ["", "?a=1&b=%C3%A9"])
def test_the_prefix_alone_leads_to_its_page(query: str) -> None:
    app = create_api(FakeEngine(), AssistantSettings.model_construct(root_path="/aides"))
    with served(app) as server:
        response = httpx.get(f"{server}/aides{query}")
    assert (response.status_code, response.headers["location"]) == (307, f"/aides/{query}")


@pytest.mark.parametrize(
    ("given", "read"),
    [("", ""), ("/", ""), ("aides", "/aides"), ("/aides/", "/aides"), (" /a/b-c_d.e~f/ ", "/a/b-c_d.e~f")],
)
def test_a_prefix_is_read_with_or_without_its_slashes(given: str, read: str) -> None:
    assert AssistantSettings(root_path=given).root_path == read


@pytest.mark.parametrize(
    "wrong", ["https://region.example/aides", "/a//b", "/a/../b", "/a b", "/é", "/a?b", "//x", "/api", "v1"]
)
def test_what_is_no_prefix_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError, match="no prefix"):
        AssistantSettings(root_path=wrong)
