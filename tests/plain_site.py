"""The pages without script behind a client: on the fake schemes, or on the committed ones."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from fakes import FakeEngine
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.routes import create_api
from assistant.eligibility.service import EligibilityService, load_service
from assistant.page.board.router import board_routers
from assistant.page.legal import legal_router
from assistant.page.plain.router import plain_routers
from assistant.settings import AssistantSettings
from corpus.fiches.catalogue import load_catalogue

TODAY = date(2026, 11, 23)


@cache
def committed_service() -> EligibilityService:
    return load_service(load_catalogue(), lambda: TODAY)


class CommittedSchemes(FakeEngine):
    """The fake engine with the committed schemes and communes: what it answers stays scripted."""

    catalogue = committed_service().catalogue

    @property
    def eligibility(self) -> EligibilityService:
        return committed_service()


def plain_app(folder: Path, engine: FakeEngine | None = None, **changes: object) -> FastAPI:
    settings = AssistantSettings.model_validate({"index_dir": folder / "index", **changes})
    routers = [
        *plain_routers(settings.public_url),
        legal_router(settings.legal_file),
        *board_routers(settings, wrong_s=0),
    ]
    return create_api(engine or FakeEngine(), settings, routers)


def plain_client(folder: Path, engine: FakeEngine | None = None, **changes: object) -> TestClient:
    return TestClient(plain_app(folder, engine, **changes), follow_redirects=False)
