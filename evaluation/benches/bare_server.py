"""A bare FastAPI route that does nothing, at the address of a reply: what HTTP alone takes here."""

from __future__ import annotations

import argparse
from typing import Any

import uvicorn
from fastapi import FastAPI


def build() -> FastAPI:
    """Build it; it reads a body as JSON and answers at once."""
    app = FastAPI(openapi_url=None)

    @app.post("/api/chat")
    async def chat(body: dict[str, Any]) -> dict[str, str]:
        return {"answer": ""}

    @app.get("/readyz")
    async def readyz() -> dict[str, str]:
        return {"status": "ready"}

    return app


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    uvicorn.run(build(), host="127.0.0.1", port=parser.parse_args().port, log_level="warning")
