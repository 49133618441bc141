"""Assess schemes for a request of the API, of the command line or of the chat page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from assistant.eligibility.assess import assess, fact_keys
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.commune_view import CommuneView, commune_view
from assistant.eligibility.facts import (
    BENEFICIARY,
    COST,
    EPCI_POPULATION,
    POPULATION,
    PROJECT,
    Facts,
    label_key,
    laureate_key,
    read_facts,
)
from assistant.eligibility.shape import eligibility_shape
from assistant.errors import AmbiguousCommune, UnknownCommune, UnknownScheme, WrongFact
from assistant.reply import Citation, Eligibility, Verdict
from corpus.communes.commune import DEPARTMENTS, Commune
from corpus.communes.territory import Territory, load_territory
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.criteria import Criterion, HasLabel, ListedIn, ManualCheck, OneOf
from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold
from corpus.labels import LIST_LABELS, Beneficiary
from corpus.places.gazetteer import Gazetteer
from corpus.places.name import EXACT, How
from corpus.places.resolution import Ambiguous, Found, NotFound

VALUE_KEYS = frozenset({POPULATION, EPCI_POPULATION, COST, BENEFICIARY, PROJECT})
SUGGESTIONS = 10
_MAX_FACTS, _MAX_KEY_CHARS, _MAX_VALUE_CHARS, _MAX_NAMES, _NEAREST_KEYS = 200, 60, 200, 12, 3
_ORDER: Mapping[Verdict, int] = MappingProxyType({"eligible": 0, "undetermined": 1, "not_eligible": 2})
_SURE = EXACT | {How.POSTCODE, How.INSEE}


def _day(value: object) -> object:
    """Read a day strictly: pydantic would take a number for seconds since 1970."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else _no_day()
    except ValueError as error:
        raise ValueError("une date est attendue sous la forme AAAA-MM-JJ, par exemple 2026-11-23") from error


def _no_day() -> date:
    raise ValueError


def _beneficiary(value: object) -> object:
    if value is None or (isinstance(value, str) and value in set(Beneficiary)):
        return value
    raise ValueError(f"valeur à choisir parmi {', '.join(Beneficiary)}")


_FACT_SCHEMA = {
    "anyOf": [
        {"type": "boolean"},
        {"type": "number"},
        {"type": "string"},
        {"type": "array", "items": {"type": "string"}},
    ]
}
FactValues = Annotated[
    dict[str, Annotated[Any, WithJsonSchema(_FACT_SCHEMA)]],
    Field(max_length=_MAX_FACTS, examples=[{"population": 1500, "project": "shop"}]),
]


