"""The packages installed with the program, read off what pip keeps of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageMetadata, distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from assistant.installed.licence import licence_of

PROJECT = "regional-schemes-assistant"


@dataclass(frozen=True, slots=True)
class Package:
    """A package installed.

    Attributes:
        name: as its author writes it.
        version: the one installed, without what it was built for ("2.13.0", not "2.13.0+cpu").
        licence: an SPDX expression, or the author's own words; None where nothing says it.
        summary: what it does, in its author's words; may be empty.
        requires: what it needs, as pip reads it: "numpy>=1.26; extra == 'arrays'".
    """

    name: str
    version: str
    licence: str | None
    summary: str
    requires: tuple[str, ...]

    @property
    def key(self) -> str:
        """The name under which registries know it."""
        return canonicalize_name(self.name)


def installed() -> Mapping[str, Package]:
    """Every package that this Python sees, by its key; the first of two of one name, as for an import."""
    found: dict[str, Package] = {}
    for distribution in distributions():
        package = _package(distribution)
        found.setdefault(package.key, package)
    return dict(sorted(found.items()))


def needed(packages: Mapping[str, Package], extras: Iterable[str] = ()) -> frozenset[str]:
    """The keys of what the program needs, directly or not, the program left out.

    Args:
        packages: those installed; what isn't isn't told.
        extras: those of the program that are wanted.
    """
    todo = [(PROJECT, extra) for extra in ("", *extras)]
    done: set[tuple[str, str]] = set()
    while todo:
        place = todo.pop()
        if place in done or place[0] not in packages:
            continue
        done.add(place)
        todo += _wanted(packages[place[0]], place[1])
    return frozenset(key for key, _ in done) - {PROJECT}


def direct(package: Package, packages: Mapping[str, Package]) -> tuple[str, ...]:
    """The keys of what a package needs itself, without any extra, of those installed."""
    return tuple(sorted({key for key, extra in _wanted(package, "") if not extra and key in packages}))


def _wanted(package: Package, extra: str) -> Iterator[tuple[str, str]]:
    for text in package.requires:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            for wanted in ("", *requirement.extras):
                yield canonicalize_name(requirement.name), wanted


def _package(distribution: Distribution) -> Package:
    told = distribution.metadata
    return Package(
        name=told["Name"],
        version=distribution.version.partition("+")[0],
        licence=licence_of(
            _one(told, "License-Expression"), _one(told, "License"), told.get_all("Classifier") or ()
        ),
        summary=_one(told, "Summary") or "",
        requires=tuple(distribution.requires or ()),
    )


def _one(told: PackageMetadata, field: str) -> str | None:
    return next(iter(told.get_all(field) or ()), None)
