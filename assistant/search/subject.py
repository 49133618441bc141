"""Find which schemes a question is about: named, spoken of in the conversation, or the likeliest."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from assistant.eligibility.facts import Facts
from assistant.reading.conditions import StatedConditions, manual_checks
from assistant.reading.funders import without_funders
from assistant.reading.intents import Intent, content_words, find_intents
from assistant.reading.names import SchemeNames
from assistant.reading.sides import denies, sides
from assistant.reading.statement import read_statement
from assistant.reading.topics import find_topics
from assistant.reading.understand import Question
from assistant.reply import Message
from assistant.search.asked_index import AskedIndex
from assistant.search.beside import is_named, pages_beside
from assistant.search.hits import RetrievedChunk
from assistant.search.learned_subject import LearnedSubject
from assistant.search.nearest import NOWHERE, AnswerSpace
from assistant.search.page_space import PageSpace
from assistant.search.retrieve import DEPTH, HybridRetriever
from assistant.search.schemes import (
    WEIGHTS,
    RankedScheme,
    compared,
    demoted,
    likeliest,
    of_funders_asked,
    prefer_funder,
    rank_schemes,
    surely_named,
    without,
)
from corpus.fiches.catalogue import Catalogue
from corpus.labels import Beneficiary, RelationKind, Topic
from ingest.lexical import analyse

PASSAGES_OF_SUBJECTS = 30
_NEAR, _LEAST_NEAR = 3, 0.03
# How many of the likeliest schemes are held against the conditions that the message states.
_LOOKED_AT = 5
# Words that only compare: on folded text.
_ONLY_COMPARES = re.compile(
    r"\b(?:lequel|laquelle|lesquel\w+|chacune?|deux|meilleure?s?|gros(?:se)?s?|haute?s?|elevee?s?|dites?|donne\w*|limite\w*"
    r"|comprend\w*|rembours\w+|verse\w*|obten\w+|difference|pareil|mieux|plus|moins)\b"
)
# What each side of a comparison must be like, and how likely both must be together.
_LIKE_OF_A_SIDE, _SHARE_OF_SIDES = 0.25, 0.1
# How many schemes a side may be about, and how much more often related schemes are compared.
_LIKE_A_SIDE, _OFTEN_COMPARED = 3, 4.0
# A message that people ask nearly so about another scheme changes the subject.
_SURE, _ALIKE = 0.9, 0.3
# By what was learned too: the words of "c’était ouvert à qui ?" lean to some scheme, and tell of none.
_SURE_LEARNED = 0.6
# Weight (inverse document frequency) of a word that a quarter of the passages hold.
_TELLING = 1.6
# So many of them tell a need, where no wording says that something is asked.
_TELLING_WORDS = 3
_ENDED = re.compile(r"[.!?…]$")
_SEVERAL = frozenset({Intent.LIST, Intent.DIFFERENCE})
_WHAT_CAN_BE_HAD = frozenset({Intent.HOW_MUCH, Intent.LIST, Intent.ELIGIBLE, Intent.COVERED})


def parts_of(catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    """For each scheme that others are part of: those."""
    found: dict[str, set[str]] = {}
    for scheme in catalogue.schemes:
        for link in scheme.relations:
            if link.kind is RelationKind.PART_OF:
                found.setdefault(link.scheme, set()).add(scheme.id)
    return {name: frozenset(parts) for name, parts in found.items()}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far what a question is about stands out, by its passages and sentences.

    Similarities are told beyond that of any sentence, so that they mean the same under every encoder.

    Attributes:
        passage: score of its best passage; 1 is the best of every way of searching, boosts come on top.
        several: mean similarity of its few nearest sentences, beyond the mean of all subjects' sentences.
        margin: similarity of its nearest sentence beyond that of all other subjects, or where there is no
            other beyond the mean of its own; negative when another is nearer.
    """

    passage: float = 0.0
    several: float = 0.0
    margin: float = 0.0

    @classmethod
    def of(cls, subjects: Collection[str], ranked: Sequence[RankedScheme]) -> Standing:
        """That of some subjects, the best of them where they are several, among all that were ranked."""
        own = [item for item in ranked if item.scheme_id in subjects]
        if not own:
            return cls()
        averages = [item.near.average for item in ranked if item.near is not NOWHERE]
        average = sum(averages) / len(averages) if averages else 0.0
        others = [item.near.best for item in ranked if item.scheme_id not in subjects]
        return cls(
            passage=max(item.passage for item in own),
            several=max(item.near.several for item in own) - average,
            margin=max(item.near.best for item in own) - max(others, default=average),
        )


