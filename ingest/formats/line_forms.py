"""What a line of plain text is by its form: an item of a list, a heading, a page's number, contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_HEADING_CHARS = 120
MOST_NUMBERED_CHARS = 180
# Levels of headings by their form, under those marked with "#".
_PART_LEVEL, _ARTICLE_LEVEL, _ROMAN_LEVEL, _NUMBER_LEVEL = 2, 3, 4, 5
PLAIN_LEVEL = 9

# Bullets by their sign: items of one list share it. A dash or a dot may be glued to the first word.
_BULLETS = (
    ("-", re.compile(r"[-–—―](?:\s+(?=\S)|(?=[^\W\d_]))")),
    ("•", re.compile(r"[•●\uf0b7](?:\s+(?=\S)|(?=[^\W\d_]))")),
    ("○", re.compile(r"(?:[◦○]|o(?=\s+[A-ZÀ-Ý]))\s+(?=\S)")),
    ("▪", re.compile(r"[▪■§\uf0a7]\s+(?=\S)")),
    ("→", re.compile(r"[➢➔→\uf0d8]\s+(?=\S)")),
    ("✓", re.compile(r"[✓✔\uf0fc]\s+(?=\S)")),
    ("□", re.compile(r"□\s+(?=\S)")),
    ("-", re.compile(r"\uf02d\s+(?=\S)")),
    ("*", re.compile(r"\*\s+(?=\S)")),
    ("+", re.compile(r"\+\s+(?=\S)")),
)
_ENUMERATORS = (
    ("1.1", re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2})++)\.?(?:\s*+[-–]\s*+|\s++)(?=\S)")),
    ("1°", re.compile(r"(?P<n>\d{1,2})\s?°(?:\s*+(?P<more>bis|ter|quater))?+(?:\s*+[-–])?+\s*+(?=\S)")),
    ("1.", re.compile(r"(?P<n>\d{1,2})\.(?:\s*+[-–])?+\s++(?=\S)")),
    ("1)", re.compile(r"\(?(?P<n>\d{1,2})\)\s+(?=\S)")),
    ("a)", re.compile(r"\(?(?P<n>[a-z])\)\s+(?=\S)")),
    ("a.", re.compile(r"(?P<n>[a-z])\.\s+(?=\S)")),
    ("I.", re.compile(r"(?P<n>[IVX]{1,5})(?:\.|\s*+[-–―—])(?:\s*+[-–―—]\s*+|\s++)(?=\S)")),
    ("A.", re.compile(r"(?P<n>[A-H])(?:\.|\s*+[-–―—])(?:\s*+[-–―—]\s*+|\s++)(?=\S)")),
)
_MORE = ("bis", "ter", "quater")
_ROMAN = {"I": 1, "V": 5, "X": 10}
_MARKED_HEADING = re.compile(r"(#{1,6})\s++(\S.*+)")
_PART = re.compile(
    r"(?:annexe|titre|chapitre|partie|section)(?:\s+(?:n°\s*)?[\dIVXLA-Z]{1,5})?(?=\W|$)", re.IGNORECASE
)
_ARTICLE = re.compile(
    r"art(?:icle|\.)\s+(?:n°\s*)?(?:[LRDA]\.?\s?\*?\s?)?(?:\d|[IVX]|premier|unique)", re.IGNORECASE
)
# The number that opens a heading, with what names it: "ARTICLE 8 - …", "2.1. …", "IV) …".
_HEADING_NUMBER = re.compile(
    r"^\s{0,3}(?:(?:article|titre|chapitre|partie|section|fiche|annexe) (?:n° ?)?\d{1,3}(?: ?[.):–—-]{1,2})?"
    r"|\d{1,3}(?:\.\d{1,3}){1,4}[.)]?|(?:\d{1,3}|[IVX]{1,5}) ?[.)–—-])\s{1,3}",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"[-–\s]*+(?:page\s*+)?+\d{1,4}(?:\s*+(?:/|sur|of)\s*+\d{1,4})?[-–\s]*+", re.IGNORECASE
)
_CONTENTS = re.compile(r"(?<!\.)(?<!\.\s)(?:\.\s?){4,}+\s*+\d{1,4}\s*+$|(?<!…)…{2,}+\s*+\d{1,4}\s*+$")
_RULE = re.compile(r"[-*_=](?: ?[-*_=]){2,}")
# An address, a telephone number, a box to tick, « Cf. » or « Catégorie : Directive » is said, not headed.
_SAID = re.compile(r"@|https?:|www\.|[☐☒☑]|(?:\d[ .]?){8}|^Cf\.? ")
_NAMED_VALUE = re.compile(r"[^:?]{1,30}\s:\s[^:?]{1,40}")
# A line of so many words at most may be an item of a list without marks.
MOST_NAME_WORDS = 8
_UNFINISHED_END = (".", ";", ",", "!", "…", "?", ":")


@dataclass(frozen=True, slots=True)
class ItemForm:
    """A line that begins an item: the kind of its mark, where its text begins, its number (see ``Item``).

    ``is_glued`` tells a bullet without a space after it, which may as well be a hyphen.
    """

    mark: str
    start: int
    number: tuple[int, ...] = ()
    is_glued: bool = False

    @property
    def is_first(self) -> bool:
        """Whether it begins a list."""
        return self.number == (1,) or (self.mark == "1.1" and self.number[-1] == 1)

    @property
    def is_bullet(self) -> bool:
        """Whether its mark is a sign, without a number or a letter."""
        return not self.number

    @property
    def is_sure(self) -> bool:
        """Whether it begins an item wherever it stands: « II. » and « A. » may begin a heading as well."""
        return self.is_bullet or self.mark in {"1°", "a)"}


def item_form(line: str) -> ItemForm | None:
    """Read the mark of an item at the start of a line. A bullet is left out of its text, a number isn't."""
    for sign, form in _BULLETS:
        if found := form.match(line):
            return ItemForm(sign, found.end(), is_glued=not line[found.end() - 1].isspace())
    for mark, form in _ENUMERATORS:
        if found := form.match(line):
            more = found.groupdict().get("more")
            return ItemForm(mark, 0, (*_number(found["n"]), *([_MORE.index(more) + 1] if more else [])))
    return None


