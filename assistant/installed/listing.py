"""The licences of what is installed, as lines in French."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from assistant.installed.licence import binds
from assistant.installed.packages import PROJECT, Package

UNKNOWN = "non dite"


def lines_of(packages: Mapping[str, Package], serving: Collection[str]) -> list[str]:
    """A line for each package, then what there is to look at.

    Args:
        packages: those installed, by key.
        serving: the keys of those that serving needs.
    """
    told = [package for key, package in packages.items() if key != PROJECT]
    lines = [
        f"{package.name} {package.version}\u00a0: {package.licence or UNKNOWN}"
        f"{'' if package.key in serving else ' (ne sert pas au service)'}"
        for package in told
    ]
    if bound := bound_of(packages, serving):
        return [*lines, f"GPL ou AGPL, à revoir\u00a0: {', '.join(bound)}."]
    return [
        *lines,
        f"{len(told)} paquets, dont {len(serving)} pour le service\u00a0; aucun n’est sous GPL ni AGPL.",
    ]


def bound_of(packages: Mapping[str, Package], serving: Collection[str]) -> list[str]:
    """The packages that serving needs and whose licence binds what is distributed with them."""
    return [
        package.name
        for key, package in packages.items()
        if key in serving and package.licence is not None and binds(package.licence)
    ]