UNKNOWN = Standing()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about.

    Attributes:
        question: the question, with its schemes and subjects.
        hits: the passages that may answer it, best first.
        standing: how far the subjects stand out.
        share: share of the likelihood of all schemes that is the subjects', between 0 and 1.
        learned: how likely they are by what was learned of messages about them; 0 where nothing was.
        near: the likeliest few schemes.
        found: every passage found, best first.
        ranked: the schemes that the question may be about, likeliest first.
    """

    question: Question
    hits: tuple[RetrievedChunk, ...]
    standing: Standing = UNKNOWN
    share: float = 0.0
    learned: float = 0.0
    near: tuple[str, ...] = ()
    found: tuple[RetrievedChunk, ...] = ()
    ranked: tuple[RankedScheme, ...] = ()


class SubjectFinder:
    """Finds the subject of questions from names, passages, and what people ask about each scheme."""

    def __init__(
        self,
        catalogue: Catalogue,
        retriever: HybridRetriever,
        names: SchemeNames,
        asked: AskedIndex,
        space: AnswerSpace,
        pages: PageSpace,
        conditions: StatedConditions,
        weights: Mapping[str, float] = WEIGHTS,
        learned: LearnedSubject | None = None,
    ) -> None:
        """Take the parts that tell schemes apart, and what each measure of a scheme weighs.

        Without ``learned``, they are ranked by what their fiches and the known questions say alone.
        """
        self._catalogue = catalogue
        self._retriever = retriever
        self._names = names
        self._asked = asked
        self._space = space
        self._pages = pages
        self._conditions = conditions
        self._weights = weights
        self._learned = learned
        self._parts = parts_of(catalogue)

    def passages(self, question: Question, only_scheme: str | None = None) -> list[RetrievedChunk]:
        """Retrieve the passages for a question, by the words that an answer must be about."""
        content = content_words(question.search_text)
        apart = self._apart(question)
        hits = self._retriever.retrieve(
            question.search_text,
            DEPTH,
            words=content if analyse(content) else None,
            only_scheme=only_scheme,
            schemes=question.schemes,
            sections=question.sections,
        )
        return [hit for hit in hits if hit.chunk.subject_id not in apart] if apart else hits

    def _apart(self, question: Question) -> frozenset[str]:
        """The schemes that a question leaves out, with the parts of each that it doesn't name."""
        parts = [self._parts.get(name, frozenset()) for name in question.apart]
        return question.apart.union(*parts) - set(question.schemes)

    def rank(
        self,
        text: str,
        hits: Sequence[RetrievedChunk],
        speaker: Beneficiary | None = None,
        stated: str | None = None,
    ) -> list[RankedScheme]:
        """Rank the schemes that a text may be about.

        Args:
            text: the text.
            hits: its passages, best first.
            speaker: who asks, when known.
            stated: what says which conditions are met; None for the text itself.
        """
        ranked = rank_schemes(
            text,
            hits,
            self._catalogue,
            speaker,
            self._asked.by_scheme(text),
            {**self._space.by_scheme(text), **self._pages.by_page(text, hits)},
            self._weights,
            self._learned_of(text) or None,
        )
        unfit = [
            item.scheme_id
            for item in ranked[:_LOOKED_AT]
            if item.scheme_id in self._catalogue
            and self._conditions.contradicts(stated or text, self._catalogue.scheme(item.scheme_id))
        ]
        return demoted(ranked, unfit) if unfit else ranked

    def _learned_of(self, text: str) -> Mapping[str, float]:
        """How likely a text is about each scheme of which something was learned."""
        return self._learned.by_scheme(text) if self._learned else {}

    def _rank_alone(self, text: str, speaker: Beneficiary | None = None) -> list[RankedScheme]:
        """Rank the schemes that a text may be about, by its own passages."""
        return self.rank(text, self.passages(Question(text=text, search_text=text)), speaker)

    def find(
        self,
        question: Question,
        messages: Sequence[Message],
        *,
        is_chosen: bool,
        only_scheme: str | None = None,
        named: Question | None = None,
    ) -> Subject:
        """Find the subject of the last message of a conversation.

        Args:
            question: the message, understood, without the names of its places: they tell no subject.
            messages: the conversation, its spelling mended, without them either.
            is_chosen: whether the client chose the scheme.
            only_scheme: keep to this scheme's passages.
            named: the question with the names of its places, to search for the answer; None for itself.
        """
        told = question if named is None else named
        users = [message.content for message in messages if message.role == "user"]
        speaker = self._speaker(users)
        hits = self.passages(question, only_scheme)
        apart = self._apart(question)
        ranked = without(self.rank(question.search_text, hits, speaker), apart)
        subjects = question.schemes
        if not (is_chosen or question.carried):
            question, ranked, hits = self._unless_by_the_way(question, ranked, hits, speaker, only_scheme)
            subjects = question.schemes
        if not is_chosen:
            before, subjects = question.schemes, self._borne_out(question, users, ranked, speaker)
            subjects = tuple(name for name in subjects if name not in apart)
            schemes = tuple(name for name in subjects if name in self._catalogue)
            question = replace(question, schemes=schemes)
            if not set(schemes) <= set(before):
                hits = self.passages(question, only_scheme)  # schemes found otherwise: theirs take part too
        if told.search_text != question.search_text:
            hits = self.passages(replace(told, schemes=question.schemes), only_scheme)
        subjects = subjects or of_funders_asked(
            likeliest(ranked, several=bool(question.intents & _SEVERAL)), question.text, self._catalogue
        )
        meant = subjects
        if len(subjects) == 1 and subjects[0] in self._catalogue and not (is_chosen or question.carried):
            proper = self._names.proper(question.text)
            subjects = prefer_funder(subjects, question.text, self._catalogue, proper)
        counterpart = subjects if subjects != meant else ()
        subjects = self._with_successor(subjects, question.intents)
        if question.schemes and not (is_chosen or question.intents & _SEVERAL):
            subjects += pages_beside(question.schemes, ranked, hits, self._catalogue, self._names)
        # Only the fiches of the schemes that the question is about may answer; every passage counts.
        own = tuple(hit for hit in hits if hit.chunk.subject_id in subjects)[:PASSAGES_OF_SUBJECTS]
        # An aid taken for its counterpart of the funder named is as likely as what it's taken for.
        stand = {*subjects, *meant}
        shares = [item.likelihood for item in ranked if item.scheme_id in stand]
        learned = self._learned_of(question.text)
        return Subject(
            question=replace(told, schemes=question.schemes, subjects=subjects),
            hits=own,
            standing=Standing.of(stand, ranked),
            share=1.0 if is_chosen or question.carried else max(shares, default=0.0),
            learned=max((learned.get(name, 0.0) for name in stand), default=0.0),
            near=counterpart or self._near(ranked),
            found=tuple(hits),
            ranked=tuple(ranked),
        )

    def _unless_by_the_way(
        self,
        question: Question,
        ranked: list[RankedScheme],
        hits: list[RetrievedChunk],
        speaker: Beneficiary | None,
        only_scheme: str | None,
    ) -> tuple[Question, list[RankedScheme], list[RetrievedChunk]]:
        """Set aside the fiches on no one need that ordinary words name, where the rest tells a need.

        "Déposer un dossier" tells what is to be done, "dotation de l’État" who pays: of a message that tells
        what for as well, they are the subject only if they are the likeliest without these words.
        """
        firm = self._names.firm(question.text) | self._names.called(question.text)
        loose = [
            name
            for name in question.schemes
            if name not in firm and Topic.GENERAL in self._catalogue.scheme(name).topics
        ]
        rest = self._names.without(question.text, loose)
        if not loose or question.intents & _SEVERAL or not self._says_what(rest, _TELLING_WORDS):
            return question, ranked, hits
        again = self._rank_alone(rest, speaker)
        likely = again[0].scheme_id if again else None
        if likely is None or likely in loose:
            return question, ranked, hits
        if likely not in self._catalogue and any(self._catalogue.scheme(name).is_aid for name in loose):
            return question, ranked, hits  # a page takes the place of what is no aid alone
        kept = tuple(name for name in question.schemes if name not in loose)
        question = replace(question, schemes=kept, subjects=kept)
        return question, again, self.passages(question, only_scheme)

    def _near(self, ranked: Sequence[RankedScheme]) -> tuple[str, ...]:
        """The likeliest few aids."""
        likely = (item.scheme_id for item in ranked[:_NEAR] if item.likelihood >= _LEAST_NEAR)
        return tuple(
            name for name in likely if name in self._catalogue and self._catalogue.scheme(name).is_aid
        )

    def _borne_out(
        self,
        question: Question,
        users: Sequence[str],
        ranked: Sequence[RankedScheme],
        speaker: Beneficiary | None,
    ) -> tuple[str, ...]:
        """The schemes named, less those that the conversation doesn't bear out; completed to compare."""
        if Intent.DIFFERENCE in question.intents:
            return self._compared(question, self._of_earlier(users, speaker) or ranked)
        if not question.carried:
            firm = self._names.firm(question.text)
            if Intent.LIST in question.intents and not self._names.proper(question.text):
                return ()  # "which aids for trees and hedges": a need, not one scheme
            sure = surely_named(question.schemes, firm, ranked)
            return tuple(dict.fromkeys(self._part_meant(name, ranked) for name in sure))
        hits = self.passages(Question(text=question.text, search_text=question.text))
        said = _one_after_another(users)
        # What the conversation is about tells what "elle n’est pas classée" denies.
        fresh = self.rank(question.text, hits, stated=said)
        if fresh:
            meant = self._for_what_is_denied(fresh, said)
            both = sum(item.likelihood for item in {fresh[0], meant})
            if self._has_its_own(replace(fresh[0], likelihood=both), question, hits):
                return (meant.scheme_id,)
        whole = self.rank(said, self.passages(replace(question, search_text=said)), speaker)
        if firm := self._names.firm(said):
            kept = [name for name in question.schemes if name in firm] or question.schemes
            return tuple(dict.fromkeys(self._part_meant(name, whole) for name in kept))
        return surely_named(question.schemes, frozenset(), whole) or likeliest(whole, several=False)

    def _for_what_is_denied(self, ranked: Sequence[RankedScheme], said: str) -> RankedScheme:
        """The likeliest; where its condition is denied, the one confused with it that hangs on the same fact.

        One is for what is listed, the other for what isn't.
        """
        best = ranked[0]
        if best.scheme_id not in self._catalogue:
            return best
        scheme = self._catalogue.scheme(best.scheme_id)
        confused = {link.scheme for link in scheme.relations if link.kind is RelationKind.OFTEN_CONFUSED_WITH}
        if not confused or not self._conditions.contradicts(said, scheme):
            return best
        facts = {check.fact for check in manual_checks(scheme)}
        others = (
            item
            for item in ranked[:_LOOKED_AT]
            if item.scheme_id in confused
            and facts & {check.fact for check in manual_checks(self._catalogue.scheme(item.scheme_id))}
        )
        return next(
            (
                item
                for item in others
                if not self._conditions.contradicts(said, self._catalogue.scheme(item.scheme_id))
            ),
            best,
        )

    def _compared(self, question: Question, ranked: Sequence[RankedScheme]) -> tuple[str, ...]:
        """The schemes that a comparison is about: named for sure, else what each of its sides is about."""
        either = self._names.either(question.text)
        firm = self._names.firm(question.text) | set(either)
        sure = tuple(name for name in question.schemes if name in firm)
        if len(sure) > 1:
            called = self._names.called(question.text)
            return tuple(name for name in question.schemes if name in firm | called)
        told = self._of_sides(question, sure)
        if len(question.schemes) == 1 and sure and sure[0] in self._names.by_several_names(question.text):
            return told if self._are_linked(told) else sure
        parts = [name for name in question.schemes if sure and name in self._parts.get(sure[0], ())]
        if len(parts) > 1:
            return tuple(parts)  # "dans ACTes, les projets locaux et les projets structurants"
        if sure and len(question.schemes) > 1:
            return question.schemes
        return told or compared(question.schemes, ranked)

    def _of_sides(self, question: Question, sure: tuple[str, ...]) -> tuple[str, ...]:
        """The two schemes that the sides of a comparison are most likely about; empty when none is likely.

        Schemes that a fiche relates to one another are compared more often than others.

        Args:
            question: the comparison.
            sure: the scheme surely named, if one is: one of the sides is about it.
        """
        for cuts in sides(question.text):
            found: dict[tuple[str, str], float] = {}
            for one, other in cuts:
                for left, right in product(
                    self._likely_of(one, question.schemes), self._likely_of(other, question.schemes)
                ):
                    key = (left.scheme_id, right.scheme_id)
                    if left.scheme_id != right.scheme_id and (not sure or sure[0] in key):
                        often = _OFTEN_COMPARED if self._are_linked(key) else 1.0
                        found[key] = max(found.get(key, 0.0), often * left.likelihood * right.likelihood)
            best = max(found, key=lambda key: found[key], default=None)
            if best is not None and found[best] >= _SHARE_OF_SIDES:
                return best
        return ()

    def _likely_of(self, side: str, named: Sequence[str]) -> list[RankedScheme]:
        """The scheme that a side of a comparison names, else the few that it's like; maybe none."""
        by_name = [name for name in self._names.find(side) if name in named]
        if by_name and not denies(side):
            return [RankedScheme(by_name[0], 0.0, has_topic=False)]
        if not analyse(_ONLY_COMPARES.sub(" ", content_words(side))):
            return []  # "ou moins ?", "laquelle a le meilleur taux ?"
        likely = self._rank_alone(side)[:_LIKE_A_SIDE]
        return [item for item in likely if item.like >= _LIKE_OF_A_SIDE and self._is_aid(item.scheme_id)]

    def _is_aid(self, name: str) -> bool:
        """Whether a fiche is about an aid, not about how to apply for all of them; a page may be."""
        return name not in self._catalogue or self._catalogue.scheme(name).is_aid

    def _are_linked(self, names: Sequence[str]) -> bool:
        """Whether one of two schemes is related to the other, other than as a part of it."""
        return len(names) == 2 and any(
            link.scheme == other and link.kind is not RelationKind.PART_OF
            for name, other in (names, names[::-1])
            if name in self._catalogue
            for link in self._catalogue.scheme(name).relations
        )

    def _part_meant(self, name: str, ranked: Sequence[RankedScheme]) -> str:
        """The part of a policy that is meant when only the policy is named: "le fonds ACTes des villages"."""
        family = {name, *self._parts.get(name, ())}
        return next((item.scheme_id for item in ranked if item.scheme_id in family), name)

    def _has_its_own(self, best: RankedScheme, question: Question, hits: Sequence[RetrievedChunk]) -> bool:
        """Whether a message that seems to go on has a subject of its own.

        Pages are many and speak of everything: one is named by words of its title, or the subject stays.
        """
        is_new = best.likelihood >= _SURE and best.scheme_id not in question.schemes
        if best.scheme_id not in self._catalogue and not is_named(question.text, best.scheme_id, hits):
            return False
        # More than a place or a fact.
        least = 1 if find_intents(question.text) or find_topics(question.text) else _TELLING_WORDS
        is_told = self._learned_of(question.text).get(best.scheme_id, 1.0) >= _SURE_LEARNED
        return is_new and is_told and self._says_what(question.text, least) and best.like >= _ALIKE

    def _says_what(self, text: str, least: int) -> bool:
        """Whether a message holds so many words that few passages do; "quel minimum ?" holds none."""
        stems = list(dict.fromkeys(analyse(content_words(text))))
        weights = self._retriever.word_weights(stems).values()
        return sum(weight >= _TELLING for weight in weights) >= least

    def _of_earlier(self, users: Sequence[str], speaker: Beneficiary | None) -> list[RankedScheme]:
        """The schemes that the earlier messages may be about; empty at the first message."""
        earlier = _one_after_another(users[:-1])
        if not earlier:
            return []
        return self._rank_alone(earlier, speaker)

    def _with_successor(self, subjects: tuple[str, ...], intents: frozenset[Intent]) -> tuple[str, ...]:
        """Add the scheme that has replaced the one asked about, when what can be had now is asked."""
        if len(subjects) != 1 or not intents & _WHAT_CAN_BE_HAD or Intent.EXAMPLES in intents:
            return subjects
        links = self._catalogue.scheme(subjects[0]).relations if subjects[0] in self._catalogue else ()
        return (*subjects, *(link.scheme for link in links if link.kind is RelationKind.REPLACED_BY))

    def _speaker(self, users: Sequence[str]) -> Beneficiary | None:
        """Who asks, as far as the words of the conversation tell."""
        facts = Facts()
        for text in users:
            facts = read_statement(without_funders(self._names.masked(text)), facts)
        return facts.beneficiary


def _one_after_another(messages: Sequence[str]) -> str:
    """Messages as one text, each its own sentences: what one asks isn't what the next states."""
    return " ".join(text if _ENDED.search(text) else f"{text}." for text in map(str.strip, messages))
