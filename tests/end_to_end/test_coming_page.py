"""A visitor of the first seconds, in a real browser: a page that waits, then the chat page by itself."""

from __future__ import annotations

import threading

import pytest
from axe import violations
from fakes import FakeEngine
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from loopback import served
from playwright.sync_api import Browser, expect
from proxy import published

from assistant.api.routes import create_api
from assistant.page.coming import ComingPage
from assistant.page.legal import legal_router
from assistant.settings import AssistantSettings

pytestmark = pytest.mark.e2e

PREFIX = "/aides"
SLOWEST = 60_000  # milliseconds


@pytest.mark.parametrize("is_built", [True, False], ids=["built", "failed"])
def test_the_page_that_waits_gives_way_to_what_comes(browser: Browser, is_built: bool) -> None:
    may_build = threading.Event()

    def build() -> FastAPI:
        may_build.wait(60)
        if not is_built:
            raise ModuleNotFoundError("No module named 'gradio'")
        page = FastAPI(openapi_url=None)
        page.get("/")(lambda: HTMLResponse("<h1>La page de discussion</h1>"))
        return page

    root = ComingPage(build, patience_s=0.1)
    app = create_api(
        FakeEngine(), AssistantSettings.model_construct(root_path=PREFIX), [legal_router(None)], root
    )
    app.mount("/", root)
    with served(app) as server, published(server, PREFIX, strips=True) as site:
        page = browser.new_page()
        try:
            page.goto(f"{site}/")
            expect(page.get_by_role("status")).to_contain_text("La page de discussion se prépare")
            assert violations(page) == []
            page.get_by_role("link", name="Afficher la page").click()
            expect(page.get_by_role("status")).to_be_visible()
            may_build.set()
            came = page.get_by_role("heading" if is_built else "alert")
            expect(came).to_contain_text("La page de discussion", timeout=SLOWEST)
            expect(page.get_by_role("status")).to_have_count(0, timeout=SLOWEST)
            if not is_built:
                assert violations(page) == []
        finally:
            may_build.set()
            page.close()
