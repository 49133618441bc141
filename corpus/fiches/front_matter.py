"""Cut a fiche into its YAML front matter and its body, keeping the line of every field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import CorpusError, Problem

Place = tuple[str | int, ...]
_FENCE = re.compile(r"\A---\n(?P<front>.*?)^---\n(?P<body>.*)\Z", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The two parts of a fiche, as read from its file.

    Attributes:
        path: the file.
        front: the YAML text between the two fences.
        values: what the YAML says, as plain Python values.
        lines: the line in the file of each field, by its place (``("funding", 0, "source")``).
        root: the parsed YAML, with the place of each value in ``front``.
        body: the Markdown text after the second fence.
        body_line: line number of the first line of the body.
    """

    path: Path
    front: str
    values: Mapping[str, Any]
    lines: Mapping[Place, int]
    root: yaml.Node
    body: str
    body_line: int

    def line(self, place: Place) -> int:
        """The line of a field, or of the nearest field that holds it; 1 when none is known."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def scalars(self) -> Iterator[tuple[Place, yaml.ScalarNode]]:
        """Every scalar value of the YAML with its place, in the order of the file."""
        yield from _scalars(self.root, ())


def read_front_matter(path: Path) -> FrontMatter:
    """Read a file and its YAML.

    Raises:
        CorpusError: the file can't be read, has no front matter, or its YAML is malformed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _one(path, 0, "", f"fichier illisible ({error})", "enregistrez-le en UTF-8") from error
    match = _FENCE.match(text)
    if match is None:
        raise _one(
            path,
            1,
            "",
            "l’en-tête YAML est absent ou n’est pas fermé",
            "commencez le fichier par une ligne « --- » et fermez l’en-tête par une autre",
        )
    front = match["front"]
    try:
        values, lines, root = _read_yaml(path, front)
    except RecursionError as error:
        raise _one(
            path, 1, "", "l’en-tête a trop de niveaux", "ôtez les crochets ou les retraits en trop"
        ) from error
    return FrontMatter(path, front, values, lines, root, match["body"], front.count("\n") + 3)


class _FrontLoader(yaml.SafeLoader):
    """A safe loader that leaves an impossible date as text, so that its field can be named."""


class _QuickLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same in C, nine times as fast, where PyYAML was built with it; its errors tell less."""


def _read_timestamp(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


for _loader in (_FrontLoader, _QuickLoader):
    _loader.add_constructor("tag:yaml.org,2002:timestamp", _read_timestamp)


def _first_alias(front: str) -> int | None:
    """The line in the file of the first alias: a few, nested, stand for more than any memory holds."""
    if "&" not in front:  # without an anchor an alias is malformed, which reading it tells
        return None
    with suppress(yaml.YAMLError):  # so does what is malformed before one
        for event in yaml.parse(front, Loader=_QuickLoader):
            if isinstance(event, yaml.AliasEvent) and event.start_mark:
                return int(event.start_mark.line) + 2
    return None


def _parsed(front: str) -> tuple[Any, yaml.Node | None]:
    """The values and the tree of a YAML text; one that can't be read is read again, to tell why."""
    try:
        return _parsed_by(_QuickLoader, front)
    except (yaml.YAMLError, ValueError):
        return _parsed_by(_FrontLoader, front)


def _parsed_by(kind: type[yaml.SafeLoader], front: str) -> tuple[Any, yaml.Node | None]:
    loader = kind(front)
    try:
        node = loader.get_single_node()
        return (None if node is None else loader.construct_document(node)), node
    finally:
        loader.dispose()


def _read_yaml(path: Path, front: str) -> tuple[dict[str, Any], dict[Place, int], yaml.Node]:
    """Parse the front matter; return its values, the line of each field in the file, and its tree."""
    try:
        if (line := _first_alias(front)) is not None:
            raise _one(
                path, line, "", "renvoi YAML (« *nom »)", "écrivez la valeur elle-même, ou entre guillemets"
            )
        values, node = _parsed(front)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 2
        raise _one(
            path,
            line,
            "",
            f"YAML mal formé ({error.problem})",
            "vérifiez les deux-points, les guillemets et les retraits de cette ligne",
        ) from error
    except yaml.reader.ReaderError as error:
        line = front.count("\n", 0, error.position) + 2
        raise _one(
            path, line, "", "caractère interdit dans l’en-tête", "effacez-le et retapez la ligne"
        ) from error
    except ValueError as error:
        raise _one(path, 1, "", f"valeur impossible ({error})", "corrigez la date ou le nombre") from error
    if not isinstance(values, dict) or node is None:
        raise _one(path, 1, "", "l’en-tête est vide", "écrivez les champs, par exemple « id: cvcb »")
    lines: dict[Place, int] = {}
    repeated: list[Problem] = []
    for place, line in _fields(node, ()):
        if place in lines and place:
            field = ".".join(str(part) for part in place)
            repeated.append(
                Problem(path, line, field, "champ écrit deux fois", "gardez une seule des deux lignes")
            )
        lines.setdefault(place, line)
    if repeated:
        raise CorpusError(repeated)
    return values, lines, node


def _fields(node: yaml.Node, place: Place) -> Iterator[tuple[Place, int]]:
    """Each key of a mapping and each element of a sequence, with its line in the file."""
    if not place:
        yield place, node.start_mark.line + 2
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, key.value)
            yield inner, key.start_mark.line + 2
            yield from _fields(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield (*place, index), value.start_mark.line + 2
            yield from _fields(value, (*place, index))


def _scalars(node: yaml.Node, place: Place) -> Iterator[tuple[Place, yaml.ScalarNode]]:
    if isinstance(node, yaml.ScalarNode):
        yield place, node
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, (*place, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _scalars(value, (*place, index))


def _one(path: Path, line: int, field: str, problem: str, remedy: str) -> CorpusError:
    return CorpusError([Problem(path, line, field, problem, remedy)])
