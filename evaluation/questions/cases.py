"""The question set: cases with what a right reply must hold, read from YAML, checked with the corpus."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from assistant.eligibility.assess import fact_keys
from assistant.reply import MAX_QUESTION_CHARS, ReplyStatus, Verdict
from corpus.communes.territory import Territory, load_territory
from corpus.fiches.catalogue import Catalogue, load_catalogue
from evaluation.errors import CaseError, field_in_french
from evaluation.questions.facts import Fact
from evaluation.questions.files import rows_of

QUESTIONS_DIR = Path(__file__).parents[1] / "data" / "questions"
STRATA: Mapping[str, str] = MappingProxyType(
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
# Share of the questions that serve the work; the others are only reported.
DEV_SHARE = 0.6
Split = Literal["dev", "test"]
# What a question back may ask for, beside the claims of the criteria.
_ASKABLE = frozenset({"population", "epci_population", "beneficiary", "commune", "project", "cost", "scheme"})


def split_of(case_id: str) -> Split:
    """The half that a question belongs to, drawn once from its id."""
    drawn = int(hashlib.sha256(case_id.encode()).hexdigest()[:8], 16) / 2**32
    return "dev" if drawn < DEV_SHARE else "test"


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _askable(turns: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse what no target takes as a question."""
    for number, turn in enumerate(turns, 1):
        if not turn.strip():
            raise ValueError(f"la question du tour {number} est vide")
        if len(turn) > MAX_QUESTION_CHARS:
            raise ValueError(f"la question du tour {number} dépasse {MAX_QUESTION_CHARS} caractères")
    return turns


class Case(BaseModel):
    """A question and what a right reply to it holds.

    Attributes:
        id: stratum and number, ``sms-012``.
        turns: what the user types; the reply to the last one is measured.
        commune: code INSEE chosen beside the chat.
        status: the right statuses, any one of them.
        schemes: schemes that the reply must be about.
        facts: what the answer must state.
        gold: passages (``scheme/section``) that the reply must cite.
        also: passages that it may cite.
        verdicts: the right verdict by scheme.
        asks: with a clarification, the facts that are right to ask for, any one of them.
        forbidden: what the answer must not state.
        note: a remark for the next reader.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=rf"^({'|'.join(STRATA)})-\d{{3}}$")
    turns: Annotated[tuple[str, ...], Field(min_length=1, max_length=10), AfterValidator(_askable)]
    commune: str | None = Field(default=None, pattern=r"^\d[\dAB]\d{3}$")
    status: Annotated[tuple[ReplyStatus, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
    schemes: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    gold: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    verdicts: dict[str, Verdict] = Field(default_factory=dict)
    asks: tuple[str, ...] = ()
    forbidden: tuple[Fact, ...] = ()
    note: str | None = None

    @property
    def stratum(self) -> str:
        """The kind of question, a key of ``STRATA``."""
        return self.id.partition("-")[0]

    @property
    def split(self) -> Split:
        """The half it belongs to."""
        return split_of(self.id)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a case may refer to."""

    sections: frozenset[str]
    schemes: frozenset[str]
    communes: frozenset[str]
    asks: frozenset[str]


def read_cases(
    paths: Iterable[Path], catalogue: Catalogue | None = None, territory: Territory | None = None
) -> list[Case]:
    """Read question files and check each case against the catalogue and the commune table.

    Raises:
        CaseError: with every problem found: the file, the case and what to mend.
    """
    known = _known(catalogue or load_catalogue(), territory or load_territory())
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
    """Read the project's own question set, whole or one half of it."""
    cases = read_cases(sorted(QUESTIONS_DIR.glob("*.yaml")))
    return [case for case in cases if split is None or case.split == split]


def _known(catalogue: Catalogue, territory: Territory) -> _Known:
    schemes = [scheme.id for scheme in catalogue.schemes]
    sections = frozenset(
        f"{name}/{section.title}" for name in schemes for section in catalogue.fiche(name).sections
    )
    asks = _ASKABLE | fact_keys(catalogue.schemes)
    return _Known(sections, frozenset(schemes), frozenset(territory.communes), asks)


def _problems(case: Case, known: _Known) -> list[str]:
    """What a case refers to that doesn't exist, and what contradicts itself in it."""
    problems = [
        f"dispositif inconnu « {name} ». Les identifiants sont ceux de corpus/schemes."
        for name in dict.fromkeys((*case.schemes, *case.verdicts))
        if name not in known.schemes
    ]
    problems += [
        f"passage inconnu « {passage} ». Écrivez fiche/section, comme dans la fiche."
        for passage in (*case.gold, *case.also)
        if passage not in known.sections
    ]
    if case.commune is not None and case.commune not in known.communes:
        problems.append(f"code INSEE inconnu « {case.commune} ».")
    problems += [
        f"un même fait est attendu et interdit : {other}."
        for other in case.forbidden
        if any(fact.shares_value(other) for fact in case.facts)
    ]
    problems += [
        f"« asks » nomme un fait inconnu, « {key} ». Les faits sont ceux des critères, dans corpus/schemes."
        for key in case.asks
        if key not in known.asks
    ]
    if case.asks and "clarification" not in case.status:
        problems.append("« asks » n’a de sens qu’avec le statut clarification.")
    return problems
