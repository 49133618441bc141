"""An answer as HTML: pure functions from its lines and citations to markup, every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby, zip_longest

from assistant.api.sources import is_web_address, source_date
from assistant.lines import LISTED_KINDS, TABLE_KINDS, Line
from assistant.markers import shown_markers
from assistant.messages import french
from assistant.page import texts
from assistant.page.turns import PageTurn
from assistant.reply import Citation, CitedSource
from corpus.french.dates import MONTHS

_WORD_JOINER = "&#8288;"  # no line break between a word and its mark
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
# Where a line never breaks: before punctuation and units, within a number, after the letter of an article,
# between a day and its month.
_HELD_SPACE = re.compile(
    r" (?=[?!:;»%€])|(?<=\d) (?=\d{3}(?!\d))|(?<=n°) |(?<=\b[LRD]\.) (?=\d)|(?<=€) (?=HT\b|TTC\b)"
    rf"|(?:(?<=\b1er)|(?<=\d)) (?=(?:{'|'.join(MONTHS)})\b)"
)
_OWN_PATH = re.compile(r"[a-z0-9-]+(?:/[a-zA-Z0-9-]+)*(?:\.ics)?")
# An address as escaped texts write it, with or without https; never of another scheme nor of an e-mail.
_ADDRESS = re.compile(
    r"(?<![\w.@/:-])(?:https://)?(?:[a-z0-9-]++\.)+(?:fr|eu|org|com)(?![\w@-])(?:/(?:[\w./?=%~+-]*[\w/=])?)?"
)
_AFTER_GUILLEMET = re.compile(r"« ")


def answer_html(lines: Iterable[Line], turn: int, cited: frozenset[int]) -> str:
    """Paragraphs, lists and tables; a mark [n] becomes a link to source ``n`` when there is such a source."""
    shown = (line for line in lines if line.text.strip())
    blocks: list[str] = []
    for block, group in groupby(shown, key=_block):
        if block == "list":
            items = "".join(f"<li>{inline_html(line.body, turn, cited)}</li>" for line in group)
            blocks.append(f"<ul>{items}</ul>")
        elif block == "table":
            blocks.append(_table([line.cells for line in group], turn, cited))
        else:
            blocks += [f"<p>{inline_html(line.text, turn, cited)}</p>" for line in group]
    return "".join(blocks)


def _block(line: Line) -> str:
    """Whether a line is of a list, of a table, or a paragraph of its own."""
    return "list" if line.kind in LISTED_KINDS else "table" if line.kind in TABLE_KINDS else "paragraph"


def _table(rows: Sequence[Sequence[str]], turn: int, cited: frozenset[int]) -> str:
    """A comparison, its head first; each cell bears that of its column, shown above it on a narrow page."""
    heads = [inline_html(cell, turn, cited) for cell in rows[0]]
    top = "".join(f'<th scope="col">{head}</th>' if head else "<td></td>" for head in heads)
    body = ""
    for title, *cells in rows[1:]:
        told = "".join(
            f'<td><span class="column" aria-hidden="true">{head}</span>{inline_html(cell, turn, cited)}</td>'
            for head, cell in zip_longest(heads[1:], cells, fillvalue="")
        )
        body += f'<tr><th scope="row">{inline_html(title, turn, cited)}</th>{told}</tr>'
    return f'<table class="compared"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'


def inline_html(text: str, turn: int, cited: frozenset[int]) -> str:
    """A text with its bold words, and links: its addresses, its markers to the sources of a turn."""
    bold = _BOLD.sub(r"<strong>\1</strong>", escape(keep_together(text)))
    return shown_markers(_ADDRESS.sub(_linked, bold), lambda n: _WORD_JOINER + _marker(n, turn, cited))


def sources_html(citations: Iterable[Citation], turn: int) -> str:
    """The sources panel of one answer; ``turn`` is its number, for the links between markers and sources."""
    cards = "".join(_card(citation, turn) for citation in citations)
    return (
        f'<aside class="sources" aria-labelledby="sources-{turn}">'
        f'<h3 id="sources-{turn}">{texts.SOURCES}</h3><ol>{cards}</ol></aside>'
    )


def source_html(source: CitedSource) -> str:
    """A source: title (a link when its address is http or https), publisher, date."""
    title = escape(source.title)
    if is_web_address(source.url):
        title = (
            f'<a href="{escape(source.url or "")}" target="_blank" rel="noopener noreferrer">{title}'
            f'<span class="hidden-label"> {texts.NEW_WINDOW}</span></a>'
        )
    facts = [escape(source.publisher)] if source.publisher else []
    facts.append(escape(source_date(source)))
    return f'<li>{title}<span class="facts">{" · ".join(facts)}</span></li>'


def bold_parts(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text, in order, and whether each is of the words that stand out."""
    end = 0
    for found in _BOLD.finditer(text):
        yield from ((text[end : found.start()], False), (found[1], True))
        end = found.end()
    yield text[end:], False


def keep_together(text: str) -> str:
    """Keep French punctuation, units, numbers, days of months on one line; never used on a quote."""
    return _HELD_SPACE.sub("\u00a0", _AFTER_GUILLEMET.sub("«\u00a0", text))


def links_html(turn: PageTurn) -> str:
    """The pages that an answer leads to: of the web, or of this service."""
    links = turn.reply.links if turn.reply is not None else ()
    shown = "".join(
        f'<li><a href="{escape(link.url)}">{escape(keep_together(link.text))}</a></li>'
        for link in links
        if is_web_address(link.url) or _OWN_PATH.fullmatch(link.url)
    )
    return f'<ul class="links">{shown}</ul>' if shown else ""


def _card(citation: Citation, turn: int) -> str:
    n = citation.n
    heading = f'<span class="section">{escape(french.on_page(citation.section, citation.page))}</span>'
    if citation.scheme_name:
        heading = f'<span class="scheme">{escape(citation.scheme_name)}</span> {heading}'
    origins = "".join(source_html(source) for source in citation.sources)
    told = texts.OUR_FICHE if citation.scheme_id else texts.OF_A_DOCUMENT
    return (
        f'<li class="source" id="source-{turn}-{n}" tabindex="-1">'
        f'<p class="heading"><span class="n">{n}</span> {heading}</p>'
        f"<blockquote>{escape(citation.quote)}</blockquote>"
        f'<p class="facts">{escape(told)}</p><ul class="origins">{origins}</ul></li>'
    )


def _linked(found: re.Match[str]) -> str:
    """An address that stands in the text, as a link: by https alone, whether it's said or not."""
    text = found[0]
    return f'<a href="https://{text.removeprefix("https://")}" rel="noopener noreferrer">{text}</a>'


def _marker(n: int, turn: int, cited: frozenset[int]) -> str:
    if n not in cited:
        return f'<span class="marker">[{n}]</span>'
    label = texts.SOURCE_MARKER.format(n=n)
    return f'<span class="marker"><a href="#source-{turn}-{n}" aria-label="{label}">[{n}]</a></span>'
