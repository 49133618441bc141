"""What is known of an applicant and a project: typed facts, from a form, an API call or a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import inf
from types import MappingProxyType
from typing import Literal, TypeVar

from assistant.errors import WrongFact
from corpus.communes.commune import Commune
from corpus.fiches.scheme import Per
from corpus.labels import Beneficiary, TerritoryList, Topic

_Kind = TypeVar("_Kind", Beneficiary, Topic)

MAX_POPULATION = 10_000_000
MAX_COST = 10_000_000_000
# Fact keys that hold a value; any other key is a claim, true or false.
POPULATION, EPCI_POPULATION, BENEFICIARY, COST, PROJECT, COMMUNE = (
    "population",
    "epci_population",
    "beneficiary",
    "cost",
    "project",
    "commune",
)


@dataclass(frozen=True, slots=True)
class Range:
    """A quantity known between two bounds, both included; an exact one has equal bounds.

    Attributes:
        low: the lower bound.
        high: the higher bound.
        terms: the figures that were told for it, which add up to it: one in "environ 80 000", two in "12 000
            de travaux et 15 000 de matériel"; empty where two bounds were told.
        named: what each of these figures is for, in the folded words around it; empty for a single one.
    """

    low: float = 0.0
    high: float = inf
    terms: tuple[float, ...] = field(default=(), compare=False)
    named: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def exactly(cls, value: float) -> Range:
        """A quantity known exactly."""
        return cls(value, value, (value,))

    @classmethod
    def about(cls, value: float) -> Range:
        """A quantity known to a tenth, in whole units."""
        return cls(round(value * 0.9), round(value * 1.1), (value,))

    @property
    def is_exact(self) -> bool:
        """Whether the bounds are the same."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known; None or absent means unknown, never no.

    Attributes:
        commune: the applicant's commune, or the one where the project is.
        department: number of the department, when it's said without the commune.
        beneficiary: what kind of applicant.
        population: inhabitants of the commune as the person states them; it goes before the table.
        epci_population: inhabitants of the intercommunal body, as stated.
        cost: eligible cost of the project, in euros.
        taxes: whether the cost is told with its taxes ("TTC") or without ("HT").
        granted: the public aids that were granted already for the project, in euros, as told.
        counts: how many of what a ceiling may be counted for: plants, kilometres, places…
        project: what the project is about.
        not_project: what the person says that it isn't about.
        claims: other facts by key: ``label:pvd``, ``laureate:cvcb``, the ``fact`` of a criterion to
            check by hand, ``criterion:<scheme>:<number>`` for a criterion settled as a whole,
            ``conditions:<scheme>`` False when one of the remaining conditions isn't met,
            ``declined:<key>`` when the person doesn't know, and ``apart:<scheme>`` when the conditions are
            to be asked one by one.
        aside: the ``fact`` of the cases of an alternative that another case told leaves beside the point:
            they aren't known not to hold, and needn't be asked about.
    """

    commune: Commune | None = None
    department: str | None = None
    beneficiary: Beneficiary | None = None
    population: Range | None = None
    epci_population: Range | None = None
    cost: Range | None = None
    taxes: Literal["HT", "TTC"] | None = None
    granted: float | None = None
    counts: Mapping[Per, float] = field(default_factory=lambda: MappingProxyType({}))
    project: frozenset[Topic] = frozenset()
    not_project: frozenset[Topic] = frozenset()
    claims: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    aside: frozenset[str] = field(default=frozenset(), compare=False)

    def with_claims(self, claims: Mapping[str, bool]) -> Facts:
        """The same facts with further claims; a later claim replaces an earlier one."""
        return replace(self, claims=MappingProxyType({**self.claims, **claims}))

    @property
    def applicant_is_known(self) -> bool:
        """Whether anything is known of who asks."""
        return bool(self.commune or self.beneficiary or self.population or self.claims)

    @property
    def own_inhabitants(self) -> Range | None:
        """The inhabitants of the commune that asks; None where they aren't known, or another body asks."""
        if self.beneficiary not in {None, Beneficiary.COMMUNE}:
            return None
        if self.population is None and self.commune is not None:
            return Range.exactly(self.commune.population)
        return self.population


