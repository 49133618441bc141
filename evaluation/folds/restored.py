"""Say which fiche and which section a passage of a plain page stands for, by where its words stand there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.checking.verify import is_verbatim
from assistant.reply import Citation, Reply
from corpus.fiches.document import Document
from corpus.french.folding import words
from evaluation.folds.page_lines import PageLine
from evaluation.questions.documents import PlainDocument, Span, document_of
from evaluation.runs.run import Outcome, Passage

# A passage holds a section when it holds this many of its letters, or the whole of a shorter one.
_HELD_CHARS = 100


@dataclass(frozen=True, slots=True)
class FoldPage:
    """A page that a fold knows in place of a fiche.

    Attributes:
        scheme: the fiche that it stands for.
        document: the page as ingestion has read it.
        text: the page as it was written.
        sections: where each line of its body stands in ``text``, and the section that it stands for.
        headings: its headings, and the section that each stands for: that of a table belongs to another.
    """

    scheme: str
    document: Document
    text: PlainDocument
    sections: tuple[tuple[Span, str], ...]
    headings: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, scheme: str, document: Document, path: Path, lines: Sequence[PageLine]) -> FoldPage:
        """The page of a fiche, written at ``path`` with these lines."""
        told = [line for line in lines if words(line.text)]
        text = document_of(scheme, path, [(line.text, line.level) for line in told])
        sections = tuple(
            ((row.start, row.start + len(row.words)), line.section)
            for row, line in zip(text.rows, told, strict=True)
            if not line.level
        )
        headings = tuple((line.text, line.section) for line in told if line.level and line.section)
        return cls(scheme, document, text, sections, headings)

    def section_of(self, quote: str, heading: str) -> str:
        """The section of the fiche that a quote stands for; the heading, when its words are nowhere.

        Where it stands in several sections alike, the one under the heading is meant.
        """
        held = self._held(quote)
        most = max(held.values(), default=0)
        best = [name for name, chars in held.items() if chars == most]
        named = self._named(heading)
        return named if named in best or not best else best[0]

    def sections_of(self, text: str, headings: Sequence[str]) -> tuple[str, ...]:
        """The sections of the fiche that a passage found holds enough of, in the order of the page."""
        held, whole = self._held(text), self._lengths()
        found = tuple(name for name, chars in held.items() if chars >= min(_HELD_CHARS, whole[name]))
        return found or tuple(held) or tuple(self._named(heading) for heading in headings)

    def holds(self, quote: str) -> bool:
        """Whether the page, as ingestion has read it, holds a quote letter for letter."""
        blocks = (block for section in self.document.sections for block in section.blocks)
        return bool(quote.strip()) and any(is_verbatim(quote, block.text) for block in blocks)

    def _named(self, heading: str) -> str:
        """The section that is written as a heading, whatever its case, accents and signs."""
        own = words(heading)
        alike = (
            name
            for title, name in (*((name, name) for _, name in self.sections), *self.headings)
            if words(title) == own
        )
        return next(alike, heading)

    def _lengths(self) -> dict[str, int]:
        whole: dict[str, int] = {}
        for (start, end), name in self.sections:
            whole[name] = whole.get(name, 0) + end - start
        return whole

    def _held(self, text: str) -> dict[str, int]:
        """How many letters of each section stand in a text."""
        places = _merged(self.text.places(text))
        held: dict[str, int] = {}
        for (start, end), name in self.sections:
            chars = sum(max(0, min(end, last) - max(start, first)) for first, last in places)
            if chars:
                held[name] = held.get(name, 0) + chars
        return held


@dataclass(frozen=True, slots=True)
class Restoring:
    """Writes what came back about pages in terms of fiches.

    Attributes:
        pages: by id of the document.
        texts: the text of each chunk indexed, by its id.
    """

    pages: Mapping[str, FoldPage]
    texts: Mapping[str, str]

    def outcome(self, outcome: Outcome) -> Outcome:
        """What came back, each citation and passage of a page told as of its fiche, in the right section."""
        reply = outcome.reply
        cited = [item for item in reply.citations if item.document_id in self.pages] if reply else []
        return outcome.model_copy(
            update={
                "reply": self._reply(reply) if reply else None,
                "passages": tuple(
                    self.passage(item, self.texts.get(item.id, "")) for item in outcome.passages
                ),
                "faithful": {item.n: self.pages[item.document_id].holds(item.quote) for item in cited},
            }
        )

    def passage(self, passage: Passage, text: str) -> Passage:
        """A passage found, as of its fiche, given its text."""
        page = self.pages.get(passage.document_id)
        if page is None:
            return passage
        sections = page.sections_of(text, passage.sections)
        return passage.model_copy(update={"scheme_id": page.scheme, "sections": sections})

    def _reply(self, reply: Reply) -> Reply:
        citations = tuple(self._citation(item) for item in reply.citations)
        cited = [item.scheme_id for item in citations if item.document_id in self.pages]
        schemes = tuple(dict.fromkeys(str(name) for name in (*cited, *reply.schemes)))
        return reply.model_copy(update={"citations": citations, "schemes": schemes})

    def _citation(self, citation: Citation) -> Citation:
        page = self.pages.get(citation.document_id)
        if page is None:
            return citation
        return citation.model_copy(
            update={
                "scheme_id": page.scheme,
                "scheme_name": page.document.title,
                "section": page.section_of(citation.quote, citation.section),
            }
        )


def _merged(places: Iterable[Span]) -> list[Span]:
    """The same places, those that overlap as one."""
    merged: list[Span] = []
    for first, last in sorted(places):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
