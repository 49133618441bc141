"""Every page drawn in one run: what is wrong in one is told, and how long and heavy they are."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.testclient import TestClient
from plain_site import CommittedSchemes, plain_client

from evaluation.benches.every_page import addresses, draw_all
from evaluation.reports.text import every_page_text


def test_the_pages_of_schemes_and_communes_are_sound(tmp_path: Path) -> None:
    engine = CommittedSchemes()
    paths = tuple(addresses(tuple(engine.catalogue.fiches)[:3], ("59431", "62002")))
    told: list[tuple[int, int]] = []
    found = draw_all(plain_client(tmp_path, engine), paths, lambda *news: told.append(news))
    assert (found.count, found.wrong_count, found.wrong) == (5, 0, ())
    assert told[-1] == (5, 5)
    assert 0 < found.median_ms <= found.slow_ms
    assert found.median_ms <= found.slowest_ms
    assert 1_000 < found.heaviest_bytes < 40_000
    assert "5 pages dessinées" in every_page_text(found)


def test_a_page_that_is_wrong_is_named_with_what_is_wrong() -> None:
    app = FastAPI()
    app.get("/communes/a")(lambda: Response('<!DOCTYPE html>\n<html lang="fr"><p><ul></ul></p></html>'))
    found = draw_all(TestClient(app), ("/communes/a", "/communes/b"))
    assert found.wrong_count == 2
    assert found.wrong[0].startswith("/communes/a: <ul> in ['p']")
    assert found.wrong[1] == "/communes/b: 404"
    assert "2 page(s) en défaut." in every_page_text(found)
