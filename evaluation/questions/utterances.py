"""Utterances: what people would type to the assistant, each labelled with what it means, read from JSONL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationError,
)
from pydantic_core import ErrorDetails

from assistant.eligibility.facts import MAX_COST, MAX_POPULATION
from assistant.reading.acts import Act, Aspect
from assistant.reply import MAX_MESSAGES, MAX_QUESTION_CHARS
from corpus.communes.territory import Territory, load_territory
from corpus.fiches.catalogue import Catalogue, load_catalogue
from corpus.french.folding import words
from evaluation.errors import CaseError, field_in_french

UTTERANCES_DIR = Path(__file__).parents[1] / "data" / "utterances"
# Kept for measuring only: nothing learns from it.
BLIND = (UTTERANCES_DIR / "everyone.jsonl", UTTERANCES_DIR / "visitors.jsonl")
MOST_SCHEMES = 4
_QUOTED = re.compile(r"'([^']*)'")


class StatedFacts(BaseModel):
    """What an utterance states of the person, the commune or the project; None where it says nothing.

    Attributes:
        commune: the commune's name in the table of communes, however the utterance writes it.
        population: inhabitants.
        cost: euros.
        who: who speaks.
        label: the label that the commune has.
        started: whether works have begun.
        answer: the yes or no that it answers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    commune: str | None = Field(default=None, min_length=1)
    population: Annotated[StrictInt, Field(ge=1, le=MAX_POPULATION)] | None = None
    cost: Annotated[float, Field(strict=True, ge=0, le=MAX_COST, allow_inf_nan=False)] | None = None
    who: Literal["commune", "epci", "association", "company", "individual", "shopkeeper"] | None = None
    label: Literal["pvd", "acv", "cvcb", "village_avenir"] | None = None
    started: StrictBool | None = None
    answer: Literal["yes", "no"] | None = None


def _said(text: str) -> str:
    """Refuse what nobody can send to the assistant."""
    if not text.strip():
        raise ValueError("le texte est vide")
    if len(text) > MAX_QUESTION_CHARS:
        raise ValueError(f"le texte dépasse {MAX_QUESTION_CHARS} caractères")
    return text


def _none_as_nothing(value: object) -> object:
    return () if value is None else value


_Said = Annotated[str, AfterValidator(_said)]


class Utterance(BaseModel):
    """One thing that a person types, and what it means.

    Attributes:
        text: as typed.
        before: what the same person typed earlier in the conversation, first to last.
        act: what it does.
        aspect: what it asks about a scheme.
        schemes: ids of those that a good reply would be about, the best first; any of them is acceptable.
        facts: what ``text`` alone states.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: _Said
    # Each earlier message takes two of the conversation's: it is answered.
    before: Annotated[
        tuple[_Said, ...], Field(max_length=(MAX_MESSAGES - 1) // 2), BeforeValidator(_none_as_nothing)
    ] = ()
    act: Act
    aspect: Aspect | None = None
    schemes: Annotated[tuple[str, ...], Field(max_length=MOST_SCHEMES)]
    facts: StatedFacts = StatedFacts()

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same as another: its words and those before, whatever the accents and signs."""
        return tuple(" ".join(words(said)) or said.strip() for said in (*self.before, self.text))


