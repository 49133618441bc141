"""Understand a question: the schemes it names, what it asks about them, what it follows on from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from assistant.reply import Message
from corpus.folding import fold, words
from corpus.scheme import Scheme

_MAX_FOLLOW_UP_WORDS = 9


class Intent(StrEnum):
    """What a question asks about a scheme."""

    WHAT = "what"
    WHO = "who"
    HOW_MUCH = "how_much"
    COVERED = "covered"
    EXCLUDED = "excluded"
    WHEN = "when"
    HOW = "how"
    EXAMPLES = "examples"
    CUMULATE = "cumulate"
    DIFFERENCE = "difference"


# Patterns on folded text, one a class of wording.
_INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(pattern))
    for intent, pattern in (
        (
            Intent.HOW_MUCH,
            r"\bcombien\b(?! de (?!subvention|la)| d.(?!argent|euro))|\bmontants?\b|\btaux\b|\bplafon\w*"
            r"|\bplanchers?\b|\bpourcentage|\bbudget|\benveloppe"
            r"|\bfinanc\w+ a (?:quel|hauteur)|\bquelle somme"
            r"|\bquel(?:le)? (?:est la )?(?:subvention|hauteur)"
            r"|\bjusqu'?a combien|\bcoute?\w*\b|\bcout\b|\btarifs?\b|\bprix\b"
            r"|\bmaxim(?:um|ale?|aux)\b|\bminim(?:um|ale?|aux)\b",
        ),
        (
            Intent.WHEN,
            r"\bquand\b|\bjusqu'?a quand|\bdates?\b|\bdelais?\b|\bcalendrier|\bcloture\b|\becheance"
            r"|\bencore (?:ouvert|possible|temps|en cours|valable|actif)|\bouverte?s? (?:en"
            r"|actuellement|aujourd)"
            r"|\bcampagnes?\b|\bprochaine?s?\b|\bdepuis quand|\bquelle annee"
            r"|\bexist[\w' -]{0,15}\b(?:encore|toujours|en (?:19|20)\d\d)"
            r"|\btoujours (?:ouvert|actif|en cours|valable|possible)|\bcombien de temps|\bduree?\b"
            r"|\brecondui\w+|\breconduction",
        ),
        (
            Intent.WHO,
            r"\beligib\w*|\bqui (?:peut|a droit|est|sont|porte|finance)|\bbeneficiaires?\b"
            r"|\bdroit a\b|\ba droit\b"
            r"|\bconditions?\b|\bcriteres?\b|\b(?:peut|peux|pouvons|puis)\b.{0,25}\b(?:beneficier"
            r"|pretendre|avoir|obtenir|toucher|etre aide)\w*"
            r"|\bpour qui\b|\b(?:pour|a) quelles? (?:communes?|villes?|collectivites?)"
            r"|\breservee?s?\b|\bs.adresse|\bseuils?\b|\bhabitants?\b|\bma commune\b"
            r"|\bnotre commune\b|\bouverte? aux?\b",
        ),
        (
            Intent.COVERED,
            r"\bdepenses?\b|\bfinanc(?:e|er|es|ent|ait|able)\b|\bprojets? (?:eligible|possible|concerne)"
            r"|\bpris\w* en charge|\bcouvr\w+|\bquels? (?:projets|travaux|types)"
            r"|\bquelles? (?:depenses|operations)"
            r"|\baide (?:pour|a)\b|\bsubvention pour\b",
        ),
        (
            Intent.EXCLUDED,
            r"\bexclu\w*|\bpas (?:eligible|pris|finance|couvert)\w*|\bne (?:finance|couvre|prend)",
        ),
        (
            Intent.HOW,
            r"\bcomment (?:faire|deposer|demander|candidater|adherer|obtenir|beneficier|avoir|postuler|s'y)"
            r"|\bou (?:deposer|demander|s'adresser|envoyer|candidater)|\bdemarches?\b|\bdossier\b"
            r"|\bdeposer\b"
            r"|\bcandidat\w*|\bformulaire|\bcontact\w*|\ba qui\b|\bqui contacter|\binscri\w+|\badherer\b"
            r"|\btelephone\b|\badresse\b|\bcourriel\b|\bplateforme\b",
        ),
        (
            Intent.EXAMPLES,
            r"\bexemples?\b|(?<!pour )(?<!\ba )\bquelles (?:communes|villes|collectivites)"
            r"|\bquels (?:villages"
            r"|laureats)|\blaureat\w*"
            r"|\bont (?:recu|obtenu|beneficie|touche)|\ba[- ](?:t-)?(?:elle|il)? ?(?:recu|obtenu"
            r"|touche|beneficie)"
            r"|\bqui a (?:recu|obtenu|touche)|\bcombien (?:de |d')(?:communes|villes|projets|dossiers)",
        ),
        (
            Intent.CUMULATE,
            r"\bcumul\w*|\bcompatibles?\b|\ben meme temps|\bavec (?:la|le) (?:detr|dsil|fonds vert)",
        ),
        (
            Intent.DIFFERENCE,
            r"\bdifferen\w+|\bdistingu\w+|\bconfon\w+|\bversus\b|\bvs\b|\bou bien\b|\bplutot\b",
        ),
        (
            Intent.WHAT,
            r"\bc[' ]?est (?:quoi|koi)|\bc (?:quoi|koi)\b|\bqu'?est[- ]ce (?:que|qu')"
            r"|\ben quoi consiste|\ba quoi sert"
            r"|\bdefini\w+|\bpresent\w+"
            r"|\bprincipe\b|\bobjectifs?\b|\bsignifie\b|\bveut dire\b|\bcomment (?:fonctionne"
            r"|marche|ca marche)",
        ),
    )
)

# Sections that hold what each intent asks for, the best first.
INTENT_SECTIONS: Mapping[Intent, tuple[str, ...]] = MappingProxyType(
    {
        Intent.WHAT: ("Objet",),
        Intent.WHO: ("Bénéficiaires",),
        Intent.HOW_MUCH: ("Montant", "Chiffres clés"),
        Intent.COVERED: ("Dépenses éligibles", "Dépenses exclues", "Objet"),
        Intent.EXCLUDED: ("Dépenses exclues",),
        Intent.WHEN: ("Calendrier",),
        Intent.HOW: ("Démarche",),
        Intent.EXAMPLES: ("Exemples", "Chiffres clés"),
        Intent.CUMULATE: ("Cumul",),
        Intent.DIFFERENCE: ("À ne pas confondre",),
    }
)


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
    """

    text: str
    search_text: str
    schemes: tuple[str, ...] = ()
    carried: bool = False
    intents: frozenset[Intent] = frozenset()
    names: str = ""

    @property
    def content(self) -> str:
        """The words that an answer must be about: folded, without the wording of the intents.

        Those of a carried scheme aren't counted: they were not said in this message.
        """
        return content_words(self.text if self.carried else self.search_text)

    @property
    def sections(self) -> tuple[str, ...]:
        """Titles of the sections that hold what is asked."""
        titles = (title for intent in Intent if intent in self.intents for title in INTENT_SECTIONS[intent])
        return tuple(dict.fromkeys(titles))


