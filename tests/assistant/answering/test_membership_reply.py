"""Whether a commune is on a list: yes, no, or not known, the list cited, before all that is said beside."""

from __future__ import annotations

import pytest
from verdict_builders import commune, territory

from assistant.answering.membership_reply import with_membership
from assistant.eligibility.facts import Facts
from assistant.lines import line
from assistant.reading.applicant import Applicant
from assistant.reply import Citation, Reply
from corpus.labels import TerritoryList

QUOTED = Citation(
    n=1,
    scheme_id="etat-pvd",
    scheme_name="PVD",
    document_id="etat-pvd",
    section="Objet",
    quote="Un programme.",
    sources=(),
)
BASE = Reply(
    status="clarification",
    lines=(
        line("verdict", "Rien ne s’y oppose."),
        line("statement", "Un programme.", [1]),
        line("question", "Ces conditions sont-elles toutes remplies ?"),
    ),
    citations=(QUOTED,),
    schemes=("etat-pvd",),
    choices=("Oui", "Non"),
)


def told(insee: str | None, *lists: TerritoryList) -> Reply:
    applicant = Applicant(Facts(commune=commune(insee) if insee else None))
    return with_membership(BASE, lists, applicant, territory())


@pytest.mark.parametrize(
    ("insee", "list_id", "start", "kind"),
    [
        ("80585", TerritoryList.PVD, "Oui\u00a0: Nesle figure", "statement"),
        ("59350", TerritoryList.ACV, "Non\u00a0: Lille ne figure pas", "statement"),
        ("59431", TerritoryList.VILLAGES_AVENIR, "Je ne peux pas dire si Nieppe", "unknown"),
        ("59431", TerritoryList.FRANCE_SERVICES, "Je ne peux pas dire si Nieppe", "unknown"),
    ],
)
def test_the_list_answers_first_and_is_cited(
    insee: str, list_id: TerritoryList, start: str, kind: str
) -> None:
    reply = told(insee, list_id)
    first = reply.lines[0]
    assert (first.kind, first.text.startswith(start)) == (kind, True)
    (cited,) = (citation for citation in reply.citations if citation.n in first.citations)
    assert cited.document_id == f"liste:{list_id.value}:{insee}"
    assert cited.sources
    assert [told.kind for told in reply.lines[1:2]] == ["statement"]
    assert (reply.status, reply.choices) == ("answered", ())


def test_a_laureate_of_one_phase_is_one_whatever_the_other_list_says() -> None:
    phases = (TerritoryList.CVCB_PHASE_2, TerritoryList.CVCB_PHASE_1)
    reply = told("02381", *phases)
    assert [told.text for told in reply.lines if told.text.startswith("Oui")] == [reply.lines[0].text]


def test_what_else_is_asked_is_answered_after_it() -> None:
    applicant = Applicant(Facts(commune=commune("80585")))
    reply = with_membership(BASE, (TerritoryList.PVD,), applicant, territory(), asks_more=True)
    assert reply.lines[1:] == BASE.lines
    assert (reply.status, reply.choices) == (BASE.status, BASE.choices)


def test_an_unknown_commune_is_asked_for() -> None:
    reply = told(None, TerritoryList.PVD)
    assert reply.asked is not None
    assert (reply.status, reply.asked.about) == ("clarification", "commune")


def test_without_such_a_question_nothing_changes() -> None:
    assert told("80585") == BASE
