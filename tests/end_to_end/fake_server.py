"""Serve the real application on the fake engine: ``python fake_server.py PORT [ORIGIN...]``."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn

sys.path.insert(0, str(Path(__file__).parents[1]))

from fakes import FakeEngine

from assistant.page.app import create_app
from assistant.settings import AssistantSettings

if __name__ == "__main__":
    port, *origins = sys.argv[1:]
    with TemporaryDirectory() as folder:
        settings = AssistantSettings(cors_origins=",".join(origins), index_dir=Path(folder) / "index")
        uvicorn.run(
            create_app(FakeEngine(), settings),
            host="127.0.0.1",
            port=int(port),
            log_level="warning",
            timeout_graceful_shutdown=5,
        )