class SchemeNames:
    """Finds the schemes that a text names: full names, short names and aliases."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        """Index the names by their first word."""
        self._names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for scheme in schemes:
            names = {scheme.name, scheme.label, scheme.id.replace("-", " "), *scheme.aliases}
            for name in {_stems(name) for name in names}:
                if name:
                    self._names.setdefault(name[0], []).append((name, scheme.id))
        for candidates in self._names.values():
            candidates.sort(key=lambda pair: (-len(pair[0]), pair[1]))

    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids of the schemes named, in order of mention; the longest name wins a place."""
        return tuple(dict.fromkeys(scheme_id for scheme_id, _ in self._mentions(text)))

    def words(self, text: str) -> str:
        """Return the words of a text that name schemes."""
        return " ".join(word for _, name in self._mentions(text) for word in name)

    def _mentions(self, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        stems = _stems(text)
        position = 0
        while position < len(stems):
            length = 1
            for name, scheme_id in self._names.get(stems[position], ()):
                if len(name) < length or stems[position : position + len(name)] != name:
                    continue
                yield scheme_id, name
                length = len(name)
            position += length


def understand(messages: tuple[Message, ...], names: SchemeNames, scheme: str | None = None) -> Question:
    """Understand the last message in the light of those before.

    Args:
        messages: the conversation; the last message is the question.
        names: recognises schemes.
        scheme: a scheme chosen by the client; it goes before those that are named.
    """
    text = messages[-1].content.strip()
    named = names.find(text)
    intents = find_intents(text)
    if scheme is not None:
        schemes = tuple(dict.fromkeys((scheme, *named)))
        return Question(text, text, schemes, intents=intents, names=names.words(text))
    earlier = [message.content for message in messages[:-1] if message.role == "user"]
    if named or not earlier or not _follows_on(text):
        return Question(text, text, named, intents=intents, names=names.words(text))
    carried: tuple[str, ...] = ()
    named_words = ""
    for turn in reversed(earlier):
        carried = names.find(turn)
        if carried:
            named_words = names.words(turn)
            break
    return Question(
        text=text,
        search_text=f"{named_words} {text}" if carried else f"{earlier[-1]} {text}",
        schemes=carried,
        carried=bool(carried),
        intents=intents or find_intents(earlier[-1]),
        names=named_words,
    )


def find_intents(text: str) -> frozenset[Intent]:
    """Return what a text asks about; empty when its wording tells nothing."""
    folded = fold(text)
    found = {intent for intent, pattern in _INTENTS if pattern.search(folded)}
    # "quelles dépenses sont exclues" also sounds like asking what is covered.
    return frozenset(found - {Intent.COVERED} if Intent.EXCLUDED in found else found)


def content_words(text: str) -> str:
    """Return a folded text without the wording that only tells what is asked ("combien", "ont reçu")."""
    folded = fold(text)
    for _, pattern in _INTENTS:
        folded = pattern.sub(" ", folded)
    return folded


def _follows_on(text: str) -> bool:
    """A short message, or one that opens like a continuation, follows on from the turn before."""
    folded = words(text)
    opens = bool(folded) and folded[0] in {"et", "mais", "donc", "sinon", "ok", "oui", "non", "on", "elle"}
    return opens or len(folded) <= _MAX_FOLLOW_UP_WORDS


def _stems(text: str) -> tuple[str, ...]:
    """Folded words without the mark of the plural, elided articles left out."""
    return tuple(
        word[:-1] if len(word) > 3 and word[-1] in "sx" else word
        for word in words(text)
        if len(word) > 1 or word.isdigit()
    )
