"""Who sees the board: nobody without a token, whoever gave it for some hours, nobody with another cookie."""

from __future__ import annotations

import logging
import time
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from plain_site import plain_client

from assistant.commands.cli import cli
from assistant.errors import ShortBoardToken
from assistant.page.board.access import COOKIE, HOURS, Access
from assistant.settings import AssistantSettings
from evaluation.benches.strict_html import problems

TOKEN = "un-jeton-bien-assez-long"
BOARD = "/tableau-de-bord"


def signed_in(folder: Path, **changes: object) -> TestClient:
    client = plain_client(folder, board_token=TOKEN, **changes)
    assert client.post(BOARD, data={"jeton": TOKEN}).status_code == 303
    return client


@pytest.mark.parametrize("token", [None, "", "   "])
def test_without_a_token_the_address_is_unknown_like_any_other(tmp_path: Path, token: str | None) -> None:
    client = plain_client(tmp_path, **({} if token is None else {"board_token": token}))
    paths = (BOARD, f"{BOARD}/board.css", f"{BOARD}/a-revoir.csv", f"{BOARD}/sortie")
    for path, method in product(paths, ("GET", "POST")):
        answer, unknown = client.request(method, path), client.request(method, "/nulle-part")
        assert answer.status_code == unknown.status_code == 404
        assert answer.headers["content-type"] == unknown.headers["content-type"]
        assert answer.json().get("title") == unknown.json().get("title")


def test_a_short_token_is_refused_at_start_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTANT_BOARD_TOKEN", "court")
    done = CliRunner().invoke(cli, ["serve", "--port", "0"])
    assert isinstance(done.exception, ShortBoardToken)
    said = str(done.exception)
    assert "ASSISTANT_BOARD_TOKEN" in said
    assert "16 caractères" in said
    assert "\n" not in said
    assert "court" not in said.replace("trop court", "")
    assert list(tmp_path.iterdir()) == []


def test_the_token_is_shown_by_no_text_of_the_settings(tmp_path: Path) -> None:
    settings = AssistantSettings.model_validate({"index_dir": tmp_path, "board_token": TOKEN})
    assert TOKEN not in repr(settings) + str(settings) + settings.model_dump_json()


def test_the_board_is_behind_a_form_and_its_tables_lead_there(tmp_path: Path) -> None:
    client = plain_client(tmp_path, board_token=TOKEN)
    page = client.get(BOARD)
    assert page.status_code == 200
    assert 'name="jeton"' in page.text
    assert 'id="reponses"' not in page.text
    assert problems(page.text) == []
    table = client.get(f"{BOARD}/a-revoir.csv")
    assert (table.status_code, table.headers["location"], table.text) == (303, "../tableau-de-bord", "")
    assert client.post(f"{BOARD}/sortie").headers.get("set-cookie") is None


def test_the_token_opens_the_board_by_a_cookie_for_it_alone(tmp_path: Path) -> None:
    client = plain_client(tmp_path, board_token=f" {TOKEN}\n", public_url="https://aides.example.fr")
    answer = client.post(BOARD, data={"jeton": f"{TOKEN} "})
    assert (answer.status_code, answer.headers["location"]) == (303, "tableau-de-bord")
    given = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert given == {
        "httponly",
        "secure",
        "samesite=strict",
        f"path={BOARD}",
        f"max-age={HOURS * 3600}",
    }
    assert TOKEN not in answer.headers["set-cookie"]


def test_under_a_prefix_the_cookie_goes_with_it(tmp_path: Path) -> None:
    client = plain_client(tmp_path, board_token=TOKEN, root_path="/aides")
    answer = client.post(f"/aides{BOARD}", data={"jeton": TOKEN})
    assert f"Path=/aides{BOARD}" in answer.headers["set-cookie"]
    assert "Secure" not in answer.headers["set-cookie"]
    assert 'id="reponses"' in client.get(f"/aides{BOARD}").text


