"""The elements of an HTML page as parts: a walk that keeps lists, definitions, tables and accordions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import html

from ingest.clean import fold_spaces
from ingest.formats.html_tables import is_layout, table_rows
from ingest.formats.line_forms import MOST_HEADING_CHARS, is_unfinished, item_form, listed_names, told_lines
from ingest.formats.note_marks import is_reference
from ingest.formats.parts import Heading, Item, Paragraph, Part

_SKIPPED = re.compile(
    r"script|style|noscript|template|nav|footer|aside|form|iframe|svg|math|canvas|audio|video|object|select"
    r"|input|textarea|button|dialog|menu|head|link|meta"
)
_BLOCK = re.compile(
    r"address|article|blockquote|body|center|details|dd|div|dl|dt|fieldset|figcaption|figure|h[1-6r]|header"
    r"|hgroup|li|main|ol|p|pre|section|summary|table|tbody|td|th|thead|tr|ul"
)
_INNER_BLOCK = re.compile(r"(?!(?:p|div|dd)$)(?:" + _BLOCK.pattern + ")")
_HEADING = re.compile(r"h([1-6])")
_AROUND = re.compile(
    r"(?<![a-z])(?:cookies?|tarteaucitron|breadcrumbs?|fil-d?-?ariane|navbar|skip-?links?|share|partage|social"
    r"|newsletter|pagination|sommaire|toc|sidebar|sr-only|visually-hidden)(?![a-z])",
    re.IGNORECASE,
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alert", "complementary"})
_DEEPEST = 150
_ACCORDION_LEVEL, _STRONG_LEVEL = 6, 7


def parts_of(element: html.HtmlElement) -> list[Part]:
    """The parts of an element, in order."""
    walk = _Walk()
    walk.children(element, 0)
    walk.flush()
    return walk.parts


class _Walk:
    """Goes through elements and gathers their text; a block ends what was gathered."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._text: list[str] = []
        self._strong = 0
        self._plain = 0
        self._lists = 0
        self._level = 1
        self._in_item = False

    def children(self, element: html.HtmlElement, depth: int) -> None:
        """Walk what an element holds."""
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str) and depth < _DEEPEST:
                self._element(child, depth + 1)
            self._say(child.tail)

    def flush(self) -> None:
        """End the paragraph or item that is being gathered."""
        text = "".join(self._text)
        strong = bool(self._strong) and not self._plain
        self._text, self._strong, self._plain = [], 0, 0
        lead, names = listed_names(text)
        if lead and not self._in_item:
            self.parts += [Paragraph(lead), *(Item(name) for name in names)]
            return
        for line in told_lines(text):
            if self._in_item:
                self.parts.append(Item(line, max(0, self._lists - 1)))
            elif strong and is_unfinished(line) and len(line) <= MOST_HEADING_CHARS and "[" not in line:
                self.parts.append(Heading(line, _STRONG_LEVEL))
            elif (form := item_form(line)) and form.is_sure:
                self.parts.append(Item(line[form.start :], 0, form.mark, form.number))
            else:
                self.parts.append(Paragraph(line))

    def _say(self, text: str | None, *, strong: bool = False) -> None:
        if text:
            folded = re.sub(r"[ \t\r\n]+", " ", text)
            self._text.append(folded)
            if folded.strip():
                self._strong += strong
                self._plain += not strong

    def _element(self, element: html.HtmlElement, depth: int) -> None:
        tag = element.tag.lower()
        if _SKIPPED.fullmatch(tag) or _is_around(element):
            return
        if tag == "br":
            self._text.append("\n")
        elif tag == "sup" and is_reference("".join(self._text[-3:]), element.text_content()):
            return
        elif tag in {"strong", "b"} and not _holds(element, _BLOCK):
            self._say(element.text_content(), strong=True)
        elif element.get("data-type") == "mention":
            self._say(f"[{element.text_content().strip().lstrip('@')}]")
        elif heading := _HEADING.fullmatch(tag):
            for cut in element.iter("br"):
                cut.tail = f" {cut.tail or ''}"
            self._heading(element.text_content(), int(heading[1]))
        elif _BLOCK.fullmatch(tag):
            self.flush()
            self._block(element, tag, depth)
            self.flush()
        else:
            self.children(element, depth)

    def _block(self, element: html.HtmlElement, tag: str, depth: int) -> None:
        if tag in {"ul", "ol"}:
            inside, self._in_item = self._in_item, False
            self._lists += 1
            self.children(element, depth)
            self.flush()
            self._lists -= 1
            self._in_item = inside
        elif tag == "li":
            inside, self._in_item = self._in_item, True
            self._item(element, depth)
            self._in_item = inside
        elif tag == "dl":
            self._definitions(element, depth)
        elif tag == "details":
            self._details(element, depth)
        elif tag == "table" and not is_layout(element):
            caption = element.find("caption")
            if caption is not None and (text := _text_of(caption)):
                self.parts.append(Paragraph(text if text.endswith((":", ".")) else f"{text} :"))
            self.parts += table_rows(element)
        else:
            self.children(element, depth)

    def _heading(self, text: str, level: int) -> None:
        self.flush()
        self._level = level
        if text := fold_spaces(text):
            self.parts.append(Heading(text, level))

    def _item(self, element: html.HtmlElement, depth: int) -> None:
        """An item: its paragraphs are one text, a list in it comes after."""
        blocks = [child for child in element if child.tag in {"p", "div"}]
        if blocks and not any(_holds(block, _BLOCK) for block in blocks):
            self._say(element.text)
            for child in element:
                if child.tag in {"p", "div"}:
                    self._text.append(" ")
                    self.children(child, depth)
                else:
                    self._element(child, depth + 1)
                self._say(child.tail)
        else:
            self.children(element, depth)
        self.flush()

    def _definitions(self, element: html.HtmlElement, depth: int) -> None:
        """Terms with what is said of them: « Taux : 40 % »."""
        terms: list[str] = []
        named = [child for child in element.iter("dt", "dd")]
        for child in named:
            if child.tag == "dt":
                if terms and child.getprevious() is not None and child.getprevious().tag == "dd":
                    terms = []
                terms.append(_text_of(child).rstrip(" :\u00a0"))
                continue
            term = ", ".join(term for term in terms if term)
            following = child.getnext()
            if _holds(child, _INNER_BLOCK):
                self.parts.append(Paragraph(f"{term} :"))
                self.children(child, depth)
                self.flush()
            elif text := _text_of(child):
                self.parts.append(Paragraph(f"{term} : {text}" if term else text))
            if following is None or following.tag == "dt":
                terms = []

    def _details(self, element: html.HtmlElement, depth: int) -> None:
        """An accordion: its summary is a heading over what it holds, and over nothing after it."""
        level = max(_ACCORDION_LEVEL, self._level + 1)
        summary = element.find("summary")
        if summary is not None and (text := _text_of(summary)):
            self.parts.append(Heading(text, level))
            summary.drop_tree()
        self.children(element, depth)
        self.flush()
        self.parts.append(Heading("", level))


def _holds(element: html.HtmlElement, tags: re.Pattern[str]) -> bool:
    """Whether an element has some under it."""
    return any(
        isinstance(inner.tag, str) and tags.fullmatch(inner.tag) for inner in element.iterdescendants()
    )


def _text_of(element: html.HtmlElement) -> str:
    return fold_spaces(" ".join(element.itertext()))


def _is_around(element: html.HtmlElement) -> bool:
    """Whether an element is of the site and not of the page: a banner, a trail, a share button."""
    if element.get("role") in _ROLES:
        return True
    if element.tag == "header" and element.xpath(".//nav"):
        return True
    names: Sequence[str] = (element.get("class") or "", element.get("id") or "")
    return any(_AROUND.search(name) for name in names) and element.tag not in {"body", "main", "article"}
