"""Simulated applicants answer the assistant's questions from hidden facts; no verdict may be wrong.

Each one sees what a user sees: the text of the reply and its choices. What they hide is drawn with a
fixed seed: a commune, who asks, the project, the cost, every condition, the lists that are incomplete.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from random import Random
from statistics import median

import pytest
from verdict_builders import TODAY, Conversation, catalogue, commune, parts_of, territory

from assistant.eligibility.assess import assess
from assistant.eligibility.availability import availability_on
from assistant.eligibility.facts import Facts, Range, label_key, laureate_key
from assistant.eligibility.judge import judge
from assistant.eligibility.kind import NO, UNSURE, YES, Case
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.applicant import ASK_WHO
from assistant.eligibility.kinds.cost import ASK_COST
from assistant.eligibility.next_question import ALL, ASK_ALL, ASK_COMMUNE, NOT_ALL
from assistant.eligibility.words import list_name
from assistant.reading.topics import find_topics
from assistant.reply import Reply
from corpus.communes.commune import Commune
from corpus.communes.lists import Presence
from corpus.fiches.criteria import (
    BeneficiaryIn,
    CostBetween,
    Criterion,
    HasLabel,
    ListedIn,
    LocatedIn,
    ManualCheck,
    PopulationBetween,
    ProjectIs,
    WindowOpen,
)
from corpus.fiches.scheme import Scheme
from corpus.labels import BENEFICIARY_LABELS, Beneficiary, TerritoryList, Topic

SEED, DIALOGUES, MOST_TURNS = 20261123, 400, 8
DECIDED = {"eligible", "not_eligible"}


def _is_undecidable(scheme: Scheme) -> bool:
    """Whether what the fiche doesn't know keeps any verdict open: a call whose reopening wasn't found."""
    waits = any(isinstance(criterion, WindowOpen) for criterion in scheme.criteria)
    return waits and availability_on(scheme, TODAY).state == "unknown"


# A condition of this one isn't shown: the sentences that it cites don't give its figure of 7 500.
LEFT_OUT = {"culture-investissement"}
WITH_CRITERIA = [
    scheme
    for scheme in catalogue().schemes
    if scheme.criteria and scheme.id not in LEFT_OUT and not _is_undecidable(scheme)
]
# How each kind of applicant says who they are when they open the conversation.
WHO = {
    Beneficiary.COMMUNE: "Notre commune est-elle éligible à cette aide ?",
    Beneficiary.EPCI: "Nous sommes une communauté de communes. Sommes-nous éligibles à cette aide ?",
    Beneficiary.SYNDICATE: "Nous sommes un syndicat mixte. Sommes-nous éligibles à cette aide ?",
    Beneficiary.DEPARTMENT: "Nous sommes le département. Sommes-nous éligibles à cette aide ?",
    Beneficiary.PUBLIC_BODY: "Nous sommes un établissement public. Sommes-nous éligibles à cette aide ?",
    Beneficiary.ASSOCIATION: "Nous sommes une association. Sommes-nous éligibles à cette aide ?",
    Beneficiary.COMPANY: "Je suis gérante d’une entreprise. Suis-je éligible à cette aide ?",
    Beneficiary.FARMER: "Je suis agriculteur. Suis-je éligible à cette aide ?",
    Beneficiary.LANDLORD: "Je suis propriétaire. Suis-je éligible à cette aide ?",
    Beneficiary.INDIVIDUAL: "Je suis un particulier. Suis-je éligible à cette aide ?",
}
SAYS_NOTHING = "Avons-nous droit à cette aide ?"


@dataclass
class Person:
    """Someone who knows all about their case, and answers what is asked.

    Attributes:
        scheme: what they ask about.
        truth: all the facts.
        ignores: how often they say that they don't know, from 0 to 1.
        draw: the source of chance.
        asked: the questions met, without markers.
    """

    scheme: Scheme
    truth: Facts
    ignores: float
    draw: Random
    asked: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """The verdict with all the facts."""
        return assess(self.scheme, self.truth, territory(), TODAY).verdict

    def answer(self, reply: Reply) -> str:
        """Answer the question of a reply."""
        place = self.truth.commune
        assert place is not None
        lines = [_plain(line) for line in reply.answer.splitlines()]
        if place.label in reply.choices:
            self.asked.append(f"{lines[-1]} (laquelle)")
            return place.label
        start = next((n for n, line in enumerate(lines) if line == _plain(ASK_ALL)), len(lines) - 1)
        self.asked.append("\n".join(lines[start:]))
        if lines[-1] == _plain(ASK_COMMUNE):
            return place.name
        if lines[-1] == _plain(ASK_WHO):
            return self._who(reply)
        if UNSURE in reply.choices and self.draw.random() < self.ignores:
            return UNSURE
        if lines[-1] == _plain(ASK_COST):
            assert self.truth.cost is not None
            return f"{self.truth.cost.low:.0f} €"
        return self._yes_or_no(lines[start:], reply)

    def _who(self, reply: Reply) -> str:
        wanted = BENEFICIARY_LABELS[self.truth.beneficiary or Beneficiary.COMMUNE]
        return next((choice for choice in reply.choices if choice.lower() == wanted.lower()), wanted)

    def _yes_or_no(self, lines: list[str], reply: Reply) -> str:
        if len(lines) > 1:
            assert reply.choices == (ALL, NOT_ALL, UNSURE)
            return ALL if all(self._holds(line) for line in lines[1:]) else NOT_ALL
        assert reply.choices == (YES, NO, UNSURE)
        return YES if self._is_yes(lines[0]) else NO

    def _holds(self, line: str) -> bool:
        """Whether a condition to tick is met, as whoever reads it would say."""
        criterion = max(self.scheme.criteria, key=lambda item: _spoken_of(line, item))
        assert _spoken_of(line, criterion)
        return self._met(criterion)

    def _is_yes(self, question: str) -> bool:
        criterion = max(self.scheme.criteria, key=lambda item: _spoken_of(question, item))
        assert _spoken_of(question, criterion)
        if isinstance(criterion, ManualCheck):
            return self._met(criterion) is criterion.expected
        return self._met(criterion)

    def _met(self, criterion: Criterion) -> bool:
        verdict = judge(criterion, -1, Case(self.scheme, self.truth, territory(), TODAY)).verdict
        assert verdict != "unknown"
        return verdict == "met"


def _plain(text: str) -> str:
    return re.sub(r" ?\[\d+\]", "", text).replace("\u00a0", " ").strip()


def _spoken_of(text: str, criterion: Criterion) -> int:
    """How many letters of a question or a line to tick are about a criterion: none of a part left out."""
    told = (
        kind_of(part).line if _is_denied(part) and "?" not in text else None for part in parts_of(criterion)
    )
    return sum(
        len(words)
        for part, line in zip(parts_of(criterion), told, strict=True)
        if (words := _plain(line) if line else _words_of(part, text)) in text
    )


def _is_denied(part: Criterion) -> bool:
    """Whether a no is what meets a condition: it's listed as what must hold."""
    return isinstance(part, ManualCheck) and not part.expected


