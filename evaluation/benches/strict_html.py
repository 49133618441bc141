"""What is wrong in a page's HTML, more strictly than a browser: tags, ids, references, headings, scripts."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "br", "img", "hr"}
_BLOCKS = {
    "p",
    "ul",
    "ol",
    "dl",
    "div",
    "section",
    "form",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "fieldset",
    "nav",
}
# What may not hold a block: a browser would close it, or move the block out.
_PHRASING = {"p", "h1", "h2", "h3", "h4", "span", "a", "button", "legend", "label", "strong"}
_INSIDE = {"li": {"ul", "ol"}, "tr": {"thead", "tbody"}, "td": {"tr"}, "th": {"tr"}, "option": {"select"}}
_OWN_CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"div", "dt", "dd"}, "tr": {"td", "th"}}
_POINTING = ("for", "aria-labelledby", "aria-describedby")


class _Reader(HTMLParser):
    """Follows what is open, and notes what isn’t where it may be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.pointed: list[str] = []
        self.headings: list[int] = []
        self.fields: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        parent = self.open[-1] if self.open else ""
        if len(values) < len(attrs):
            self.wrong.append(f"<{tag}> has an attribute twice")
        if tag in _BLOCKS and (inside := _PHRASING & set(self.open)):
            self.wrong.append(f"<{tag}> in {sorted(inside)}")
        if parent not in _INSIDE.get(tag, {parent}):
            self.wrong.append(f"<{tag}> in <{parent}>")
        if tag not in _OWN_CHILDREN.get(parent, {tag}):
            self.wrong.append(f"<{tag}> right in <{parent}>")
        if tag in {"a", "button"} and {"a", "button"} & set(self.open):
            self.wrong.append(f"<{tag}> in a link or a button")
        if tag == "form" and "form" in self.open:
            self.wrong.append("a form in a form")
        if tag == "script" and values.get("type") != "application/ld+json":
            self.wrong.append("a script")
        self.wrong += [f"{name} on <{tag}>" for name in values if name.startswith("on") or name == "style"]
        self._refer(tag, values)
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append(int(tag[1]))
        if tag not in _VOID:
            self.open.append(tag)

    def _refer(self, tag: str, values: dict[str, str | None]) -> None:
        if (own := values.get("id")) is not None:
            self.ids.append(own)
        for name in _POINTING:
            self.pointed += (values.get(name) or "").split()
        href = values.get("href") or ""
        if href.startswith("#"):
            self.pointed.append(href[1:])
        if href.lower().startswith(("javascript:", "data:")):
            self.wrong.append(f"a link to {href}")
        if tag in {"input", "select", "textarea"} and values.get("type") != "hidden":
            self.fields.append(values.get("id") or "")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> closes {self.open[-1:]}")
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]


def problems(page: str) -> list[str]:
    """A line for each thing that is wrong; none in a page that is right."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    wrong = [*reader.wrong, *(f"<{tag}> isn't closed" for tag in reader.open)]
    wrong += [f"id {name} twice" for name in sorted(set(reader.ids)) if reader.ids.count(name) > 1]
    wrong += [f"nothing has the id {name}" for name in reader.pointed if name not in reader.ids]
    wrong += [f"no label for the field {name!r}" for name in reader.fields if name not in reader.pointed]
    if reader.headings.count(1) != 1:
        wrong.append(f"{reader.headings.count(1)} h1")
    steps = zip(reader.headings, reader.headings[1:], strict=False)
    wrong += [f"h{after} after h{before}" for before, after in steps if after > before + 1]
    if not page.startswith('<!DOCTYPE html>\n<html lang="fr">'):
        wrong.append("the page doesn't begin as a French one")
    if page.count("<title>") != 1 or "<title> – " in page:
        wrong.append("no title")
    return wrong
