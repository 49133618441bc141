"""Read what an answer says of each of several conditions that were asked about together.

"La première oui, la seconde non", "première installation et jamais aidés": each part of the answer speaks of
a condition by its rank or by its words. Where it isn't plain what is met, nothing is settled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, log
from types import MappingProxyType

from assistant.reading.french.negation import denies_beside_no
from assistant.reading.french.reserves import limits, opens_an_exception, with_their_limits
from assistant.reading.plain_clauses import is_plain
from assistant.reading.quantities import settles
from assistant.reading.yes_no import (
    NO_WORD,
    YES_WORD,
    Said,
    is_doubtful,
    is_negative_question,
    is_unsure,
    without_unsure,
)
from corpus.french.figures import figure_values
from corpus.french.folding import fold
from ingest.lexical import analyse

_RANKS = {
    1: r"1|1ere?|1re|premiere?s?",
    2: r"2|2e|2eme|2nde?|deuxiemes?|secondes?|second",
    3: r"3|3e|3eme|troisiemes?",
    4: r"4|4e|4eme|quatriemes?",
    5: r"5|5e|5eme|cinquiemes?",
    6: r"6|6e|6eme|sixiemes?",
    7: r"7|7e|7eme|septiemes?",
}
_ANY_RANK = "|".join(_RANKS.values()) + "|dernieres?|derniers?"
_ARTICLE = r"(?:(?:la|le|les|a la|au|pour la|pour le|sur la|n|no|numero|point|condition) )?"
_PART = re.compile(r"[.,;!?\n/]+|\s(?:et|mais|puis|en revanche|par contre|alors que|tandis que)(?=\s)")
_SAUF = re.compile(r"\b(?=(?:sauf|hormis|excepte|a part|mis a part|en dehors)\b)(?<!mis )")
_EXCEPT = re.compile(r"(?:sauf|hormis|excepte|a part)(?: pour)?\b")
# "1 oui 2 non", "oui pour l’une non pour l’autre": a new part without a comma.
_RANKED = re.compile(r"(?<![\w])([1-7])\s*[.:)=\-]+\s*(?=[a-z])")
_NEW_PART = re.compile(
    rf" (?=(?:pour )?(?:la |le )?(?:{_ANY_RANK}) (?:c'est )?(?:{YES_WORD}|{NO_WORD}|je ne sais)\b"
    rf"|(?:oui|non) (?:pour|a) )"
)
_YES = re.compile(rf"\b{YES_WORD}\b|\bsi\b(?=\W*$)")
_NO = re.compile(rf"\b{NO_WORD}\b(?!-)")
# "Non aidés", "non jamais aidés": a statement, not an answer; "non pour l’aide" is an answer.
_STATED_NO = re.compile(rf"\b{NO_WORD} (?!(?:pour|a|au|la|le|les|l'|sur|c'est)\b)(?=\w)")
_HAD = re.compile(r"\b(?:eu|obtenue?s?|touchee?s?|percue?s?|beneficie)\b")
_OF_THE_REGION = re.compile(r"\b(?:de|par) la region\b")
_COUNTS = {2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept"}
# Words that speak of the conditions as a whole, or of nothing.
_FILLERS = frozenset(
    """
    a ainsi alors avons bien bon bonjour bons c ca cas ce cela ces confirme condition conditions d de des du elle
    elles en encore est et etre il ils j je l la le les ma merci monsieur madame nous on pour qu que remplie remplies
    remplis remplissons respectees respectons sont sommes sur tout toute toutes tous totalite y
    """.split()  # noqa: SIM905 - a page of quotes would hide the words
)
_WHOLE_NO = frozenset("aucun aucune ni une un autre pas jamais ne n".split())  # noqa: SIM905
_PLAIN = frozenset(
    stem.removesuffix("e")
    for stem in analyse(
        "votre commune demandeur projet porte agit sera seront cas il elle fait avoir être notre nous entreprise "
        "collectivité bien oui non ouais ok nan pas jamais aucun aucune déjà encore reçu donc aussi point condition"
    )
)
_FIGURES = re.compile(r"\d")
# More parts than this make a speech.
_MOST_PARTS = 40
# Share of the words of a part that its condition must hold.
_ABOUT = 0.5


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was asked about with others.

    Attributes:
        text: its question, or its label.
        wants_no: whether it's met by a no: then a bare yes or no may mean two things.
    """

    text: str
    wants_no: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says of conditions asked together.

    Attributes:
        whole: what it says of all of them: yes, no (one at least isn't met), unsure; None when of each its own.
        each: by rank from 0, what it says of a condition: that what the question states is so, that it isn't,
            or None when the person doesn't know.
        doubtful: ranks of those it speaks of without being plain.
        unclear: whether it holds a yes or a no that can't be told of which.
    """

    whole: Said | None = None
    each: Mapping[int, bool | None] = field(default_factory=lambda: MappingProxyType({}))
    doubtful: frozenset[int] = frozenset()
    unclear: bool = False


def read_together(answer: str, conditions: Sequence[Condition]) -> Told:
    """Read an answer to "Ces conditions sont-elles toutes remplies ?".

    Args:
        answer: what the person wrote.
        conditions: the conditions, in the order in which they were asked.
    """
    folded = fold(answer)
    texts = _parts(folded)
    stems = [_stems(condition.text) for condition in conditions]
    if "?" in folded or len(texts) > _MOST_PARTS:
        # A question back or a speech, not an answer; "première installation ? pas vraiment" is one, not plain.
        after = _parts(folded.rpartition("?")[2]) if len(texts) <= _MOST_PARTS else []
        return Told(unclear=any(_Part(text, conditions, stems).answers for text in after))
    parts = _joined([_Part(text, conditions, stems) for text in texts])
    spoken = [part for part in parts if part.ranks]
    whole = {part.says for part in parts if part.is_whole}
    if not spoken:
        clear = len(whole) == 1 and all(part.is_whole for part in parts)
        return Told(whole=whole.pop()) if clear else Told(unclear=any(part.answers for part in parts))
    found: dict[int, set[bool | None]] = {}
    doubtful: set[int] = set()
    for part in spoken:
        for rank in part.ranks:
            if part.is_plain_of(rank):
                found.setdefault(rank, set()).add(part.states(rank))
            else:
                doubtful.add(rank)
    doubtful |= {rank for rank, values in found.items() if len(values) > 1}
    each = {rank: values.pop() for rank, values in found.items() if rank not in doubtful}
    met = {
        rank for rank, value in each.items() if value is not None and value is not conditions[rank].wants_no
    }
    if whole == {"no"} and len(met) == len(conditions):
        return Told(unclear=True)  # "non", then everything that is met
    said_more = any(part.answers and not part.ranks for part in parts)
    return Told(None, MappingProxyType(each), frozenset(doubtful), said_more)


class _Part:
    """One part of an answer: what it says, and of which conditions."""

    def __init__(self, text: str, conditions: Sequence[Condition], stems: Sequence[frozenset[str]]) -> None:
        self.text = text
        self.limited = text  # with the parts beside it that limit it
        self.conditions = conditions
        self.stems = stems
        self.hedged = is_doubtful(text)
        self.denies = denies_beside_no(text) or bool(_STATED_NO.search(text))
        self.by_rank = frozenset(self._ranks())
        self.ranks = self.by_rank or frozenset(self._spoken_of())

    @property
    def says(self) -> Said | None:
        """The yes, the no or the "I don't know" that it holds; None when none, or both."""
        if is_unsure(self.text):
            return "unsure"
        yes, no = bool(_YES.search(self.text)), bool(_NO.search(self.text))
        if yes is not no:
            return "yes" if yes else "no"
        if yes or not self.is_about_all:
            return None
        return "no" if self.denies else "yes"

    @property
    def answers(self) -> bool:
        """Whether it holds a yes, a no, a doubt or a count of conditions, clear or not."""
        counts = set(_COUNTS.values()) & set(re.findall(r"\w+", self.text))
        found = _YES.search(self.text) or _NO.search(self.text) or is_unsure(self.text)
        return bool(found or counts or self.hedged or self.is_about_all or limits(self.text))

    @property
    def is_about_all(self) -> bool:
        """Whether it speaks of the conditions as a whole, and says it: "toutes", "les deux", "aucune"."""
        words = set(re.findall(r"\w+", self.text))
        count = _COUNTS.get(len(self.conditions), "")
        is_whole = words & {
            "tout",
            "toute",
            "toutes",
            "tous",
            "aucun",
            "aucune",
            count,
            "ni",
            "jamais",
            "encore",
        }
        return bool(is_whole or self.denies) and words <= _FILLERS | _WHOLE_NO | {count}

    @property
    def is_whole(self) -> bool:
        """Whether it says yes, no or "I don't know" of all the conditions, and nothing else."""
        if self.says is None or self.ranks or self.hedged:
            return False
        if self.says == "unsure":
            return True
        rest = _NO.sub(" ", _YES.sub(" ", self.text))
        words = set(re.findall(r"\w+", rest)) - {_COUNTS.get(len(self.conditions), "")}
        denies = bool(words & (_WHOLE_NO - {"une", "un", "autre"}))
        return words <= _FILLERS | _WHOLE_NO and not (self.says == "yes" and denies)

    def is_plain_of(self, rank: int) -> bool:
        """Whether it's plain what it says of a condition."""
        if self.says == "unsure":
            return True
        condition = self.conditions[rank]
        if not is_plain(self.limited, fold(condition.text)):
            return False
        known, told = figure_values(condition.text), figure_values(self.text)
        if not self.hedged and settles(condition.text, self.text) is not None:
            return True
        if self.hedged or (not self.by_rank and known and not told <= known):
            return False
        if self.says == "yes":
            return not self.denies and not condition.wants_no
        if self.says == "no" and not _STATED_NO.search(self.text) and not denies_beside_no(self.text):
            return not condition.wants_no
        if self.by_rank:
            return self.denies and not condition.wants_no
        # "Déjà aidés" without its year may be another year; "jamais aidés" is of every year.
        return self.denies or told >= known

    def states(self, rank: int) -> bool | None:
        """What it says of what the question of a condition states; None when the person doesn't know."""
        if self.says == "unsure":
            return None
        if (by_quantity := settles(self.conditions[rank].text, self.text)) is not None:
            return by_quantity
        if self.says == "yes":
            return True
        bare_no = self.says == "no" and not self.denies
        if bare_no or self.by_rank:
            return False
        return self.denies is is_negative_question(fold(self.conditions[rank].text))

    def _ranks(self) -> Iterator[int]:
        """The conditions that it names by their rank and nothing else."""
        rest = _NO.sub(" ", _YES.sub(" ", self.text))
        found = []
        for rank, pattern in (*_RANKS.items(), (len(self.conditions), r"dernieres?|derniers?")):
            rest, count = re.subn(rf"(?<!\bune )(?<!\bun )(?<!\w){_ARTICLE}(?:{pattern})(?!\w)", " ", rest)
            found += [rank - 1] * bool(count)
        told = set(re.findall(r"\w+", without_unsure(rest)))
        if found and max(found) < len(self.conditions) and told <= _FILLERS | _WHOLE_NO:
            yield from found

    def _spoken_of(self) -> Iterator[int]:
        """The one condition that its words speak of, more than of any other."""
        stems = _stems(without_unsure(self.text))
        lines = self.stems
        counts = Counter(stem for line in lines for stem in line)
        scores = [fsum(log((len(lines) + 1) / counts[stem]) for stem in stems & line) for line in lines]
        best = max(scores, default=0.0)
        first = scores.index(best) if best else -1
        if best and scores.count(best) == 1 and len(stems & lines[first]) / len(stems) > _ABOUT:
            yield first


def _joined(parts: Sequence[_Part]) -> list[_Part]:
    """The parts, with what belongs together made one: "non", then "jamais aidés"; "la 1", then "la 2 oui"."""
    found: list[_Part] = []
    for part in parts:
        before = found[-1] if found else None
        if before is not None and before.is_whole and before.says == "yes" and opens_an_exception(part.text):
            # "oui sauf la deuxième": of all of them but one
            found.append(_Part(_EXCEPT.sub("non pour", part.text, count=1), part.conditions, part.stems))
            continue
        opens = before is not None and before.is_whole and before.says == "no" and not before.denies
        names_only = before is not None and before.by_rank and before.says is None and not before.denies
        if before is not None and ((opens and part.ranks and part.denies and not part.by_rank) or names_only):
            found[-1] = _Part(f"{before.text} {part.text}", part.conditions, part.stems)
        else:
            found.append(part)
    for part, limited in zip(found, with_their_limits([part.text for part in found]), strict=True):
        part.limited = limited
    return found


def _parts(folded: str) -> list[str]:
    lines = (" ".join(line.split()) for line in folded.splitlines())
    text = _RANKED.sub(r"\1 ", _SAUF.sub(", ", "\n".join(filter(None, lines))))
    text = _NEW_PART.sub(", ", text)
    return [part.strip() for part in _PART.split(text) if re.search(r"\w", part)]


def _stems(text: str) -> frozenset[str]:
    """The telling stems of a text, the mark of the feminine off, without numbers."""
    told = _OF_THE_REGION.sub("regionale", _HAD.sub("recu", fold(text)))
    found = {stem.removesuffix("e") for stem in analyse(told)}
    return frozenset(stem for stem in found - _PLAIN if not _FIGURES.search(stem))
