"""The first steps of a turn: read the messages, and decide at once what needs no search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.abstain import out_of_scope_reply, which_need
from assistant.answering.conversation import conversation_reply, note_reply
from assistant.answering.knowledge import Knowledge
from assistant.answering.place_reply import asks_of_a_place, place_reply
from assistant.answering.turn import Turn
from assistant.answering.verdict_step import with_place_notes
from assistant.errors import UnknownScheme
from assistant.reading.applicant import Applicant, read_applicant
from assistant.reading.commune_acts import asks_record
from assistant.reading.intents import Intent
from assistant.reading.note_asked import asks_for_note
from assistant.reading.place_choice import with_choices
from assistant.reading.place_reader import PlaceReader
from assistant.reading.scope import OutOfScope, out_of_scope
from assistant.reading.trained_reader import ActReader
from assistant.reading.understand import Question, understand
from assistant.search.schemes import prefer_funder
from ingest.lexical import analyse

# What a village does is said in the words of a household ("la CAF nous suit", "la maison de retraite") and of
# opinion: a message that the reader holds so surely for ours isn't turned away by such words.
_WORDS_OF_OURS_TOO = frozenset({OutOfScope.PERSONAL, OutOfScope.OPINION})
SURELY_OURS = 0.05
# From this probability on, a need is told, whatever else its words do.
_SURELY_A_NEED = 0.9


def understand_messages(knowledge: Knowledge, turn: Turn) -> Turn:
    """Mend the messages; find the schemes named, what is asked of them, what it follows on from.

    Raises:
        UnknownScheme: the request names a scheme that doesn't exist.
    """
    scheme = turn.request.scheme
    if scheme is not None and scheme not in knowledge.catalogue:
        raise UnknownScheme(scheme)
    mended = tuple(knowledge.reader.message(message) for message in turn.request.messages)
    messages = with_choices(mended, knowledge.places)
    read = tuple(knowledge.reader.read(text) for text in turn.users)
    plain = tuple(knowledge.places.message(message) for message in messages)
    acts = acts_of(knowledge, turn, plain[-1].content)
    question = understand(plain, knowledge.names, scheme, acts, knowledge.left_out.by(acts))
    if Intent.EXAMPLES in question.intents and question.search_text == question.text:
        question = replace(question, search_text=messages[-1].content.strip())  # "Croix a reçu quoi ?"
    said = question.text
    if question.carried:
        said = " ".join(message.content for message in plain if message.role == "user")
    named = prefer_funder(question.schemes, said, knowledge.catalogue)
    question = replace(question, schemes=named, subjects=named)
    return replace(turn, read=read, messages=messages, question=question)


def acts_of(knowledge: Knowledge, turn: Turn, *texts: str) -> ActReader:
    """What reads the acts of a turn: led by its reading for the last message, in whichever form it's read."""
    if turn.reading is None:
        return knowledge.acts
    own = (turn.users[-1], *(message.content for message in turn.messages[-1:]))
    return knowledge.acts.led((*own, *texts), turn.reading.over)


def decide_without_search(knowledge: Knowledge, turn: Turn) -> Turn:
    """End the turn of an attack, of conversation alone, of what isn't our subject, of what says nothing."""
    question = turn.understood
    names_scheme = bool(question.schemes or question.apart) and not question.carried
    *earlier, last = (knowledge.places.masked(message.normal) for message in turn.read)
    said = turn.read[-1].normal
    reason = out_of_scope(last, names_scheme=names_scheme, earlier=" ".join(earlier))
    if reason is OutOfScope.OPINION and asks_record(question.read):
        reason = None  # "on m'a parlé de 192 757 €, vous confirmez ?": a fact is to be confirmed
    if reason is not OutOfScope.ATTACK and asks_for_note(said):
        return turn.ended(note_reply())
    if reason is not OutOfScope.ATTACK and not (names_scheme or question.answers_us or last != said):
        talk = conversation_reply(question.read, last)
        if talk is not None:
            return turn.ended(talk)
    if reason in _WORDS_OF_OURS_TOO and question.read and question.read.outside < SURELY_OURS:
        reason = None
    if reason is OutOfScope.TASK and question.read and question.read.acts["find_schemes"] >= _SURELY_A_NEED:
        reason = None  # "bureaux à partager, imprimante 3D"
    if reason is not None:
        return turn.ended(out_of_scope_reply(reason))
    who = applicant_of(knowledge, turn)
    # "Et Nieppe ?", "Combien Isbergues a-t-elle obtenu ?": the name is what is asked about.
    goes_on = bool(who.named) and (bool(earlier) or Intent.EXAMPLES in question.intents)
    if (_without_places(question, knowledge.places).says_nothing and not goes_on) or _only_a_place(
        question, who, last
    ):
        reply = place_reply(who.unsettled) if who.unsettled else which_need(who.communes, knowledge.territory)
        return replace(turn, applicant=who).ended(with_place_notes(reply, who, knowledge.territory))
    if who.unsettled is not None and asks_of_a_place(question, who.unsettled):
        reply = place_reply(who.unsettled, question.schemes)
        return replace(turn, applicant=who).ended(with_place_notes(reply, who, knowledge.territory))
    return turn


def applicant_of(knowledge: Knowledge, turn: Turn, about: Sequence[str] = ()) -> Applicant:
    """Read who asks, in the light of the schemes that the question and the reply are about.

    Raises:
        UnknownCommune, AmbiguousCommune: the commune chosen beside the question isn't one of the region's.
    """
    given = turn.request.commune
    chosen = knowledge.eligibility.chosen(given).commune if given else None
    schemes = [knowledge.catalogue.scheme(name) for name in dict.fromkeys((*turn.understood.schemes, *about))]
    applicant = read_applicant(
        turn.messages, chosen, schemes, knowledge.places, knowledge.conditions, knowledge.names.masked
    )
    if turn.reading is None:
        return applicant
    return replace(applicant, facts=turn.reading.completing(applicant.facts))


def _without_places(question: Question, places: PlaceReader) -> Question:
    """A question without the names of its places, which tell no need."""
    text, search_text = places.masked(question.text), places.masked(question.search_text)
    return replace(question, text=text, search_text=search_text)


def _only_a_place(question: Question, who: Applicant, last: str) -> bool:
    """Whether a message that opens a conversation is the name of a place and nothing else."""
    if question.schemes or question.answers_us or question.search_text != question.text:
        return False
    return bool(who.named) and not analyse(last)
