"""The bill of materials of an installation, in CycloneDX form (1.6, JSON): what scanners of flaws read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from assistant.installed.licence import spdx
from assistant.installed.packages import PROJECT, Package, direct

_SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"


def bill_of(packages: Mapping[str, Package]) -> dict[str, Any]:
    """The bill of what is installed, the program as what it's the bill of; the same for the same packages."""
    program = packages[PROJECT]
    parts = [package for key, package in packages.items() if key != PROJECT]
    content = "\n".join(_address(package) for package in packages.values())
    return {
        "$schema": _SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {"component": {**_component(program), "type": "application"}},
        "components": [_component(package) for package in parts],
        "dependencies": [
            {
                "ref": _address(package),
                "dependsOn": [_address(packages[key]) for key in direct(package, packages)],
            }
            for package in packages.values()
        ],
    }


def _component(package: Package) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": "library",
        "bom-ref": _address(package),
        "name": package.name,
        "version": package.version,
        "purl": _address(package),
    }
    if package.summary:
        told["description"] = package.summary
    if package.licence is not None:
        if spdx(package.licence) is not None:
            told["licenses"] = [{"expression": package.licence}]
        else:
            told["licenses"] = [{"license": {"name": package.licence}}]
    return told


def _address(package: Package) -> str:
    """The package URL: the name as PyPI's are written there, in lower case, without underscores."""
    return f"pkg:pypi/{package.name.lower().replace('_', '-')}@{package.version}"
