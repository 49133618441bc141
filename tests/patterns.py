"""Every regular expression of the four packages, with the methods it is used by."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import re
import types
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from module_map import ROOT, modules

PACKAGES = frozenset({"corpus", "ingest", "assistant", "evaluation"})
METHODS = frozenset({"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
# The most that any method does: kept in a tuple or a dictionary, a pattern doesn't tell how it is used.
ANY_METHOD = "finditer"
_DEEPEST = 8


@dataclass(frozen=True)
class Used:
    """A pattern, one place that holds it, and the methods called on it."""

    where: str
    pattern: re.Pattern[str]
    methods: frozenset[str]


def collected() -> tuple[list[Used], list[str]]:
    """All patterns, each once; and the places whose pattern can't be known before the program runs."""
    paths = [path for path in modules() if _knows_re(path)]
    places: dict[re.Pattern[Any], str] = {}
    methods: dict[re.Pattern[Any], set[str]] = {}
    unknown: list[str] = []
    for path in paths:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        module = importlib.import_module(name)
        shown = str(path.relative_to(ROOT))
        for variable, value in vars(module).items():
            for pattern in _inside(value):
                places.setdefault(pattern, f"{shown} {variable}")
        reader = _Calls(shown, vars(module))
        reader.visit(ast.parse(path.read_text(encoding="utf-8")))
        for pattern, method, place in reader.found:
            places.setdefault(pattern, place)
            methods.setdefault(pattern, set()).add(method)
        unknown += reader.unknown()
    found = [
        Used(place, pattern, frozenset(methods.get(pattern) or {ANY_METHOD}))
        for pattern, place in places.items()
        if isinstance(pattern.pattern, str)
    ]
    return found, unknown


def _knows_re(path: Path) -> bool:
    """Whether a module imports ``re``, or calls a method of patterns that it imports."""
    calls = rf"^import re$|\b[A-Z_]+\.(?:{'|'.join(METHODS)})\("
    return re.search(calls, path.read_text(encoding="utf-8"), re.MULTILINE) is not None


def _inside(value: object, depth: int = 0, kind: tuple[type, ...] = (re.Pattern,)) -> Iterator[Any]:
    """The patterns that a value holds: itself, in containers, in fields of our classes, in closures."""
    if isinstance(value, kind):
        yield value
    elif depth < _DEEPEST:
        for part in _parts(value):
            yield from _inside(part, depth + 1, kind)


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.keys()
        yield from value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif isinstance(value, types.FunctionType):
        yield from (cell.cell_contents for cell in value.__closure__ or () if _is_filled(cell))
        yield from value.__defaults__ or ()
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from (getattr(value, field.name) for field in dataclasses.fields(value))
    elif isinstance(value, type) and value.__module__.partition(".")[0] in PACKAGES:
        yield from vars(value).values()


def _is_filled(cell: types.CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018  an empty cell raises
    except ValueError:
        return False
    return True


class _Calls(ast.NodeVisitor):
    """Finds the calls of ``re`` and of the patterns that a module names."""

    def __init__(self, shown: str, names: dict[str, Any]) -> None:
        self.shown, self.names = shown, names
        self.found: list[tuple[re.Pattern[Any], str, str]] = []
        self._functions: list[str] = []
        self._unread: list[tuple[str, str]] = []
        self._called_at_import: set[str] = set()
        self._held: dict[str, list[Any]] = {}

    def unknown(self) -> list[str]:
        """Patterns made in a function that no line of the module calls when it's imported."""
        return [place for place, function in self._unread if function not in self._called_at_import]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._functions.append(node.name)
        self.generic_visit(node)
        self._functions.pop()

    def visit_For(self, node: ast.For) -> None:
        self._bind(node.target, node.iter)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self._bind(node.target, node.iter)
        self.generic_visit(node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        # The loop comes first: what stands before it calls what it binds.
        for part in (*node.generators, node.elt):
            self.visit(part)

    def _bind(self, target: ast.expr, container: ast.expr) -> None:
        """What a loop goes over, when it's a container of the module: its names hold those patterns."""
        names = [node.id for node in ast.walk(container) if isinstance(node, ast.Name)]
        held = [part for name in names for part in _inside(self.names.get(name), kind=(re.Pattern, str))]
        self._held |= {node.id: held for node in ast.walk(target) if isinstance(node, ast.Name)}

    def visit_Call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Name(id=name) if not self._functions:
                self._called_at_import.add(name)
            case ast.Attribute(value=ast.Name(id="re"), attr=method) if method in METHODS | {"compile"}:
                self._read(node, method)
            case ast.Attribute(value=ast.Name(id=name), attr=method) if method in METHODS:
                given = self.names.get(name)
                held = [given] if isinstance(given, re.Pattern) else self._held.get(name, [])
                found = [pattern for pattern in held if isinstance(pattern, re.Pattern)]
                self.found += [(pattern, method, f"{self.shown} {name}") for pattern in found]
        self.generic_visit(node)

    def _read(self, node: ast.Call, method: str) -> None:
        place = f"{self.shown}:{node.lineno}"
        try:
            patterns = list(self._values(node.args[0]))
            flags = self._flags(node, method)
        except NameError:
            if self._functions:
                self._unread.append((place, self._functions[0]))
            return
        if method == "compile" and not self._functions:
            return  # it stands in the module, or in what holds it there
        for pattern in patterns:
            try:
                compiled = pattern if isinstance(pattern, re.Pattern) else re.compile(pattern, flags)
            except re.error:
                continue  # a text that stands beside a pattern: what replaces it, a name
            self.found.append((compiled, ANY_METHOD if method == "compile" else method, place))

    def _values(self, expression: ast.expr) -> Iterator[Any]:
        """What an expression may be: one thing, or one for each text that a loop gives to a name of it."""
        try:
            yield self._value(expression)
        except NameError as missing:
            if not self._held.get(missing.name):
                raise
            for held in self._held[missing.name]:
                yield self._value(expression, {missing.name: held})

    def _flags(self, node: ast.Call, method: str) -> int:
        position = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(method, 2)
        named = next((word.value for word in node.keywords if word.arg == "flags"), None)
        given = named or (node.args[position] if len(node.args) > position else None)
        return int(self._value(given)) if given else 0

    def _value(self, expression: ast.expr, bound: dict[str, Any] | None = None) -> Any:
        plain = ast.fix_missing_locations(_Escaped().visit(ast.Expression(deepcopy(expression))))
        return eval(compile(plain, self.shown, "eval"), {**self.names, **(bound or {})})


class _Escaped(ast.NodeTransformer):
    """Puts letters where texts are escaped: whatever they are, they're literals."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        return ast.Constant("xy") if _is_escaped(node) else self.generic_visit(node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.expr:
        texts = ast.Tuple([ast.Constant("xy"), ast.Constant("xz")], ast.Load())
        return texts if _is_escaped(node.elt) else self.generic_visit(node)


def _is_escaped(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "re.escape"
