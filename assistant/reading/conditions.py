"""Read in a message whether a condition to check by hand is met, when the message plainly speaks of it.

A condition is taken as spoken of when a clause holds most of its telling words; it's denied when the
clause denies. In doubt it stays unknown: it will be asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, log

from assistant.eligibility.facts import Facts
from assistant.reading.french.negation import Clause, denies, read_clauses
from assistant.reading.french.reserves import with_their_limits
from assistant.reading.plain_clauses import is_plain
from assistant.reading.quantities import settles
from assistant.reading.topics import find_topics
from assistant.reading.yes_no import is_unsure
from corpus.fiches.criteria import Criterion, ManualCheck, OneOf
from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold
from ingest.lexical import analyse


def _bare(text: str) -> tuple[str, ...]:
    """The stems of a text, the mark of the feminine off: "classée" and "classé" are one."""
    return tuple(stem.removesuffix("e") for stem in analyse(text))


# A clause that asks states nothing: "intervient-il chez nous", "est-ce que c'est une première".
_QUESTION = re.compile(
    r"\b\w+[- ]t[- ](?:il|elle|on|ils|elles)\b|\best[- ]ce (?:que|qu')|\b(?:peut|doit|faut|est|sommes|pouvons|avons|sont)"
    r"[- ](?:on|il|elle|nous|ce|ils|elles)\b|\bquel(?:le)?s?\b|\bcombien\b|\bcomment\b"
)
# Ways to say that a condition is met or not, whatever the words of its question: what the question is about,
# what the message says, and what that means.
_FIRST = re.compile(r"\bpremiere? (?:installation|equipement|demande|projet)")
_SAYINGS: tuple[tuple[re.Pattern[str], re.Pattern[str], bool], ...] = (
    (
        _FIRST,
        re.compile(
            r"\bdeja (?!recu|ete aide|eu l'aide)(?:\w+ ){0,3}(?:cameras?|equipe\w*|installe\w*)|\b(?:possed\w+|avons|avait|a|ont) deja\b(?! (?:ete|recu|eu|obtenu|touche|percu|beneficie|demande|depose)\b| (?:une? |le |la |notre )?(?:devis|dossier|projet|etude|accord|\d))|\bexistante?s?\b"
            r"|\b(?:ajout|etend|complet|renouvel|remplac)\w+"
        ),
        False,
    ),
    (
        _FIRST,
        re.compile(r"\bpremieres? (?:installations?|cameras?|equipements?)\b"),
        True,
    ),
    (
        re.compile(r"\bles (?:deux|trois|quatre) (?:fonds|aides|volets|dispositifs)\b"),
        re.compile(r"\b(?:qu.)?une? seule? (?:des? |de ces |aide|fonds|demande|dossier|volet)"),
        False,
    ),
    (
        re.compile(r"\bmilieu rural\b|\bcommune rurale\b"),
        re.compile(r"\b(?:commune|village|bourg|territoire|zone|milieu) rurale?\b"),
        True,
    ),
    (
        re.compile(r"\bprofessions? (?:reglementee|liberale)"),
        re.compile(
            r"\b(?:pharmaci\w+|officines?|notaires?|avocate?s?|medecins?|dentistes?|infirmi\w+|kine\w*|veterinaires?|"
            r"huissiers?|commissaires? de justice|experts?[- ]comptables?|architectes?|geometres?|professions? liberales?)\b"
        ),
        True,
    ),
)
# Who has none yet asks for a first one: "on n'a pas déjà de caméras", "il n'y a aucune installation".
_NONE_YET = re.compile(
    r"\b(?:n'|ne )?(?:y )?(?:a|ai|ont|avons|possed\w{1,4}|dispos\w{1,4}) (?:a ce jour |actuellement )?"
    r"(?:pas (?:deja |encore |du tout )?(?:de |d')|aucune? )"
    r"(?:cameras?|installations?|equipements?|systemes?|videoprotection)(?: de (?:videoprotection|cameras?))?"
    r"(?: existante?s?)?(?: (?:dans|sur) la commune| chez nous| en place| a ce jour)?$"
)
# To have had an aid is to have received it.
_HAD = re.compile(r"\b(?:eu|obtenue?s?|touchee?s?|percue?s?|beneficie)\b")
# Share of a condition that the clauses of a message must hold together.
_IN_ALL = 0.75
# Share of a condition's weighted words that one clause must hold.
ENOUGH = 0.55
_MIN_WORDS = 2
# An option of a question in "a, b or c" is named when a clause holds all its words, and they tell enough.
_TELLING_OPTION = 4.0
_EITHER = re.compile(r"\b(\w++) ou (\w+)")
_OPTIONS = re.compile(r", | ou | \(dont ")
# Words of the questions themselves, which tell nothing of the condition.
_PLAIN = frozenset(
    _bare(
        "votre commune demandeur projet porte agit sera seront cas dispositif région régionale aide faut "
        "titre collectivité il elle est-il fait avoir être"
    )
)
# Words of a question that its author answers at once, and how far the answer is looked for.
_FEW = 4
_NEAR = 12
_MARKS = " ,.;:!?\n"


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause that states something: its words, their stems, and its words with those that limit it."""

    text: str
    stems: frozenset[str]
    denies: bool
    limited: str


