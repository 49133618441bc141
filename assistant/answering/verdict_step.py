"""Put the computed verdict before the extracted sentences, when a question calls for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.place_reply import former_note, is_said, place_note, place_reply
from assistant.answering.verdict_reply import VerdictText, verdict_text
from assistant.eligibility.assess import assess
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.facts import BENEFICIARY, COMMUNE, Facts
from assistant.eligibility.kind import Case
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.next_question import Ask, next_question
from assistant.eligibility.shape import cite_parts
from assistant.lines import LISTED_KINDS, Line, LineKind, line
from assistant.messages import places
from assistant.reading.acts import Aspect
from assistant.reading.applicant import Applicant
from assistant.reading.french.negation import denies
from assistant.reading.intents import FIGURES, Intent
from assistant.reading.places import Standing
from assistant.reading.understand import Question
from assistant.reply import Reply
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import Fiche
from corpus.french.folding import fold
from corpus.labels import State

MOST_SCHEMES = 3
# Communes examined in one reply; the others are said to be left.
MOST_COMMUNES = 5
# How many extracted sentences follow a verdict: when something else is asked too, and when not.
MOST_FURTHER, MOST_BESIDE = 4, 3
AMOUNTS = "Montant"
# From this probability on, whether one may is the first thing asked: as read, and where the words ask it too.
_PLAINLY, _PLAINLY_BY_WORDS = 0.5, 0.3
# What is surely asked first, where it's read more surely than whether one may.
_ASKED_FIRST: tuple[Aspect, ...] = ("how", "contact", "when", "delay", "cumul")
# What is told of a verdict that nobody asked for.
_BRIEF: frozenset[LineKind] = frozenset({"verdict", "caution"})
# What says a rule in the words of a verdict.
_ARGUED: frozenset[LineKind] = frozenset({"reason", "condition", "question"})
# What is asked of others, or of the scheme in itself: no verdict on the person who asks.
_ABOUT_OTHERS = frozenset({Intent.EXAMPLES, Intent.WHAT, Intent.DIFFERENCE})
# What a question may ask besides the verdict: then more of the extracted sentences follow it.
_FURTHER = FIGURES | {Intent.HOW, Intent.COUNT, Intent.COVERED, Intent.EXCLUDED, Intent.CUMULATE}


@dataclass(frozen=True, slots=True)
class VerdictStep:
    """Adds verdicts to replies."""

    catalogue: Catalogue
    territory: Territory
    today: Callable[[], date]

    def schemes_for(self, question: Question, applicant: Applicant, base: Reply) -> tuple[str, ...]:
        """The schemes to give a verdict on; none when the question doesn't call for one."""
        facts = applicant.facts
        if question.intents & _ABOUT_OTHERS and Intent.ELIGIBLE not in question.intents:
            compares_for_us = question.is_comparison and bool(facts.commune or facts.population)
            if not compares_for_us:
                return ()
        known = facts.applicant_is_known or applicant.unsettled is not None
        asked = Intent.ELIGIBLE in question.intents and (known or question.speaks_of_us)
        for_us = question.speaks_of_us and bool(facts.commune or facts.population)
        if not (asked or for_us or applicant.said_now or question.answers_us):
            return ()
        if base.status == "unanswerable" and base.citations and not question.answers_us:
            # The sources are known not to say it: a verdict is given only to who plainly asks for one.
            precise = bool(question.intents & FIGURES)
            plainly = asked and _asks_for_a_verdict(question)
            if not plainly or (precise and not (facts.commune or facts.population)):
                return ()
        named = tuple(s for s in question.schemes if s not in applicant.labels_named) or question.schemes
        listed = Intent.LIST in question.intents and not question.schemes
        named = named or (base.schemes if listed else base.schemes[:1])
        return tuple(name for name in named if self.catalogue.scheme(name).criteria)[:MOST_SCHEMES]

    def add(self, base: Reply, question: Question, applicant: Applicant) -> Reply:
        """Return the reply with its verdicts first; unchanged when the question calls for none."""
        schemes = self.schemes_for(question, applicant, base)
        if not schemes:
            return base
        if applicant.unsettled is not None:
            return place_reply(applicant.unsettled, schemes)
        book = CitationBook(self.territory)
        each = self.facts_of_each(applicant)
        more = [told for told in base.lines if base.status == "answered"]
        against = bool(more) and denies(fold(more[0].said))
        verdicts = [self.verdict(name, facts, book, against) for facts in each for name in schemes]
        listed = Intent.LIST in question.intents and not question.schemes and len(schemes) > 1
        listed = listed or (question.is_comparison and Intent.ELIGIBLE not in question.intents)
        told_verdicts = [v for v in verdicts if not listed or v.shape.verdict == "not_eligible"]
        lines = _said_once(told for verdict in told_verdicts for told in verdict.lines)
        further = bool(question.intents & _FURTHER)
        takes_none = [verdict for verdict in verdicts if not _takes_requests(verdict)]
        decided = bool(takes_none) or any(v.shape.verdict != "undetermined" for v in verdicts)
        plainly = _asks_for_a_verdict(question)
        waits = not decided and (against or not plainly)
        ask = asked_back(
            [verdict for verdict in verdicts if _takes_requests(verdict)], question, applicant, several=listed
        )
        aside = waits and not plainly and _asks_of_an_aid(question)
        if aside and ask is not None and ask.criteria:
            ask = None  # something else is asked: its conditions aren't gone through
        back: list[Line] = []
        if ask is not None:
            case = next(verdict.case for verdict in verdicts if verdict.ask is ask)
            back = cited_question(ask, self.catalogue.fiche(case.scheme.id), case, book)
        if listed or waits or question.is_comparison:
            said = {told.said for told in lines}
            more = [told for told in more if told.said not in said]
        else:
            more = _not_said_by([*lines, *back], book, more, base)
        refused = bool(verdicts) and all(v.shape.verdict == "not_eligible" for v in verdicts)
        if refused and (plainly or not further) and not (listed or question.is_comparison):
            more = more[:1]  # what an aid pays, or covers, is nothing to who can't have it
        elif not question.is_comparison:  # a table is given whole
            more = self._kept(more, base, MOST_FURTHER if further or listed else MOST_BESIDE)
        shown = {number for told in more for number in told.citations}
        numbers = {citation.n: book.add(citation) for citation in base.citations if citation.n in shown}
        more = [told.under(numbers) for told in more]
        if waits and not plainly:  # something else is asked: the verdict is told, not argued
            # What is asked back says that it's open; and who asks where to send a file isn't told it.
            brief = _BRIEF if ask is None and _concerns(question) else _BRIEF - {"verdict"}
            lines = [] if against else [told for told in lines if told.kind in brief]
        if len(schemes) == 1 and any(told.kind == "caution" for told in lines):
            more = [told for told in more if told.kind != "caution"]
        lines = [*more, *lines, *back] if listed or waits else [*lines, *more, *back]
        asked = (Intent.ELIGIBLE in question.intents and plainly) or question.answers_us
        return Reply(
            status="clarification"
            if ask is not None and asked and not decided and not further
            else "answered",
            lines=tuple(lines),
            citations=book.citations,
            schemes=schemes,
            eligibility=tuple(verdict.shape for verdict in verdicts),
            asked=ask.shape if ask else None,
            choices=ask.choices if ask else (),
            follow_ups=base.follow_ups,
        )

    def _kept(self, lines: Sequence[Line], base: Reply, size: int) -> list[Line]:
        """The first lines, and those that say how much can be had: who may ask wants to know."""
        amounts = {item.n for item in base.citations if item.section == AMOUNTS}
        size += sum(told.kind == "heading" for told in lines[:1])
        return [told for place, told in enumerate(lines) if place < size or amounts & set(told.citations)]

    def facts_of_each(self, applicant: Applicant) -> list[Facts]:
        """What is known of each commune that the question is about; a population stated is no more theirs."""
        if len(applicant.communes) < 2:
            return [applicant.facts]
        facts = replace(applicant.facts, population=None, epci_population=None)
        return [replace(facts, commune=commune) for commune in applicant.communes[:MOST_COMMUNES]]

    def verdict(self, name: str, facts: Facts, book: CitationBook, against: bool = False) -> VerdictText:
        """Work out and word the verdict on one scheme.

        Args:
            name: its id.
            facts: what is known of who asks.
            book: issues the numbers of the citations.
            against: whether a sentence that may forbid is said beside it.
        """
        fiche = self.catalogue.fiche(name)
        on = self.today()
        case = Case(fiche.scheme, facts, self.territory, on)
        assessment = assess(fiche.scheme, facts, self.territory, on)
        ask = next_question(assessment, case)
        text = verdict_text(assessment, fiche, case, ask, book, against=against)
        commune = facts.commune.insee if facts.commune else None
        return replace(text, shape=text.shape.model_copy(update={"commune": commune}))


