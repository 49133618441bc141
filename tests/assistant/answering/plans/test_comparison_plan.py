"""Schemes compared: what sets them apart, what each pays for the cost told, which is open, for whom."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from acts_builders import reading
from small_corpus import FICHES, SmallCorpus, ask
from verdict_builders import catalogue, conditions, gazetteer, names, territory
from verifiers import verifier

from assistant.answering.engine import Engine
from assistant.answering.plans.compared_amounts import Paid, highest, paid
from assistant.answering.plans.compared_aspects import asks_for_most, precisely_asked
from assistant.answering.plans.compared_cells import form_of
from assistant.answering.plans.compared_rows import Own, Said
from assistant.answering.plans.compared_side import Side
from assistant.answering.plans.compared_verdicts import beside_names
from assistant.answering.plans.compared_windows import calendar_of, which_is_open
from assistant.answering.told_sums import Asked
from assistant.answering.turn import Turn
from assistant.answering.understanding import applicant_of
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.facts import Facts, Range
from assistant.lines import Line, table_row
from assistant.markers import markers
from assistant.messages.comparisons import AVAILABILITY, ROW_AMOUNT, ROW_PURPOSE, ROW_WHEN, ROW_WHERE, ROW_WHO
from assistant.messages.next_steps import WHERE_TO_ASK
from assistant.reading.acts import Aspect
from assistant.reading.intents import Intent, find_intents
from assistant.reading.place_reader import PlaceReader
from assistant.reading.understand import Question
from assistant.reply import Reply
from corpus.labels import Funder

TODAY = date(2026, 11, 28)
COMPARISONS = [
    (("Quelle est la différence entre l’aide aux halles et l’aide aux écoles ?",), ("halles", "ecoles")),
    (("L’aide aux écoles ou bien l’aide aux haies ?",), ("ecoles", "haies")),
    (("C’est quoi l’aide aux halles ?", "…", "Quelle différence avec les lavoirs ?"), ("halles", "lavoirs")),
    (("Halles vs écoles : laquelle des deux ?",), ("halles", "ecoles")),
]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def answer(engine: Engine, *turns: str) -> Reply:
    return engine.reply(ask(*turns))


def rows_of(reply: Reply) -> dict[str, tuple[str, ...]]:
    return {line.cells[0]: line.cells[1:] for line in reply.lines if line.kind == "table_row"}


# --- the table ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("turns", "schemes"), COMPARISONS)
def test_a_comparison_is_a_table_with_a_column_a_scheme(
    small_engine: Engine, small_corpus: SmallCorpus, turns: tuple[str, ...], schemes: tuple[str, ...]
) -> None:
    reply = answer(small_engine, *turns)
    assert reply.status == "answered"
    assert reply.schemes == schemes
    heading, head = reply.lines[:2]
    assert heading.kind == "heading"
    assert plain(heading.text).startswith("Ce sont des dispositifs distincts, de même financeur (Région")
    assert [plain(cell) for cell in head.cells[1:]] == [
        f"« {small_corpus.catalogue.scheme(name).label} » (porté par : Région Hauts-de-France)"
        for name in schemes
    ]
    by_number = {citation.n: citation.scheme_id for citation in reply.citations}
    for cells in rows_of(reply).values():
        assert len(cells) == len(schemes)
        for name, cell in zip(schemes, cells, strict=True):
            assert {by_number[number] for number in markers(cell)} <= {name}
    assert list(rows_of(reply))[:3] == [ROW_PURPOSE, ROW_WHO, ROW_AMOUNT]
    assert list(rows_of(reply))[3:5] == [ROW_WHEN, ROW_WHERE]


@pytest.mark.parametrize(("turns", "schemes"), COMPARISONS)
def test_a_comparison_says_what_each_scheme_is_and_how_much(
    small_engine: Engine, turns: tuple[str, ...], schemes: tuple[str, ...]
) -> None:
    rows = rows_of(answer(small_engine, *turns))
    for place, scheme in enumerate(schemes):
        assert markers(rows[ROW_PURPOSE][place])
        assert bool(markers(rows[ROW_AMOUNT][place])) == ("## Montant" in FICHES[scheme])
        assert rows[ROW_AMOUNT][place] != "" != rows[ROW_WHO][place]
        assert rows[ROW_WHERE][place] == WHERE_TO_ASK[Funder.REGION]


def test_whom_a_scheme_is_for_is_told_by_its_types_where_no_sentence_does(small_engine: Engine) -> None:
    reply = answer(small_engine, "Quelle est la différence entre l’aide aux halles et l’aide aux écoles ?")
    halles, ecoles = rows_of(reply)[ROW_WHO]
    assert "5 000 habitants" in plain(halles)
    assert plain(ecoles) == "Demandeur : commune."


def test_a_closed_scheme_is_said_to_be_closed_wherever_it_stands(small_engine: Engine) -> None:
    for question in (
        "Quelle différence entre les haies et les écoles ?",
        "Quelle différence entre les écoles et les haies ?",
    ):
        assert "« Plantation de haies » n’est plus ouvert" in plain(answer(small_engine, question).answer)


def test_one_scheme_is_compared_with_nothing(small_engine: Engine) -> None:
    reply = answer(small_engine, "En quoi l’aide aux halles est-elle différente ?")
    assert set(reply.schemes) <= {"halles"}
    assert "porté par" not in reply.answer


def test_which_is_open_is_a_line_then_what_is_known_of_each(small_engine: Engine) -> None:
    reply = answer(small_engine, "Écoles ou haies : laquelle des deux aides est encore ouverte ?")
    assert reply.lines[0].kind == "verdict"
    assert plain(reply.lines[0].text).startswith("D’après nos sources, « Plantation de haies » : pas ouvert")
    assert "table_head" not in {line.kind for line in reply.lines}
    items = [line for line in reply.lines if line.kind == "item"]
    assert [("écoles" in line.text, "haies" in line.text) for line in items] == [(True, False), (False, True)]
    assert reply.lines[-1].kind == "advice"


# --- its own sentences ----------------------------------------------------------------------------


@cache
def own(name: str) -> Own:
    return Own(name, (), catalogue().fiche(name), catalogue(), names())


def test_no_cell_sends_elsewhere_nor_begins_with_another_scheme() -> None:
    for scheme in catalogue().schemes:
        of = own(scheme.id)
        for found in (of.purpose(), of.who(), of.amount(), of.latest()):
            for item in found:
                assert not re.search(r"voir (?:la|les) fiches?", item.text), (scheme.id, item.text)
                firm = names().firm(item.text)
                named = [name for name in names().find(item.text) if name in firm or name == scheme.id]
                assert not named or named[0] == scheme.id, (scheme.id, item.text)


def test_what_is_told_of_two_is_told_without_the_reference_that_ends_it() -> None:
    told = [plain(item.text) for _, item in own("eau-hydr").beside(["inondations-tempetes"])]
    assert told == [
        "HYDR prévient les inondations, alors que le fonds « Inondations et tempêtes » de la Région répare "
        "des dégâts."
    ]
    assert own("eau-hydr").beside(["etat-pvd"]) == []
    book = CitationBook(territory())
    ((_, item),) = own("eau-hydr").beside(["inondations-tempetes"])
    assert item.quoted(book).endswith("[1]")
    assert book.citations[0].quote in catalogue().fiche("eau-hydr").sentences


def test_what_a_scheme_is_for_goes_before_when_it_began() -> None:
    assert "aide les communes" in own("cvcb").purpose()[0].text
    assert own("cvcb").tells_purpose()
    assert not own("etat-pvd").tells_purpose()  # its opening tells its date
    assert form_of(Side(own("etat-pvd"), "", catalogue().fiche("etat-pvd"))) == "ingénierie, label"


def test_whom_it_is_for_today_goes_before_who_could_ask_once() -> None:
    first: Said = own("cvcb").who()[0]
    assert "103 communes retenues bénéficient" in plain(first.text)


# --- what each pays -------------------------------------------------------------------------------


def of(name: str, cost: float | None, said: str = "", *, against: bool = False) -> tuple[Paid, CitationBook]:
    book = CitationBook(territory())
    fiche = catalogue().fiche(name)
    facts = Facts(cost=None if cost is None else Range.exactly(cost))
    asked = Asked(fiche, facts, territory(), TODAY, (said,))
    return paid(fiche.scheme.label, asked, book, against=against), book


def both(cost: float | None, *schemes: str, said: str = "") -> list[Paid]:
    return [of(name, cost, said)[0] for name in schemes]


def test_the_one_that_goes_highest_for_a_cost_is_named() -> None:
    sides = both(40_000, "dacs-tpe", "aide-artisans-commercants", said="40 000 € de travaux")
    assert [[e.amount_max for told in side.told for e in told.estimates] for side in sides] == [
        [8_000],
        [12_000],
    ]
    (told,) = highest(sides, is_asked=True)
    assert plain(told.text).startswith(
        "Pour ce coût, « Aide aux artisans et commerçants » peut payer le plus"
    )


def test_a_cost_under_the_floor_of_one_leaves_the_other() -> None:
    sides = both(15_000, "dacs-tpe", "aide-artisans-commercants", said="15 000 €")
    assert sides[0].at_most == 0
    assert "artisans" in highest(sides, is_asked=True)[0].text


def test_two_that_go_as_high_are_said_to() -> None:
    sides = both(60_000, "dacs-tpe", "aide-artisans-commercants", said="60 000 €")
    (told,) = highest(sides, is_asked=True)
    assert (told.kind, "aussi haut" in told.text) == ("statement", True)


def test_rules_that_leave_it_open_decide_nothing() -> None:
    """The State's fund pays parts of a project, up to a total: neither is sure to pay more."""
    sides = both(
        130_000, "etat-reconquete-commerce-rural", "dernier-commerce", said="130 000 €, multiservice"
    )
    (told,) = highest(sides, is_asked=True)
    assert told.kind == "unknown"
    state = plain(sides[0].text())
    assert state.index("80 000 €") < state.index("50 000 €"), "the total first"
    assert "65 000 € (50 % de 130 000 €" in plain(sides[1].text())