def test_what_the_board_sends_is_kept_and_listed_nowhere(tmp_path: Path) -> None:
    client = signed_in(tmp_path)
    answers = [
        client.get(BOARD),
        client.get(f"{BOARD}/a-revoir.csv"),
        client.post(BOARD, data={"jeton": "faux"}),
        client.post(f"{BOARD}/sortie"),
        client.get(f"{BOARD}/a-revoir.csv"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 403, 303, 303]
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert "noindex" in answer.headers["x-robots-tag"]
    assert '<meta name="robots" content="noindex, nofollow">' in answers[0].text
    assert "tableau-de-bord" not in client.get("/sitemap.xml").text
    assert "tableau-de-bord" not in client.get("/dispositifs").text
    assert "tableau-de-bord" not in client.get("/openapi.json").text


@pytest.mark.parametrize("wrong", ["", "faux", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "é" * 400, "\ud800"])
def test_a_wrong_token_is_refused_and_logged_nowhere(
    tmp_path: Path, wrong: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = plain_client(tmp_path, board_token=TOKEN)
    with caplog.at_level(logging.DEBUG):
        answer = client.post(BOARD, data={"jeton": wrong.encode("utf-8", "surrogatepass")})
    assert answer.status_code == 403
    assert "Ce jeton n’est pas le bon." in answer.text
    assert "set-cookie" not in answer.headers
    assert problems(answer.text) == []
    if len(wrong) > 5:
        assert wrong not in answer.text
        assert wrong not in caplog.text


def test_a_few_wrong_tokens_are_too_many_even_for_the_right_one(tmp_path: Path) -> None:
    client = plain_client(tmp_path, board_token=TOKEN, client_header="X-Forwarded-For")
    here, there = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}
    statuses = [client.post(BOARD, data={"jeton": "faux"}, headers=here).status_code for _ in range(6)]
    assert statuses == [403] * 5 + [429]
    refused = client.post(BOARD, data={"jeton": TOKEN}, headers=here)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 60
    assert "set-cookie" not in refused.headers
    assert problems(refused.text) == []
    assert client.post(BOARD, data={"jeton": TOKEN}, headers=there).status_code == 303


def test_the_right_token_is_no_wrong_try(tmp_path: Path) -> None:
    client = plain_client(tmp_path, board_token=TOKEN)
    assert {client.post(BOARD, data={"jeton": TOKEN}).status_code for _ in range(8)} == {303}


def test_a_form_of_another_site_signs_nobody_in(tmp_path: Path) -> None:
    client = plain_client(tmp_path, board_token=TOKEN)
    answer = client.post(BOARD, data={"jeton": TOKEN}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_one_signs_out_by_a_form_alone(tmp_path: Path) -> None:
    client = signed_in(tmp_path)
    assert client.get(f"{BOARD}/sortie").status_code in {404, 405}
    assert 'id="reponses"' in client.get(BOARD).text
    assert client.post(f"{BOARD}/sortie").status_code == 303
    assert 'id="reponses"' not in client.get(BOARD).text


def _tampered(access: Access) -> list[str]:
    ends, _, signature = access.cookie().partition(".")
    other = Access("un-autre-jeton-assez-long")
    later = str(int(ends) + 1)
    return [
        "",
        ".",
        ends,
        f"{ends}.",
        f".{signature}",
        f"{later}.{signature}",
        f"{ends}.{signature[:-1]}{'1' if signature.endswith('0') else '0'}",
        f"{ends}.{signature}0",
        other.cookie(),
        f"{ends}.é",
        "9" * 5000,
        Access(TOKEN, lambda: time.time() - HOURS * 3600 - 1).cookie(),
    ]


def test_a_cookie_that_was_changed_or_is_too_old_opens_nothing(tmp_path: Path) -> None:
    client = plain_client(tmp_path, board_token=TOKEN)
    access = Access(TOKEN)
    assert 'id="reponses"' in client.get(BOARD, headers={"Cookie": f"{COOKIE}={access.cookie()}"}).text
    for value in _tampered(access):
        page = client.get(BOARD, headers={"Cookie": f"{COOKIE}={value}".encode()})
        assert page.status_code == 200
        assert 'id="reponses"' not in page.text, value


def test_a_cookie_is_good_until_its_hour() -> None:
    now = [1_000_000.0]
    access = Access(TOKEN, lambda: now[0])
    cookie = access.cookie()
    now[0] += HOURS * 3600 - 1
    assert access.admits(cookie)
    now[0] += 1
    assert not access.admits(cookie)