def whether_it_may(question: Question, applicant: Applicant) -> Question:
    """The question, taken to ask whether a commune may, where it names one and nothing else is asked.

    "Bergues peut-elle répondre à l’appel du Département ?", "Château-Thierry dépend-elle de l’agence ?"
    """
    names_one = bool(applicant.communes) and question.text.rstrip().endswith("?")
    if question.intents or question.read is None or question.read.act != "ask_scheme" or not names_one:
        return question
    acts = {act: float(act == "check_eligibility") for act in question.read.acts}
    read = replace(question.read, acts=acts)
    return replace(question, intents=frozenset({Intent.ELIGIBLE}), read=read)


def _takes_requests(verdict: VerdictText) -> bool:
    """Whether requests for an aid may still be taken: else there is nothing to ask its applicants."""
    return verdict.case.scheme.status.state is not State.CLOSED


def _asks_of_an_aid(question: Question) -> bool:
    """Whether something else than an amount is asked of an aid: no fact is given, nor a need told."""
    is_asked = question.read is not None and question.read.act in {"ask_scheme", "contact"}
    return is_asked and Intent.HOW_MUCH not in question.intents


def _concerns(question: Question) -> bool:
    """Whether a verdict concerns who asks something else of an aid: whom it's for, or how much."""
    is_of_who = question.read is None or question.read.aspect == "who"
    return is_of_who or Intent.HOW_MUCH in question.intents


