"""Repair the spelling of a question: short-message forms, words that sound like ours, one slip of a key.

Only words that neither the corpus nor the French word list knows are changed, and only into a word of
the corpus or of questions; what was changed is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from assistant.reading.french.sounds import sound_of
from corpus.french.folding import fold

WORD = re.compile(r"[^\W\d_]+(?:['’](?=[^\W\d_]))?")
_SHORT_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "kel": "quel", "kels": "quels", "kelle": "quelle", "kelles": "quelles", "quel": "quel", "ki": "qui",
        "ke": "que", "koi": "quoi", "quoa": "quoi", "kan": "quand", "kand": "quand", "qd": "quand",
        "kombien": "combien", "cb": "combien", "cmb": "combien", "combi1": "combien", "konbien": "combien",
        "pr": "pour", "pour": "pour", "pk": "pourquoi", "pq": "pourquoi", "ds": "dans", "dan": "dans",
        "ac": "avec", "avc": "avec", "av": "avec", "ss": "sans", "jsk": "jusque", "jusk": "jusque",
        "jusko": "jusqu’au", "bcp": "beaucoup", "tt": "tout", "ts": "tous", "ns": "nous", "vs": "vous",
        "cmt": "comment", "coman": "comment", "commen": "comment", "komen": "comment", "koment": "comment",
        "svp": "s’il vous plaît", "stp": "s’il te plaît", "bjr": "bonjour", "slt": "salut", "bsr": "bonsoir",
        "rdv": "rendez-vous", "asso": "association", "assos": "associations", "assoc": "association",
        "renov": "rénovation", "subv": "subvention", "subventi": "subvention", "dept": "département",
        "jveu": "je veux", "jveux": "je veux", "jvoudrai": "je voudrais", "jvoudrais": "je voudrais",
        "jpeu": "je peux", "jpeux": "je peux", "chui": "je suis", "jsui": "je suis", "jsuis": "je suis",
        "jai": "j’ai", "cest": "c’est", "sest": "c’est", "ces": "ces", "ya": "il y a", "yatil": "y a-t-il",
        "esk": "est-ce que", "esque": "est-ce que", "eske": "est-ce que", "estce": "est-ce",
        "esseque": "est-ce que", "kescke": "qu’est-ce que", "keske": "qu’est-ce que", "keskon": "qu’est-ce qu’on",
        "diff": "différence", "difference": "différence", "oci": "aussi", "ossi": "aussi", "sur": "sur",
        "dossié": "dossier", "lé": "les", "dé": "des", "é": "et", "mé": "mais", "ou": "ou", "msg": "message",
        "tjs": "toujours", "tjr": "toujours", "tjrs": "toujours", "ajd": "aujourd’hui", "max": "maximum",
        "mini": "minimum", "info": "information", "infos": "informations", "num": "numéro",
        "ptit": "petit", "ptite": "petite", "ptits": "petits", "mtn": "maintenant", "auj": "aujourd’hui", "tte": "toute",
        "tel": "téléphone", "vidéo": "vidéoprotection", "video": "vidéoprotection",
    }
)  # fmt: skip
# Words of questions that a fiche hardly holds.
_QUESTION_WORDS = """
combien comment quand quel quelle quels quelles quoi pourquoi jusque aide aides argent subvention montant taux
plafond date dates délai dossier demande demander déposer éligible droit avoir bénéficier toucher financer payer
rembourser différence cumuler cumul contact contacter adresse téléphone numéro commune communes mairie maire
village habitants association intercommunalité région département état possible besoin voudrais veux aimerais
""".split()  # noqa: SIM905 - a page of quotes would hide the words
_SPELLED_OUT = re.compile(r"\b(?:[a-zA-Z] ){2,}[a-zA-Z]\b")
# A word that the French list knows is still a slip of one that the corpus is full of: "projé", "sall".
_COMMON = 15
_MIN_REPAIRED, _MIN_ONE_SLIP, _MIN_TWO_SLIPS, _MIN_ACRONYM = 4, 6, 9, 4


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text after repair.

    Attributes:
        text: the text to understand.
        changes: (written, read) for each word changed.
    """

    text: str
    changes: tuple[tuple[str, str], ...] = ()


