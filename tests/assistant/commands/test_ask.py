"""``assistant ask``: what is cited has a name that a person knows."""

from __future__ import annotations

from fakes import ANSWERED

from assistant.commands.ask import named
from assistant.reply import CitedSource

FICHE = ANSWERED.citations[0]


def test_a_document_is_named_by_its_title_and_a_fiche_by_its_scheme() -> None:
    source = CitedSource(title="Aide au lavoir", published="2025")
    document = FICHE.model_copy(
        update={"scheme_name": None, "document_id": "doc:lavoir.md-1", "sources": (source,)}
    )
    assert FICHE.scheme_name is not None
    assert named(FICHE) == FICHE.scheme_name
    assert named(document) == "Aide au lavoir"
    assert named(document.model_copy(update={"sources": ()})) == "doc:lavoir.md-1"
