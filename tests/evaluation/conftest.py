"""What all tests of the evaluation share: no measure of a test is counted among those of the project."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where measures of the test questions are counted instead."""
    path = tmp_path / "test_measured.json"
    monkeypatch.setattr("evaluation.judging.held_out.PATH", path)
    return path