def test_an_aid_without_amounts_is_named_as_such() -> None:
    sides = both(200_000, "etat-detr-dsil", "etat-fonds-vert", said="200 000 €")
    (told,) = highest(sides, is_asked=True)
    assert plain(told.text).endswith("ne donnent ni taux ni plafond calculable pour « Fonds vert ».")


def test_without_a_cost_the_rates_and_the_ceilings_are_compared_with_their_sources() -> None:
    book = CitationBook(territory())
    sides = []
    for name in ("dacs-tpe", "aide-artisans-commercants"):
        fiche = catalogue().fiche(name)
        sides.append(paid(fiche.scheme.label, Asked(fiche, Facts(), territory(), TODAY, ("",)), book))
    lines = highest(sides, is_asked=True)
    rate, ceiling = (plain(line.text) for line in lines)
    assert re.fullmatch(
        r"Le taux le plus haut est celui de « Aide aux artisans et commerçants » : 40 % (\[\d\])+, "
        r"contre « DACS » \(20 % (\[\d\])+\)\.",
        rate,
    )
    assert ceiling.startswith("Le plafond le plus haut est celui de « DACS » : 20 000 € [")
    check = verifier().check(book.citations, (), ("dacs-tpe", "aide-artisans-commercants"))
    assert [check.unsupported(*line.parts, computed=True) for line in lines] == [set(), set()]


