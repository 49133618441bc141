"""Understand a question: the schemes it names, what it asks about them, what it follows on from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.reading.acts import Act, Aspect, ReadAct, ReadsActs
from assistant.reading.asked_intents import as_few_words_say, intents_of
from assistant.reading.follow_up import (
    after_change,
    answers_us,
    asked_before,
    carried_schemes,
    chooses,
    follows_on,
    of_another_year,
)
from assistant.reading.intents import INTENT_SECTIONS, Intent, content_words, find_intents
from assistant.reading.labels import is_only_membership
from assistant.reading.left_out import LeftOut, finds
from assistant.reading.names import SchemeNames
from assistant.reading.topics import find_topics
from assistant.reply import Message
from corpus.french.folding import fold, words
from ingest.lexical import analyse

_TINY = 3
# What a message says of itself and of who asks, rather than of a need.
_ASKING_WORDS = re.compile(
    r"\b(?:bonjour|bonsoir|salut|merci|question|aides?|subventions?|dispositifs?|region|regional\w*|communes?|mairie|maire|village"
    r"|suis|sommes|avons|avoir|etre|droit|pour|avec|notre|votre|nous|vous|elle|cela|quel\w*|combien|comment|quand|dans|plait)\b"
)
# A greeting, a word of thanks, a bare "aide".
_GREETINGS = frozenset(
    """
    bonjour bonsoir salut coucou hello allo merci beaucoup bien bonne journee soiree a vous toi tous au revoir
    et la prochaine ok oui non d accord ca va comment aujourd hui svp s il vous plait te aide aides projet
    question dossier subvention subventions une un quelqu y monsieur madame test
    """.split()  # noqa: SIM905 - a page of quotes would hide the words
)
# Under this probability, the trained reader is sure that nothing is compared.
_LEAST_COMPARED = 0.05
# From this probability on, schemes that are named by their names are compared, be they of ordinary words.
_COMPARED = 0.6
# Of two schemes named: which of them.
_EITHER = re.compile(
    r"\b(?:lequel|laquelle|l'un|l'autre|l'une|les deux|ou bien|plutot)\b|\bentre\b.{0,200}? et \b"
    r"|\b(?:ou|contre) (?:a |de |du |pour )?(?:le |la |les |l')?\w[^?]{0,80}\?"
)
_SENTENCES = re.compile(r"[^.!?]+[.!?]*")
# "Peut-on cumuler" asks for anyone.
_ANYONE = re.compile(r"\b(?:peut|doit|faut|a-t|va-t|pourrait|devrait)[- ]on\b")
_US = re.compile(
    r"\b(?:on|nous|notre|nos|ma|mon|je|j|moi)\b|\bj'|\bla (?:commune|mairie|ville)\b|\ble (?:village|bourg)\b"
)
# What a message asks of one scheme; from which probabilities on a reading goes before the words.
_OF_ONE: tuple[Act, ...] = ("ask_scheme", "check_eligibility", "commune_record", "contact", "give_fact")
_TELLS, _SURE = 0.6, 0.9
# What a text asks.
_Asks = Callable[[str], frozenset[Intent]]
# So many words beside the names leave a question plain: "le programme CVCB, c’est quoi ?"
_FEW_BESIDE = 1


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    Attributes:
        text: the user's last message.
        search_text: what to search for: the last message, completed by the turn it follows on from.
        schemes: ids of the schemes named, or chosen by the client; the best match first.
        carried: the schemes come from an earlier turn.
        intents: what is asked.
        names: the words that name the schemes.
        answers_us: the message answers a question that the assistant asked.
        subjects: the schemes that it's about: those named, else the likeliest ones found.
        unnamed: the message, folded, without the scheme names that speak of "mine" ("Mon commerce d'ici").
        read: what the message does and what it asks, as the trained reader says; None where nothing read it.
        apart: the schemes named only to be left out: set aside, refused, had already; their names aren't in
            the texts.
    """

    text: str
    search_text: str
    schemes: tuple[str, ...] = ()
    carried: bool = False
    intents: frozenset[Intent] = frozenset()
    names: str = ""
    answers_us: bool = False
    subjects: tuple[str, ...] = ()
    unnamed: str = ""
    read: ReadAct | None = None
    apart: frozenset[str] = frozenset()

    @property
    def act(self) -> Act | None:
        """What the message most likely does."""
        return self.read.act if self.read else None

    @property
    def aspect(self) -> Aspect | None:
        """What it most likely asks of a scheme, if it asks anything of one."""
        return self.read.aspect if self.read else None

    @property
    def focus(self) -> str:
        """The part of the message that asks: its sentences that end in a question mark, else all of it."""
        parts = [part for part in _SENTENCES.findall(self.text) if part.rstrip().endswith("?")]
        return " ".join(parts) or self.text

    @property
    def speaks_of_us(self) -> bool:
        """Whether the person speaks for themselves or their town hall, rather than in general."""
        return bool(_US.search(_ANYONE.sub(" ", self.unnamed or fold(self.text))))

    @property
    def is_comparison(self) -> bool:
        """Whether it compares the schemes that it's about."""
        return Intent.DIFFERENCE in self.intents and len(self.subjects) > 1

    @property
    def is_list(self) -> bool:
        """Whether it asks for several schemes and is about several."""
        return Intent.LIST in self.intents and len(self.subjects) > 1

    @property
    def only_names(self) -> bool:
        """Whether the message hardly says more than a scheme's name: "CVCB ?", "et le PRAC ?"."""
        told = [word for word in words(_ASKING_WORDS.sub(" ", self.content)) if len(word) > _TINY]
        is_named = bool(self.schemes and self.names) and not (self.carried or self.answers_us)
        return is_named and len(set(told) - set(words(self.names))) <= 1

    @property
    def says_nothing(self) -> bool:
        """Whether the message asks something of no scheme and for no need: "Suis-je éligible ?"."""
        if not self.answers_us and not set(words(self.text)) - _GREETINGS:
            return True
        if self.apart and not self.schemes and not (self.read and finds(self.read)):
            return not find_topics(self.search_text)  # "on a déjà la DETR, quoi d’autre ?"
        if self.schemes or not self.intents or find_topics(self.search_text):
            return False
        told = _ASKING_WORDS.sub(" ", content_words(self.search_text, every=True))
        return len([word for word in words(told) if len(word) > _TINY]) == 0

    @property
    def content(self) -> str:
        """The words that an answer must be about: folded, without the wording of the intents.

        Those of a carried scheme aren't counted: they were not said in this message.
        """
        return content_words(self.text if self.carried else self.search_text)

    @property
    def is_plain(self) -> bool:
        """Whether hardly a word stands beside the names and the wording of what is asked."""
        return len(set(analyse(self.content)) - set(analyse(self.names))) <= _FEW_BESIDE

    @property
    def sections(self) -> tuple[str, ...]:
        """Titles of the sections that hold what is asked."""
        titles = (title for intent in Intent if intent in self.intents for title in INTENT_SECTIONS[intent])
        return tuple(dict.fromkeys(titles))