class StatedConditions:
    """Recognises the conditions of the schemes in the words of a message."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        """Weigh the words of every condition: a word that few conditions hold tells more."""
        names = {
            check.question: frozenset(_bare(f"{scheme.name} {scheme.label}"))
            for scheme in schemes
            for check in manual_checks(scheme)
        }
        checks = names.keys()
        stems = {question: frozenset(_bare(question)) - _PLAIN - names[question] for question in checks}
        counts = Counter(stem for found in stems.values() for stem in found)
        total = len(checks) or 1
        self._options = {
            question: [
                (option, fsum(log(1 + total / max(1, counts[stem])) for stem in option))
                for part in _OPTIONS.split(question.split(" : ")[-1])
                if (option := frozenset(_bare(part)) - _PLAIN)
                and not (len(option) == 1 and f"(dont {part}" not in question)
            ]
            for question in checks
            if " ou " in question
        }
        self._weights: Mapping[str, Mapping[str, float]] = {
            question: {stem: log(1 + total / counts[stem]) for stem in found}
            for question, found in stems.items()
            if found
        }

    def read(self, text: str, schemes: Iterable[Scheme]) -> dict[str, bool]:
        """Return the conditions of these schemes that a message settles, by fact key."""
        found: dict[str, bool] = {}
        clauses = _clauses_of(text)
        topics = frozenset(find_topics(text))
        for scheme in schemes:
            is_about = bool(topics & set(scheme.topics))
            for check in manual_checks(scheme):
                asked = fold(check.question)
                plain = [
                    part
                    for part in clauses
                    if is_plain(part.limited, asked) and not _denies_the_contrary(asked, part.text)
                ]
                parts = [(part.stems, part.denies) for part in plain]
                weights = self._weights.get(check.question, {})
                best = max(
                    ((_share(weights, stems), negative) for stems, negative in parts),
                    key=lambda pair: pair[0],
                    default=(0.0, False),
                )
                if best[0] >= ENOUGH:
                    found[check.fact] = not best[1]
                elif _denies_both(check.question, plain):
                    found[check.fact] = False
                elif self._names_an_option(check, parts) or _share(weights, _affirmed(parts)) >= _IN_ALL:
                    found[check.fact] = True
                if is_about and (way := _told(check, parts)) is not None:
                    found[check.fact] = way
                if (told := settles(check.question, text)) is not None:
                    found[check.fact] = told
                elif weights and (said := _said(check.question, text)) is not None:
                    found[check.fact] = said
        return found

    def contradicts(self, text: str, scheme: Scheme) -> bool:
        """Whether a message plainly says the contrary of what a scheme requires of the project."""
        told = self.read(text, [scheme])
        return any(
            told.get(check.fact) is (not check.expected)
            for check in scheme.criteria
            if isinstance(check, ManualCheck)
        )

    def _names_an_option(self, check: ManualCheck, parts: Sequence[tuple[frozenset[str], bool]]) -> bool:
        """Whether a clause that doesn't deny holds one whole option of a question in "a, b or c"."""
        return any(
            option <= stems and weight >= _TELLING_OPTION and not negative
            for option, weight in self._options.get(check.question, ())
            for stems, negative in parts
        )

    def apply(self, text: str, schemes: Iterable[Scheme], facts: Facts) -> Facts:
        """Add what a message settles to the facts."""
        return facts.with_claims(self.read(text, schemes))


def _told(check: ManualCheck, parts: Sequence[tuple[frozenset[str], bool]]) -> bool | None:
    """What clauses say of a condition by the words that the officer gives for it; None when they don't."""
    for ways, is_so in ((check.said_by, True), (check.denied_by, False)):
        for way in ways:
            told = frozenset(_bare(way))
            if any(told <= stems and negative is not is_so for stems, negative in parts):
                return is_so
    return None