def _asks_for_a_verdict(question: Question) -> bool:
    """Whether a verdict is the first thing that a message asks for, rather than an amount or a date."""
    if question.answers_us or question.read is None:
        return True
    share = question.read.acts["check_eligibility"]
    if any(question.read.aspects[aspect] > share for aspect in _ASKED_FIRST):
        return False
    return share >= (_PLAINLY_BY_WORDS if Intent.ELIGIBLE in question.intents else _PLAINLY)


def cited_question(ask: Ask, fiche: Fiche, case: Case, book: CitationBook) -> list[Line]:
    """The lines of a question back, each condition with the citations of the sentences that state it."""
    if ask.key in {COMMUNE, BENEFICIARY}:
        return [line("question", ask.question)]
    if not ask.conditions:
        (kind,) = (kind_of(fiche.scheme.criteria[index]) for index in ask.criteria)
        return [line("question", ask.question, cite_parts(kind, fiche, book))]
    asked = (kind_of(fiche.scheme.criteria[index]).still_open(case) for index in ask.criteria)
    stated = [cite_parts(kind, fiche, book) for kind in asked]
    conditions = zip(ask.conditions, stated, strict=True)
    return [line("question", ask.question), *(line("condition", text, cited) for text, cited in conditions)]


def asked_back(
    verdicts: Sequence[VerdictText], question: Question, applicant: Applicant, *, several: bool
) -> Ask | None:
    """The question back of the first verdict that has one; none where nobody is there to answer it.

    "Can an association ask for it?" is asked of others; and of several schemes listed, none comes first.
    """
    known = applicant.facts.commune or applicant.facts.population
    if not (question.speaks_of_us or known or question.answers_us) or (several and len(verdicts) > 1):
        return None
    return next((verdict.ask for verdict in verdicts if verdict.ask is not None), None)


def _not_said_by(lines: Sequence[Line], book: CitationBook, more: Sequence[Line], base: Reply) -> list[Line]:
    """Further lines without the sentences that a reason or a condition rests on: it has said them."""
    cited = {number for told in lines if told.kind in _ARGUED for number in told.citations}
    said = {told.said for told in lines} | {item.quote for item in book.citations if item.n in cited}
    again = {item.n for item in base.citations if item.quote in said}
    return [told for told in more if told.said not in said and not again.issuperset(told.citations or (0,))]


def _said_once(lines: Iterable[Line]) -> list[Line]:
    """The lines, without those that several verdicts share; the reasons of each verdict stay under it."""
    said: dict[Line, None] = {}
    kept = []
    for told in lines:
        if told.kind in LISTED_KINDS or told not in said:
            kept.append(told)
        said[told] = None
    return kept


def with_place_notes(reply: Reply, applicant: Applicant, territory: Territory) -> Reply:
    """The reply with a line on each place, and on inhabitants, that it leaves aside or reads otherwise."""
    if reply.status == "out_of_scope":
        return reply
    notes = [former_note(place, territory) for place in applicant.named if place.standing is Standing.FORMER]
    notes += [place_note(place) for place in applicant.left if not is_said(place, reply)]
    if applicant.population_unread:
        notes.append(places.POPULATION_UNREAD)
    if left := applicant.communes[MOST_COMMUNES:]:
        notes.append(places.not_examined([commune.label for commune in left]))
    new = tuple(line("note", text) for text in dict.fromkeys(notes))
    return reply.model_copy(update={"lines": (*reply.lines, *new)})