def test_nothing_is_worked_out_where_a_sentence_may_forbid() -> None:
    side, _ = of("etat-detr-dsil", 64_000, "64 000 €", against=True)
    assert (side.told, side.found, side.is_withheld) == ((), (), True)
    (told,) = highest([side, *both(64_000, "dernier-commerce", said="64 000 €")], is_asked=True)
    assert (told.kind, plain(told.text).endswith("de « DETR et DSIL » peut exclure votre projet.")) == (
        "unknown",
        True,
    )


def test_a_cost_of_several_is_of_no_scheme_for_sure() -> None:
    said = "le devis caméras est de 80 000 €, et on plante pour 3 600 € de plants"
    side, _ = of("videoprotection", 3_600, said)
    assert side.found == ()
    assert not any(told.estimates for told in side.told)


def test_every_sum_of_a_cell_is_worked_out_by_what_it_shows() -> None:
    for name in ("etat-reconquete-commerce-rural", "dernier-commerce", "etat-detr-dsil", "plan-arbres"):
        side, book = of(name, 130_000, "130 000 €")
        row: Line = table_row([ROW_AMOUNT, side.text()])
        check = verifier().check(book.citations, ("130 000 €",), (name,))
        assert check.unsupported(*row.parts, computed=True) == set(), name


# --- which is open --------------------------------------------------------------------------------


