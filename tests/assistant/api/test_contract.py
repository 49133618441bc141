"""The published contract holds: schemathesis tries every operation with hundreds of requests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from loopback import served
from real_server import settings
from small_corpus import SmallCorpus

from assistant.api.routes import create_api
from assistant.settings import AssistantSettings

pytestmark = pytest.mark.slow

SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"
CONFIGURATION = Path(__file__).parent / "schemathesis.toml"
METHODS = {"get", "post", "put", "patch", "delete"}


def test_every_operation_does_what_its_description_says(small_corpus: SmallCorpus, tmp_path: Path) -> None:
    own = AssistantSettings.model_construct(index_dir=tmp_path / "index", requests_per_minute=0)
    with served(create_api(small_corpus.engine(), own)) as address:
        description = httpx.get(f"{address}/openapi.json").json()
        done = subprocess.run(
            [
                SCHEMATHESIS,
                "--config-file",
                CONFIGURATION,
                "run",
                f"{address}/openapi.json",
                "--continue-on-failure",
                "--no-color",
            ],
            cwd=tmp_path,
            env=settings(),
            capture_output=True,
            encoding="utf-8",
            timeout=540,
            check=False,
        )
    operations = sum(len(METHODS & set(path)) for path in description["paths"].values())
    assert done.returncode == 0, done.stdout
    assert f"Tested: {operations}" in done.stdout
    assert "No issues found" in done.stdout, done.stdout


def test_every_body_and_parameter_has_an_example(small_corpus: SmallCorpus) -> None:
    document = create_api(small_corpus.engine()).openapi()
    for address, path in document["paths"].items():
        for method, operation in path.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json")
            assert body is None or body["examples"], f"{method} {address}"
            for parameter in operation.get("parameters", ()):
                if parameter.get("required"):
                    assert parameter["schema"].get("examples"), f"{method} {address} {parameter['name']}"
