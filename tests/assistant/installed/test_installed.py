"""What is installed here: what serving needs of it, its licences, its bill of materials."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from assistant.commands.doctor import command
from assistant.installed.listing import bound_of, lines_of
from assistant.installed.packages import PROJECT, Package, direct, installed, needed
from assistant.installed.sbom import bill_of

PACKAGES = installed()


def package(name: str, *requires: str, licence: str | None = "MIT") -> Package:
    return Package(name, "1.0", licence, "", requires)


FAKES = {
    item.key: item
    for item in (
        package(PROJECT, "a>=1", "z; extra == 'more'", "gone", "old; python_version < '3'"),
        package("A", "b[fast]"),
        package("b", "c; extra == 'fast'", "d; extra == 'slow'"),
        package("c", "a"),
        package("d"),
        package("z", licence="GPL-3.0-only"),
    )
}


def test_what_is_needed_is_followed_through_extras_and_circles() -> None:
    assert needed(FAKES) == {"a", "b", "c"}
    assert needed(FAKES, ["more"]) == {"a", "b", "c", "z"}
    assert direct(FAKES["a"], FAKES) == ("b",)
    assert direct(FAKES[PROJECT], FAKES) == ("a",)


def test_a_licence_that_binds_is_told_when_serving_needs_it() -> None:
    assert bound_of(FAKES, needed(FAKES)) == []
    assert bound_of(FAKES, needed(FAKES, ["more"])) == ["z"]
    assert lines_of(FAKES, needed(FAKES, ["more"]))[-1] == "GPL ou AGPL, à revoir\u00a0: z."
    assert lines_of(FAKES, needed(FAKES))[-2] == "z 1.0\u00a0: GPL-3.0-only (ne sert pas au service)"


@pytest.mark.parametrize("extras", [(), ("llm", "mcp", "redis", "local-llm", "train")])
def test_no_package_of_a_service_is_under_the_gpl_and_each_says_its_licence(extras: tuple[str, ...]) -> None:
    serving = needed(PACKAGES, extras)
    assert {"fastapi", "chromadb", "gradio", "tantivy", "prometheus-client"} <= serving
    assert bound_of(PACKAGES, serving) == []
    assert [key for key in serving if PACKAGES[key].licence is None] == []


def test_the_bill_names_each_package_once_and_what_it_needs() -> None:
    bill = bill_of(PACKAGES)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", bill["serialNumber"])
    references = [part["bom-ref"] for part in bill["components"]]
    assert len(set(references)) == len(references) == len(PACKAGES) - 1
    program = bill["metadata"]["component"]
    assert (program["name"], program["type"]) == (PROJECT, "application")
    known = {*references, program["bom-ref"]}
    needs = {item["ref"]: item["dependsOn"] for item in bill["dependencies"]}
    assert set(needs) == known
    assert {reference for each in needs.values() for reference in each} <= known
    fastapi = f"pkg:pypi/fastapi@{PACKAGES['fastapi'].version}"
    assert fastapi in needs[program["bom-ref"]]
    assert any(each.startswith("pkg:pypi/starlette@") for each in needs[fastapi])
    assert bill == bill_of(installed()), "the same for the same packages"


def test_a_licence_of_no_identifier_is_told_by_its_name() -> None:
    parts = {
        part["name"]: part for part in bill_of({**FAKES, "o": package("o", licence="Ours")})["components"]
    }
    assert parts["o"]["licenses"] == [{"license": {"name": "Ours"}}]
    assert parts["A"]["licenses"] == [{"expression": "MIT"}]
    assert "licenses" not in bill_of({**FAKES, "n": package("n", licence=None)})["components"][-1]


def test_the_command_lists_what_is_installed() -> None:
    listed = CliRunner().invoke(command, ["--licences"], standalone_mode=False)
    assert listed.return_value == 0
    assert listed.output.splitlines()[-1].startswith(f"{len(PACKAGES) - 1} paquets, dont ")
    assert f"fastapi {PACKAGES['fastapi'].version}\u00a0: MIT" in listed.output
    bill = CliRunner().invoke(command, ["--sbom"], standalone_mode=False)
    assert bill.return_value == 0
    assert json.loads(bill.output) == bill_of(PACKAGES)