def test_which_is_open_is_told_by_the_windows_of_the_day() -> None:
    def told(on: date, *schemes: str) -> str:
        book = CitationBook(territory())
        return plain(which_is_open([calendar_of(catalogue().fiche(n), on, book) for n in schemes]).text)

    pair = ("equipements-sportifs-proximite", "dernier-commerce")
    assert told(date(2025, 12, 1), *pair) == (
        "D’après nos sources, « Équipements sportifs en accès libre (ESAL) » : ouvert ; "
        "« Dernier commerce » : non vérifié."
    )
    calls = ("equipements-sportifs-proximite", "equipements-sportifs-structurants")
    assert told(TODAY, *calls).endswith("les derniers dépôts connus sont clos.")
    assert told(TODAY, *pair) == "Nos sources ne permettent pas de dire lequel est ouvert aujourd’hui."


def test_a_calendar_cites_the_sentence_that_gives_its_dates() -> None:
    book = CitationBook(territory())
    found = calendar_of(catalogue().fiche("equipements-sportifs-proximite"), TODAY, book)
    assert (found.is_dated, found.is_over) == (True, False)
    assert "28 janvier 2026" in plain(book.citations[0].quote)
    undated = calendar_of(catalogue().fiche("dernier-commerce"), TODAY, book)
    assert (undated.text, undated.is_dated) == (AVAILABILITY["unknown"], False)
    over = calendar_of(catalogue().fiche("pradet"), TODAY, book)
    assert over.is_over
    assert "n’est plus ouvert" in over.text


# --- for whom -------------------------------------------------------------------------------------

HERITAGE = ("patrimoine-protege", "patrimoine-non-protege")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Patrimoine protégé ou non protégé : laquelle pour une église de village ?", set()),
        ("L’église n’est ni classée ni inscrite. Patrimoine protégé ou non protégé ?", {False}),
        ("Patrimoine protégé ou non protégé ? Notre église est classée.", {True}),
    ],
)
def test_the_names_compared_tell_no_fact(small_engine: Engine, text: str, told: set[bool]) -> None:
    knowledge = replace(
        small_engine.knowledge,
        catalogue=catalogue(),
        names=names(),
        conditions=conditions(),
        places=PlaceReader(gazetteer(), names()),
    )
    request = ask(text)
    question = Question(text, text, HERITAGE, subjects=HERITAGE)
    turn = Turn(request=request, started=0.0, question=question, messages=request.messages)
    applicant = beside_names(knowledge, turn, applicant_of(knowledge, turn, HERITAGE), HERITAGE)
    assert {value for key, value in applicant.facts.claims.items() if ":" not in key} == told


# --- what is asked --------------------------------------------------------------------------------


def compared(text: str, **aspects: float) -> Question:
    named = ("halles", "ecoles")
    read = reading("compare", **aspects)
    return Question(
        text, text, named, intents=find_intents(text) | {Intent.DIFFERENCE}, subjects=named, read=read
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lequel paie le + et lequel est ouvert", True),
        ("laquelle rembourse le mieux ?", True),
        ("lequel monte le plus haut", True),
        ("laquelle a le plus gros taux ?", True),
        ("Le plafond de l’un est-il plus haut que celui de l’autre ?", True),
        ("il est plus généreux ou moins ?", True),
        ("Quelle différence entre les deux ?", False),
        ("lequel est ouvert, lequel vise les plus petites communes ?", False),
    ],
)
def test_which_pays_most_is_recognised(text: str, expected: bool) -> None:
    assert asks_for_most(text) is expected


def test_what_a_comparison_is_asked_on() -> None:
    most = "Écoles ou halles pour un petit village au bord de la rivière : lequel paie le plus ?"
    assert precisely_asked(compared(most)) == {Intent.HOW_MUCH}
    text = "Écoles ou halles : éclairez notre conseil municipal, le bourg hésite fort"
    aspects: dict[Aspect, float] = {"amount": 0.9, "who": 0.1}
    assert precisely_asked(compared(text, **aspects)) == {Intent.HOW_MUCH}
    assert precisely_asked(compared(text, amount=0.5, who=0.5)) == frozenset()
    people = "Écoles et halles : la limite de population est de combien dans chaque cas ?"
    assert precisely_asked(compared(people, amount=0.9)) == {Intent.WHO}
