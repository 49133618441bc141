"""The overview as lines: ten schemes at most, each cited, what is claimed wrongly said first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.plans.overview import MOST, OverviewPlan
from assistant.eligibility.facts import Facts
from assistant.lines import line
from assistant.messages.overviews import EXCLUDED
from assistant.messages.questions import WHICH_AID
from assistant.messages.reserves import CLOSED_NOW
from assistant.search.commune_statements import CommuneStatements
from corpus.communes.territory import load_territory
from corpus.fiches.catalogue import load_catalogue
from corpus.labels import Beneficiary
from corpus.places.named import PlaceNames

ON = date(2026, 11, 28)


@pytest.fixture(scope="module")
def plan() -> OverviewPlan:
    catalogue, territory = load_catalogue(), load_territory()
    return OverviewPlan(catalogue, territory, CommuneStatements(catalogue, territory, PlaceNames(territory)))


def of(plan: OverviewPlan, insee: str) -> Facts:
    return Facts(commune=plan.territory.communes[insee], beneficiary=Beneficiary.COMMUNE)


def test_ten_schemes_at_most_and_the_way_to_the_others(plan: OverviewPlan) -> None:
    reply = plan.tell(of(plan, "59431"), ON)
    assert len(reply.schemes) <= MOST
    assert reply.links[0].url == "communes/59431"
    assert all(line.citations for line in reply.lines if line.kind == "item")
    assert reply.lines[0].text.startswith("Nieppe (Nord)\u00a0: 7\u00a0764")


def test_what_is_excluded_comes_first_when_asked(plan: OverviewPlan) -> None:
    first = [
        line for line in plan.tell(of(plan, "02408"), ON, refusals_first=True).lines if line.kind == "item"
    ]
    assert "2\u00a0000\u00a0habitants" in first[0].text


def test_what_is_set_aside_is_nowhere(plan: OverviewPlan) -> None:
    reply = plan.tell(of(plan, "59431"), ON, ("videoprotection",))
    assert "idéoprotection" not in reply.answer
    assert all(shape.scheme_id != "videoprotection" for shape in reply.eligibility)


def test_a_label_claimed_wrongly_is_denied_first(plan: OverviewPlan) -> None:
    reply = plan.tell(replace(of(plan, "80561"), claims={"label:pvd": True}), ON)
    assert reply.lines[0].text.startswith("Non\u00a0: Montdidier ne figure pas")
    assert "etat-pvd" in reply.schemes


def test_no_verdict_is_better_than_computed(plan: OverviewPlan) -> None:
    for shape in plan.tell(of(plan, "59431"), ON).eligibility:
        if shape.verdict == "eligible":
            assert all(item.verdict == "met" for item in shape.criteria)


def test_a_commune_is_asked_where_none_is_known(plan: OverviewPlan) -> None:
    reply = plan.tell(Facts(department="60"), ON)
    assert reply.asked is not None
    assert reply.asked.about == "commune"
    assert not reply.links


def test_a_few_aids_are_introduced_and_which_is_meant_is_asked(plan: OverviewPlan) -> None:
    names = ("actes-projets-locaux", "photovoltaique", "etat-detr-dsil")
    reply = plan.among(names, of(plan, "02408"), ON)
    assert reply.status == "clarification"
    assert reply.asked is not None
    assert reply.choices[:-1] == tuple(plan.catalogue.scheme(name).label for name in names)
    question, *items = reply.lines
    assert question.text == WHICH_AID
    told = [item for item in items if item.kind == "item"]
    assert all(item.citations for item in told)
    closed = next(item for item in told if "photovoltaïque" in item.text)
    assert CLOSED_NOW in closed.text
    small = next(item for item in items if "projets locaux" in item.text)
    assert items[-2:] == [line("heading", EXCLUDED), small], "Laon is too large: told last, as excluded"


def test_an_aid_is_introduced_by_what_it_pays(plan: OverviewPlan) -> None:
    reply = plan.among(("videoprotection", "etat-detr-dsil"), Facts(), ON)
    assert "30\u00a0%, 30\u00a0000\u00a0€ au plus" in reply.lines[1].text
