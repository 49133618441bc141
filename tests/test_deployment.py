"""The files that deploy the assistant name commands, settings, ports and addresses that are really there."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import yaml
from fakes import FakeEngine
from fastapi.testclient import TestClient
from licences_page import pinned
from packaging.utils import canonicalize_name
from pydantic import SecretStr

from assistant.api.routes import create_api
from assistant.installed.packages import PROJECT, installed, needed
from assistant.serving import parent
from assistant.serving.terms import LEAVE_SECONDS
from assistant.settings import AssistantSettings

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
CADDY = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
UNIT = (ROOT / "deploy" / "assistant.service").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
HASHED = {
    canonicalize_name(name): (version, len(re.findall(r"--hash=sha256:[0-9a-f]{64}", digests)))
    for name, version, digests in re.findall(
        r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)(?: ; [^\n\\]+)?((?: \\\n    --hash=\S+)*)$",
        (ROOT / "deploy" / "requirements.txt").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
}
FILES = ("Dockerfile", "compose.yaml", "deploy/Caddyfile", "deploy/assistant.service", "docs/deployer.md")
SERVICES: dict[str, Any] = COMPOSE["services"]
ASSISTANTS = {name: service for name, service in SERVICES.items() if "build" in service}


def by_default(text: str) -> str:
    """What Compose writes for ``${NAME:-default}`` when nothing is set."""
    return re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", text)


def seconds(text: str) -> float:
    return float(text.removesuffix("s"))


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
    assert {"torch", "sentence-transformers"} & set(HASHED) == set()
    assert {"torch", "sentence-transformers"} <= set(pinned())


def test_the_image_installs_what_serving_needs_at_the_versions_pinned_by_its_digests() -> None:
    assert "pip install --require-hashes -r deploy/requirements.txt" in DOCKERFILE
    assert "pip install --no-deps --no-build-isolation -e ." in DOCKERFILE, "nothing else is fetched"
    versions = pinned()
    assert {name: version for name, (version, _) in HASHED.items() if versions.get(name) != version} == {}
    assert [name for name, (_, digests) in HASHED.items() if digests == 0] == []
    packages = installed()
    wanted = [text for text in packages[PROJECT].requires if not text.startswith("sentence-transformers")]
    ours = replace(packages[PROJECT], requires=(*wanted, "redis"))
    serving = needed({**packages, PROJECT: ours})
    assert serving - set(HASHED) == set(), "run: make hashes"
    builder = {"hatchling", "editables", "packaging", "pathspec", "pluggy", "trove-classifiers"}
    assert builder - set(HASHED) == set()
    assert set(HASHED) - serving - builder == set(), "run: make hashes"


def test_the_assistants_of_the_composition_are_read_only_and_hold_their_settings() -> None:
    assert len(ASSISTANTS) == 2
    volumes = [volume.split(":")[0] for service in ASSISTANTS.values() for volume in service["volumes"]]
    assert len(set(volumes)) == 2, "each has its own index"
    assert set(volumes) <= set(COMPOSE["volumes"])
    for service in ASSISTANTS.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        given = {
            name.removeprefix("ASSISTANT_").lower(): by_default(value)
            for name, value in service["environment"].items()
        }
        read = AssistantSettings.model_validate(given)
        assert (read.root_path, read.workers, read.limits_store) == ("/aides", 1, None)
        assert read.chroma_server is not None
        assert (read.chroma_server.host, read.chroma_server.port) == ("chroma", 8000)
    assert set(SERVICES["caddy"]["depends_on"]) == set(ASSISTANTS)


def test_the_second_assistant_waits_for_the_index_of_the_first() -> None:
    assert set(ASSISTANTS["assistant-1"]["depends_on"]) == {"chroma"}
    assert ASSISTANTS["assistant-2"]["depends_on"] == {"assistant-1": {"condition": "service_healthy"}}


def test_the_chroma_server_is_the_version_that_its_client_is_tested_with() -> None:
    image, _, version = SERVICES["chroma"]["image"].partition(":")
    assert image == "chromadb/chroma"
    assert f"chromadb=={version}\n" in (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert SERVICES["chroma"]["volumes"] == ["chroma-data:/data"]
    assert "chroma-data" in COMPOSE["volumes"]


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]
    assert COMPOSE["networks"]["back"] == {"internal": True}
    for name in ("chroma", "redis"):
        assert SERVICES[name]["networks"] == ["back"]
    assert SERVICES["caddy"]["networks"] == ["front"]
    for service in SERVICES.values():
        assert service["cap_drop"] == ["ALL"]
        assert service["restart"] == "unless-stopped"


def test_redis_is_there_only_when_asked_for_and_where_the_comment_says() -> None:
    assert SERVICES["redis"]["profiles"] == ["redis"]
    said = re.search(
        r"COMPOSE_PROFILES=(\w+) and LIMITS_STORE=(\S+)\.",
        (ROOT / "compose.yaml").read_text(encoding="utf-8"),
    )
    assert said
    store = AssistantSettings(limits_store=SecretStr(said[2])).limits_store
    assert said[1] == "redis"
    assert store is not None
    assert store.get_secret_value() == "redis://redis:6379"
    assert "redis" in HASHED


def test_who_stops_the_server_leaves_it_the_time_that_it_takes() -> None:
    needed = LEAVE_SECONDS + parent._TO_CLOSE_S
    assert all(seconds(service["stop_grace_period"]) > needed for service in ASSISTANTS.values())
    (unit,) = re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)
    assert int(unit) > needed


def test_the_proxy_sends_to_the_assistants_at_their_port() -> None:
    port = re.findall(r"ASSISTANT_PORT=(\d+)", DOCKERFILE)
    upstreams = re.search(r"reverse_proxy ([^{]+) \{", CADDY)
    assert upstreams
    assert set(upstreams[1].split()) == {f"{name}:{port[0]}" for name in ASSISTANTS}
    assert re.findall(r"^EXPOSE (\d+)$", DOCKERFILE, re.MULTILINE) == port
    assert "./deploy/Caddyfile:/etc/caddy/Caddyfile:ro" in COMPOSE["services"]["caddy"]["volumes"]
    assert CADDY.count("{") == CADDY.count("}")
    directives = set(re.findall(r"^\t+([a-z_]+)", CADDY, re.MULTILINE))
    assert directives == {
        "encode", "redir", "handle", "respond", "reverse_proxy", "lb_policy", "lb_try_duration",
        "fail_duration", "health_uri", "health_interval", "health_timeout", "flush_interval",
    }  # fmt: skip


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
    given = dict(
        line.split("=", 1) for line in re.findall(r"^Environment=ASSISTANT_(.+)$", UNIT, re.MULTILINE)
    )
    read = AssistantSettings.model_validate({name.lower(): value for name, value in given.items()})
    assert (read.host, read.workers) == ("127.0.0.1", 1)
    assert service["StateDirectory"] == Path(service["WorkingDirectory"]).name
    assert all(re.fullmatch(r"\[\w+\]|#.*|[A-Z]\w+=.*|", line) for line in UNIT.splitlines())
