"""Choose the sentences of the cells where schemes stand side by side: each about its own scheme."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from assistant.answering.cite import cite
from assistant.choosing.evidence import MONEY_OR_RATE, Evidence
from assistant.eligibility.citations import CitationBook
from assistant.lines import quoted
from assistant.reading.french.dates import stated_dates
from assistant.reading.french.negation import denies
from assistant.reading.names import SchemeNames
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.document import Sentence
from corpus.fiches.fiche import CONFUSION_SECTION, OPENING_SECTION, STORY_SECTIONS, Fiche
from corpus.french.folding import fold, words

_WHO, _COVERED, _AMOUNT, _WHEN = "Bénéficiaires", "Dépenses éligibles", "Montant", "Calendrier"
# A sentence that sends to another fiche says nothing by itself.
_ELSEWHERE = re.compile(r"\bvoir (?:aussi )?(?:la|les|sa|leurs?) fiches?\b")
# What stands before a reference that ends a sentence.
_BEFORE_REFERENCE = " \u00a0:;(,"
# How a sentence tells a scheme from one that it doesn't name.
_APART = re.compile(r"\b(?:autres?|differ\w+|distinct\w*)\b")
# How a sentence says what a scheme is for.
_PURPOSE = re.compile(
    r"\b(?:est une? (?:aide|subvention|agence|appui)\b|permet\w*|sert|servent"
    r"|(?:programme|aide|dotation|subvention|fonds|appui)s?\b(?: \w+){0,6}? (?:pour|aux)\b"
    r"|aide(?:nt)? (?:a|les?|la|des?)\b|soutien\w*|vise\w*|financ\w+|accompagn\w+"
    r"|pour but|repare\w*|previen\w*|dynamis\w+|achet\w+|concern\w+)"
)
# How a sentence tells until when an aid can be asked for.
_ASKING = re.compile(
    r"\b(?:ouver\w+|rouvr\w+|depot\w*|depos\w+|candidat\w*|en continu|date limite|reconduit\w*|reconduction"
    r"|prolong\w+|remplac\w+|clos|close|termin\w+|jusqu|echeance|session\w*|campagne\w*)\b"
)
# How a sentence says whom a scheme is for, today.
_MEANT = re.compile(
    r"\b(?:s adresse\w*|benefici\w+|peut|peuvent|doit|doivent|verse\w*|reserve\w*|ouverte?s? aux?"
    r"|concerne\w*|vise\w*|va|vont)\b"
)
# How many of the best sentences may answer whatever their section.
_BEST = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for a cell.

    Attributes:
        text: the sentence.
        section: its section.
        cite: gives the number of its citation.
    """

    text: str
    section: str
    cite: Callable[[CitationBook], int]

    def quoted(self, book: CitationBook) -> str:
        """The sentence with the marker of its citation."""
        return quoted(self.text, self.cite(book))