class EligibilityRequest(BaseModel):
    """What ``POST /api/eligibility`` takes; nothing is required: what isn't given is unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    commune: str | None = Field(
        default=None, max_length=200, description="Code INSEE, nom ou code postal", examples=["59431"]
    )
    scheme: str | None = Field(default=None, max_length=200, description="Identifiant ; vide pour tous")
    beneficiary: Annotated[Beneficiary | None, BeforeValidator(_beneficiary)] = Field(
        default=None, description="Qui demande ; « commune » quand une commune est donnée"
    )
    facts: FactValues = Field(default_factory=dict, description="Ce que l’on sait d’autre, par clé")
    on: Annotated[date | None, BeforeValidator(_day)] = Field(
        default=None, description="Jour de l’examen ; aujourd’hui par défaut", examples=["2026-11-23"]
    )


class EligibilityResponse(BaseModel):
    """The verdicts, the commune they are for, and the passages that state the criteria."""

    model_config = ConfigDict(frozen=True)

    eligibility: tuple[Eligibility, ...]
    commune: CommuneView | None
    citations: tuple[Citation, ...]


class EligibilityService:
    """Assesses one scheme or all of them; it holds only what never changes."""

    def __init__(
        self,
        catalogue: Catalogue,
        territory: Territory,
        gazetteer: Gazetteer,
        today: Callable[[], date] = date.today,
    ) -> None:
        """Wire the parts; ``today`` is the day of a request that gives none."""
        self.catalogue = catalogue
        self.territory = territory
        self._gazetteer = gazetteer
        self._today = today
        self._keys = fact_keys(catalogue.schemes)

    @property
    def fact_keys(self) -> frozenset[str]:
        """Every fact that a request may give."""
        return self._keys | VALUE_KEYS

    def fact_questions(self) -> dict[str, str]:
        """The facts answered by yes or no, each with its question or its label."""
        criteria = (item for scheme in self.catalogue.schemes for item in scheme.criteria)
        return {key: text for item in criteria for key, text in _questions(item)}

    def check(self, request: EligibilityRequest) -> EligibilityResponse:
        """Assess what a request asks for: eligible first, then undetermined, then not eligible, by name.

        Raises:
            UnknownScheme, UnknownCommune, AmbiguousCommune, WrongFact, WrongDate: see their texts.
        """
        schemes = self._schemes(request.scheme)
        commune = None if request.commune is None else self.commune(request.commune)
        facts = self._facts(request, commune)
        on = request.on or self._today()
        found = [assess(scheme, facts, self.territory, on) for scheme in schemes]
        found.sort(key=lambda item: (_ORDER[item.verdict], fold(item.scheme.name)))
        book = CitationBook(self.territory)
        shapes = tuple(eligibility_shape(item, self.catalogue.fiche(item.scheme.id), book) for item in found)
        view = None if commune is None else commune_view(commune, self.territory)
        return EligibilityResponse(eligibility=shapes, commune=view, citations=book.citations)

    def commune(self, text: str) -> Commune:
        """Find the commune that a code or a name means; an INSEE code goes before the same postcode.

        Raises:
            UnknownCommune: none of the region; the nearest names are offered.
            AmbiguousCommune: several; they are listed.
        """
        if known := self.territory.communes.get(text.strip()):
            return known
        match self._gazetteer.find(text):
            case Found(commune=commune):
                return commune
            case Ambiguous(candidates=candidates):
                labels = [_coded(commune) for commune in candidates[:_MAX_NAMES]]
                more = len(candidates) - len(labels)
                raise AmbiguousCommune(text, [*labels, f"et {more} autres"] if more else labels)
            case NotFound(nearest=nearest):
                raise UnknownCommune(text, [_coded(commune) for commune in nearest])

    def commune_of_code(self, insee: str) -> Commune:
        """Return the commune of an INSEE code, and of nothing else.

        Raises:
            UnknownCommune: no commune of the region has this code.
        """
        try:
            return self.territory.communes[insee]
        except KeyError:
            raise UnknownCommune(insee) from None

    def suggest(self, text: str, limit: int = SUGGESTIONS) -> tuple[CommuneView, ...]:
        """The communes that a text being typed may mean: exact names first, a typo forgiven last."""
        meant = self._gazetteer.find(text)
        sure: tuple[Commune, ...] = ()
        near: tuple[Commune, ...] = ()
        match meant:
            case Found(commune=commune, how=how):
                sure, near = ((commune,), ()) if how in _SURE else ((), (commune,))
            case Ambiguous(candidates=candidates, how=how):
                sure, near = (candidates, ()) if how in _SURE else ((), candidates)
            case NotFound(nearest=nearest):
                near = nearest
        typed = self._gazetteer.search(text, limit)
        found = {commune.insee: commune for commune in (*sure, *typed, *(() if sure or typed else near))}
        return tuple(commune_view(commune, self.territory) for commune in list(found.values())[:limit])

    def _schemes(self, scheme_id: str | None) -> tuple[Scheme, ...]:
        if not scheme_id:
            return self.catalogue.schemes
        if scheme_id not in self.catalogue:
            raise UnknownScheme(scheme_id)
        return (self.catalogue.scheme(scheme_id),)

    def _facts(self, request: EligibilityRequest, commune: Commune | None) -> Facts:
        for key, value in request.facts.items():
            self._check_fact(key, value)
        facts = read_facts(request.facts, self._keys, Facts(commune=commune))
        stated = facts.beneficiary
        if stated and request.beneficiary and stated is not request.beneficiary:
            problem = (
                f"le demandeur est donné deux fois, « {request.beneficiary} » et « {stated} » : "
                "gardez l’un des deux"
            )
            raise WrongFact(BENEFICIARY, problem)
        default = Beneficiary.COMMUNE if commune else None
        return replace(facts, beneficiary=request.beneficiary or stated or default)

    def _check_fact(self, key: str, value: object) -> None:
        if key not in self.fact_keys:
            near = get_close_matches(key, sorted(self.fact_keys), _NEAREST_KEYS)
            where = f"noms proches : {', '.join(near)}" if near else "voyez la liste dans /openapi.json"
            shown = key if len(key) <= _MAX_KEY_CHARS else f"{key[:_MAX_KEY_CHARS]}…"
            raise WrongFact(shown, f"le fait « {shown} » n’existe pas ; {where}")
        if len(str(value)) > _MAX_VALUE_CHARS:
            raise WrongFact(key, f"la valeur de « {key} » est trop longue")


def _questions(criterion: Criterion) -> Iterator[tuple[str, str]]:
    match criterion:
        case ManualCheck():
            yield criterion.fact, criterion.question
        case HasLabel():
            yield from ((label_key(item), LIST_LABELS[item]) for item in criterion.any_of)
        case ListedIn():
            yield from ((laureate_key(item), LIST_LABELS[item]) for item in criterion.any_of)
        case OneOf():
            for part in criterion.criteria:
                yield from _questions(part)


def load_service(catalogue: Catalogue, today: Callable[[], date] = date.today) -> EligibilityService:
    """Build the service on the territory of the package.

    Raises:
        CorpusError: a table of the territory is wrong.
    """
    territory = load_territory()
    return EligibilityService(catalogue, territory, Gazetteer(territory), today)


def _coded(commune: Commune) -> str:
    return f"{commune.name} ({DEPARTMENTS[commune.department]}, code {commune.insee})"