def understand(
    messages: tuple[Message, ...],
    names: SchemeNames,
    scheme: str | None = None,
    acts: ReadsActs | None = None,
    left_out: LeftOut | None = None,
) -> Question:
    """Understand the last message in the light of those before; a bare name asks what it is.

    What a message leaves out is as if it weren't named: another aid is looked for.

    Args:
        messages: the conversation; the last message is the question.
        names: recognises schemes.
        scheme: a scheme chosen by the client; it goes before those that are named.
        acts: reads what the last message does; None to leave it unread.
        left_out: tells which schemes a message leaves out; None to take all that are named for asked.
    """
    left = _left(messages, left_out, scheme) if left_out else _Left(messages)
    return _among_the_others(_understand(left.messages, names, scheme, acts), left)


@dataclass(frozen=True, slots=True)
class _Left:
    """A conversation without the names of what its messages leave out.

    Attributes:
        messages: the conversation.
        by_last: the schemes that the last message leaves out.
        by_all: those that a message left out and none has asked about since.
    """

    messages: tuple[Message, ...]
    by_last: frozenset[str] = frozenset()
    by_all: frozenset[str] = frozenset()


def _left(messages: tuple[Message, ...], left_out: LeftOut, scheme: str | None) -> _Left:
    """The conversation without what is left out; a scheme that the client chose never is."""
    kept: list[Message] = []
    users: list[str] = []
    out: frozenset[str] = frozenset()
    by_all: frozenset[str] = frozenset()
    for message in messages:
        if message.role != "user":
            kept.append(message)
            continue
        out = left_out.of(message.content, users) - {scheme}
        text = left_out.without(message.content, out)
        by_all = (by_all | out) - left_out.named(text)
        users.append(message.content)
        kept.append(message.model_copy(update={"content": text}) if out else message)
    return _Left(tuple(kept), out, by_all)


def _among_the_others(question: Question, left: _Left) -> Question:
    """The question, of what its conversation hasn't left out: of which aids, where it names none but those."""
    goes_on = question.search_text != question.text
    apart = left.by_all if goes_on else left.by_last
    if not apart:
        return question
    kept = tuple(name for name in question.schemes if name not in apart)
    question = replace(question, schemes=kept, apart=apart - set(kept))
    if not left.by_last or (kept and not question.carried):
        return question
    if question.carried:
        said = [message.content for message in left.messages if message.role == "user"]
        question = replace(question, schemes=(), carried=False, search_text=" ".join(said), names="")
    is_finding = question.read is None or finds(question.read) or not question.intents
    return replace(question, intents=frozenset({Intent.LIST})) if is_finding else question


