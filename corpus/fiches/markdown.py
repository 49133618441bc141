"""Read Markdown into sections and sentences, taking citation marks off and keeping their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.fiches.document import Block, Section, Sentence
from corpus.french.sentences import split_sentences

# "[1][2]", "[1] [2]" or "[1], [2]", and the full stop that some write after the marks.
_MARKS = re.compile(
    r"(?:(?<![ \u00a0\u202f])[ \u00a0\u202f]++)?+(\[\d{1,3}\](?:[ \u00a0,;]*\[\d{1,3}\])*)([.!?…]*)"
)
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class _Draft:
    """The section being read."""

    path: tuple[str, ...]
    line: int
    blocks: list[Block] = field(default_factory=list)


def read_sections(text: str, first_line: int = 1, *, with_marks: bool = True) -> tuple[Section, ...]:
    """Cut a Markdown text into sections.

    Args:
        text: CommonMark text, tables allowed; a table row becomes one block.
        first_line: line number of its first line, for messages.
        with_marks: read ``[3]`` as a citation mark; otherwise it's text.

    Returns:
        The sections that hold text, in order. Headings without text appear in the path of those
        under them.
    """
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    drafts = [_Draft(path=(), line=first_line)]
    headings: list[tuple[int, str]] = []
    items = 0
    row: list[str] | None = None
    row_line = first_line
    for index, token in enumerate(tokens):
        if token.type == "inline" and tokens[index - 1].type == "heading_open":
            level = int(tokens[index - 1].tag[1:])
            headings = [pair for pair in headings if pair[0] < level]
            headings.append((level, _plain(token)))
            path = tuple(title for _, title in headings)
            drafts.append(_Draft(path=path, line=first_line + _line(token)))
        elif token.type in {"list_item_open", "list_item_close"}:
            items += 1 if token.type == "list_item_open" else -1
        elif token.type == "tr_open":
            row, row_line = [], first_line + _line(token)
        elif token.type == "tr_close" and row is not None:
            cells = " ; ".join(cell for cell in row if cell)
            _add(drafts[-1], cells, row_line, is_item=True, with_marks=with_marks)
            row = None
        elif token.type == "inline" and row is not None:
            row.append(_plain(token))
        elif token.type in {"inline", "fence", "code_block"}:
            content = _plain(token) if token.type == "inline" else token.content
            line = first_line + _line(token)
            _add(drafts[-1], content, line, is_item=items > 0, with_marks=with_marks)
    return tuple(
        Section(path=draft.path, blocks=tuple(draft.blocks), line=draft.line)
        for draft in drafts
        if draft.blocks
    )


def cited_sentences(text: str) -> tuple[Sentence, ...]:
    """Cut a block into sentences; a group of marks backs every sentence since the group before.

    ``"A. B. [1][2] C. [3]"`` gives A and B with sources 1 and 2, C with source 3.
    """
    sentences: list[Sentence] = []
    start = 0
    for match in _MARKS.finditer(text):
        numbers = tuple(int(number) for number in _NUMBER.findall(match.group(1)))
        cited = text[start : match.start()] + match.group(2)
        sentences += [Sentence(part, numbers) for part in split_sentences(cited)]
        start = match.end()
    sentences += [Sentence(part) for part in split_sentences(text[start:])]
    return tuple(sentences)


def _add(draft: _Draft, content: str, line: int, *, is_item: bool, with_marks: bool) -> None:
    if with_marks:
        sentences = cited_sentences(content)
    else:
        sentences = tuple(Sentence(part) for part in split_sentences(content))
    if sentences:
        draft.blocks.append(Block(sentences=sentences, is_item=is_item, line=line))


def _plain(token: Token) -> str:
    """The text of an inline token, without emphasis or link marks."""
    parts = [
        child.content if child.type in {"text", "code_inline"} else " "
        for child in token.children or []
        if child.type in {"text", "code_inline", "softbreak", "hardbreak"}
    ]
    return "".join(parts).strip()


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0