def _words_of(part: Criterion, text: str) -> str:
    """The words that a part of a criterion has in a text."""
    if isinstance(part, HasLabel | ListedIn):
        name = list_name(part.any_of[0])
        return _plain(f"« {name} »" if text.endswith("?") else name)
    return _plain(part.question if isinstance(part, ManualCheck | ProjectIs) else kind_of(part).label)


# --- what they hide ---------------------------------------------------------------------------------


def _parts(scheme: Scheme) -> list[Criterion]:
    return [part for criterion in scheme.criteria for part in parts_of(criterion)]


# What only some applicants and some communes can truly say yes to.
_ONLY_FOR = {
    "Le demandeur est-il une association": {Beneficiary.ASSOCIATION},
    "Le demandeur est-il un EPCI": {Beneficiary.EPCI},
    "Le demandeur est-il un particulier": {Beneficiary.INDIVIDUAL, Beneficiary.LANDLORD},
}


def _may_be_true(question: str, who: Beneficiary, place: Commune) -> bool:
    if "de 2 000 à 20 000 habitants" in question.replace("\u00a0", " "):
        return 2_000 <= place.population <= 20_000
    return all(who in kinds for opening, kinds in _ONLY_FOR.items() if question.startswith(opening))


def _truth(scheme: Scheme, draw: Random) -> Facts:
    parts = _parts(scheme)
    place = _place(scheme, draw)
    allowed = [kind for part in parts if isinstance(part, BeneficiaryIn) for kind in part.any_of]
    usual = Beneficiary.COMMUNE if Beneficiary.COMMUNE in allowed or not allowed else allowed[0]
    chance = draw.random()
    others = [*allowed, *Beneficiary]
    who = usual if chance < 0.6 else draw.choice(others)
    topics = [topic for part in parts if isinstance(part, ProjectIs) for topic in part.any_of]
    project = {draw.choice(topics)} if topics and draw.random() < 0.85 else {Topic.GENERAL} - set(topics)
    claims: dict[str, bool] = {}
    for part in parts:
        if isinstance(part, ManualCheck):
            told = part.expected if draw.random() < 0.9 else not part.expected
            claims[part.fact] = told and _may_be_true(part.question, who, place)
    for item in TerritoryList:
        if territory().membership(place.insee, item).presence is Presence.UNKNOWN:
            claims[label_key(item)] = claims[laureate_key(item)] = draw.random() < 0.6
    bounds = [part.min_inclusive for part in parts if isinstance(part, CostBetween) and part.min_inclusive]
    cost = round(draw.choice(bounds or [10_000]) * draw.choice([0.5, 1, 1, 2, 3]))
    return Facts(
        commune=place,
        beneficiary=who,
        cost=Range.exactly(cost),
        project=frozenset(project),
        not_project=frozenset(Topic) - project,
    ).with_claims(claims)


