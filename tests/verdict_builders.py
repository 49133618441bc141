"""The committed catalogue and territory read once, and small schemes with chosen criteria."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from assistant.answering.verdict_step import VerdictStep
from assistant.eligibility.assess import assess
from assistant.eligibility.facts import Facts
from assistant.eligibility.kind import Case
from assistant.eligibility.next_question import Ask, next_question
from assistant.reading.answers import read_answer
from assistant.reading.applicant import Applicant, read_applicant
from assistant.reading.conditions import StatedConditions
from assistant.reading.names import SchemeNames
from assistant.reading.place_reader import PlaceReader
from assistant.reading.understand import understand
from assistant.reply import Message, Reply
from corpus.communes.commune import Commune
from corpus.communes.territory import Territory, load_territory
from corpus.fiches.catalogue import Catalogue, load_catalogue
from corpus.fiches.criteria import (
    BeneficiaryIn,
    CostBetween,
    Criterion,
    HasLabel,
    ListedIn,
    LocatedIn,
    ManualCheck,
    OneOf,
    PopulationBetween,
    ProjectIs,
    WindowOpen,
)
from corpus.fiches.scheme import Scheme, Status, Window
from corpus.french.figures import figure_values
from corpus.labels import Beneficiary, State, TerritoryList, Topic
from corpus.places.gazetteer import Gazetteer

TODAY = date(2026, 11, 23)


@cache
def catalogue() -> Catalogue:
    """The committed fiches."""
    return load_catalogue()


@cache
def territory() -> Territory:
    """The committed tables."""
    return load_territory()


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the committed tables."""
    return Gazetteer(territory())


@cache
def names() -> SchemeNames:
    """The names of the committed schemes."""
    return SchemeNames(catalogue().schemes)


@cache
def conditions() -> StatedConditions:
    """The conditions of the committed schemes."""
    return StatedConditions(catalogue().schemes)


def commune(insee: str) -> Commune:
    """A commune by its code."""
    return territory().communes[insee]


def commune_of(population: int) -> Commune:
    """The commune whose population comes nearest to a number."""
    return min(territory().communes.values(), key=lambda c: abs(c.population - population))


def scheme_of(
    *criteria: Criterion,
    state: State = State.OPEN,
    windows: tuple[Window, ...] = (),
    scheme_id: str = "essai",
) -> Scheme:
    """A scheme with these criteria and nothing else of interest."""
    base = catalogue().scheme("videoprotection")
    status = Status(state=state, as_of="2026-11-01")
    changes = {"id": scheme_id, "criteria": criteria, "windows": windows, "status": status}
    return base.model_copy(update=changes)


def window(opens: str | None, closes: str | None) -> Window:
    """A window between two ISO dates."""
    return Window(
        opens=date.fromisoformat(opens) if opens else None,
        closes=date.fromisoformat(closes) if closes else None,
        source=(1,),
    )


def population(
    *, low: int | None = None, below: int | None = None, most: int | None = None, of: str = "commune"
):
    """A population criterion."""
    return PopulationBetween(
        kind="population_between",
        of=of,
        min_inclusive=low,
        max_exclusive=below,
        max_inclusive=most,
        source=(1,),
    )


def cost(low: float | None = None, most: float | None = None) -> CostBetween:
    """A cost criterion."""
    return CostBetween(kind="cost_between", min_inclusive=low, max_inclusive=most, source=(1,))


def located(*departments: str) -> LocatedIn:
    """A place criterion."""
    return LocatedIn(kind="located_in", departments=departments, source=(1,))


def labelled(*lists: TerritoryList) -> HasLabel:
    """A label criterion."""
    return HasLabel(kind="has_label", any_of=lists, source=(1,))


def listed(*lists: TerritoryList) -> ListedIn:
    """A laureate criterion."""
    return ListedIn(kind="listed_in", any_of=lists, source=(1,))


def asked_by(*kinds: Beneficiary) -> BeneficiaryIn:
    """A criterion on who asks."""
    return BeneficiaryIn(kind="beneficiary_in", any_of=kinds, source=(1,))


def about(*topics: Topic, question: str = "Le projet est-il celui que vise l’aide ?") -> ProjectIs:
    """A project criterion."""
    return ProjectIs(kind="project_is", any_of=topics, question=question, source=(1,))