@dataclass(frozen=True, slots=True)
class Own:
    """What the sources say of one of the schemes, or pages, that are compared.

    Attributes:
        name: its id.
        evidence: its sentences weighed as answers, best first; what isn't known is none of them.
        fiche: its fiche; None for a page.
        catalogue: the schemes.
        names: finds the schemes that a text names.
    """

    name: str
    evidence: tuple[Evidence, ...]
    fiche: Fiche | None
    catalogue: Catalogue
    names: SchemeNames

    def of(self, section: str) -> list[Said]:
        """Its own sentences of a section, the likeliest answer first; those that no passage brought last."""
        found = [self._weighed(item) for item in self.evidence if item.sentence.section == section]
        known = {item.text for item in found}
        found += [item for item in self._in_order(section) if item.text not in known]
        return [item for item in found if self._is_own(item.text)]

    def purpose(self) -> list[Said]:
        """What says what it's for, by the opening of its fiche or by what it covers; else how it opens."""
        opening = [item for item in self._in_order(OPENING_SECTION) if self._is_own(item.text)]
        opening = opening or self.of(OPENING_SECTION)
        covered = [item for item in self._in_order(_COVERED) if self._is_own(item.text)]
        telling = [item for item in (*opening, *covered[:1]) if _PURPOSE.search(_plain(item.text))]
        telling.sort(key=lambda item: bool(stated_dates(item.text)))
        return telling or opening

    def tells_purpose(self) -> bool:
        """Whether some sentence says what it's for."""
        return any(_PURPOSE.search(_plain(item.text)) for item in self.purpose()[:1])

    def who(self) -> list[Said]:
        """Whom it's for: what says it of today first, in the order of its fiche."""
        ordered = [item for item in self._in_order(_WHO) if self._is_own(item.text)]
        return sorted(ordered or self.of(_WHO), key=lambda item: not _MEANT.search(_plain(item.text)))

    def amount(self) -> list[Said]:
        """What it pays: what states a sum or a rate first."""
        return sorted(self.of(_AMOUNT), key=lambda item: not states_money(item))

    def when(self) -> list[Said]:
        """Until when it can be asked for, the likeliest answer first."""
        return [item for item in self.of(_WHEN) if _ASKING.search(_plain(item.text))]

    def latest(self) -> list[Said]:
        """The same, the latest first."""
        return sorted(self.when(), key=lambda item: max(stated_dates(item.text), default=""), reverse=True)

    @property
    def is_denied(self) -> bool:
        """Whether the sentence that answers best may forbid what is asked."""
        return bool(self.evidence) and denies(fold(self.evidence[0].sentence.text))

    def is_best(self, item: Said) -> bool:
        """Whether no other of its sentences answers better."""
        return bool(self.evidence) and self.evidence[0].sentence.text == item.text

    def likeliest_first(self, found: Iterable[Said]) -> list[Said]:
        """Sentences, each once, in the order in which they answer; those that no passage brought last."""
        rank = {item.sentence.text: place for place, item in enumerate(self.evidence)}
        each = {item.text: item for item in found}.values()
        return sorted(each, key=lambda item: rank.get(item.text, len(rank)))

    def best(self, shown: frozenset[str] = frozenset()) -> list[Said]:
        """What answers best, whatever its section, without what is shown already."""
        found = (item for item in self.evidence[:_BEST] if item.sentence.text not in shown)
        own = [self._weighed(item) for item in found if self._is_own(item.sentence.text)]
        return [item for item in own if item.section != CONFUSION_SECTION]

    def beside(self, others: Sequence[str]) -> list[tuple[float, Said]]:
        """What its fiche says to tell it from the others compared, each with its weight; nothing dated."""
        weights = {item.sentence.text: item.logit for item in self.evidence}
        found = []
        for item in self._in_order(CONFUSION_SECTION):
            if not set(others) & set(self.names.find(item.text)) or stated_dates(item.text):
                continue
            short = replace(item, text=_without_reference(item.text))
            tells_apart = self.name in self.names.find(short.text) or _APART.search(_plain(short.text))
            if tells_apart and not _ELSEWHERE.search(_plain(short.text)):
                found.append((weights.get(item.text, -inf), short))
        return found

    def _weighed(self, item: Evidence) -> Said:
        citation = cite(1, item, self.catalogue)
        return Said(item.sentence.text, item.sentence.section, lambda book: book.add(citation))

    def _in_order(self, section: str) -> Iterator[Said]:
        if self.fiche is None:
            return
        for part, sentence in self.fiche.as_document.sentences():
            if part.title == section:
                yield _of_fiche(self.fiche, section, sentence)

    def _is_own(self, text: str) -> bool:
        """Whether a sentence is about this scheme: it sends nowhere, and names no other scheme first."""
        if _ELSEWHERE.search(_plain(text)):
            return False
        firm = self.names.firm(text)
        named = [name for name in self.names.find(text) if name in firm or name == self.name]
        return not named or named[0] == self.name or self.fiche is None


def states_money(item: Said) -> bool:
    """Whether a sentence states a sum or a rate."""
    return bool(MONEY_OR_RATE.search(item.text))


def is_story(item: Said) -> bool:
    """Whether a sentence tells what was done or voted."""
    return item.section in STORY_SECTIONS


def _of_fiche(fiche: Fiche, section: str, sentence: Sentence) -> Said:
    return Said(sentence.text, section, lambda book: book.sentence(fiche, section, sentence))


def _plain(text: str) -> str:
    """A text folded, its apostrophes and hyphens made spaces."""
    return " ".join(words(text))


def _without_reference(text: str) -> str:
    """A sentence without the reference to another fiche that ends it."""
    found = _ELSEWHERE.search(text)
    return text if found is None else f"{text[: found.start()].rstrip(_BEFORE_REFERENCE)}."
