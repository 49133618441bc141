"""``assistant doctor`` says what is wrong, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.commands.doctor import command

pytestmark = pytest.mark.model


def test_a_missing_index_is_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["--index", str(tmp_path / "none"), "--json"], standalone_mode=False)
    checks = {check["name"]: check for check in json.loads(result.output)["checks"]}
    assert result.return_value == 1
    assert checks["Encodeur"]["ok"]
    assert not checks["Index"]["ok"]
    assert "assistant ingest" in checks["Index"]["detail"]