def check(fact: str = "toit_vert", question: str | None = None, *, expected: bool = True) -> ManualCheck:
    """A condition to check by hand."""
    text = question or f"Le fait {fact} est-il établi pour ce projet ?"
    return ManualCheck(kind="manual_check", fact=fact, question=text, expected=expected, source=(1,))


def either(*criteria: Criterion) -> OneOf:
    """An alternative."""
    return OneOf(kind="one_of", criteria=criteria, source=(1,))


def open_window() -> WindowOpen:
    """The criterion that the call is open."""
    return WindowOpen(kind="window_open", source=(1,))


def parts_of(criterion: Criterion) -> Iterator[Criterion]:
    """The simple criteria of a criterion."""
    if isinstance(criterion, OneOf):
        yield from criterion.criteria
    else:
        yield criterion


def simple_criteria() -> list[tuple[Scheme, Criterion]]:
    """Every simple criterion of the committed fiches, with its scheme."""
    return [
        (scheme, part)
        for scheme in catalogue().schemes
        for criterion in scheme.criteria
        for part in parts_of(criterion)
    ]


def figures_of(criterion: Criterion) -> frozenset[float]:
    """The figures that a criterion rests on: its bounds, or those of its question."""
    if isinstance(criterion, PopulationBetween):
        bounds = (criterion.min_inclusive, criterion.max_exclusive, criterion.max_inclusive)
        return frozenset(float(bound) for bound in bounds if bound is not None)
    if isinstance(criterion, CostBetween):
        return frozenset(b for b in (criterion.min_inclusive, criterion.max_inclusive) if b is not None)
    if isinstance(criterion, ManualCheck | ProjectIs):
        return figure_values(criterion.question)
    if isinstance(criterion, OneOf):
        return frozenset(value for part in criterion.criteria for value in figures_of(part))
    return frozenset()


@dataclass
class Conversation:
    """A conversation about one scheme, answered by the verdict step alone: no index, no passage.

    ``typed`` tells whether what was asked comes back with the assistant's messages, as our clients send it.
    """

    scheme: str
    chosen: Commune | None = None
    today: date = TODAY
    typed: bool = True

    def __post_init__(self) -> None:
        """Start without a message."""
        self.messages: list[Message] = []
        self.step = VerdictStep(catalogue(), territory(), lambda: self.today)

    def say(self, text: str) -> Reply:
        """Say something; return the reply, which the conversation keeps."""
        self.messages.append(Message(role="user", content=text))
        question = understand(tuple(self.messages), names(), self.scheme)
        # After the first message, each one here answers a question of ours.
        question = replace(question, answers_us=len(self.messages) > 1)
        base = Reply(status="unanswerable", answer="Rien.", schemes=(self.scheme,))
        reply = self.step.add(base, question, self.applicant())
        bare = Message(role="assistant", content=reply.answer)
        self.messages.append(Message.of_reply(reply) if self.typed else bare)
        return reply

    def applicant(self) -> Applicant:
        """What has been read so far."""
        return applicant(self.messages, self.chosen, self.scheme)


def applicant(messages: Sequence[Message], chosen: Commune | None = None, *schemes: str) -> Applicant:
    """Read who asks as the engine does."""
    found = [catalogue().scheme(name) for name in schemes]
    return read_applicant(
        messages, chosen, found, PlaceReader(gazetteer(), names()), conditions(), names().masked
    )


def turns(*texts: str) -> tuple[Message, ...]:
    """A conversation whose turns are the user's and the assistant's, in turn."""
    roles = ("user", "assistant")
    return tuple(Message(role=roles[place % 2], content=text) for place, text in enumerate(texts))


def ask(scheme: Scheme, facts: Facts | None = None) -> Ask | None:
    """The question that is asked of a scheme, from what is known."""
    known = facts or Facts()
    return next_question(assess(scheme, known, territory(), TODAY), Case(scheme, known, territory(), TODAY))


def after(scheme: Scheme, answer: str, facts: Facts | None = None) -> Facts:
    """The facts after an answer to the question that is asked."""
    asked = ask(scheme, facts)
    assert asked is not None
    return read_answer(asked.text, answer, [scheme], facts or Facts())


def verdict(scheme: Scheme, facts: Facts) -> str:
    """The verdict on a scheme from what is known."""
    return assess(scheme, facts, territory(), TODAY).verdict