class Spelling:
    """Repairs words from a vocabulary; built once, then read-only.

    Attributes:
        sounds: the words that others are repaired into, by their sound.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        lexicon: frozenset[str],
        acronyms: Iterable[str] = (),
        *,
        into: Collection[str] | None = None,
        one_slip_from: int = _MIN_ONE_SLIP,
        sounds: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Take a vocabulary; see :func:`assistant.reading.french.learned_words.spelling_of`, :meth:`of_index`.

        Args:
            counts: the folded words of the corpus with their frequency.
            lexicon: folded French words that are right as they are.
            acronyms: names made of initials, mended when two letters are swapped or one is wrong.
            into: the words to repair into; None for all of the corpus.
            one_slip_from: letters of the shortest word in which a slip is mended.
            sounds: the words to repair into by their sound, when they were sorted so before; see :attr:`sounds`.
        """
        self._acronyms = tuple(fold(name) for name in acronyms if len(name) >= _MIN_ACRONYM)
        self._counts = {**counts, **{fold(word): 3 + counts.get(fold(word), 0) for word in _QUESTION_WORDS}}
        self._lexicon = lexicon
        self._one_slip_from = one_slip_from
        targets = self._counts if into is None else {*into, *map(fold, _QUESTION_WORDS)}
        repaired_into = [word for word in self._counts if len(word) >= _MIN_REPAIRED and word in targets]
        self.sounds = _grouped(repaired_into, sound_of) if sounds is None else sounds
        self._by_start = _grouped(repaired_into, lambda word: word[0])
        self._cached = lru_cache(maxsize=8192)(self._replacement)

    @classmethod
    def of_index(cls, vocabulary: Mapping[str, int], lexicon: frozenset[str]) -> Spelling:
        """Learn from the words of an index, names too; only for a search, which a wrong name doesn't mislead.

        Args:
            vocabulary: occurrences by folded word.
            lexicon: folded French words that are right as they are.
        """
        return cls(vocabulary, lexicon, one_slip_from=_MIN_REPAIRED)

    def repair(self, text: str, keep: Iterable[tuple[int, int]] = ()) -> Repaired:
        """Repair a text.

        Args:
            text: what the person typed.
            keep: spans to leave as they are: the names of communes.
        """
        kept = tuple(keep)
        changes: list[tuple[str, str]] = []

        def replace(match: re.Match[str]) -> str:
            word = match.group()
            if any(start <= match.start() < end for start, end in kept):
                return word
            read = self._cached(word)
            if read is None or fold(read) == fold(word):
                return word
            changes.append((word, read))
            return read

        spelled = _SPELLED_OUT.sub(self._joined, text)
        return Repaired(WORD.sub(replace, _unglued(spelled)), tuple(changes))

    def _joined(self, match: re.Match[str]) -> str:
        """Join letters that spell an acronym out: "d e t r c quoi" holds DETR."""
        letters = match.group().split()
        joined = "".join(letters).lower()
        for name in sorted(self._acronyms, key=len, reverse=True):
            if joined.startswith(name):
                return " ".join((name.upper(), *letters[len(name) :]))
        return match.group()

    def knows(self, word: str) -> bool:
        """Whether a word is right as it is."""
        folded = fold(word)
        return folded in self._counts or folded in self._lexicon

    def _replacement(self, word: str) -> str | None:
        lower = word.lower()
        if lower in _SHORT_FORMS:
            return _SHORT_FORMS[lower]
        folded = fold(word)
        if len(folded) < _MIN_REPAIRED or folded in self._counts or self._is_inflected(folded):
            return None
        if folded in self._lexicon:
            return self._common_word_like(folded)
        alike = self.sounds.get(sound_of(folded), ())
        near = [
            other for other in alike if DamerauLevenshtein.distance(folded, other) <= 1 + len(folded) // 2
        ]
        if near:
            return self._best(folded, near)
        if folded[0] in "ldjnsm" and self.knows(folded[1:]) and folded[1] in "aeiouyh":
            return f"{folded[0]}’{folded[1:]}"
        if len(folded) < self._one_slip_from:
            known = [name for name in self._acronyms if DamerauLevenshtein.distance(folded, name) == 1]
            return self._best(folded, known) if known else None
        most = 2 if len(folded) >= _MIN_TWO_SLIPS else 1
        starts = {folded[0], folded[1], "c" if folded[0] == "k" else folded[0]}
        close = [
            other
            for start in starts
            for other, _, _ in extract(
                folded,
                self._by_start.get(start, ()),
                scorer=DamerauLevenshtein.distance,
                processor=None,
                score_cutoff=most,
                limit=None,
            )
        ]
        return self._best(folded, close) if close else None

    def _common_word_like(self, folded: str) -> str | None:
        """A common word of the corpus that sounds the same, one letter away from a listed word."""
        if len(folded) < _MIN_ONE_SLIP:
            return None
        alike = [
            other
            for other in self.sounds.get(sound_of(folded), ())
            if self._counts[other] >= _COMMON and DamerauLevenshtein.distance(folded, other) == 1
        ]
        return self._best(folded, alike) if alike else None

    def _is_inflected(self, folded: str) -> bool:
        """A plural or feminine of a known word is right too."""
        return any(
            folded.endswith(end) and self.knows(folded[: -len(end)])
            for end in ("s", "e", "es", "x")
            if len(folded) > 4
        )

    def _best(self, folded: str, candidates: Iterable[str]) -> str:
        return min(
            candidates,
            key=lambda other: (DamerauLevenshtein.distance(folded, other), -self._counts[other], other),
        )


def _grouped(words: Iterable[str], group: Callable[[str], str]) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(group(word), []).append(word)
    return groups


def _unglued(text: str) -> str:
    """Part what short messages glue or cut: "c koi", "l arbre", "qu est ce"."""
    text = re.sub(
        r"\b([cC])\s+(?=(?:k|qu)oi\b|possible\b|pour\b|pr\b|ki\b|qui\b|bon\b|ouvert|quand\b|koi)",
        "c’est ",
        text,
    )
    return re.sub(r"\b([ldLDnNsSjJ])\s+(?=[aeiouyhéèêàâîôûAEIOUYH])", r"\1’", text)
