"""Whether questions can be answered and whether the chat page is there: what ``/readyz`` says of both."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Literal, Protocol

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

from assistant.api import texts

PageState = Literal["loading", "ready", "failed"]


class RootPage(Protocol):
    """The page at ``/``, which comes after the API."""

    @property
    def state(self) -> PageState: ...  # noqa: D102

    def life(self, app: FastAPI) -> AbstractAsyncContextManager[None]:
        """What runs from the start of the application to its end."""
        ...


class Readiness(BaseModel):
    """What can be asked for now."""

    model_config = ConfigDict(frozen=True)

    status: Literal["ready"] = "ready"
    page: PageState | None = Field(default=None, description=texts.PAGE_STATE)