def _number(written: str) -> tuple[int, ...]:
    """The number of a mark: (3,) for « 3 », « c », « C » and « III », (3, 1) for « 3.1 »."""
    if written[0].isdigit():
        return tuple(map(int, written.split(".")))
    if set(written) <= set(_ROMAN):
        values = [_ROMAN[letter] for letter in written]
        return (sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)),)
    return (ord(written.lower()) - ord("a") + 1,)


def marked_heading(line: str) -> tuple[int, str] | None:
    """Level and text of a heading marked with "#"; after only one, a line that ends a sentence is none."""
    found = _MARKED_HEADING.fullmatch(line)
    if found is None or (len(found[1]) == 1 and line.endswith((".", ";"))):
        return None
    text = found[2].rstrip("#")
    return len(found[1]), text.rstrip() if text.endswith(" ") else found[2]


def heading_level(line: str) -> int | None:
    """Level of a line that stands alone, if it has the form of a heading: « Article 3 », « II. Taux »."""
    if (
        not line
        or line.endswith((".", ";", ",", "!", "…"))
        or (line.endswith(":") and not _ARTICLE.match(line))
    ):
        return None
    form = item_form(line)
    if _PART.match(line) and line[0].isupper():
        level = _PART_LEVEL
    elif _ARTICLE.match(line) and line[0].isupper():
        level = _ARTICLE_LEVEL
    elif form and form.mark in {"I.", "A."}:
        level = _ROMAN_LEVEL
    elif form and form.mark in {"1.", "1.1", "1)"}:
        level = _NUMBER_LEVEL + (line.split()[0].strip(".").count(".") if form.mark == "1.1" else 0)
    elif form:
        return None
    else:
        starts = (
            line[0].isupper()
            or line[0].isdigit()
            or line[0] == "«"
            or not (line[0].isalnum() or line[0] in "[(<>|")
        )
        said = _SAID.search(line) or _NAMED_VALUE.fullmatch(line)
        return PLAIN_LEVEL if starts and len(line) <= MOST_HEADING_CHARS and not said else None
    return level if len(line) <= MOST_NUMBERED_CHARS else None


def without_number(heading: str) -> str:
    """A heading without the number that opens it: "Article 3 – Taux" gives "Taux"."""
    return _HEADING_NUMBER.sub("", heading, count=1)


def is_sum(line: str) -> bool:
    """Whether a line adds to the one before it: « + un axe transversal »."""
    return line.startswith("+ ") and line[2:3].islower()


def is_rule(line: str) -> bool:
    """Whether a line is drawn across the page: it ends what the headings above it head."""
    return bool(_RULE.fullmatch(line))


def is_numbered(level: int) -> bool:
    """Whether a level is that of a heading with a number, an article's or an annex's."""
    return level < PLAIN_LEVEL


def is_page_mark(line: str) -> bool:
    """Whether a line is a page's number, or a line of a table of contents."""
    return bool(_PAGE_NUMBER.fullmatch(line)) or is_contents(line)


def is_contents(line: str) -> bool:
    """Whether a line is one of a table of contents: « Les taux ......... 12 »."""
    return bool(_CONTENTS.search(line))


def is_unfinished(line: str) -> bool:
    """Whether a line ends inside a sentence."""
    return not line.rstrip('»”")\u00a0 ').endswith(_UNFINISHED_END)


def told_lines(text: str) -> Iterator[str]:
    """The lines of a gathered text: cut at a line break only where a sentence ends or an item begins."""
    held = ""
    for line in (line.strip(" ") for line in text.split("\n")):
        if not line:
            continue
        if held and (not is_unfinished(held) or item_form(line)):
            yield held
            held = ""
        held = f"{held} {line}" if held else line
    if held:
        yield held


def listed_names(text: str) -> tuple[str, list[str]]:
    """A lead-in and the short lines under it, of a text that is a list without marks; else nothing."""
    lead, *names = [line.strip(" ") for line in text.split("\n") if line.strip(" ")] or [""]
    are_names = all(
        len(name.split()) <= MOST_NAME_WORDS and heading_level(name) == PLAIN_LEVEL for name in names
    )
    return (lead, names) if lead.endswith(":") and len(names) > 1 and are_names else ("", [])
