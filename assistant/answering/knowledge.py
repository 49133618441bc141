"""What every turn draws on and no turn changes: schemes, communes, search, comparison, verification."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.amount_step import AmountStep
from assistant.answering.verdict_step import VerdictStep
from assistant.checking.reply import VerifyStep
from assistant.checking.verify import Verifier
from assistant.choosing.amounts import TypedAmounts
from assistant.choosing.fitted import IN_USE, Weights
from assistant.choosing.headings import Headings
from assistant.eligibility.service import EligibilityService
from assistant.reading.conditions import StatedConditions
from assistant.reading.french.learned_words import spelling_of
from assistant.reading.french.lexicon import official_words
from assistant.reading.left_out import LeftOut
from assistant.reading.message import MessageReader, reading_digest
from assistant.reading.named_for import NamedForReader
from assistant.reading.names import SchemeNames
from assistant.reading.place_reader import PlaceReader
from assistant.reading.trained_reader import ActReader, TrainedReader
from assistant.search.asked_index import AskedIndex
from assistant.search.commune_statements import CommuneStatements
from assistant.search.kept_vectors import KeptVectors
from assistant.search.known_questions import known_questions
from assistant.search.learned_subject import LearnedSubject
from assistant.search.nearest import AnswerSpace
from assistant.search.page_space import PageSpace
from assistant.search.retrieve import HybridRetriever
from assistant.search.subject import SubjectFinder
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.places.gazetteer import Gazetteer
from corpus.places.named import PlaceNames
from ingest.embed import Embedder
from ingest.kept import Kept


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What every turn draws on; another knowledge is made with :func:`dataclasses.replace`, never changed.

    Attributes:
        catalogue: the schemes.
        territory: the communes and their lists.
        gazetteer: finds communes in texts.
        places: reads the places of messages, and gives texts without them.
        place_names: finds the names of places in any text.
        reader: reads messages, once: plain form, spelling, places.
        names: recognises the schemes that a text names.
        acts: reads what a message does and asks.
        left_out: tells which schemes a message leaves out.
        headings: tells what stands under the headings of plain pages.
        learned: tells which schemes a message is about, as what people type has taught.
        conditions: reads in a message whether a condition is met.
        retriever: finds passages.
        embedder: compares a question with sentences.
        asked: the questions that people ask about each scheme.
        space: the sentences of each scheme.
        subjects: finds what a question is about.
        amounts: recognises sentences that state the typed amounts.
        eligibility: assesses schemes.
        statements: finds the sentences that name a commune.
        verdicts: puts verdicts into replies.
        paying: puts what the aids pay into replies.
        verification: drops from a reply what nothing supports.
        weights: what each measure of schemes, sentences, gaps and support weighs.
        today: the date, asked anew each time.
    """

    catalogue: Catalogue
    territory: Territory
    gazetteer: Gazetteer
    places: PlaceReader
    place_names: PlaceNames
    reader: MessageReader
    names: SchemeNames
    acts: ActReader
    left_out: LeftOut
    headings: Headings
    learned: LearnedSubject
    conditions: StatedConditions
    retriever: HybridRetriever
    embedder: KeptVectors
    asked: AskedIndex
    space: AnswerSpace
    subjects: SubjectFinder
    amounts: TypedAmounts
    eligibility: EligibilityService
    statements: CommuneStatements
    verdicts: VerdictStep
    paying: AmountStep
    verification: VerifyStep
    weights: Weights
    today: Callable[[], date]

    def comparing_by(self, embedder: Embedder) -> Knowledge:
        """The same knowledge, a question compared with sentences by another encoder."""
        known = known_questions(self.catalogue, embedder, self.reader.known)
        asked = AskedIndex(self.catalogue, embedder, known)
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
            PageSpace(self.embedder, self.catalogue.fiches),
            self.conditions,
            self.weights.schemes,
            self.learned,
        )
        return replace(self, subjects=subjects)


def know(
    catalogue: Catalogue,
    retriever: HybridRetriever,
    embedder: Embedder,
    territory: Territory,
    today: Callable[[], date] = date.today,
    weights: Weights = IN_USE,
    kept: Kept | None = None,
    trained: TrainedReader | None = None,
    learned: LearnedSubject | None = None,
) -> Knowledge:
    """Gather what an engine knows; no index is read yet.

    Args:
        catalogue: the schemes.
        retriever: finds passages.
        embedder: the encoder of the index; it compares a question with sentences and questions too.
        territory: the communes and their lists.
        today: the date, passed in so that tests can choose it.
        weights: what each measure weighs.
        kept: where what is learned of the catalogue is kept; None to learn it now.
        trained: reads what messages do; by default the one shipped.
        learned: tells which schemes they are about; by default the one shipped.

    Raises:
        UnreadableReader: the one shipped can't be used.
        UnreadableSubjects: the same, of schemes.
    """
    kept = kept or Kept()
    acts = ActReader(trained or TrainedReader.load(embedder.name), embedder.embed_question)
    named = PlaceNames(territory)
    gazetteer = Gazetteer(territory)
    names = SchemeNames(catalogue.schemes, official_words())
    places = PlaceReader(gazetteer, names)
    reader = MessageReader(places, spelling_of(catalogue, kept))
    conditions = StatedConditions(catalogue.schemes)
    known = known_questions(catalogue, embedder, reader.known, kept, (reading_digest(catalogue),))
    asked = AskedIndex(catalogue, embedder, known)
    space = AnswerSpace(catalogue, embedder, kept)
    vectors = KeptVectors(embedder, known=space.sentences())
    pages = PageSpace(vectors, catalogue.fiches)
    amounts = TypedAmounts(catalogue.schemes)
    learned = learned or LearnedSubject.load()
    return Knowledge(
        catalogue=catalogue,
        territory=territory,
        gazetteer=gazetteer,
        places=places,
        place_names=named,
        reader=reader,
        names=names,
        acts=acts,
        left_out=LeftOut(names, NamedForReader.load(), acts),
        headings=Headings.load(),
        learned=learned,
        conditions=conditions,
        retriever=retriever,
        embedder=vectors,
        asked=asked,
        space=space,
        subjects=SubjectFinder(
            catalogue, retriever, names, asked, space, pages, conditions, weights.schemes, learned
        ),
        amounts=amounts,
        eligibility=EligibilityService(catalogue, territory, gazetteer, today),
        statements=CommuneStatements(catalogue, territory, named),
        verdicts=VerdictStep(catalogue, territory, today),
        paying=AmountStep(catalogue, territory, amounts, today),
        verification=VerifyStep(Verifier(catalogue.schemes, names, named), catalogue),
        weights=weights,
        today=today,
    )
