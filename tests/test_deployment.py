"""The files that deploy the assistant name commands, settings, ports and addresses that are really there."""

from __future__ import annotations

import re
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import yaml
from fakes import FakeEngine
from fastapi.testclient import TestClient

from assistant.api.routes import create_api
from assistant.settings import AssistantSettings

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
CADDY = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
UNIT = (ROOT / "deploy" / "assistant.service").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
FILES = ("Dockerfile", "compose.yaml", "deploy/Caddyfile", "deploy/assistant.service", "docs/deployer.md")
ASSISTANTS = {name: service for name, service in COMPOSE["services"].items() if "build" in service}


@pytest.mark.parametrize("file", [*FILES, "docs/donnees-personnelles.md"])
def test_settings_that_are_named_exist(file: str) -> None:
    named = set(re.findall(r"\bASSISTANT_([A-Z_]*[A-Z])\b", (ROOT / file).read_text(encoding="utf-8")))
    assert {name for name in named if name.lower() not in AssistantSettings.model_fields} == set()


@pytest.mark.parametrize("file", [*FILES, "docs/donnees-personnelles.md"])
def test_commands_that_are_named_exist(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|bin/|assistant-1 )assistant ([a-z]+)", text))
    named |= set(re.findall(r'"assistant", "([a-z]+)"', text))
    assert named <= {entry.name for entry in entry_points(group="assistant.commands")}


def test_the_image_copies_what_is_there_and_what_its_build_sees() -> None:
    seen = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [
        name
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for name in line.split()
    ]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists() or f"!{name}" not in seen] == []


def test_the_image_has_no_torch_and_its_user_is_not_root() -> None:
    last = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    assert re.findall(r"^USER (\S+)$", last, re.MULTILINE) == ["assistant"]
    assert "--uid 10001" in last
    assert "pip install" not in last
    assert "if name != 'sentence-transformers'" in DOCKERFILE
    assert re.search(r"^torch==", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_assistants_of_the_composition_are_read_only_and_hold_their_settings() -> None:
    assert len(ASSISTANTS) == 2
    volumes = [volume.split(":")[0] for service in ASSISTANTS.values() for volume in service["volumes"]]
    assert len(set(volumes)) == 2, "each has its own index"
    assert set(volumes) <= set(COMPOSE["volumes"])
    for service in ASSISTANTS.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        given = {
            name.removeprefix("ASSISTANT_").lower(): value for name, value in service["environment"].items()
        }
        assert AssistantSettings.model_validate(given).root_path == "/aides"
    assert set(COMPOSE["services"]["caddy"]["depends_on"]) == set(ASSISTANTS)


def test_the_proxy_sends_to_the_assistants_at_their_port() -> None:
    port = re.findall(r"ASSISTANT_PORT=(\d+)", DOCKERFILE)
    upstreams = re.search(r"reverse_proxy ([^{]+) \{", CADDY)
    assert upstreams
    assert set(upstreams[1].split()) == {f"{name}:{port[0]}" for name in ASSISTANTS}
    assert re.findall(r"^EXPOSE (\d+)$", DOCKERFILE, re.MULTILINE) == port
    assert "./deploy/Caddyfile:/etc/caddy/Caddyfile:ro" in COMPOSE["services"]["caddy"]["volumes"]
    assert CADDY.count("{") == CADDY.count("}")


def test_the_addresses_of_the_health_checks_are_answered(tmp_path: Path) -> None:
    checked = re.findall(r"127\.0\.0\.1:7860(/\w+)'", DOCKERFILE) + re.findall(r"health_uri (\S+)", CADDY)
    assert checked == ["/healthz", "/aides/readyz"]
    settings = AssistantSettings(index_dir=tmp_path / "index", root_path="/aides")
    with TestClient(create_api(FakeEngine(), settings)) as client:
        assert [client.get(address).status_code for address in checked] == [200, 200]


def test_the_unit_starts_the_server_without_rights() -> None:
    lines = [line.partition("=") for line in UNIT.splitlines() if "=" in line and not line.startswith("#")]
    service = {name: value for name, _, value in lines}
    assert service["ExecStart"].endswith("/assistant serve")
    assert (service["DynamicUser"], service["ProtectSystem"]) == ("yes", "strict")
    assert service["StateDirectory"] == Path(service["WorkingDirectory"]).name
    assert all(re.fullmatch(r"\[\w+\]|#.*|[A-Z]\w+=.*|", line) for line in UNIT.splitlines())
