"""Hold readings of utterances against their labels: act, aspect, subject, facts, by writer and by act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from assistant.reading.acts import ACTS, Act
from corpus.french.folding import words
from evaluation.judging.metrics import Metric
from evaluation.judging.statistics import Figure, mean_of_groups, paired_difference, share
from evaluation.questions.utterances import StatedFacts, Utterance, UtteranceFile
from evaluation.runs.reads import Reading

OVERALL = "all"
UNTOLD = "none"
# So many of the likeliest schemes are looked at.
_AMONG = 3
# Two quantities are the same within this share of the larger: "environ 1 200" is read as a span.
_SAME_QUANTITY = 0.01
FACTS: tuple[str, ...] = tuple(StatedFacts.model_fields)

MEASURES: Mapping[str, Metric] = MappingProxyType(
    {
        "act": Metric("acte juste", "%", "higher", "ce que fait l’énoncé, parmi douze actes"),
        "act_mean": Metric(
            "acte juste, moyenne des actes", "%", "higher", "chaque acte compte autant, rare ou fréquent"
        ),
        "aspect": Metric("aspect juste", "%", "higher", "ce qui est demandé d’un dispositif"),
        "subject": Metric("bon dispositif en premier", "%", "higher", "un dispositif acceptable en tête"),
        "subject_among": Metric(
            "bon dispositif parmi trois", "%", "higher", "un dispositif acceptable dans les trois premiers"
        ),
    }
)


class FactFigures(BaseModel):
    """How one kind of fact is read.

    Attributes:
        stated: how many utterances state one, by their labels.
        read: how many readings give one.
        right: how many readings give the one stated.
        precision: share of those read that are right; None when none is read.
        recall: share of those stated that are read right; None when none is stated.
    """

    model_config = ConfigDict(frozen=True)

    stated: int
    read: int
    right: int
    precision: Figure | None
    recall: Figure | None


class Judged(BaseModel):
    """What the readings of one reader are worth.

    Attributes:
        name: the reader's, in French.
        figures: by part, ``all``, ``file:<name>`` or ``act:<act>``, then by measure of ``MEASURES``; a
            measure that no utterance of the part allows isn't there.
        acts: the confusion of acts, ``right>given``; ``none`` where no act is told.
        facts: by part, ``all`` or ``file:<name>``, then by kind of fact; empty for who reads no facts.
        seconds: the time that the readings took.
        gaps: by measure, the first reader's figure less this one's, on the same utterances.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    figures: dict[str, dict[str, Figure]]
    acts: dict[str, int]
    facts: dict[str, dict[str, FactFigures]]
    seconds: float
    gaps: dict[str, Figure] = {}


@dataclass(frozen=True, slots=True)
class Read:
    """An utterance with the file that it's from and what was read in it."""

    file: str
    utterance: Utterance
    reading: Reading

    @property
    def rights(self) -> dict[str, bool]:
        """What is right, by measure; without those that the labels don't allow."""
        label, reading = self.utterance, self.reading
        found = {"act": reading.act == label.act}
        if label.act == "ask_scheme":
            found["aspect"] = reading.aspect == label.aspect
        if label.schemes:
            named = [name for name, _ in reading.subjects]
            found["subject"] = bool(named) and named[0] in label.schemes
            found["subject_among"] = not set(named[:_AMONG]).isdisjoint(label.schemes)
        return found


def together(files: Sequence[UtteranceFile], readings: Iterable[Reading]) -> list[Read]:
    """Put each utterance of the files beside its reading, in the same order.

    Raises:
        ValueError: there aren't as many readings as utterances.
    """
    utterances = [(file.name, utterance) for file in files for utterance in file.utterances]
    return [
        Read(name, utterance, reading)
        for (name, utterance), reading in zip(utterances, readings, strict=True)
    ]


def judge(name: str, reads: Sequence[Read], seconds: float, *, with_facts: bool = True) -> Judged:
    """Hold the readings of one reader against the labels.

    Args:
        name: the reader's, in French.
        reads: at least one.
        seconds: the time that the readings took.
        with_facts: whether this reader reads facts at all.
    """
    files = list(dict.fromkeys(item.file for item in reads))
    by_file = {OVERALL: list(reads)} | {
        f"file:{file}": [item for item in reads if item.file == file] for file in files
    }
    by_act = {f"act:{act}": [item for item in reads if item.utterance.act == act] for act in ACTS}
    return Judged(
        name=name,
        figures={part: _figures(items) for part, items in (by_file | by_act).items() if items},
        acts=dict(Counter(f"{item.utterance.act}>{item.reading.act or UNTOLD}" for item in reads)),
        facts={part: _facts(items) for part, items in by_file.items()} if with_facts else {},
        seconds=seconds,
    )


def beside(first: Sequence[Read], judged: Judged, reads: Sequence[Read]) -> Judged:
    """A reader's figures with how far the first reader is ahead of them, on the same utterances."""
    gaps = {}
    for measure in MEASURES:
        ours = [item.rights[measure] for item in first if measure in item.rights]
        theirs = [item.rights[measure] for item in reads if measure in item.rights]
        if ours:
            gaps[measure] = paired_difference([(got, 1) for got in theirs], [(got, 1) for got in ours])
    return judged.model_copy(update={"gaps": gaps})


def _figures(items: Sequence[Read]) -> dict[str, Figure]:
    rights = [item.rights for item in items]
    found = {}
    for measure in MEASURES:
        own = [right[measure] for right in rights if measure in right]
        if own:
            found[measure] = share(own)
    groups: dict[Act, list[float]] = {}
    for item, right in zip(items, rights, strict=True):
        groups.setdefault(item.utterance.act, []).append(float(right["act"]))
    if len(groups) > 1:
        found["act_mean"] = mean_of_groups(list(groups.values()))
    return found


def _facts(items: Sequence[Read]) -> dict[str, FactFigures]:
    found = {}
    for key in FACTS:
        pairs = [(getattr(item.utterance.facts, key), getattr(item.reading.facts, key)) for item in items]
        of_stated = [_same(label, given) for label, given in pairs if label is not None]
        of_read = [_same(label, given) for label, given in pairs if given is not None]
        if of_stated or of_read:
            found[key] = FactFigures(
                stated=len(of_stated),
                read=len(of_read),
                right=sum(of_stated),
                precision=share(of_read) if of_read else None,
                recall=share(of_stated) if of_stated else None,
            )
    return found


def _same(label: object, given: object) -> bool:
    """Whether a fact is read as it's stated: names by their words, quantities to a hundredth."""
    if label is None or given is None:
        return False
    if isinstance(label, bool) or isinstance(given, bool):
        return label is given
    if isinstance(label, int | float) and isinstance(given, int | float):
        return abs(label - given) <= _SAME_QUANTITY * max(label, given)
    return words(str(label)) == words(str(given))
