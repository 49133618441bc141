"""The cases of an evaluation read as data: which fiches each one rests on, and nothing else of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import CorpusError, Problem

# Every value stays the text that is written: what a date or a number is matters to the evaluation alone.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BY_SCHEME = ("verdicts", "estimate")


@dataclass(frozen=True, slots=True)
class RestingCase:
    """What a case says of fiches.

    Attributes:
        id: its identifier.
        text: what is asked in its last turn.
        file: the file that holds it.
        gold: passages (``fiche/section``) that a right reply must cite.
        also: passages that it may cite.
        names: schemes that it expects something of.
    """

    id: str
    text: str
    file: Path
    gold: tuple[str, ...]
    also: tuple[str, ...]
    names: frozenset[str]

    def sections_of(self, scheme_id: str) -> tuple[str, ...]:
        """The sections of a fiche that it must cite, each once."""
        passages = (passage.partition("/") for passage in self.gold)
        return tuple(dict.fromkeys(section for scheme, _, section in passages if scheme == scheme_id))

    def may_cite(self, scheme_id: str) -> bool:
        """Whether it may cite that fiche."""
        return any(passage.partition("/")[0] == scheme_id for passage in self.also)


def cases_in(folder: Path) -> list[RestingCase]:
    """Read the cases of a folder.

    Raises:
        CorpusError: a file holds no readable list of cases.
    """
    return [case for path in sorted(folder.glob("*.yaml")) for case in _cases_of(path)]


def _cases_of(path: Path) -> Iterator[RestingCase]:
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a base loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise _unreadable(path, line) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _unreadable(path, 1)
    for row in rows:
        yield _case_of(row, path)


def _case_of(row: dict[str, Any], path: Path) -> RestingCase:
    plan = row.get("plan")
    planned = plan.get("schemes") if isinstance(plan, dict) else None
    names = [*_texts(row.get("schemes")), *_texts(planned)]
    for field in _BY_SCHEME:
        names += _texts(list(row[field])) if isinstance(row.get(field), dict) else []
    turns = _texts(row.get("turns"))
    return RestingCase(
        id=str(row.get("id", "")),
        text=turns[-1] if turns else "",
        file=path,
        gold=_texts(row.get("gold")),
        also=_texts(row.get("also")),
        names=frozenset(names),
    )


def _texts(value: object) -> tuple[str, ...]:
    """The texts of a list, or the only one."""
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _unreadable(path: Path, line: int) -> CorpusError:
    problem = "ce fichier n’est pas une liste de cas d’évaluation lisible"
    return CorpusError([Problem(path, line, "", problem, "corrigez sa forme YAML, ou retirez-le du dossier")])
