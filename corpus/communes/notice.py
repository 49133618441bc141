"""The notices of ``lists.yaml``: where each table and list comes from, its date, its licence."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from corpus.errors import Problem
from corpus.labels import TerritoryList
from corpus.source import PartialDate, WebAddress

TABLES = frozenset({"communes", "epci", "former_communes"})


class Notice(BaseModel):
    """Where a table or a list comes from; one entry of ``lists.yaml``.

    Attributes:
        title: its French name.
        source: who published what.
        url: where; None when the source has no address.
        date: date of the data, as precise as known; None when it has no single date.
        licence: None when no source read states it.
        complete: False when being absent from it proves nothing.
        total: how many communes there are, where the list isn't complete and that is known.
        note: what the reader should know.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: str = Field(min_length=3)
    source: str = Field(min_length=3)
    url: WebAddress | None
    date: PartialDate | None
    licence: str | None
    complete: bool
    total: int | None = Field(default=None, ge=1)
    note: str | None = None


class Notices(BaseModel):
    """The whole of ``lists.yaml``: a notice for each table and each list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tables: dict[str, Notice]
    lists: dict[TerritoryList, Notice]


def read_notices(path: Path, problems: list[Problem]) -> Notices | None:
    """Read the file; None when it is wrong, with the reasons added to ``problems``."""
    try:
        text = path.read_text(encoding="utf-8")
        notices = Notices.model_validate(yaml.safe_load(text))
    except FileNotFoundError:
        problems.append(Problem(path, 0, "", "le fichier manque", "remettez-le dans le dossier"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = 0 if mark is None else mark.line + 1
        remedy = "vérifiez les deux-points et les retraits de cette ligne"
        problems.append(Problem(path, line, "", "le fichier n’est pas du YAML", remedy))
    except ValidationError as error:
        lines = _lines(text)
        problems += (_problem(path, lines, detail) for detail in error.errors())
    else:
        missing = [*(TABLES - notices.tables.keys()), *(set(TerritoryList) - notices.lists.keys())]
        remedy = "ajoutez-la avec title, source, url, date, licence et complete"
        for name in sorted(missing):
            problems.append(Problem(path, 0, name, "la notice manque", remedy))
        return None if missing else notices
    return None


def _problem(path: Path, lines: dict[str, int], detail: ErrorDetails) -> Problem:
    field = ".".join(str(part) for part in detail["loc"] if part != "[key]")
    owner = field if field in lines else field.rpartition(".")[0]
    line = lines.get(owner, 0)
    match detail["type"]:
        case "missing":
            return Problem(path, line, field, "champ obligatoire absent", "ajoutez-le")
        case "extra_forbidden":
            return Problem(path, line, field, "champ inconnu", "supprimez-le")
        case "enum":
            remedy = "choisissez parmi " + ", ".join(TerritoryList)
            return Problem(path, line, field, "liste inconnue", remedy)
        case _:
            problem = f"« {detail['input']} » n’est pas accepté ici"
            return Problem(path, line, field, problem, "corrigez cette valeur")


def _lines(text: str) -> dict[str, int]:
    """Return the line of each field of a YAML text, by dotted name."""
    found: dict[str, int] = {}

    def walk(node: yaml.Node | None, place: str) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                name = f"{place}.{key.value}" if place else str(key.value)
                found[name] = key.start_mark.line + 1
                walk(value, name)

    walk(yaml.compose(text, Loader=yaml.SafeLoader), "")
    return found
