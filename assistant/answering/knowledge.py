"""What every turn draws on and no turn changes: schemes, communes, search, comparison, verification."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.verdict_step import VerdictStep
from assistant.checking.reply import VerifyStep
from assistant.checking.verify import Verifier
from assistant.choosing.amounts import TypedAmounts
from assistant.choosing.fitted import IN_USE, Weights
from assistant.eligibility.service import EligibilityService
from assistant.reading.conditions import StatedConditions
from assistant.reading.french.spelling import Spelling
from assistant.reading.message import MessageReader
from assistant.reading.names import SchemeNames
from assistant.reading.place_reader import PlaceReader
from assistant.search.kept_vectors import KeptVectors
from assistant.search.known_questions import AskedIndex
from assistant.search.nearest import AnswerSpace, pairs_of
from assistant.search.retrieve import HybridRetriever
from assistant.search.subject import SubjectFinder
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.places.gazetteer import Gazetteer
from corpus.places.named import PlaceNames
from ingest.embed import Embedder, french_words
from ingest.tune import Pair


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What every turn draws on; another knowledge is made with :func:`dataclasses.replace`, never changed.

    Attributes:
        catalogue: the schemes.
        territory: the communes and their lists.
        gazetteer: finds communes in texts.
        places: reads the places of messages, and gives texts without them.
        reader: reads messages, once: plain form, spelling, places.
        names: recognises the schemes that a text names.
        conditions: reads in a message whether a condition is met.
        retriever: finds passages.
        embedder: compares a question with sentences.
        asked: the questions that people ask about each scheme.
        space: the sentences of each scheme.
        subjects: finds what a question is about.
        amounts: recognises sentences that state the typed amounts.
        eligibility: assesses schemes.
        verdicts: puts verdicts into replies.
        verification: drops from a reply what nothing supports.
        weights: what each measure of schemes, sentences, gaps and support weighs.
        today: the date, asked anew each time.
    """

    catalogue: Catalogue
    territory: Territory
    gazetteer: Gazetteer
    places: PlaceReader
    reader: MessageReader
    names: SchemeNames
    conditions: StatedConditions
    retriever: HybridRetriever
    embedder: KeptVectors
    asked: AskedIndex
    space: AnswerSpace
    subjects: SubjectFinder
    amounts: TypedAmounts
    eligibility: EligibilityService
    verdicts: VerdictStep
    verification: VerifyStep
    weights: Weights
    today: Callable[[], date]

    def comparing_by(self, embedder: Embedder) -> Knowledge:
        """The same knowledge, a question compared with sentences by another encoder."""
        asked = AskedIndex(self.catalogue, embedder, self.reader.known)
        space = AnswerSpace(self.catalogue, embedder)
        return replace(self, embedder=KeptVectors(embedder), space=space).knowing(asked)

    def knowing(self, asked: AskedIndex) -> Knowledge:
        """The same knowledge with other known questions."""
        return replace(self, asked=asked)._with_finder()

    def weighing(self, weights: Weights) -> Knowledge:
        """The same knowledge with other weights."""
        return replace(self, weights=weights)._with_finder()

    def _with_finder(self) -> Knowledge:
        subjects = SubjectFinder(
            self.catalogue,
            self.retriever,
            self.names,
            self.asked,
            self.space,
            self.conditions,
            self.weights.schemes,
        )
        return replace(self, subjects=subjects)

    def pairs(self, without: Collection[int] = ()) -> list[Pair]:
        """The known questions, mended, each with a sentence that answers it; some left out by their place."""
        return pairs_of(self.catalogue, self.reader.known, without)


def know(
    catalogue: Catalogue,
    retriever: HybridRetriever,
    embedder: Embedder,
    territory: Territory,
    today: Callable[[], date] = date.today,
    answers: Callable[[Sequence[Pair]], Embedder] | None = None,
    weights: Weights = IN_USE,
) -> Knowledge:
    """Gather what an engine knows; no index is read yet.

    Args:
        catalogue: the schemes.
        retriever: finds passages.
        embedder: the encoder of the index.
        territory: the communes and their lists.
        today: the date, passed in so that tests can choose it.
        answers: makes, of the questions that people ask and their answers, the encoder that compares a
            question with sentences (:func:`ingest.tune.tuned_embedder`); None for ``embedder`` itself.
        weights: what each measure weighs.
    """
    gazetteer = Gazetteer(territory)
    names = SchemeNames(catalogue.schemes, french_words())
    places = PlaceReader(gazetteer, names)
    reader = MessageReader(places, Spelling.of_catalogue(catalogue))
    conditions = StatedConditions(catalogue.schemes)
    compares = embedder if answers is None else answers(pairs_of(catalogue, reader.known, ()))
    asked = AskedIndex(catalogue, compares, reader.known)
    space = AnswerSpace(catalogue, compares)
    return Knowledge(
        catalogue=catalogue,
        territory=territory,
        gazetteer=gazetteer,
        places=places,
        reader=reader,
        names=names,
        conditions=conditions,
        retriever=retriever,
        embedder=KeptVectors(compares),
        asked=asked,
        space=space,
        subjects=SubjectFinder(catalogue, retriever, names, asked, space, conditions, weights.schemes),
        amounts=TypedAmounts(catalogue.schemes),
        eligibility=EligibilityService(catalogue, territory, gazetteer, today),
        verdicts=VerdictStep(catalogue, territory, today),
        verification=VerifyStep(Verifier(catalogue.schemes, names, PlaceNames(territory)), catalogue),
        weights=weights,
        today=today,
    )
