"""One turn of the chat as Markdown, to be copied or kept: question, answer, every source with its date."""

from __future__ import annotations

from assistant.api import texts
from assistant.api.sources import is_web_address, source_date
from assistant.page.turns import Turn
from assistant.reply import Citation, CitedSource


def turn_markdown(turn: Turn) -> str:
    """Write a finished turn; sources are numbered as in the answer."""
    parts = [f"## {turn.question}", turn.answer]
    if turn.citations:
        parts += [f"### {texts.SOURCES}", "\n".join(_cited(citation) for citation in turn.citations)]
    return "\n\n".join((*parts, f"*{texts.PAGE_LIMITS}*")) + "\n"


def _cited(citation: Citation) -> str:
    name = ", ".join(part for part in (citation.scheme_name, citation.section) if part)
    sources = "".join(f"\n    - {_source(source)}" for source in citation.sources)
    return f"- [{citation.n}] {name}\u00a0: «\u00a0{citation.quote}\u00a0»{sources}"


def _source(source: CitedSource) -> str:
    address = f"<{source.url}>" if is_web_address(source.url) else None
    return ", ".join(part for part in (source.title, source.publisher, source_date(source), address) if part)
