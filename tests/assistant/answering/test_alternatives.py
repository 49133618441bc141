"""What else is offered to whoever may not have an aid: akin, for them, open, and refused by nothing known."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.alternatives import akin, refused_alone, with_alternatives
from assistant.eligibility.assess import assess
from assistant.eligibility.facts import Facts, Range
from assistant.lines import line
from assistant.reply import Availability, Eligibility, Reply, Verdict
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.labels import Beneficiary

ON = date(2026, 11, 28)
LILLE, LAON = "59350", "02408"


def judged(*verdicts: tuple[str, Verdict]) -> Reply:
    shapes = tuple(
        Eligibility(
            scheme_id=name,
            verdict=verdict,
            criteria=(),
            missing=(),
            availability=Availability(state="unknown", as_of="2024"),
            would_change=(),
        )
        for name, verdict in verdicts
    )
    schemes = tuple(dict.fromkeys(name for name, _ in verdicts))
    told = (line("verdict", "Non."),)
    return Reply(status="answered", lines=told, schemes=schemes, eligibility=shapes)


def offered(
    catalogue: Catalogue, territory: Territory, name: str, insee: str, who: Beneficiary
) -> tuple[str, ...]:
    facts = Facts(commune=territory.communes[insee], beneficiary=who)
    reply = judged((name, "not_eligible"))
    others = akin(catalogue.scheme(name), catalogue)
    return with_alternatives(reply, others, facts, territory, ON).schemes[1:]


def test_a_town_too_large_is_shown_the_other_fund_of_the_policy(
    catalogue: Catalogue, territory: Territory
) -> None:
    assert "actes-projets-structurants" in offered(
        catalogue, territory, "actes-projets-locaux", LILLE, Beneficiary.COMMUNE
    )


def test_what_is_offered_is_told_last_with_who_pays(catalogue: Catalogue, territory: Territory) -> None:
    facts = Facts(commune=territory.communes[LILLE], beneficiary=Beneficiary.COMMUNE)
    reply = judged(("videoprotection", "not_eligible"))
    others = akin(catalogue.scheme("videoprotection"), catalogue)
    told = with_alternatives(reply, others, facts, territory, ON)
    assert told.lines[:-1] == reply.lines
    assert told.lines[-1].kind == "advice"
    assert "FIPD" in told.lines[-1].text
    assert "(État)" in told.lines[-1].text
    assert "Oise" not in told.lines[-1].text, "the aid of another Département is none for Lille"


@pytest.mark.parametrize("who", [Beneficiary.COMMUNE, Beneficiary.COMPANY, Beneficiary.ASSOCIATION])
def test_nothing_is_offered_that_is_refused_closed_or_for_others(
    catalogue: Catalogue, territory: Territory, who: Beneficiary
) -> None:
    facts = Facts(commune=territory.communes[LAON], beneficiary=who)
    for scheme in catalogue.schemes:
        for name in offered(catalogue, territory, scheme.id, LAON, who):
            other = catalogue.scheme(name)
            found = assess(other, facts, territory, ON)
            assert who in other.beneficiaries
            assert found.verdict != "not_eligible"
            assert found.availability.state != "closed"


def test_nothing_is_akin_to_itself_nor_named_twice(catalogue: Catalogue) -> None:
    for scheme in catalogue.schemes:
        names = [other.id for other in akin(scheme, catalogue)]
        assert scheme.id not in names
        assert len(names) == len(set(names))


def test_only_one_aid_refused_calls_for_another(catalogue: Catalogue, territory: Territory) -> None:
    several = judged(("videoprotection", "not_eligible"), ("cvcb", "not_eligible"))
    for reply in (judged(("videoprotection", "undetermined")), several, judged()):
        assert refused_alone(reply) is None
        others = akin(catalogue.scheme("videoprotection"), catalogue)
        assert with_alternatives(reply, others, Facts(population=Range.exactly(9)), territory, ON) == reply


def test_the_aid_of_another_departement_gives_way_to_that_of_ones_own(
    catalogue: Catalogue, territory: Territory
) -> None:
    assert offered(catalogue, territory, "pas-de-calais-farda", LILLE, Beneficiary.COMMUNE)[0] == "nord-advb"
    assert "nord-advb" not in offered(catalogue, territory, "pas-de-calais-farda", LAON, Beneficiary.COMMUNE)
