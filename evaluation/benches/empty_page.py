"""A Gradio page with nothing in it, served as its makers do: what any such page weighs and takes here."""

from __future__ import annotations

import argparse

import gradio as gr
import uvicorn
from fastapi import FastAPI


def build() -> FastAPI:
    """Build it: one line of text, at the root."""
    with gr.Blocks(analytics_enabled=False) as page:
        gr.HTML('<p id="ready">.</p>')
    app = FastAPI(openapi_url=None)

    @app.get("/readyz")
    async def readyz() -> dict[str, str]:
        return {"status": "ready"}

    served: FastAPI = gr.mount_gradio_app(app, page, path="/")
    return served


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    uvicorn.run(build(), host="127.0.0.1", port=parser.parse_args().port, log_level="warning")