def _said(question: str, text: str) -> bool | None:
    """What a message says of a condition in other words than its question; None when it doesn't."""
    asked = fold(question)
    stated = [clause.text for clause in read_clauses(fold(text)) if not is_unsure(clause.text)]
    plain = [part for part in _clauses_of(text) if is_plain(part.limited, asked)]
    affirmed = [part.text for part in plain if not part.denies]
    for about, says, meant in _SAYINGS:
        if about.search(asked) and any(_affirms(says, part) for part in (affirmed if meant else stated)):
            return meant
    return True if _FIRST.search(asked) and any(_has_none_yet(part.text) for part in plain) else None


def _has_none_yet(clause: str) -> bool:
    """Whether a clause says that there is nothing yet, and nothing before denies that."""
    found = _NONE_YET.search(clause)
    return found is not None and not denies(clause[: found.start()])


def _affirms(saying: re.Pattern[str], clause: str) -> bool:
    """Whether a clause holds a saying that no word before it denies: not "ce n'est pas un remplacement"."""
    found = saying.search(clause)
    return found is not None and not denies(clause[: found.end()])


def _denies_the_contrary(asked: str, clause: str) -> bool:
    """Whether a clause denies what would say that a condition isn't met: that alone says nothing of it."""
    return any(
        not meant and about.search(asked) and says.search(clause) and not _affirms(says, clause)
        for about, says, meant in _SAYINGS
    )


def _denies_both(question: str, parts: Sequence[_Clause]) -> bool:
    """Whether what is denied at once holds both words of a question in "a ou b": "ni classé ni inscrit"."""
    pairs = [frozenset(_bare(f"{left} {right}")) for left, right in _EITHER.findall(question)]
    return any(len(pair) > 1 and pair <= stems for pair in pairs for stems in _denied_at_once(parts))


def _denied_at_once(parts: Sequence[_Clause]) -> Iterator[frozenset[str]]:
    """The stems of each clause that denies, with those of the clauses in "ni" that go on with it."""
    denied: frozenset[str] = frozenset()
    for part in parts:
        if not part.denies:
            denied = frozenset()
            continue
        denied = denied | part.stems if part.text.startswith("ni ") else part.stems
        yield denied


def _affirmed(parts: Sequence[tuple[frozenset[str], bool]]) -> frozenset[str]:
    """The stems of every clause that doesn't deny."""
    return frozenset(stem for stems, negative in parts if not negative for stem in stems)


def manual_checks(scheme: Scheme) -> Iterator[ManualCheck]:
    """The conditions to check by hand of a scheme, those inside alternatives too."""
    for criterion in scheme.criteria:
        yield from _checks(criterion)


def _checks(criterion: Criterion) -> Iterator[ManualCheck]:
    match criterion:
        case ManualCheck():
            yield criterion
        case OneOf():
            for part in criterion.criteria:
                yield from _checks(part)
        case _:
            return


@lru_cache(maxsize=64)
def _clauses_of(text: str) -> tuple[_Clause, ...]:
    """The clauses of a message that state something."""
    folded = fold(text)
    clauses = read_clauses(folded)
    ends = [0, *(clause.end for clause in clauses)]
    # What comes before a clause is its own: "sauf" both ends one and opens the next.
    whole = [folded[end : clause.end].strip(_MARKS) for end, clause in zip(ends, clauses, strict=False)]
    return tuple(
        _Clause(clause.text, frozenset(_bare(_HAD.sub("recu", clause.text))), clause.denies, limited)
        for clause, limited in zip(clauses, with_their_limits(whole), strict=True)
        if not (_QUESTION.search(clause.text) or is_unsure(clause.text) or _asks_itself(folded, clause))
    )


def _asks_itself(folded: str, clause: Clause) -> bool:
    """Whether a few words ask what is answered just after: "première installation ? pas vraiment"."""
    rest = folded[clause.end : clause.end + _NEAR].lstrip()
    return rest.startswith("?") and bool(rest.strip(_MARKS)) and len(clause.text.split()) <= _FEW


def _share(weights: Mapping[str, float], stems: frozenset[str]) -> float:
    shared = [weight for stem, weight in weights.items() if stem in stems]
    if not weights or len(shared) < min(_MIN_WORDS, len(weights)):
        return 0.0
    return sum(shared) / (sum(weights.values()) or 1.0)