def label_key(list_id: TerritoryList) -> str:
    """Fact key for bearing a label: ``label:pvd``."""
    return f"label:{list_id.value}"


def laureate_key(list_id: TerritoryList) -> str:
    """Fact key for being on a list of laureates; the present phase of the CVCB is ``laureate:cvcb``."""
    name = "cvcb" if list_id is TerritoryList.CVCB_PHASE_2 else list_id.value
    return f"laureate:{name}"


def criterion_key(scheme_id: str, index: int) -> str:
    """Fact key for a criterion settled as a whole, in one answer with others."""
    return f"criterion:{scheme_id}:{index}"


def conditions_key(scheme_id: str) -> str:
    """Fact key for "all the remaining conditions are met"."""
    return f"conditions:{scheme_id}"


def apart_key(scheme_id: str) -> str:
    """Fact key for "the conditions are to be asked one by one": an answer to all of them wasn't clear."""
    return f"apart:{scheme_id}"


def declined_key(key: str) -> str:
    """Fact key for "I don't know", so that a question isn't asked twice."""
    return f"declined:{key}"


def read_facts(values: Mapping[str, object], allowed: frozenset[str], facts: Facts | None = None) -> Facts:
    """Read the facts of an API call or of the command line.

    Args:
        values: by key: whole numbers of inhabitants, euros, true or false, topics, a beneficiary.
        allowed: the claim keys that the criteria know.
        facts: what is known already.

    Raises:
        WrongFact: an unknown key, or a value that makes no sense; says what to write.
    """
    known = facts or Facts()
    for key, value in values.items():
        match key:
            case "population":
                known = replace(known, population=Range.exactly(_number(key, value, MAX_POPULATION)))
            case "epci_population":
                known = replace(known, epci_population=Range.exactly(_number(key, value, MAX_POPULATION)))
            case "cost":
                known = replace(known, cost=Range.exactly(_number(key, value, MAX_COST)))
            case "beneficiary":
                known = replace(known, beneficiary=_one_of(key, value, Beneficiary))
            case "project":
                topics = value if isinstance(value, list | tuple) else [value]
                known = replace(known, project=frozenset(_one_of(key, topic, Topic) for topic in topics))
            case _ if key in allowed:
                known = known.with_claims({key: _boolean(key, value)})
            case _:
                choices = ", ".join(
                    sorted({POPULATION, EPCI_POPULATION, COST, BENEFICIARY, PROJECT, *allowed})
                )
                raise WrongFact(key, f"le fait « {key} » n’existe pas. Faits connus : {choices}")
    return known


def _number(key: str, value: object, most: float) -> float:
    text = str(value).replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    try:
        number = float("nan") if isinstance(value, bool) else float(text)
    except ValueError:
        number = float("nan")
    whole = key == COST or number == int(number) if number == number and abs(number) < inf else False
    if not (whole and 0 <= number <= most) or (key != COST and number == 0):
        limit = f"{most:,.0f}".replace(",", "\u00a0")
        kind = "un montant en euros" if key == COST else "un nombre entier d’habitants"
        raise WrongFact(
            key, f"« {key} » attend {kind}, de {0 if key == COST else 1} à {limit} : reçu « {value} »"
        )
    return number


def _boolean(key: str, value: object) -> bool:
    words = {"true": True, "oui": True, "vrai": True, "1": True, "false": False, "non": False, "faux": False}
    words["0"] = False
    found = value if isinstance(value, bool) else words.get(str(value).strip().lower())
    if found is None:
        raise WrongFact(key, f"« {key} » attend oui ou non (true ou false) : reçu « {value} »")
    return found


def _one_of(key: str, value: object, kind: type[_Kind]) -> _Kind:
    try:
        return kind(str(value))
    except ValueError as error:
        choices = ", ".join(kind)
        raise WrongFact(key, f"« {key} » attend une valeur parmi {choices} : reçu « {value} »") from error
