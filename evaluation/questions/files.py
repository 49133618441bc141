"""Read a question file: YAML in which no key is repeated, and dates stay as written."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

import yaml

from evaluation.errors import CaseError

_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class _RepeatedKey(yaml.constructor.ConstructorError):
    """A mapping holds a key twice: YAML would silently keep the last one."""

    def __init__(self, key: object, mark: yaml.Mark) -> None:
        super().__init__(None, None, f"repeated key {key!r}", mark)
        self.key = key


class _Loader(yaml.SafeLoader):
    """YAML without its dates: the case that holds an impossible one is named like any other."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build a mapping whose keys are all different."""
        seen: set[object] = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                continue
            key = self.construct_object(key_node)
            if key in seen:
                raise _RepeatedKey(key, key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def rows_of(path: Path) -> Sequence[Any]:
    """Read the questions of a file, unchecked.

    Raises:
        CaseError: it can't be read, isn't well-formed or holds no list.
    """
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(f"« {path} » est illisible. Donnez un fichier YAML en UTF-8.") from error
    except _RepeatedKey as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CaseError(f"{path}:{line}: clé « {error.key} » répétée. Gardez-en une seule.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark is not None else ""
        raise CaseError(f"{path}{where}: YAML mal formé. Relisez cette ligne.") from error
    except ValueError as error:  # a value that YAML's own types refuse: « !!timestamp 2026-02-30 »
        raise CaseError(f"{path}: une date ou un nombre est impossible ({error}). Corrigez-le.") from error
    if not isinstance(rows, list) or not rows:
        raise CaseError(f"« {path} » ne contient pas de liste de questions (« - id: … »).")
    return rows
