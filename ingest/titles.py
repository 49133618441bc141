"""The title of a plain document: what its file states, else its first heading, else the file's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ingest.assemble import HEADING_END
from ingest.blanks import without_blanks
from ingest.clean import fold_spaces, normalise
from ingest.formats.line_forms import heading_level, is_numbered
from ingest.formats.parts import Heading, Page, Paragraph, Part

MOST_TITLE_CHARS = 250
# Separators in the name of a file, but not those of « L2334-32 ».
_SEPARATOR = re.compile(r"_|(?<=[^\W\d_])-|-(?=[^\W\d_])")
# What programs write in place of a title: « 240301_Guide_V2 », « Microsoft Word - guide.doc », « Document1 ».
_NAMES_A_FILE = re.compile(
    r"microsoft (?:word|powerpoint|excel)\b|\.(?:docx?|odt|pdf|indd|xlsx?|pptx?)\b"
    r"|^(?:untitled|sans (?:titre|nom)|document|présentation|classeur)\s?\d*+$|^[^\s_]++_\S*+$",
    re.IGNORECASE,
)


def take_title(page: Page, parts: Sequence[Part]) -> tuple[str, Sequence[Part]]:
    """Choose the title: the file's own, else its first heading, which is no heading any more; else none."""
    stated = fold_spaces(normalise(page.title or ""))
    known = "" if _NAMES_A_FILE.search(stated) else without_blanks(stated)
    place, heading = _opening(parts)
    headed = without_blanks(heading.text.rstrip(HEADING_END)) if heading else ""
    title = known or headed
    if heading is None or headed != title.rstrip(HEADING_END):
        return title[:MOST_TITLE_CHARS], parts
    # Levels below the title's stand as they are; another heading of its level is under it no more.
    return title[:MOST_TITLE_CHARS], [*parts[:place], Heading("", heading.level), *parts[place + 1 :]]


def _opening(parts: Sequence[Part]) -> tuple[int, Heading | None]:
    """The heading that opens a document, before any text: none when it's an article's, or numbered."""
    for place, part in enumerate(parts):
        if isinstance(part, Heading) and part.text:
            level = heading_level(part.text)
            is_title = not part.text.endswith(":") and (level is None or not is_numbered(level))
            return place, part if is_title else None
        if isinstance(part, Paragraph) and len(part.text.split()) > 1:
            break
    return 0, None


def file_title(path: Path) -> str:
    """The name of a file as a title: « aide-aux-halles.txt » is « Aide aux halles »."""
    name = " ".join(_SEPARATOR.sub(" ", path.stem).split()) or path.stem
    return name[:1].upper() + name[1:]