@cache
def _plain_names() -> list[Commune]:
    """The communes whose name isn't also a word for a project (Rue, Moulins)."""
    return [place for place in territory().communes.values() if not find_topics(place.label)]


def _place(scheme: Scheme, draw: Random) -> Commune:
    """A commune: half of the time among the large ones or those of a list of the scheme."""
    places = _plain_names()
    lists = [item for part in _parts(scheme) if isinstance(part, HasLabel | ListedIn) for item in part.any_of]
    chance = draw.random()
    if lists and chance < 0.5:
        insee = draw.choice(sorted(territory().lists[draw.choice(lists)].entries))
        return commune(insee) if commune(insee) in places else draw.choice(places)
    if chance < 0.75:
        return draw.choice([place for place in places if place.population >= 2000])
    return draw.choice(places)


# --- the dialogues ----------------------------------------------------------------------------------


@dataclass
class Outcome:
    """How a dialogue went."""

    person: Person
    replies: list[Reply]
    talk: Conversation

    @property
    def verdict(self) -> str:
        """The last verdict said."""
        said = [reply.eligibility[0].verdict for reply in self.replies if reply.eligibility]
        return said[-1] if said else "undetermined"

    @property
    def told(self) -> str:
        """The conversation, for a message of failure."""
        lines = [f"{message.role}: {message.content}" for message in self.talk.messages]
        return "\n".join((f"{self.person.scheme.id}: {self.person.verdict}", str(self.person.truth), *lines))


def _talk(draw: Random, ignores: float, *, typed: bool) -> Outcome:
    scheme = draw.choice(WITH_CRITERIA)
    truth = _truth(scheme, draw)
    person = Person(scheme, truth, ignores, draw)
    chosen = truth.commune if draw.random() < 0.5 else None
    talk = Conversation(scheme.id, chosen, typed=typed)
    placed = any(isinstance(part, PopulationBetween | LocatedIn) for part in _parts(scheme))
    # Who names a commune without saying who they are is taken for its town hall: others say so.
    quiet = truth.beneficiary is Beneficiary.COMMUNE or (
        not (chosen or placed) and truth.beneficiary is not Beneficiary.COMPANY
    )
    opening = SAYS_NOTHING if quiet else WHO[truth.beneficiary or Beneficiary.COMMUNE]
    replies = [talk.say(opening)]
    while replies[-1].choices or ASK_COMMUNE in replies[-1].answer:
        assert len(replies) <= MOST_TURNS
        replies.append(talk.say(person.answer(replies[-1])))
    return Outcome(person, replies, talk)


