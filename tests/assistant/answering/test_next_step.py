"""Where an answer says to go on: when it's due, once, and before what is asked back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from acts_builders import reading
from verdict_builders import territory

from assistant.answering.next_step import with_next_step
from assistant.lines import Line, line
from assistant.messages.next_steps import NEXT_STEP, next_steps
from assistant.messages.reserves import closed_caution
from assistant.reading.acts import ReadAct
from assistant.reading.intents import Intent
from assistant.reading.understand import Question
from assistant.reply import Availability, Eligibility, Reply, Verdict
from corpus.fiches.catalogue import Catalogue, load_catalogue
from corpus.fiches.fiche import WAY
from corpus.labels import Funder, State

REGIONAL, STATE = "videoprotection", "etat-detr-dsil"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def answered(*lines: Line, scheme: str = REGIONAL, verdict: Verdict | None = None) -> Reply:
    shape = Eligibility(
        scheme_id=scheme,
        verdict=verdict or "undetermined",
        criteria=(),
        missing=(),
        availability=Availability(state="unknown", as_of="2024"),
        would_change=(),
    )
    return Reply(
        status="answered",
        lines=lines or (line("caution", "Une ligne."),),
        schemes=(scheme,),
        eligibility=(shape,) if verdict else (),
    )


def asking(read: ReadAct | None) -> Question:
    return Question(text="?", search_text="?", read=read)


HOW, AMOUNT = asking(reading(how=1.0)), asking(reading(amount=1.0))


@pytest.mark.parametrize(("scheme", "funder"), [(REGIONAL, Funder.REGION), (STATE, Funder.STATE)])
def test_whoever_asks_how_is_told_where_by_who_pays(
    catalogue: Catalogue, scheme: str, funder: Funder
) -> None:
    reply = with_next_step(answered(scheme=scheme), HOW, catalogue, territory())
    assert reply.lines[-1] == line("advice", NEXT_STEP[funder])


@pytest.mark.parametrize("read", [reading("contact"), reading("find_schemes"), reading(contact=1.0)])
def test_so_is_whoever_wants_a_contact_or_an_aid(catalogue: Catalogue, read: ReadAct) -> None:
    assert len(with_next_step(answered(), asking(read), catalogue, territory()).lines) == 2


def test_whatever_is_asked_of_an_aid_that_may_be_had_ends_with_where(catalogue: Catalogue) -> None:
    told = answered(line("amount", "Jusqu’à 30 %."))
    for question in (AMOUNT, asking(None)):
        assert with_next_step(told, question, catalogue, territory()).lines[-1] == line(
            "advice", NEXT_STEP[Funder.REGION]
        )


def test_a_comparison_goes_on_nowhere(catalogue: Catalogue) -> None:
    compared = Question(
        text="?",
        search_text="?",
        schemes=(REGIONAL, STATE),
        subjects=(REGIONAL, STATE),
        intents=frozenset({Intent.DIFFERENCE}),
    )
    assert compared.is_comparison
    assert with_next_step(answered(), compared, catalogue, territory()) == answered()


def test_a_rule_to_confirm_says_with_whom_and_a_closed_aid_does_not(catalogue: Catalogue) -> None:
    old = answered(line("caution", "Règle de 2023, à confirmer."))
    assert with_next_step(old, AMOUNT, catalogue, territory()).lines[-1] == line(
        "advice", NEXT_STEP[Funder.REGION]
    )
    closed = answered(line("caution", closed_caution("Vidéoprotection", "[1]")))
    assert with_next_step(closed, AMOUNT, catalogue, territory()) == closed


def test_a_verdict_that_leaves_the_door_open_says_where_it_is(catalogue: Catalogue) -> None:
    for verdict, lines in (("eligible", 2), ("undetermined", 2), ("not_eligible", 1)):
        reply = with_next_step(answered(verdict=verdict), AMOUNT, catalogue, territory())  # type: ignore[arg-type]
        assert len(reply.lines) == lines


@pytest.mark.parametrize(
    "told", ["Écrire à mairie@exemple.fr", "Voir aides.exemple.fr", "https://exemple.org/a"]
)
def test_an_address_already_told_is_enough(catalogue: Catalogue, told: str) -> None:
    reply = answered(line("note", told))
    assert with_next_step(reply, HOW, catalogue, territory()) == reply


def test_what_is_asked_back_stays_last(catalogue: Catalogue) -> None:
    question = line("question", "Pour quelle commune ?")
    reply = with_next_step(
        answered(line("verdict", "Rien ne s’y oppose."), question), HOW, catalogue, territory()
    )
    assert [item.kind for item in reply.lines] == ["verdict", "advice", "question"]
    several = answered(
        line("verdict", "Rien."), question, line("condition", "Est-ce rural ?"), verdict="undetermined"
    )
    asked_back = several.model_copy(update={"status": "clarification"})
    kinds = [item.kind for item in with_next_step(asked_back, AMOUNT, catalogue, territory()).lines]
    assert kinds == ["verdict", "advice", "question", "condition"]


def test_which_aid_is_meant_is_asked_without_a_door_to_knock_on(catalogue: Catalogue) -> None:
    which = answered(line("question", "Laquelle ?")).model_copy(update={"status": "clarification"})
    assert with_next_step(which, AMOUNT, catalogue, territory()) == which


def test_what_is_not_answered_is_left_as_it_is(catalogue: Catalogue) -> None:
    reply = Reply(status="unanswerable", lines=(line("unknown", "Rien."),), schemes=(REGIONAL,))
    assert with_next_step(reply, HOW, catalogue, territory()) == reply


def test_aids_of_several_funders_are_each_told_where(catalogue: Catalogue) -> None:
    listed = Question(text="?", search_text="?", intents=frozenset({Intent.LIST}), subjects=(REGIONAL, STATE))
    both = answered().model_copy(update={"schemes": (REGIONAL, STATE, REGIONAL)})
    told = with_next_step(both, listed, catalogue, territory()).lines[-1].text
    assert told == next_steps((Funder.REGION, Funder.STATE))
    assert told.index("guide-aides.hautsdefrance.fr") < told.index("préfecture")
    alone = with_next_step(answered(), listed, catalogue, territory()).lines[-1].text
    assert alone == NEXT_STEP[Funder.REGION]


@pytest.mark.parametrize("funder", list(Funder))
def test_each_funder_has_its_place_among_several(funder: Funder) -> None:
    other = Funder.STATE if funder is Funder.REGION else Funder.REGION
    assert (
        next_steps((funder, other)).split("\u00a0; ")[0] != next_steps((other, funder)).split("\u00a0; ")[0]
    )
    assert "aides-territoires.beta.gouv.fr" in next_steps((funder, other))


def test_an_open_aid_is_asked_for_as_its_fiche_says(catalogue: Catalogue) -> None:
    """Its own portal goes before who pays in general, and is cited; what a closed one said isn't."""
    fiche = catalogue.fiche(REGIONAL)
    steps = [s for section, s in fiche.as_document.sentences() if section.title == WAY and ".fr" in s.text]
    status = fiche.scheme.status.model_copy(update={"state": State.OPEN})
    opened = replace(fiche, scheme=fiche.scheme.model_copy(update={"status": status}))
    reply = with_next_step(answered(), HOW, Catalogue({REGIONAL: opened}), territory())
    assert reply.lines[-1].kind == "advice"
    assert reply.lines[-1].said == steps[0].text
    assert [citation.quote for citation in reply.citations] == [steps[0].text]
