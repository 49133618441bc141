"""Load files into documents: fiches of the catalogue, and plain Markdown, text or HTML pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

from corpus.fiches.document import Document, Section
from corpus.fiches.markdown import read_sections
from corpus.source import Source, check_url
from ingest.clean import normalise, strip_furniture
from ingest.dates import NO_DATES, PageDates, find_dates, strip_date_lines
from ingest.errors import LoadError

_MAX_BYTES = 20_000_000
_MAX_HEADING_CHARS = 90
# Plain texts often keep the heading marks of the page that they come from.
_MARKED_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_BULLET = re.compile(r"[-*+•–]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Page:
    """A file read as Markdown, not yet normalised, with what its format says of it."""

    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    dates: PageDates = NO_DATES


def find_files(path: Path) -> list[Path]:
    """List the files of a path that can be loaded, in a stable order.

    Args:
        path: a file, or a folder searched with its subfolders; hidden files are passed over.

    Raises:
        LoadError: the path doesn't exist, or is a file of another kind.
    """
    if not path.exists():
        raise LoadError(f"« {path} » n’existe pas. Vérifiez le chemin ; rien n’a été indexé.")
    if path.is_dir():
        inside = (p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in READERS)
        return sorted(p for p in inside if not _is_hidden(p.relative_to(path)))
    if path.suffix.lower() not in READERS:
        known = ", ".join(sorted(READERS))
        raise LoadError(
            f"« {path} » n’est pas d’un format connu. Formats acceptés : {known}. "
            "Convertissez le fichier ou retirez-le."
        )
    return [path]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def load_page(path: Path) -> Document:
    """Load one plain document: clean it, find its title and dates, cut it into sections.

    Raises:
        LoadError: the file can't be read, is too large, isn't UTF-8 text or holds no text.
    """
    raw = _read(path)
    page = READERS[path.suffix.lower()](raw)
    text = strip_furniture(normalise(page.text))
    stated = find_dates(text)
    published = page.dates.published or stated.published
    updated = page.dates.updated or stated.updated
    sections = read_sections(strip_date_lines(text), with_marks=False)
    title, sections = _take_title(normalise(page.title or "").strip(), sections, path)
    if not any(section.blocks for section in sections):
        raise LoadError(f"« {path} » ne contient aucun texte. Retirez-le ou vérifiez son contenu.")
    source = Source(
        n=1,
        title=title if len(title) >= 3 else path.name,
        publisher=page.publisher if page.publisher and len(page.publisher) > 1 else "Document ajouté",
        url=_address(page.url),
        published=published,
        updated=updated,
    )
    return Document(
        id=document_id(path),
        title=title,
        scheme_id=None,
        path=path.name,
        published=published,
        updated=updated,
        sources=(source,),
        sections=tuple(_sourced(section) for section in sections),
    )


def document_id(path: Path) -> str:
    """Return the stable id of a plain document; it shows the file's name, not its folder."""
    digest = hashlib.sha256(path.resolve().as_posix().encode()).hexdigest()[:8]
    return f"doc:{path.name}-{digest}"


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise LoadError(f"« {path} » dépasse {_MAX_BYTES // 1_000_000} Mo. Découpez-le.")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise LoadError(f"« {path} » est illisible ({error.strerror}). Vérifiez ses droits.") from error
    except UnicodeDecodeError as error:
        raise LoadError(f"« {path} » n’est pas un texte en UTF-8. Enregistrez-le en UTF-8.") from error


def _address(url: str | None) -> str | None:
    """The address that a page states of itself, unless it's no whole http(s) address."""
    try:
        return check_url(url) if url else None
    except ValueError:
        return None


def _sourced(section: Section) -> Section:
    blocks = tuple(
        replace(block, sentences=tuple(replace(s, sources=(1,)) for s in block.sentences))
        for block in section.blocks
    )
    return replace(section, blocks=blocks)


def _take_title(known: str, sections: tuple[Section, ...], path: Path) -> tuple[str, tuple[Section, ...]]:
    """Choose the title and take it out of the heading paths."""
    first = next((section.path[0] for section in sections if section.path), None)
    title = known or first or path.stem
    stripped = tuple(
        Section(path=section.path[1:], blocks=section.blocks, line=section.line)
        if section.path and section.path[0] == title
        else section
        for section in sections
    )
    return title, stripped


def _read_markdown(text: str) -> Page:
    """Markdown; a YAML front matter is dropped, its ``title`` kept."""
    text = normalise(text)
    match = re.match(r"\A---\n(.*?)\n---\n", text, re.DOTALL)
    if match is None:
        return Page(text=text)
    title = re.search(r"^title:(.*)$", match[1], re.MULTILINE)
    return Page(text=text[match.end() :], title=_unquoted(title[1]) or None if title else None)


def _unquoted(value: str) -> str:
    """A value of the front matter without the quotation marks around it."""
    value = value.strip()
    value = value[1:].lstrip() if value.startswith(("«", '"', "'")) else value
    return value[:-1].rstrip() if value.endswith(("»", '"', "'")) else value


def _read_text(text: str) -> Page:
    """Plain text: a line marked "#", or short and alone, is a heading; the first one is the title."""
    text = normalise(text)
    dates = find_dates(text)
    lines = [line.strip() for line in strip_date_lines(strip_furniture(text)).split("\n")]
    out: list[str] = []
    title: str | None = None
    for index, line in enumerate(lines):
        marked = _MARKED_HEADING.match(line)
        if marked and _is_heading(line[marked.end() :]):
            title = title or line[marked.end() :]
            out.append(f"{marked[1]} {_escape(line[marked.end() :])}")
            continue
        alone = (index == 0 or not lines[index - 1]) and (index + 1 == len(lines) or not lines[index + 1])
        if line and alone and _is_heading(line):
            level = "##" if title else "#"
            title = title or line
            out.append(f"{level} {_escape(line)}")
        else:
            bullet = _BULLET.match(line)
            out.append(f"- {_escape(line[bullet.end() :])}" if bullet else _escape(line))
    return Page(text="\n".join(out), title=title, dates=dates)


def _escape(line: str) -> str:
    """Keep Markdown from reading the marks of a plain text, which means them as they stand."""
    marks = re.sub(r"([\\`*_\[\]<>&#])", r"\\\1", line)
    return re.sub(r"^(\d{1,9})([.)])(?=\s)", r"\1\\\2", marks)


def _is_heading(line: str) -> bool:
    starts = line[0].isupper() or line[0].isdigit() or line[0] == "«"
    return starts and len(line) <= _MAX_HEADING_CHARS and not line.endswith((".", ";", ":", ",", "!", "…"))


def _read_html(text: str) -> Page:
    """HTML, through trafilatura: main content as Markdown, title, address, site and dates."""
    import trafilatura

    content = trafilatura.extract(
        text, output_format="markdown", include_formatting=True, include_tables=True, favor_recall=True
    )
    about = trafilatura.extract_metadata(text, date_config={"extensive_search": False, "original_date": True})
    title = about.title if about else None
    body = content or ""
    if title and not re.search(rf"^#\s+{re.escape(title)}\s*$", body, re.MULTILINE):
        body = f"# {title}\n\n{body}"
    visible = find_dates(" ".join(normalise(unescape(re.sub(r"<[^<>]+>", " ", text))).split()))
    return Page(
        text=body,
        title=title,
        url=about.url if about else None,
        publisher=about.sitename if about else None,
        dates=PageDates(visible.published or (about.date if about else None), visible.updated),
    )


READERS: Mapping[str, Callable[[str], Page]] = {
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".txt": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
}