def _dialogues(ignores: float, *, typed: bool = True) -> list[Outcome]:
    draw = Random(SEED)
    return [_talk(draw, ignores, typed=typed) for _ in range(DIALOGUES)]


@pytest.fixture(scope="module")
def sure() -> list[Outcome]:
    return _dialogues(0)


@pytest.fixture(scope="module")
def unsure() -> list[Outcome]:
    return _dialogues(0.4)


@pytest.fixture(scope="module", params=["sure", "unsure"])
def outcomes(request: pytest.FixtureRequest) -> list[Outcome]:
    return request.getfixturevalue(request.param)


pytestmark = pytest.mark.slow


def test_the_people_differ(sure: list[Outcome]) -> None:
    assert len(sure) >= 200
    assert len({outcome.person.scheme.id for outcome in sure}) >= 0.9 * len(WITH_CRITERIA)
    assert {outcome.person.verdict for outcome in sure} >= DECIDED
    assert sum(outcome.person.verdict == "eligible" for outcome in sure) >= 50
    assert sum(not outcome.person.asked for outcome in sure) < len(sure) / 2


def test_no_verdict_is_wrong(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        for reply in outcome.replies:
            for shape in reply.eligibility:
                assert shape.scheme_id == outcome.person.scheme.id
                if shape.verdict in DECIDED:
                    assert shape.verdict == outcome.person.verdict, outcome.told


@pytest.mark.parametrize("ignores", [0, 0.4])
def test_clients_that_do_not_send_back_what_was_asked_get_the_same(
    ignores: float, request: pytest.FixtureRequest
) -> None:
    typed = request.getfixturevalue("unsure" if ignores else "sure")
    for mine, other in zip(typed, _dialogues(ignores, typed=False), strict=True):
        assert mine.replies == other.replies, other.told


def test_those_who_know_all_get_their_verdict_in_two_questions(sure: list[Outcome]) -> None:
    decided = [outcome for outcome in sure if outcome.verdict in DECIDED]
    assert median(len(outcome.person.asked) for outcome in decided) <= 2
    decidable = [outcome for outcome in sure if outcome.person.verdict in DECIDED]
    assert len(decided) >= 0.9 * len(decidable)


def test_the_same_thing_is_never_asked_twice(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        asked = outcome.person.asked
        lines = [line for text in asked for line in text.splitlines() if line.startswith("- ")]
        assert len(set(asked)) == len(asked), outcome.told
        assert len(set(lines)) == len(lines), outcome.told


def test_what_the_commune_table_knows_is_never_asked(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        place, known = outcome.person.truth.commune, outcome.talk.chosen is not None
        assert place is not None
        open_names = {
            list_name(item)
            for item in TerritoryList
            if territory().membership(place.insee, item).presence is Presence.UNKNOWN
        }
        for text in outcome.person.asked:
            if known:
                assert text != _plain(ASK_COMMUNE), outcome.told
                assert "habitants ?" not in text, outcome.told
                if "fait-elle partie de" in text:
                    assert any(name in text for name in open_names), outcome.told
            known = known or text == _plain(ASK_COMMUNE)


def test_a_decided_verdict_stops_the_questions(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        decided = [
            bool(reply.eligibility) and reply.eligibility[0].verdict in DECIDED for reply in outcome.replies
        ]
        assert True not in decided[:-1], outcome.told
        if decided[-1]:
            assert not outcome.replies[-1].choices, outcome.told
            assert outcome.replies[-1].status == "answered"


def test_a_question_always_goes_with_a_clarification(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        assert [reply.status for reply in outcome.replies[:-1]] == ["clarification"] * len(
            outcome.person.asked
        ), outcome.told


def test_who_knows_nothing_more_is_not_pressed(unsure: list[Outcome]) -> None:
    some = [outcome for outcome in unsure if outcome.verdict == "undetermined"]
    assert some
    for outcome in some:
        assert not outcome.replies[-1].choices
        assert outcome.replies[-1].status == "answered"
