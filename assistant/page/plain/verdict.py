"""One scheme examined for one commune, as a page tells it: verdict, conditions, the one fact that decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.eligibility import verdict_words
from assistant.eligibility.answers import YesNo, yes_no
from assistant.eligibility.assess import Assessment
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.commune_view import CommuneView, commune_view
from assistant.eligibility.facts import PROJECT
from assistant.eligibility.judge import Judged
from assistant.eligibility.service import EligibilityService
from assistant.eligibility.shape import eligibility_shape
from assistant.page.plain import words
from assistant.page.plain.fields import UNSURE
from assistant.reply import CriterionResult
from corpus.communes.commune import Commune
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.criteria import BeneficiaryIn
from corpus.french.typography import typeset


@dataclass(frozen=True, slots=True)
class Reason:
    """A condition as judged: its verdict, its sign in words, why, the sources of the condition."""

    verdict: str
    sign: str
    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A scheme for a commune: what it seems, why, what is left to ask; ``asked`` is None when nothing is."""

    commune: CommuneView
    verdict: str
    text: str
    reasons: tuple[Reason, ...]
    asked: YesNo | None


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer already given: the name of its question, its text, what was answered, as a form says it."""

    key: str
    text: str
    answer: str
    value: str


def verdict_of(
    service: EligibilityService,
    catalogue: Catalogue,
    scheme_id: str,
    commune: Commune,
    answers: Mapping[str, bool],
    unsure: frozenset[str] = frozenset(),
) -> Verdict:
    """Examine a scheme for a commune that has given some answers; what it's unsure of isn't asked again."""
    found = service.assessed(scheme_id, commune, answers)
    shape = eligibility_shape(found, catalogue.fiche(scheme_id), CitationBook(service.territory))
    return Verdict(
        commune=commune_view(commune, service.territory),
        verdict=found.verdict,
        text=verdict_words.VERDICTS[found.verdict] if found.criteria else verdict_words.NO_CRITERION,
        reasons=tuple(
            Reason(
                item.verdict,
                verdict_words.CRITERIA[item.verdict],
                _why(judged, item),
                judged.criterion.source,
            )
            for judged, item in zip(found.criteria, shape.criteria, strict=True)
        ),
        asked=_left_to_ask(found, unsure),
    )


def _why(judged: Judged, shown: CriterionResult) -> str:
    """The reason, alone where it says what the condition is: by a table, or by who asks."""
    says_all = judged.commune_facts or isinstance(judged.criterion, BeneficiaryIn)
    return typeset(judged.because) if says_all else verdict_words.reason(shown)


def _left_to_ask(found: Assessment, unsure: frozenset[str]) -> YesNo | None:
    """What to ask next while the verdict is open: of the applicant first, of the project last."""
    if found.verdict != "undetermined":
        return None
    left = [item for item in found.criteria if item.verdict == "unknown"]
    left.sort(key=lambda item: set(item.missing) == {PROJECT})
    asked = (yes_no(item.criterion, found.scheme.id, item.index) for item in left)
    return next((question for question in asked if question.key not in unsure), None)


def answered(
    service: EligibilityService, answers: Mapping[str, bool], unsure: frozenset[str] = frozenset()
) -> tuple[Answered, ...]:
    """The answers that are to questions of ours, as the page shows them again."""
    asked = service.questions.asked(answers)
    told = [(key, text, words.ANSWERS_OF[answers[key]]) for key, text in asked.items()]
    left = service.questions.asked(dict.fromkeys(sorted(unsure), False))
    return (
        *(Answered(key, text, answer, answer) for key, text, answer in told),
        *(Answered(key, text, words.NOT_KNOWN, UNSURE) for key, text in left.items()),
    )
