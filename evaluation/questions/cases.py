"""The question set: cases with what a right reply must hold, read from YAML, checked with the corpus."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from assistant.reading.acts import Act
from assistant.reply import MAX_QUESTION_CHARS, ReplyStatus
from corpus.communes.territory import Territory, load_territory
from corpus.fiches.catalogue import Catalogue, load_catalogue
from evaluation.errors import CaseError, field_in_french
from evaluation.questions.documents import document_files
from evaluation.questions.expectation import Expectation, contradictions
from evaluation.questions.files import rows_of
from evaluation.questions.known import Known, known_of, unknown

QUESTIONS_DIR = Path(__file__).parents[1] / "data" / "questions"
# The strata of the first three series: read while the program was made, they serve the work only.
_WORKED_ON: Mapping[str, str] = MappingProxyType(
    {
        "direct": "questions directes",
        "sms": "écriture SMS",
        "multi": "plusieurs tours",
        "compare": "comparaisons",
        "commune": "selon la commune",
        "unknown": "absent des sources",
        "scope": "hors périmètre",
    }
)
STRATA: Mapping[str, str] = MappingProxyType(
    {
        **_WORKED_ON,
        "overview": "tour d’horizon d’une commune",
        "record": "dossier d’une commune",
        "amount": "montant pour un coût",
        "combine": "cumul et plan de financement",
        "contact": "contact et démarche",
        "talk": "conversation",
        "several": "plusieurs questions à la fois",
        "exclude": "exclusions",
        "correct": "corrections",
        "page": "documents ordinaires",
        "fresh": "dispositifs nouveaux",
        "updated": "réponses mises à jour",
    }
)
# Share of the questions of the other strata that serve the work; the others are only reported.
DEV_SHARE = 0.5
Split = Literal["dev", "test"]
# A case that expects an answer to one of these states no fact: thanks have none.
_WITHOUT_FACT: frozenset[Act | None] = frozenset({"social", "about_assistant", "out_of_scope"})
_STATING_NOTHING: frozenset[ReplyStatus] = frozenset({"unanswerable", "out_of_scope", "conversation"})


def split_of(case_id: str) -> Split:
    """The half that a question belongs to: dev for the first strata, else drawn once from its id."""
    if case_id.partition("-")[0] in _WORKED_ON:
        return "dev"
    drawn = int(hashlib.sha256(case_id.encode()).hexdigest()[:8], 16) / 2**32
    return "dev" if drawn < DEV_SHARE else "test"


def _askable(turns: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse what no target takes as a question."""
    for number, turn in enumerate(turns, 1):
        if not turn.strip():
            raise ValueError(f"la question du tour {number} est vide")
        if len(turn) > MAX_QUESTION_CHARS:
            raise ValueError(f"la question du tour {number} dépasse {MAX_QUESTION_CHARS} caractères")
    return turns


def _numbered(case_id: str) -> str:
    """Refuse an identifier that isn't a stratum and a number."""
    stratum, _, number = case_id.partition("-")
    if stratum not in STRATA or not re.fullmatch(r"[0-9]{3}", number):
        raise ValueError(f"il s’écrit genre-001, le genre parmi {', '.join(STRATA)}")
    return case_id


class Case(Expectation):
    """A question and what a right reply to it holds.

    Attributes:
        id: stratum and number, ``sms-012``.
        turns: what the user types; the reply to the last one is measured.
        commune: code INSEE chosen beside the chat.
        note: a remark for the next reader.
    """

    id: Annotated[str, AfterValidator(_numbered)]
    turns: Annotated[tuple[str, ...], Field(min_length=1, max_length=10), AfterValidator(_askable)]
    commune: str | None = Field(default=None, pattern=r"^\d[\dAB]\d{3}$")
    note: str | None = None

    @property
    def stratum(self) -> str:
        """The kind of question, a key of ``STRATA``."""
        return self.id.partition("-")[0]

    @property
    def is_on_documents(self) -> bool:
        """Whether it needs the plain documents beside the fiches."""
        return self.stratum == "page" or bool(self.asked_documents)

    @property
    def split(self) -> Split:
        """The half it belongs to."""
        return split_of(self.id)


def read_cases(
    paths: Iterable[Path], catalogue: Catalogue | None = None, territory: Territory | None = None
) -> list[Case]:
    """Read question files and check each case against the catalogue, the commune table and the documents.

    Raises:
        CaseError: with every problem found: the file, the case and what to mend.
    """
    known = known_of(catalogue or load_catalogue(), territory or load_territory())
    cases: dict[str, Case] = {}
    problems: list[str] = []
    for path in paths:
        for number, row in enumerate(rows_of(path), 1):
            name = str(row.get("id", f"n° {number}")) if isinstance(row, dict) else f"n° {number}"
            try:
                case = Case.model_validate(row)
            except ValidationError as error:
                details = [field_in_french(detail, "question") for detail in error.errors()]
                problems += [f"{path}: question {name}: {detail}." for detail in details]
                continue
            problems += [f"{path}: question {name}: {problem}" for problem in _problems(case, known)]
            if case.id in cases:
                problems.append(f"{path}: question {name}: cet identifiant existe déjà. Changez son numéro.")
            cases[case.id] = case
    if problems:
        raise CaseError("\n".join(problems))
    return list(cases.values())


def committed_cases(split: Split | None = None) -> list[Case]:
    """Read the project's own question set, whole or one half of it.

    Raises:
        CaseError: a file is wrong, or that half holds no question.
    """
    cases = _read_whole(QUESTIONS_DIR)
    half = [case for case in cases if split is None or case.split == split]
    if not half:
        raise CaseError(
            f"Le jeu « {split or 'all'} » ne contient aucune question. "
            "Ajoutez-en dans evaluation/data/questions, ou mesurez un autre jeu."
        )
    return half


@cache
def _read_whole(folder: Path) -> tuple[Case, ...]:
    """The cases of a folder, read and checked once: they don't change while a measure runs."""
    return tuple(read_cases(sorted(folder.glob("*.yaml"))))


def documents_of(cases: Iterable[Case]) -> tuple[Path, ...]:
    """The files to index beside the fiches for a set: every document when a case is on one, else none."""
    return document_files() if any(case.is_on_documents for case in cases) else ()


def _problems(case: Case, known: Known) -> Iterator[str]:
    """What a case refers to that doesn't exist, what contradicts itself in it, and what it lacks."""
    yield from unknown(case, case.commune, known)
    yield from contradictions(case)
    if _lacks_a_fact(case):
        yield (
            "une réponse est attendue, et rien de ce qu’elle doit dire. "
            "Donnez « facts », ou un statut qui n’est pas answered."
        )
    if case.stratum == "page" and "answered" in case.status and not case.asked_documents:
        yield "une question « page » porte sur un document. Nommez-le dans « documents » ou dans « gold »."


def _lacks_a_fact(case: Case) -> bool:
    """Whether an answer is expected and nothing of what it must say."""
    may_state_nothing = bool(_STATING_NOTHING & set(case.status)) or bool(case.asks)
    is_talk = case.stratum == "talk" or case.act in _WITHOUT_FACT
    return "answered" in case.status and not (case.states_something or may_state_nothing or is_talk)
