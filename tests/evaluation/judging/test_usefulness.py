"""Each measure of what an answer is worth to its reader turns when the reply is made worse."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from evaluation_builders import AMOUNT, WHO, amount_case, cite, commune_case, verdict
from run_builders import make_case

from assistant.lines import Line, line, table_head, table_row
from assistant.reply import Citation, Reply
from evaluation.judging.usefulness import usefulness, word_count
from evaluation.questions.cases import Case

ON = date(2026, 11, 23)
ONE, NONE = (1.0, 1.0), (0.0, 1.0)
AGES_AGO = "En 2019, la halle de Nieppe a reçu une aide."
CALL = "Pour déposer : guide-aides.hautsdefrance.fr, ou 03 74 27 79 79."
CITED = (
    cite(1, "Montant", AMOUNT),
    cite(2, "Objet", WHO),
    cite(3, "Exemples", AGES_AGO),
    cite(4, "Montant", "L’aide aux haies.", "haies"),
)


def answer(*lines: Line, citations: tuple[Citation, ...] = CITED, **members: Any) -> Reply:
    values: dict[str, Any] = {"status": "answered", "schemes": ("halles",)}
    return Reply(lines=lines, citations=citations, **(values | members))


def measured(case: Case, *lines: Line, **members: Any) -> dict[str, tuple[float, float]]:
    return usefulness(case, answer(*lines, **members), ON)


FACT = line("statement", AMOUNT, (1,))
OBJECT = line("statement", WHO, (2,))
HISTORY = line("statement", AGES_AGO, (3,))
ELSEWHERE = line("statement", "L’aide aux haies est autre chose.", (4,))


# --- the first line -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        ((FACT, OBJECT), ONE),
        ((OBJECT, FACT), NONE),
        ((line("heading", "Le montant :"), FACT), ONE),
        ((line("note", "Nieppe est dans le Nord."), line("caution", "À confirmer."), FACT), ONE),
        ((line("verdict", "Oui, à première vue."), FACT), NONE),
        ((line("item", "« Halles » : 40 %.", (1,)),), ONE),
        ((table_head(("", "Halles")), table_row(("Taux", "40 % [1]"))), ONE),
        ((table_head(("", "Halles")), table_row(("Qui", "Communes [2]")), table_row(("Taux", "40 %"))), NONE),
        ((line("statement", "Rien de tel.", (40,)),), NONE),
        ((line("note", AMOUNT),), NONE),
    ],
)
def test_the_first_line_that_answers_states_a_fact(
    lines: tuple[Line, ...], first: tuple[float, float]
) -> None:
    assert measured(amount_case(), *lines)["first_line"] == first


def test_what_the_first_line_must_state_may_be_one_of_the_facts_only() -> None:
    case = amount_case(gold_first=[{"amount": 24_000}])
    assert measured(case, FACT)["first_line"] == NONE
    assert measured(case, line("statement", "Jusqu’à 24 000 €.", (1,)))["first_line"] == ONE


def test_a_verdict_that_is_asked_for_may_open() -> None:
    case = commune_case(facts=[{"number": 5000}])
    lines = (line("verdict", "Non : pas éligible."), line("reason", "7 500 habitants, seuil : 5 000.", (2,)))
    assert measured(case, *lines)["first_line"] == ONE
    assert measured(case, lines[0], FACT, lines[1])["first_line"] == NONE


def test_a_needless_refusal_has_no_first_line() -> None:
    refused = (line("unknown", "Mes sources ne le disent pas."),)
    assert measured(amount_case(), *refused, status="unanswerable")["first_line"] == NONE
    either = amount_case(status=["answered", "unanswerable"])
    assert measured(either, *refused, status="unanswerable") == {}


# --- the other lines ------------------------------------------------------------------------------


def test_lines_that_cite_something_else_are_off_the_point() -> None:
    assert measured(amount_case(), FACT, OBJECT)["lines_on_point"] == (2.0, 2.0)
    assert measured(amount_case(), FACT, ELSEWHERE, HISTORY)["lines_on_point"] == (1.0, 3.0)


def test_headings_notes_and_questions_are_no_lines_to_judge() -> None:
    beside = (line("heading", "Ce que dit la fiche :"), line("note", "À lire."), line("question", "Où ?"))
    assert measured(amount_case(), *beside, FACT)["lines_on_point"] == ONE
    assert measured(amount_case(), FACT, line("statement", "Sans source."))["lines_on_point"] == (1.0, 2.0)


@pytest.mark.parametrize(
    ("told", "old"),
    [
        (OBJECT, 0.0),
        (HISTORY, 1.0),
        (line("statement", "Une halle a été aidée.", (3,)), 1.0),
        (line("statement", "L’aide a été votée le 3 mars 2025.", (2,)), 1.0),
        (line("statement", "L’aide votée en 2025 vaut jusqu’en 2027.", (2,)), 0.0),
        (line("statement", "L’aide vaut pour 2026.", (2,)), 0.0),
        (line("statement", "En 2023, c’était 40 %.", (2,)), 0.0),  # an expected fact
        (FACT, 0.0),  # the passage that answers, of 2023
    ],
)
def test_a_line_that_only_tells_what_was(told: Line, old: float) -> None:
    assert measured(amount_case(), FACT, told)["history_lines"] == (old, 2.0)


def test_who_asks_for_history_gets_it() -> None:
    assert "history_lines" not in measured(amount_case(aspect="examples"), FACT, HISTORY)


# --- what comes next ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (CALL, ONE),
        ("Voyez https://aides.exemple.fr/depot.", ONE),
        ("Écrivez à aides@region.example.", ONE),
        ("Voyez guide-aides.hautsdefrance.fr.", ONE),
        ("Appelez le +33 3 74 27 79 79.", ONE),
        ("Adressez-vous à votre préfecture.", NONE),
        ("L’aide va de 60 000 € à 120 000 €, du 03/04/2026 au 05/06/2026.", NONE),
        ("Voir l’article L. 2334-32.", NONE),
    ],
)
def test_a_next_step_holds_an_address(text: str, given: tuple[float, float]) -> None:
    assert measured(amount_case(next=True), FACT, line("advice", text))["next_step"] == given
    assert "next_step" not in measured(amount_case(), FACT, line("advice", text))


# --- amounts worked out ---------------------------------------------------------------------------

ESTIMATED = amount_case(estimate={"halles": {"cost": 80_000, "rate": 30, "amount_max": 24_000}})
RESULT = line("statement", "Pour 80 000 €, ce serait 24 000 € au plus.", (1,))


def test_an_estimate_stands_among_the_first_lines() -> None:
    assert measured(ESTIMATED, OBJECT, FACT, RESULT)["estimate_right"] == ONE
    assert measured(ESTIMATED, OBJECT, FACT, OBJECT, RESULT)["estimate_right"] == NONE
    assert measured(ESTIMATED, FACT)["estimate_right"] == NONE


def test_nothing_at_all_is_told_by_a_verdict_too() -> None:
    case = amount_case(estimate={"halles": {"cost": 900, "amount_max": 0}})
    assert measured(case, FACT)["estimate_right"] == NONE
    assert measured(case, line("statement", "Ce serait 0 €.", (1,)))["estimate_right"] == ONE
    assert measured(case, FACT, eligibility=(verdict("not_eligible"),))["estimate_right"] == ONE


PLANNED = amount_case(plan={"cost": 350_000, "public_max": 280_000, "own_min": 70_000, "schemes": ["halles"]})
PLAN = (line("statement", "Aides : 280 000 € au plus.", (1,)), line("statement", "Vous : 70 000 €.", (1,)))


def test_a_plan_states_both_totals_and_is_about_its_schemes() -> None:
    assert measured(PLANNED, *PLAN)["plan_right"] == ONE
    assert measured(PLANNED, PLAN[0])["plan_right"] == NONE
    assert measured(PLANNED, *PLAN, schemes=("haies",))["plan_right"] == NONE


# --- length ---------------------------------------------------------------------------------------


def test_words_are_counted_without_markers_and_bars() -> None:
    assert word_count(answer(line("statement", "L’aide paie 40 %.", (1, 2)))) == 4
    assert word_count(answer(table_head(("", "Halles")), table_row(("Taux", "40 % [1]")))) == 3


# --- plain documents ------------------------------------------------------------------------------

UNOWNED = "Depuis 2004, les communes peuvent devenir propriétaires des biens présumés sans maître."


def test_a_document_is_cited_by_its_headings() -> None:
    case = make_case("page-001", gold=["fiche-biens-sans-maitre/Saviez-vous que"], facts=[{"date": "2004"}])
    document_id = "doc:fiche-biens-sans-maitre.txt-0123abcd"
    own = cite(1, "un titre", UNOWNED, None, document_id=document_id)
    other = cite(2, "un titre", "Deux situations sont à distinguer", None, document_id=document_id)
    lines = (line("statement", UNOWNED, (1,)), line("statement", "Deux situations.", (2,)))
    assert measured(case, *lines, citations=(own, other))["lines_on_point"] == (1.0, 2.0)
    stranger = cite(1, "un titre", UNOWNED, None, document_id="doc:notre-page.txt-0123abcd")
    assert measured(case, lines[0], citations=(stranger,))["lines_on_point"] == NONE
