"""Gather, turn after turn, what a conversation says of the applicant; the later turn wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from assistant.eligibility.facts import BENEFICIARY, Facts, label_key, laureate_key
from assistant.reading.answers import questions_of, read_answer
from assistant.reading.asking_subject import commune_asks
from assistant.reading.cases_aside import cases_aside
from assistant.reading.conditions import StatedConditions
from assistant.reading.french.mending import mends
from assistant.reading.funders import without_funders
from assistant.reading.place_choice import refuses
from assistant.reading.place_reader import PlaceReader
from assistant.reading.places import Place, Role, Standing
from assistant.reading.quantities import population_unread
from assistant.reading.statement import read_statement
from assistant.reading.topics import find_topics
from assistant.reading.who import read_other
from assistant.reply import Asked, Message
from corpus.communes.commune import DEPARTMENTS, Commune
from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold
from corpus.labels import Beneficiary, TerritoryList

_LABEL_SCHEMES = {
    label_key(TerritoryList.PVD): "etat-pvd",
    label_key(TerritoryList.ACV): "etat-acv",
    label_key(TerritoryList.VILLAGES_AVENIR): "etat-villages-avenir",
    laureate_key(TerritoryList.CVCB_PHASE_2): "cvcb",
}
# "J’ai une mercerie à…", "je tiens un…": someone's own business, whatever it is.
_OWN = re.compile(
    r"\bj'ai (?:une?|mon|ma) (?!question|projet|dossier|doute|idee|demande|devis|reunion|conseil|peu)"
    r"\w+ (?:a|sur|dans)\b"
    r"|\bje (?:tiens|possede|exploite|gere|reprends|ouvre) (?:une?|le|la|mon|ma)\b"
)
# "Et pour une commune de 500 habitants ?": no longer the one that was named.
_ANY_COMMUNE = re.compile(
    r"\bune (?:autre |petite |plus petite |plus grande )?(?:commune|ville) (?:de|d'|avec|a) (?:environ )?\d"
)
# "Lens a déjà eu l’aide, et nous ?": what another commune had.
_HAD = re.compile(r"\s*(?:l')?a (?:deja |bien )?(?:eu|recu|obtenu|beneficie|touche|fait|installe|demande)\b")


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is known of who asks.

    Attributes:
        facts: what was stated or chosen.
        said_now: whether the last message stated a fact that wasn't known before.
        communes: every commune that the last message asks about, who asks first.
        own_words: the user's messages; their figures may be repeated.
        named: the places that the last message names.
        unsettled: the place that the question is about and that isn't one commune of the region; None when clear.
        population_unread: whether the last message gives inhabitants in a figure that can't be read, and nothing
            else tells how many there are.
    """

    facts: Facts
    said_now: bool = False
    communes: tuple[Commune, ...] = ()
    own_words: tuple[str, ...] = ()
    named: tuple[Place, ...] = ()
    unsettled: Place | None = None
    population_unread: bool = False

    @property
    def between(self) -> tuple[Commune, ...]:
        """The communes of which the person must choose one; empty when clear."""
        is_choice = self.unsettled is not None and self.unsettled.standing is Standing.AMBIGUOUS
        return self.unsettled.communes if self.unsettled is not None and is_choice else ()

    @property
    def left(self) -> tuple[Place, ...]:
        """The places of the last message that no verdict can be about, other than neighbours and examples."""
        meant = (place for place in self.named if _is_meant(place) and place.commune is None)
        return tuple(place for place in meant if place.certain or not self.communes)

    @property
    def labels_named(self) -> frozenset[str]:
        """Schemes that the person names as a label that they have or not, rather than as an aid sought."""
        return frozenset(scheme for key, scheme in _LABEL_SCHEMES.items() if key in self.facts.claims)

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places that the conversation means: its communes and its department."""
        chosen = (self.facts.commune,) if self.facts.commune else ()
        open_places = (*self.named, *((self.unsettled,) if self.unsettled else ()))
        offered = (commune for place in open_places for commune in place.communes)
        labels = dict.fromkeys(commune.label for commune in (*chosen, *self.communes, *offered))
        written = dict.fromkeys(text for place in open_places for text in (place.text, place.where) if text)
        department = self.facts.department
        return (*labels, *written, *((DEPARTMENTS[department],) if department else ()))


def read_applicant(
    messages: Sequence[Message],
    chosen: Commune | None,
    schemes: Sequence[Scheme],
    places: PlaceReader,
    conditions: StatedConditions,
    mask: Callable[[str], str] = str,
) -> Applicant:
    """Read the user's messages in order, each with the assistant's one before it.

    Args:
        messages: the conversation.
        chosen: the commune chosen beside the chat; one named in a message goes before it.
        schemes: the schemes that the conversation is about.
        places: reads the places of messages.
        conditions: recognises conditions of the schemes.
        mask: takes the names of schemes out of a text ("Mon commerce d’ici" isn't my shop).
    """
    facts = Facts(commune=chosen)
    unsettled: Place | None = None
    communes: tuple[Commune, ...] = ()
    named: tuple[Place, ...] = ()
    previous, asked = "", None
    before = facts
    told: list[str] = []
    town_asks = False
    for message in messages:
        if message.role == "assistant":
            previous, asked = message.content, message.asked
            continue
        before = facts
        text = message.content
        named = places.read(text)
        communes, left = _meant(text, named)
        if facts.commune is not None:
            unsettled = None
        if communes:
            if facts.commune is not None and communes[0].insee != facts.commune.insee:
                facts = replace(facts, population=None)
            facts = replace(facts, commune=communes[0])
            unsettled = None
        elif left is not None and (left.certain or facts.commune is None):
            unsettled = left
        elif unsettled is not None and previous and refuses(text):
            unsettled = replace(unsettled, standing=Standing.AMBIGUOUS, communes=(), against="")
        plain = places.masked(text)
        facts = _of_another(text, named, facts) if previous else facts
        topics = find_topics(plain)
        if topics and not _asks_who(asked, previous):
            facts = replace(facts, project=facts.project | topics)
        asks = commune_asks(text, named, commune_known=facts.commune is not None)
        town_asks = town_asks or asks
        told.append(without_funders(mask(plain)))
        facts = read_statement(told[-1], facts, commune_asks=asks)
        stated = conditions.read(plain, schemes)
        if communes or left is not None:
            facts = facts.with_claims(stated)
        else:
            facts = read_answer(previous, text, schemes, facts, asked, stated)
    said_now = replace(facts, project=before.project) != before and not _only_town_hall(before, facts)
    own_words = tuple(message.content for message in messages if message.role == "user")
    facts = _settled(facts, own_words, [] if town_asks else _sought(schemes, facts), told)
    facts = replace(facts, aside=cases_aside(schemes, facts.project))
    is_open = facts.population is None and facts.commune is None
    unread = is_open and bool(told) and population_unread(fold(told[-1]))
    return Applicant(facts, said_now, communes, own_words, named, unsettled, unread)


def _sought(schemes: Sequence[Scheme], facts: Facts) -> list[Scheme]:
    """The schemes that a conversation is about, less those that are only labels that the commune has."""
    held = {scheme for key, scheme in _LABEL_SCHEMES.items() if key in facts.claims}
    return [scheme for scheme in schemes if scheme.id not in held]


def _settled(facts: Facts, own_words: Sequence[str], schemes: Sequence[Scheme], told: Sequence[str]) -> Facts:
    """The facts with who asks: by default the town hall, unless what is asked for is for others than communes.

    "Un serrurier de Soissons peut-il viser le DACS ?" is asked by a town hall for someone else.
    """
    may_be = not schemes or any(Beneficiary.COMMUNE in scheme.beneficiaries for scheme in schemes)
    if may_be or facts.beneficiary not in {None, Beneficiary.COMMUNE}:
        return _with_default(facts, own_words)
    kinds = tuple(dict.fromkeys(kind for scheme in schemes for kind in scheme.beneficiaries))
    named = (read_other(fold(text), kinds) for text in reversed(told))
    other = next((who for who in named if who is not None), None)
    return facts if other is None else replace(facts, beneficiary=other)


def _of_another(text: str, named: Sequence[Place], facts: Facts) -> Facts:
    """The facts without the commune told before, where a message asks for any of so many inhabitants."""
    if named or not _ANY_COMMUNE.search(fold(text)):
        return facts
    return replace(facts, commune=None, population=None)


def _asks_who(asked: Asked | None, previous: str) -> bool:
    """Whether the assistant had just asked who would apply: what follows says nothing of the project."""
    return any(question.fact == BENEFICIARY for question in questions_of(asked, previous, {}))


def _only_town_hall(before: Facts, after: Facts) -> bool:
    """Whether all that a message tells is that a town hall speaks."""
    same = replace(after, project=before.project, beneficiary=before.beneficiary) == before
    return same and after.beneficiary is Beneficiary.COMMUNE


def _with_default(facts: Facts, own_words: Sequence[str]) -> Facts:
    """Who speaks of a commune without saying who they are speaks for the town hall, unless of their own."""
    if any(_OWN.search(fold(text)) for text in own_words):
        return facts
    if facts.beneficiary is None and (facts.commune or facts.population):
        return replace(facts, beneficiary=Beneficiary.COMMUNE)
    return facts


def _meant(text: str, places: Sequence[Place]) -> tuple[tuple[Commune, ...], Place | None]:
    """The communes that a message asks about, who asks first; and the first other place that it's about."""
    meant = _not_taken_back(text, [place for place in places if _is_meant(place)])
    if any(place.role is Role.APPLICANT for place in meant):
        meant = [p for p in meant if p.role is Role.APPLICANT or not _HAD.match(fold(text[p.end :]))]
        meant.sort(key=lambda place: place.role is not Role.APPLICANT)
    found = dict.fromkeys(place.commune for place in meant if place.commune is not None)
    return tuple(found), next((place for place in meant if place.commune is None), None)


def _not_taken_back(text: str, places: Sequence[Place]) -> list[Place]:
    """The places of a message without those that it takes back: "à Hergnies, non pardon, à Gouzeaucourt"."""
    return [
        place
        for place, following in zip_longest(places, places[1:])
        if following is None or not mends(fold(text[place.end : following.start]))
    ]


def _is_meant(place: Place) -> bool:
    return place.role is not Role.EXAMPLE
