"""Gather, turn after turn, what a conversation says of the applicant; the later turn wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.eligibility.facts import BENEFICIARY, Facts, label_key, laureate_key
from assistant.reading.answers import questions_of, read_answer
from assistant.reading.conditions import StatedConditions
from assistant.reading.statement import read_statement
from assistant.reading.topics import find_topics
from assistant.reply import Asked, Message
from corpus.communes.commune import DEPARTMENTS, Commune
from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold
from corpus.labels import Beneficiary, TerritoryList
from corpus.places.gazetteer import Gazetteer
from corpus.places.mention import Mention
from corpus.places.resolution import Ambiguous, Found

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
# "à côté de Laon", "j’ai vu que Noyon": a landmark or an example, not the commune meant.
_NEIGHBOUR = re.compile(
    r"\b(?:vu|lu|entendu|appris)(?: dire)? qu(?:e |')(?:la (?:ville|commune) de )?$|\bexemple d(?:e |u |')$|"
    r"\b(?:a cote|pres|proche|loin|autour|voisine?|environs|comme|contrairement)(?: d[eu']| a)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is known of who asks.

    Attributes:
        facts: what was stated or chosen.
        between: communes of the same name, of which the person must choose one; empty when clear.
        said_now: whether the last message stated a fact that wasn't known before.
        communes: every commune that the last message names, for a question about several.
        own_words: the user's messages; their figures may be repeated.
    """

    facts: Facts
    between: tuple[Commune, ...] = ()
    said_now: bool = False
    communes: tuple[Commune, ...] = ()
    own_words: tuple[str, ...] = ()

    @property
    def labels_named(self) -> frozenset[str]:
        """Schemes that the person names as a label that they have or not, rather than as an aid sought."""
        return frozenset(scheme for key, scheme in _LABEL_SCHEMES.items() if key in self.facts.claims)

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places that the conversation means: its communes and its department."""
        chosen = (self.facts.commune,) if self.facts.commune else ()
        labels = dict.fromkeys(commune.label for commune in (*chosen, *self.between, *self.communes))
        department = self.facts.department
        return (*labels, *((DEPARTMENTS[department],) if department else ()))


def read_applicant(
    messages: Sequence[Message],
    chosen: Commune | None,
    schemes: Sequence[Scheme],
    gazetteer: Gazetteer,
    conditions: StatedConditions,
    mask: Callable[[str], str] = str,
) -> Applicant:
    """Read the user's messages in order, each with the assistant's one before it.

    Args:
        messages: the conversation.
        chosen: the commune chosen beside the chat; one named in a message goes before it.
        schemes: the schemes that the conversation is about.
        gazetteer: recognises communes.
        conditions: recognises conditions of the schemes.
        mask: takes the names of schemes out of a text ("Mon commerce d’ici" isn't my shop).
    """
    facts = Facts(commune=chosen)
    between: tuple[Commune, ...] = ()
    communes: tuple[Commune, ...] = ()
    previous, asked = "", None
    before = facts
    for message in messages:
        if message.role == "assistant":
            previous, asked = message.content, message.asked
            continue
        before = facts
        text = message.content
        mentions = gazetteer.mentions(text)
        found, several = _communes(text, mentions)
        if found:
            if facts.commune is not None and found[0].insee != facts.commune.insee:
                facts = replace(facts, population=None)
            facts = replace(facts, commune=found[0])
            between = ()
        elif several:
            between = several
        communes = found
        topics = find_topics(_without_places(text, mentions))
        if topics and not _asks_who(asked, previous):
            facts = replace(facts, project=facts.project | topics)
        facts = read_statement(mask(text), facts)
        stated = conditions.read(text, schemes)
        if found or several:
            facts = facts.with_claims(stated)
        else:
            facts = read_answer(previous, text, schemes, facts, asked, stated)
    said_now = replace(facts, project=before.project) != before and not _only_town_hall(before, facts)
    own_words = tuple(message.content for message in messages if message.role == "user")
    return Applicant(_with_default(facts, own_words), between, said_now, communes, own_words)


def _asks_who(asked: Asked | None, previous: str) -> bool:
    """Whether the assistant had just asked who would apply: what follows says nothing of the project."""
    return any(question.fact == BENEFICIARY for question in questions_of(asked, previous, {}))


def _without_places(text: str, mentions: Sequence[Mention]) -> str:
    """A message without the names of communes: Château-Thierry is no heritage project, Rue no street."""
    for mention in reversed(mentions):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return text


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


def _communes(text: str, mentions: Sequence[Mention]) -> tuple[tuple[Commune, ...], tuple[Commune, ...]]:
    """The communes that a message surely names, and those between which it leaves the choice."""
    found: list[Commune] = []
    several: tuple[Commune, ...] = ()
    for mention in mentions:
        if not mention.certain and not mention.alone:
            continue
        match mention.resolution:
            case Found(commune=commune):
                if not _NEIGHBOUR.search(fold(text[: mention.start])):
                    found.append(commune)
            case Ambiguous(candidates=candidates):
                several = candidates
    return tuple(dict.fromkeys(found)), several
