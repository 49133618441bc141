"""The documents that fiches are drafted from, with what is expected of each, and what is compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from corpus.fiches.catalogue import SCHEMES_DIR
from corpus.fiches.front_matter import read_front_matter

DRAFTS_DIR = Path(__file__).parents[1] / "data" / "drafts"
_SUMS = ("rate_min", "rate_max", "amount_min", "amount_max", "expense_min", "expense_max", "envelope")
_LISTED = {
    "has_label": "label",
    "listed_in": "listed",
    "project_is": "project",
    "beneficiary_in": "beneficiary",
}
_BOUNDS = ("min_inclusive", "max_exclusive", "max_inclusive")


class ExpectedDraft(BaseModel):
    """What is expected of the draft of a document.

    Attributes:
        document: the file, from the folder of the drafts.
        fiche: the scheme that it tells of.
        kept_aside: whether it was kept aside while the drafting was made.
        untold: items of the fiche that the document doesn't tell.
        also: items that it tells and the fiche doesn't.
        checks: by fact of the fiche, a part of the words that state the condition; None where none do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    fiche: str
    kept_aside: bool
    untold: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    checks: Mapping[str, str | None] = {}

    @property
    def path(self) -> Path:
        """The file."""
        return DRAFTS_DIR / self.document

    @property
    def stated(self) -> Mapping[str, str]:
        """The conditions that the document states, with a part of their words."""
        return {fact: words for fact, words in self.checks.items() if words is not None}

    def items(self) -> frozenset[str]:
        """The items expected, conditions to check by hand left out."""
        told = items_of(read_front_matter(SCHEMES_DIR / f"{self.fiche}.md").values)
        unknown = set(self.untold) - told
        if unknown:
            raise ValueError(f"{self.document}: {self.fiche} holds no {sorted(unknown)}")
        also = {item for item in self.also if not item.startswith("check ")}
        return frozenset((told - set(self.untold)) | also)


def expected_drafts() -> tuple[ExpectedDraft, ...]:
    """What is expected, document by document."""
    text = (DRAFTS_DIR / "expected.yaml").read_text(encoding="utf-8")
    return tuple(ExpectedDraft.model_validate(entry) for entry in yaml.safe_load(text))


def items_of(front: Mapping[str, Any]) -> set[str]:
    """The typed fields of a front matter, each as a text: "funder region", "rate_max 0.3".

    Names, labels, notes, periods of validity, relations and conditions to check by hand aren't counted; a
    beneficiary counts once, in its field or in its criterion.
    """
    found: set[str] = set()
    if "funder" in front:
        found.add(f"funder {front['funder']}")
    for field, name in (("aid_types", "aid"), ("beneficiaries", "beneficiary"), ("topics", "topic")):
        found |= {f"{name} {value}" for value in front.get(field, ())}
    for line in front.get("funding", ()):
        found |= set(_sums(line))
    for window in front.get("windows", ()):
        found |= {f"{end} {window[end]}" for end in ("opens", "closes") if end in window}
    for criterion in front.get("criteria", ()):
        found |= set(_criterion(criterion))
    return found


def _sums(line: Mapping[str, Any]) -> Iterator[str]:
    """The sums of a funding line, each with whom it's for; communes are whom aids are for."""
    conditions = sorted(item for rule in line.get("when", ()) for item in _criterion(rule))
    suffix = "".join(f" if {item}" for item in conditions if item != "beneficiary commune")
    for field in _SUMS:
        if field not in line or (field == "rate_min" and line[field] == line.get("rate_max")):
            continue
        per = (
            f" per {line['per']}" if field == "amount_max" and line.get("per", "project") != "project" else ""
        )
        yield (
            f"{field} {line[field]:g}{per}{suffix}"
            if line[field] < 1e6
            else f"{field} {line[field]:.0f}{suffix}"
        )


def _criterion(rule: Mapping[str, Any]) -> Iterator[str]:
    kind = rule["kind"]
    if kind == "one_of":
        for inner in rule["criteria"]:
            yield from _criterion(inner)
    elif kind in _LISTED:
        yield from (f"{_LISTED[kind]} {value}" for value in rule["any_of"])
    elif kind == "located_in":
        yield from (f"located {number}" for number in _places(rule))
    elif kind in {"population_between", "cost_between"}:
        what = f"population {rule.get('of', 'commune')}" if kind == "population_between" else "cost"
        yield from (f"{what} {bound} {rule[bound]:g}" for bound in _BOUNDS if bound in rule)


def _places(rule: Mapping[str, Any]) -> Sequence[str]:
    region = [rule["region"]] if "region" in rule else []
    return [*region, *rule.get("departments", ()), *rule.get("epci", ()), *rule.get("communes", ())]
