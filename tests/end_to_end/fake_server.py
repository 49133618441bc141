"""Serve the real application on the fake engine: ``python fake_server.py PORT``."""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn

sys.path.insert(0, str(Path(__file__).parents[1]))

from fakes import FakeEngine

from assistant.app import create_app

if __name__ == "__main__":
    uvicorn.run(create_app(FakeEngine()), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
