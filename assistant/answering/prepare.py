"""Keep at ingest what an engine derives of the catalogue, so that a start only reads."""

from __future__ import annotations

from functools import cache

from assistant.reading.french.learned_words import spelling_of
from assistant.reading.french.lexicon import official_words
from assistant.reading.message import MessageReader, reading_digest
from assistant.reading.names import SchemeNames
from assistant.reading.place_reader import PlaceReader
from assistant.search.known_questions import known_questions
from assistant.search.nearest import AnswerSpace
from corpus.communes.territory import load_territory
from corpus.fiches.catalogue import Catalogue
from corpus.places.gazetteer import Gazetteer
from ingest.embed import Embedder
from ingest.kept import Kept


def prepare(catalogue: Catalogue, kept: Kept, embedder: Embedder) -> None:
    """Have all that is learned of a catalogue kept: what is there is left as it is, what is old deleted.

    Args:
        catalogue: the schemes, with their questions.
        kept: where; it must write.
        embedder: encodes the questions that people ask.
    """
    spelling = spelling_of(catalogue, kept)

    @cache
    def reader() -> MessageReader:
        names = SchemeNames(catalogue.schemes, official_words())
        return MessageReader(PlaceReader(Gazetteer(load_territory()), names), spelling)

    known_questions(
        catalogue, embedder, lambda text: reader().known(text), kept, (reading_digest(catalogue),)
    )
    AnswerSpace(catalogue, embedder, kept)
    kept.clean()