def _understand(
    messages: tuple[Message, ...], names: SchemeNames, scheme: str | None, acts: ReadsActs | None
) -> Question:
    goes_on = any(message.role == "user" for message in messages[:-1])

    def reads(text: str) -> ReadAct | None:
        read = acts.read(text, goes_on=goes_on) if acts else None
        goes_with_a_scheme = read is not None and (goes_on or scheme is not None)
        return as_few_words_say(read, text, find_intents(text)) if read and goes_with_a_scheme else read

    def asks(text: str) -> frozenset[Intent]:
        return intents_of(reads(text), find_intents(text))

    read = reads(messages[-1].content)
    may_compare = read is None or read.acts["compare"] >= _LEAST_COMPARED
    question = _understood(messages, names, scheme, asks, may_compare=may_compare)
    question = replace(question, unnamed=names.masked(question.text), read=read)
    together = question.intents & {Intent.CUMULATE, Intent.ELIGIBLE}
    several = names.firm(question.text) | set(names.either(question.text))
    if len(several) > 1 and (not together or _EITHER.search(fold(question.text))):
        return replace(question, intents=question.intents | {Intent.DIFFERENCE})
    called = names.firm(question.text) | names.called(question.text)
    if read is not None and read.acts["compare"] >= _COMPARED and len(called) > 1:
        return replace(question, intents=question.intents | {Intent.DIFFERENCE})
    if not question.intents and question.only_names:
        return replace(question, intents=frozenset({Intent.WHAT}))
    if _tells_a_need(question):
        return replace(question, intents=frozenset({Intent.LIST}))  # "on veut isoler la salle des fêtes"
    if Intent.LIST in question.intents and _asks_of_one(question):
        return replace(question, intents=question.intents - {Intent.LIST})
    return question


def _tells_a_need(question: Question) -> bool:
    """Whether a message that opens a conversation only says what the person wants to do."""
    opens = not (question.schemes or question.carried or question.answers_us)
    alone = opens and question.search_text == question.text and not question.intents
    return alone and question.read is not None and question.read.acts["find_schemes"] >= _TELLS


def _asks_of_one(question: Question) -> bool:
    """Whether something is asked of one scheme, named or not, whatever words of a list it holds."""
    return question.read is not None and sum(question.read.acts[act] for act in _OF_ONE) >= _SURE


def _understood(
    messages: tuple[Message, ...], names: SchemeNames, scheme: str | None, asks: _Asks, *, may_compare: bool
) -> Question:
    text = of_another_year(after_change(messages[-1].content.strip()), messages[:-1])
    named = names.find(text)
    intents = asks(text)
    if not may_compare and len(named) == 1 and len(messages) > 1:
        intents -= {Intent.DIFFERENCE}  # "c’était pour la DETR, je mélange tout"
    if scheme is not None:
        schemes = tuple(dict.fromkeys((scheme, *named)))
        return Question(
            text, text, schemes, intents=intents, names=names.words(text), answers_us=answers_us(messages)
        )
    earlier = [message.content for message in messages[:-1] if message.role == "user"]
    if earlier and named and chooses(text, messages[-2]):
        # The scheme that our question was about: the message before is asked of it.
        asked = earlier[-1]
        return Question(asked, asked, named[:1], intents=asks(asked), names=names.words(text))
    if named and earlier and is_only_membership(text):
        named = ()  # "et on est Petite ville de demain": what they are, not what they ask for
    if named and Intent.DIFFERENCE in intents and len(named) == 1:
        before, words_before = carried_schemes(messages[:-1], names)
        both = tuple(dict.fromkeys((*before, *named)))
        return Question(text, f"{words_before} {text}", both, intents=intents, names=names.words(text))
    answers = answers_us(messages)
    carried, named_words = carried_schemes(messages[:-1], names)
    if answers and carried and not intents and set(named) <= set(carried):
        # What was asked before our question is what is still to be answered.
        asked = asked_before(messages)
        return Question(
            text=asked,
            search_text=f"{named_words} {asked}",
            schemes=carried,
            carried=True,
            intents=asks(asked),
            names=named_words,
            answers_us=True,
        )
    if named or not earlier:
        return Question(text, text, named, intents=intents, names=names.words(text))
    if not follows_on(text, earlier, carried, names):
        return Question(text, text, named, intents=intents, names=names.words(text))
    return Question(
        text=text,
        search_text=f"{named_words} {text}" if carried else " ".join((*earlier, text)),
        schemes=carried,
        carried=bool(carried),
        intents=intents or asks(earlier[-1]),
        names=named_words,
        answers_us=answers,
    )
