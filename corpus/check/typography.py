"""Check the typography of a fiche, and rewrite it in place without touching anything else."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.errors import Problem
from corpus.fiches.fiche import Fiche
from corpus.fiches.front_matter import FrontMatter, Place
from corpus.french.typography import typeset, typography_problems

# The fields of the front matter that people read.
_READ_FIELDS = frozenset(
    {"name", "short_name", "label", "note", "question", "title", "publisher", "date_note"}
)
_REMEDY = "lancez « assistant corpus check --fix », qui corrige la typographie"


def check_typography(fiche: Fiche) -> Iterator[Problem]:
    """Each line of the body, and each text of the front matter, is in French typography."""
    for place, node in fiche.front.scalars():
        if _is_read(place):
            field = ".".join(str(part) for part in place)
            for problem in typography_problems(node.value):
                yield Problem(fiche.path, node.start_mark.line + 2, field, problem, _REMEDY)
    for line, text in enumerate(fiche.front.body.splitlines(), fiche.front.body_line):
        for problem in typography_problems(text):
            yield Problem(fiche.path, line, "", problem, _REMEDY)


def fixed_text(front: FrontMatter) -> str:
    """Return the text of the file with its typography mended; any other character stays as it is."""
    yaml_text = front.front
    for place, node in reversed(list(front.scalars())):
        value = typeset(node.value)
        if _is_read(place) and value != node.value:
            quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
            yaml_text = yaml_text[: node.start_mark.index] + quoted + yaml_text[node.end_mark.index :]
    body = "\n".join(typeset(line) for line in front.body.split("\n"))
    return f"---\n{yaml_text}---\n{body}"


def fix_typography(fiche: Fiche) -> bool:
    """Rewrite the file of a fiche just read; return whether anything changed."""
    before = fiche.path.read_text(encoding="utf-8")
    after = fixed_text(fiche.front)
    if after == before:
        return False
    fiche.path.write_text(after, encoding="utf-8")
    return True


def _is_read(place: Place) -> bool:
    return bool(place) and place[-1] in _READ_FIELDS
