"""The groups under which an applicant's schemes are shown: one rule for the pages and the command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.eligibility.overview import Overview
from assistant.reply import Eligibility

GroupName = Literal["likely", "check", "excluded", "aside"]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The schemes of one group, the most telling first; never empty."""

    name: GroupName
    items: tuple[Eligibility, ...]


def grouped(found: tuple[Eligibility, ...], overview: Overview) -> tuple[ShownGroup, ...]:
    """Sort what was found as an overview of the same applicant does.

    The overview doesn't look at the project: where it's known and decides, the verdict does.

    Args:
        found: every scheme of the overview, assessed.
        overview: of the applicant.
    """
    by_id = {item.scheme_id: item for item in found}
    groups: dict[GroupName, list[Eligibility]] = {"likely": [], "check": [], "excluded": [], "aside": []}
    for name, scheme_id in _placed(overview):
        item = by_id[scheme_id]
        groups[name if name == "aside" else _by_verdict(item, name)].append(item)
    return tuple(ShownGroup(name, tuple(items)) for name, items in groups.items() if items)


def _placed(overview: Overview) -> Iterator[tuple[GroupName, str]]:
    names: tuple[GroupName, ...] = ("likely", "check", "excluded", "aside")
    lists = (overview.likely, overview.check, overview.excluded, overview.aside)
    for name, placed in zip(names, lists, strict=True):
        for item in placed:
            yield name, item.scheme.id


def _by_verdict(item: Eligibility, name: GroupName) -> GroupName:
    if item.verdict == "undetermined":
        return name
    return "likely" if item.verdict == "eligible" else "excluded"
