"""Assess schemes for a request of the API, of the command line or of the chat page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType

from assistant.eligibility.answers import YesNoQuestions
from assistant.eligibility.assess import Assessment, assess, fact_keys
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.commune_view import CommuneView, commune_view
from assistant.eligibility.facts import (
    BENEFICIARY,
    COST,
    EPCI_POPULATION,
    POPULATION,
    PROJECT,
    Facts,
    read_facts,
)
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.overview import Overview, by_the_lists, overview_of
from assistant.eligibility.request import EligibilityRequest, EligibilityResponse
from assistant.eligibility.shape import eligibility_shape
from assistant.errors import AmbiguousCode, AmbiguousCommune, UnknownCommune, UnknownScheme, WrongFact
from assistant.reply import Verdict
from corpus.communes.commune import DEPARTMENTS, Commune
from corpus.communes.territory import Territory, load_territory
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold
from corpus.labels import Beneficiary
from corpus.places.gazetteer import Gazetteer
from corpus.places.name import EXACT, How
from corpus.places.resolution import Ambiguous, Found, NotFound

VALUE_KEYS = frozenset({POPULATION, EPCI_POPULATION, COST, BENEFICIARY, PROJECT})
SUGGESTIONS = 10
_MAX_KEY_CHARS, _MAX_VALUE_CHARS, _MAX_NAMES, _NEAREST_KEYS = 60, 200, 12, 3
_ORDER: Mapping[Verdict, int] = MappingProxyType({"eligible": 0, "undetermined": 1, "not_eligible": 2})
_SURE = EXACT | {How.POSTCODE, How.INSEE}


@dataclass(frozen=True, slots=True)
class Clash:
    """A code with two readings: the commune of that INSEE code, and those of that postcode."""

    code: str
    commune: Commune
    postal: tuple[Commune, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of all that it may mean."""
        return tuple(commune.label for commune in (self.commune, *self.postal))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The commune chosen beside a question; ``clash`` is what else its code means, None when nothing."""

    commune: Commune
    clash: Clash | None = None


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
        self.questions = YesNoQuestions(catalogue)

    @property
    def fact_keys(self) -> frozenset[str]:
        """Every fact that a request may give."""
        return self._keys | VALUE_KEYS

    def fact_questions(self) -> dict[str, str]:
        """The facts answered by yes or no, each with its question or its label."""
        criteria = (item for scheme in self.catalogue.schemes for item in scheme.criteria)
        return {key: text for item in criteria for key, text in kind_of(item).fact_questions.items()}

    def today(self) -> date:
        """The day of a request that gives none."""
        return self._today()

    def overview(self, commune: Commune, answers: Mapping[str, bool] = MappingProxyType({})) -> Overview:
        """Sort every scheme for a commune, today, knowing of it what the tables say.

        Args:
            commune: the applicant.
            answers: yes or no by the key of a question of ``questions``; others are left out.

        Raises:
            WrongDate: today is out of reach of the corpus.
        """
        facts = self._told(commune, answers)
        return overview_of(self.catalogue.schemes, facts, self.territory, self._today())

    def assessed(
        self, scheme_id: str, commune: Commune, answers: Mapping[str, bool] = MappingProxyType({})
    ) -> Assessment:
        """Assess one scheme for a commune, today; arguments as those of :meth:`overview`.

        Raises:
            UnknownScheme: there is no such scheme.
            WrongDate: today is out of reach of the corpus.
        """
        (scheme,) = self._schemes(scheme_id)
        return assess(scheme, self._told(commune, answers), self.territory, self._today())

    def _told(self, commune: Commune, answers: Mapping[str, bool]) -> Facts:
        """What the tables say of a commune, with what was answered; a complete list goes before an answer."""
        facts = Facts(commune=commune, beneficiary=Beneficiary.COMMUNE)
        return by_the_lists(self.questions.told(answers, facts), self.territory)

    def check(self, request: EligibilityRequest) -> EligibilityResponse:
        """Assess what a request asks for: eligible first, then undetermined, then not eligible, by name.

        Raises:
            UnknownScheme, UnknownCommune, AmbiguousCommune, WrongFact, WrongDate: see their texts.
        """
        schemes = self._schemes(request.scheme)
        commune, facts, on = self._asked(request)
        found = [assess(scheme, facts, self.territory, on) for scheme in schemes]
        found.sort(key=lambda item: (_ORDER[item.verdict], fold(item.scheme.name)))
        book = CitationBook(self.territory)
        shapes = tuple(eligibility_shape(item, self.catalogue.fiche(item.scheme.id), book) for item in found)
        view = None if commune is None else commune_view(commune, self.territory)
        return EligibilityResponse(eligibility=shapes, commune=view, citations=book.citations)

    def sorted_for(self, request: EligibilityRequest) -> Overview:
        """Sort every scheme for the applicant of a request, whatever scheme it names.

        Raises:
            UnknownCommune, AmbiguousCommune, WrongFact, WrongDate: see their texts.
        """
        _, facts, on = self._asked(request)
        return overview_of(self.catalogue.schemes, facts, self.territory, on)

    def _asked(self, request: EligibilityRequest) -> tuple[Commune | None, Facts, date]:
        """The commune, the facts and the day of a request."""
        commune = None if request.commune is None else self.commune(request.commune)
        return commune, self._facts(request, commune), request.on or self._today()

    def commune(self, text: str) -> Commune:
        """Find the commune that a code or a name means.

        A code that is one commune's INSEE code and others' postcode is ambiguous, unless it's written
        ``insee:59400`` or ``cp:59400``.

        Raises:
            UnknownCommune: none of the region; the nearest names are offered.
            AmbiguousCommune: several; they are listed.
        """
        match self._gazetteer.find(text):
            case Found(commune=commune):
                return commune
            case Ambiguous() if (clash := self._clash(text)) is not None:
                raise AmbiguousCode(clash.code, _coded(clash.commune), _some(clash.postal))
            case Ambiguous(candidates=candidates):
                raise AmbiguousCommune(text, _some(candidates))
            case NotFound(nearest=nearest):
                raise UnknownCommune(text, [_coded(commune) for commune in nearest])

    def chosen(self, text: str) -> Chosen:
        """Find the commune chosen beside a question: there, a bare code is first of all an INSEE code.

        Raises:
            UnknownCommune, AmbiguousCommune: as :meth:`commune`.
        """
        if clash := self._clash(text):
            return Chosen(clash.commune, clash)
        return Chosen(self.commune(text))

    def _clash(self, text: str) -> Clash | None:
        """The two readings of a bare code that is one commune's INSEE code and the postcode of others."""
        codes = self._gazetteer.codes
        code = codes.read(text)
        if code is None or code.kind is not None:
            return None
        commune = codes.insee.get(code.digits)
        postal = tuple(other for other in codes.postcodes.get(code.digits, ()) if other != commune)
        return Clash(code.digits, commune, postal) if commune is not None and postal else None

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


def load_service(catalogue: Catalogue, today: Callable[[], date] = date.today) -> EligibilityService:
    """Build the service on the territory of the package.

    Raises:
        CorpusError: a table of the territory is wrong.
    """
    territory = load_territory()
    return EligibilityService(catalogue, territory, Gazetteer(territory), today)


def _some(communes: Sequence[Commune]) -> list[str]:
    """The first communes of a list, each with its code, and how many others."""
    labels = [_coded(commune) for commune in communes[:_MAX_NAMES]]
    more = len(communes) - len(labels)
    return [*labels, f"et {more} autres"] if more else labels


def _coded(commune: Commune) -> str:
    return f"{commune.name} ({DEPARTMENTS[commune.department]}, code {commune.insee})"