@dataclass(frozen=True, slots=True)
class UtteranceFile:
    """The utterances of one writer.

    Attributes:
        name: the name of the file, without its suffix; its path where two files have the same.
        utterances: in the order of the file.
    """

    name: str
    utterances: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a label may refer to."""

    schemes: frozenset[str]
    communes: frozenset[str]


def read_utterances(
    paths: Sequence[Path], catalogue: Catalogue | None = None, territory: Territory | None = None
) -> list[UtteranceFile]:
    """Read files of utterances and check every line against the lists, the fiches and the communes.

    Raises:
        CaseError: with every problem found: file, line, and what to mend.
    """
    known = _Known(
        frozenset(scheme.id for scheme in (catalogue or load_catalogue()).schemes),
        frozenset(commune.name for commune in (territory or load_territory()).communes.values()),
    )
    resolved = [path.resolve() for path in paths]
    problems = [
        f"{path}: fichier donné deux fois. Donnez-le une seule fois."
        for number, path in enumerate(paths)
        if resolved[number] in resolved[:number]
    ]
    if problems:
        raise CaseError("\n".join(problems))
    seen: dict[tuple[str, ...], str] = {}
    files = []
    for path in paths:
        kept: list[Utterance] = []
        for number, line in _lines(path):
            place = f"{path}:{number}"
            found = _read(line)
            if isinstance(found, Utterance):
                wrong = [*_unknown(found, known), *_repeated(found, place, seen)]
                kept.append(found)
            else:
                wrong = found
            problems += [f"{place}: {problem}" for problem in wrong]
        stems = [other.stem for other in paths]
        files.append(UtteranceFile(path.stem if stems.count(path.stem) == 1 else str(path), tuple(kept)))
    if problems:
        raise CaseError("\n".join(problems))
    return files


def committed_utterances() -> list[UtteranceFile]:
    """Read the project's own utterances, a file a writer."""
    return read_utterances(sorted(UTTERANCES_DIR.glob("*.jsonl")))


def _lines(path: Path) -> list[tuple[int, str]]:
    """The lines of a file that hold something, numbered from 1."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(f"« {path} » est illisible. Donnez un fichier JSONL en UTF-8.") from error
    # A text may hold other ends of lines than this one.
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise CaseError(f"« {path} » ne contient aucun énoncé. Écrivez un objet JSON par ligne.")
    return lines


def _read(line: str) -> Utterance | list[str]:
    """The utterance of a line, or what is wrong in it."""
    try:
        row = json.loads(line, object_pairs_hook=_once)
        json.dumps(row, ensure_ascii=False).encode("utf-8")  # half a character ("\ud800") can't be written
    except _RepeatedKey as error:
        return [f"la clé « {error} » est répétée. Gardez-en une seule."]
    except (ValueError, RecursionError):
        return ["JSON mal formé. Écrivez un objet JSON entier sur cette ligne."]
    if not isinstance(row, dict):
        return ["ce n’est pas un objet JSON. Écrivez {« text » : …, « act » : …}."]
    try:
        return Utterance.model_validate(row)
    except ValidationError as error:
        return [f"{_problem(detail)}." for detail in error.errors()]


class _RepeatedKey(Exception):
    """An object holds a key twice: JSON would silently keep the last one."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for key, value in pairs:
        if key in row:
            raise _RepeatedKey(" ".join(key.split())[:60].encode("utf-8", "replace").decode())
        row[key] = value
    return row


def _problem(detail: ErrorDetails) -> str:
    """Say what pydantic refused, with the values that the list holds where there is a list."""
    told = field_in_french(detail, "énoncé")
    if detail["type"] != "literal_error":
        return told
    allowed = ", ".join(_QUOTED.findall(detail["ctx"]["expected"]))
    return f"{told}. Valeurs possibles : {allowed}"


def _unknown(utterance: Utterance, known: _Known) -> Iterator[str]:
    """What the labels refer to that doesn't exist, and what they leave out."""
    for name in dict.fromkeys(utterance.schemes):
        if name not in known.schemes:
            yield f"dispositif inconnu « {name} ». Les identifiants sont ceux de corpus/schemes."
    if len(set(utterance.schemes)) < len(utterance.schemes):
        yield "un dispositif est écrit deux fois dans « schemes ». Gardez-le une seule fois."
    if utterance.act == "ask_scheme" and utterance.aspect is None:
        yield "« ask_scheme » demande un « aspect ». Écrivez other si aucun ne convient."
    commune = utterance.facts.commune
    if commune is not None and commune not in known.communes:
        yield f"commune inconnue « {commune} ». Écrivez son nom officiel d’aujourd’hui, dans la région."


def _repeated(utterance: Utterance, place: str, seen: dict[tuple[str, ...], str]) -> Iterable[str]:
    """Whether the same was written before, here or in another file."""
    first = seen.setdefault(utterance.key, place)
    return () if first == place else (f"même énoncé qu’en {first}. Retirez l’un des deux.",)
