"""What a citation of a reply is of, in the words of a case: a section of a fiche, a place in a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.reply import Citation
from evaluation.questions.documents import Span, cited_document, is_under, plain_documents


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that a reply cites.

    Attributes:
        subject: the scheme, or the name of the plain document.
        section: its heading, as the citation gives it.
        places: in a plain document, where its words stand; empty for a fiche.
    """

    subject: str
    section: str
    places: tuple[Span, ...] = ()

    def is_of(self, passage: str) -> bool:
        """Whether it's of a passage of a case: ``scheme/section``, ``document/heading`` or ``document/*``."""
        document = plain_documents().get(self.subject)
        if document is None:
            return passage == f"{self.subject}/{self.section}"
        return is_under(passage, document, self.places, self.section.split(" / "))

    def is_among(self, passages: Iterable[str]) -> bool:
        """Whether it's of one of the passages."""
        return any(self.is_of(passage) for passage in passages)


def cited_of(citation: Citation) -> Cited | None:
    """What a citation is of; None for a document of the user's, which no case knows."""
    if citation.scheme_id:
        return Cited(citation.scheme_id, citation.section)
    document = cited_document(citation.document_id)
    return Cited(document.name, citation.section, document.places(citation.quote)) if document else None
