"""The headers of a proxy are believed from the proxy that is named: its client, its scheme, its number."""

from __future__ import annotations

import pytest
from fakes import FakeEngine
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from pydantic import ValidationError

from assistant.api.guards.install import install_middlewares
from assistant.api.guards.request_number import request_id
from assistant.api.metrics import Metrics
from assistant.api.routes import create_api
from assistant.settings import AssistantSettings

NUMBER = "0123456789abcdef0123456789abcdef"
NAMED = "192.0.2.0/29, 2001:db8::5"
TOLD = {
    "X-Forwarded-For": "198.51.100.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "aides.example.fr",
    "Forwarded": "for=198.51.100.7",
    "X-Request-ID": NUMBER,
}
OURS = {name.lower() for name in TOLD}


def seen(peer: str, proxies: str = NAMED, headers: dict[str, str] = TOLD) -> tuple[dict[str, str], str]:
    """What a route sees of a request from a peer, and the number of the response."""
    settings = AssistantSettings.model_construct(client_header="X-Forwarded-For", proxies=proxies)
    app = FastAPI(openapi_url=None)

    @app.get("/api/seen")
    def route(request: Request) -> dict[str, str]:
        told = {name: value for name, value in request.headers.items() if name in OURS}
        return {**told, "scheme": request.url.scheme, "number": request_id()}

    install_middlewares(app, settings, Metrics())
    answer = TestClient(app, client=(peer, 50000)).get("/api/seen", headers=headers)
    assert answer.status_code == 200
    return answer.json(), answer.headers["X-Request-ID"]


@pytest.mark.parametrize("peer", ["192.0.2.3", "::ffff:192.0.2.3", "2001:db8::5"])
def test_what_the_named_proxy_says_is_believed(peer: str) -> None:
    told, number = seen(peer)
    assert (told["scheme"], told["number"], number) == ("https", NUMBER, NUMBER)
    assert told["x-forwarded-for"] == "198.51.100.7"


@pytest.mark.parametrize("peer", ["192.0.2.9", "2001:db8::6", "testclient"])
def test_what_another_says_in_its_stead_is_forgotten(peer: str) -> None:
    told, number = seen(peer)
    assert set(told) == {"scheme", "number"}
    assert told["scheme"] == "http"
    assert told["number"] == number != NUMBER


def test_where_no_proxy_is_named_a_number_is_ours() -> None:
    told, number = seen("192.0.2.3", proxies="")
    assert told["x-forwarded-for"] == "198.51.100.7"
    assert told["number"] == number != NUMBER


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("01234567-89AB-cdef-0123-456789abcdef", True),
        ("0123456789abcdef", False),
        (NUMBER + "0", False),
        ("<script>", False),
    ],
)
def test_a_number_is_kept_where_it_has_the_form_of_ours(given: str, kept: bool) -> None:
    told, number = seen("192.0.2.3", headers={"X-Request-ID": given})
    assert (number == NUMBER) is kept
    assert told["number"] == number


@pytest.mark.parametrize(("scheme", "read"), [("http, https", "https"), ("ftp", "http"), ("", "http")])
def test_the_scheme_is_the_last_one_told(scheme: str, read: str) -> None:
    assert seen("192.0.2.3", headers={"X-Forwarded-Proto": scheme})[0]["scheme"] == read


def test_an_outsider_is_counted_as_itself() -> None:
    settings = AssistantSettings.model_construct(
        client_header="X-Forwarded-For", proxies=NAMED, requests_per_minute=2
    )
    app = create_api(FakeEngine(), settings)

    def statuses(peer: str) -> list[int]:
        client = TestClient(app, client=(peer, 50000))
        told = ({"X-Forwarded-For": f"198.51.100.{number}"} for number in range(3))
        return [client.get("/api/schemes", headers=headers).status_code for headers in told]

    assert statuses("203.0.113.5") == [200, 200, 429], "whatever it claims"
    assert statuses("192.0.2.3") == [200, 200, 200], "three clients of the proxy"


@pytest.mark.parametrize("text", ["mandataire", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.1;10.0.0.2"])
def test_what_is_no_network_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        AssistantSettings(proxies=text)
