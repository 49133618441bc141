"""Yes or no to what criteria ask: what an answer settles, and what it never does."""

from __future__ import annotations

import pytest

from assistant.eligibility.answers import YesNoQuestions, yes_no
from assistant.eligibility.facts import Facts, criterion_key
from assistant.eligibility.service import EligibilityService, load_service
from corpus.fiches.catalogue import load_catalogue
from corpus.fiches.criteria import HasLabel, ListedIn, ProjectIs


@pytest.fixture(scope="module")
def service() -> EligibilityService:
    return load_service(load_catalogue())


def test_every_criterion_is_settled_by_an_answer_to_its_question(service: EligibilityService) -> None:
    """Whatever is open for a commune, yes or no to what is asked closes that criterion."""
    for insee in ("59431", "59350", "02001"):
        commune = service.territory.communes[insee]
        for scheme in service.catalogue.schemes:
            for item in service.assessed(scheme.id, commune).criteria:
                if item.verdict != "unknown":
                    continue
                asked = yes_no(item.criterion, scheme.id, item.index)
                settled = {
                    service.assessed(scheme.id, commune, {asked.key: answer}).criteria[item.index].verdict
                    for answer in (True, False)
                }
                assert settled == {"met", "not_met"}, (scheme.id, item.index)


def test_an_answer_on_several_lists_or_on_a_project_tells_of_its_criterion_alone(
    service: EligibilityService,
) -> None:
    for scheme in service.catalogue.schemes:
        for index, criterion in enumerate(scheme.criteria):
            several = isinstance(criterion, HasLabel | ListedIn) and len(criterion.any_of) > 1
            if several or isinstance(criterion, ProjectIs):
                assert yes_no(criterion, scheme.id, index).key == criterion_key(scheme.id, index)


def test_what_is_no_question_of_ours_tells_nothing(service: EligibilityService) -> None:
    questions = YesNoQuestions(service.catalogue)
    facts = Facts()
    assert questions.told({"population": True, "criterion:cvcb:99": True, "": False}, facts) == facts
    assert questions.asked({"premiere_installation": True, "autre": True}) == {
        "premiere_installation": "S’agit-il d’une première installation de vidéoprotection\u00a0?"
    }


def test_an_answer_makes_no_other_scheme_eligible(service: EligibilityService) -> None:
    """What a person says of one scheme's own condition never decides for another that doesn't ask it."""
    commune = service.territory.communes["59431"]
    told = {"premiere_installation": True}
    for scheme in service.catalogue.schemes:
        if scheme.id != "videoprotection":
            assert service.assessed(scheme.id, commune, told) == service.assessed(scheme.id, commune)
