"""Which paragraphs of a text are items of lists: those without marks, and how deep each list stands."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.formats.line_forms import MOST_NAME_WORDS, PLAIN_LEVEL, heading_level
from ingest.formats.line_joins import Gathered, Margins

# Lines so many characters further in begin a list in a list.
_LEAST_INDENT, _MOST_INDENT = 2, 12


def depths_of(gathered: Sequence[Gathered], levels: Sequence[int | None]) -> list[int]:
    """How deep the list of each item stands in others, told from its indent."""
    depths: list[int] = []
    indents: list[int] = []
    page: int | None = None
    for held, level in zip(gathered, levels, strict=True):
        if held.form is None or level is not None:
            indents = []
            depths.append(0)
            continue
        if held.page != page or (indents and held.indent - indents[-1] > _MOST_INDENT):
            # Another page has its own margins, and what is far to the right is of another column.
            indents = []
        page = held.page
        while len(indents) > 1 and held.indent < indents[-1]:
            indents.pop()
        if not indents or held.indent >= indents[-1] + _LEAST_INDENT:
            indents.append(held.indent)
        depths.append(len(indents) - 1)
    return depths


def listed_lines(gathered: Sequence[Gathered], levels: Sequence[int | None], margins: Margins) -> list[bool]:
    """Whether each paragraph is an item of a list without marks: short lines, one right under another.

    The first of several names the others, unless a heading or a lead-in does.
    """
    short = [
        level is None and place > 0 and not margins.longest and _is_short_line(held)
        for place, (held, level) in enumerate(zip(gathered, levels, strict=True))
    ]
    listed: list[bool] = []
    for place, held in enumerate(gathered):
        is_beside = place > 0 and short[place - 1] and not held.blanks
        is_led = place > 0 and (levels[place - 1] is not None or gathered[place - 1].text.endswith(":"))
        has_others = place + 1 < len(gathered) and short[place + 1] and not gathered[place + 1].blanks
        listed.append(short[place] and (is_beside or (is_led and has_others)))
    return listed


def _is_short_line(held: Gathered) -> bool:
    """Whether a paragraph is one short line that says but a name: « Syndicats mixtes »."""
    is_alone = held.form is None and held.level is None and held.lines == 1
    return is_alone and len(held.text.split()) <= MOST_NAME_WORDS and heading_level(held.text) == PLAIN_LEVEL
