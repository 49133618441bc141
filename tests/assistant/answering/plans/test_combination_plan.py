"""Aids taken together: which they are, what excludes them, and a plan whose every sum shows its rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from verdict_builders import catalogue, territory

from assistant.answering.all_aids import RULES, Budget, Limit, national_limit, rates_added, totals
from assistant.answering.amount_lines import told_amounts
from assistant.answering.plans.combined import combined, combines, have_one_owner
from assistant.answering.plans.financing import Row, lines_alone, plan_lines
from assistant.answering.plans.owners import Owned, owned, owners_apart
from assistant.answering.plans.rules_told import is_said_by
from assistant.answering.plans.together import exclusion, permission, shared_limit, statements_of, told_of
from assistant.checking.verify import LineCheck, Verifier
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.estimate import estimates
from assistant.eligibility.facts import Facts, Range
from assistant.eligibility.passages import StatedBy
from assistant.reading.acts import ACTS, ASPECTS, Act, Aspect, ReadAct
from assistant.reading.intents import find_intents
from assistant.reading.names import SchemeNames
from assistant.reading.understand import Question
from assistant.search.schemes import RankedScheme
from corpus.fiches.document import Sentence
from corpus.labels import Beneficiary
from corpus.places.named import PlaceNames

NB = "\u00a0"
TODAY = date(2026, 11, 28)


@cache
def names() -> SchemeNames:
    return SchemeNames(catalogue().schemes)


def read(act: Act, *, together: float, compare: float = 0.0, aspect: Aspect = "amount") -> ReadAct:
    acts = {**dict.fromkeys(ACTS, 0.0), act: 0.5, "combine": together, "compare": compare}
    return ReadAct(acts, {**dict.fromkeys(ASPECTS, 0.0), aspect: 1.0})


def asked(text: str, reading: ReadAct, *schemes: str) -> Question:
    return Question(text, text, schemes, intents=find_intents(text), subjects=schemes, read=reading)


@pytest.mark.parametrize(
    ("text", "reading", "named", "called", "cost_told", "expected"),
    [
        ("la DETR et l'aide caméras ?", read("combine", together=0.5), ("a", "b"), ("a",), False, True),
        ("j'additionne les deux ?", read("ask_scheme", together=0.06), ("a", "b"), (), False, True),
        ("plan arbres et DETR ?", read("ask_scheme", together=0.4), ("a", "b"), ("a", "b"), False, True),
        (
            "la DETR pour tout le solde ?",
            read("check_eligibility", together=0.04),
            ("a", "b"),
            ("a", "b"),
            True,
            True,
        ),
        ("CVCB ou DETR ?", read("compare", together=0.1, compare=0.8), ("a", "b"), ("a", "b"), False, False),
        (
            "quelle différence entre eux ?",
            read("combine", together=0.6),
            ("a", "b"),
            ("a", "b"),
            False,
            False,
        ),
        ("quel plan de financement ?", read("combine", together=0.8), (), (), True, True),
        ("combien pour la place ?", read("combine", together=0.6), ("a",), ("a",), True, False),
        ("combien pour la place ?", read("ask_scheme", together=0.0), ("a",), ("a",), True, False),
    ],
)
def test_a_question_takes_aids_together_as_it_is_read(
    text: str,
    reading: ReadAct,
    named: tuple[str, ...],
    called: tuple[str, ...],
    cost_told: bool,
    expected: bool,
) -> None:
    assert combines(asked(text, reading, *named), named, called, (), cost_told=cost_told) is expected


def test_common_words_of_a_need_are_no_aids_taken_together() -> None:
    """A network of cameras to extend, and its study: one aid is named, two words tell the works."""
    reading = ReadAct(
        {**dict.fromkeys(ACTS, 0.0), "combine": 0.37, "find_schemes": 0.22},
        {**dict.fromkeys(ASPECTS, 0.0), "cumul": 0.67},
    )
    question = asked("fipd : rajouter 4 caméras, et l'étude préalable est elle payée", reading, "a", "b", "c")
    assert not combines(question, ("a", "b", "c"), ("a",), (), cost_told=False)
    assert combines(question, ("a", "b"), ("a", "b"), (), cost_told=False)


def test_one_aid_is_a_plan_only_where_the_wording_or_the_reading_is_sure() -> None:
    unsure = read("combine", together=0.39, aspect="cumul")
    assert not combines(asked("combien au plus ?", unsure, "a"), ("a",), ("a",), (), cost_told=False)
    assert combines(asked("cumulable avec une autre ?", unsure, "a"), ("a",), ("a",), (), cost_told=False)
    sure = read("combine", together=0.6, aspect="cumul")
    assert combines(asked("combien au plus ?", sure, "a"), ("a",), ("a",), (), cost_told=False)


def ranked(**likely: float) -> list[RankedScheme]:
    return [
        RankedScheme(name.replace("_", "-"), 0.0, has_topic=False, likelihood=share, like=0.5)
        for name, share in likely.items()
    ]


def test_a_policy_gives_way_to_its_part_and_a_need_to_what_has_taken_its_place() -> None:
    question = asked("ACTes structurants et DETR pour un tiers-lieu", read("combine", together=0.9))
    order = ranked(etat_detr_dsil=0.5, actes_projets_structurants=0.2, tiers_lieux=0.2, actes=0.1)
    found = combined(question, ("tiers-lieux", "actes", "etat-detr-dsil"), order, catalogue())
    assert found.schemes == ("actes-projets-structurants", "etat-detr-dsil")
    assert found.are_told


def test_the_funder_named_without_its_aid_brings_the_likeliest() -> None:
    question = asked(
        "la DETR et l'aide de la Région pour l'église", read("combine", together=0.9), "etat-detr-dsil"
    )
    order = ranked(patrimoine_non_protege=0.6, etat_detr_dsil=0.3)
    found = combined(question, ("etat-detr-dsil",), order, catalogue())
    assert found.schemes == ("etat-detr-dsil", "patrimoine-non-protege")


def test_a_need_alone_is_proposed_what_is_for_any_project_and_never_the_rules_themselves() -> None:
    question = asked("rénovation de la mairie, quel plan ?", read("combine", together=0.9))
    found = combined(question, (), ranked(etat_fonds_vert=0.4, regles_cofinancement=0.3), catalogue())
    assert not found.are_told
    assert "etat-detr-dsil" in found.schemes
    assert RULES not in found.schemes


def told(*schemes: str) -> list:
    return [told_of(catalogue().fiche(name), set(schemes) - {name}, names()) for name in schemes]


def test_the_three_funds_of_a_family_are_excluded_together_and_two_of_them_are_not() -> None:
    every = exclusion(
        told("cvcb", "actes-projets-locaux", "actes-projets-structurants"), (), catalogue(), names()
    )
    assert every is not None
    assert "ne peut pas" in every[1].sentence.text
    assert exclusion(told("actes-projets-locaux", "etat-detr-dsil"), (), catalogue(), names()) is None


def test_what_a_fiche_says_of_another_aid_is_found_with_what_it_does_not_know() -> None:
    cameras, grant = told("videoprotection", "etat-detr-dsil")
    assert "règle de cumul" in cameras.gap[0].sentence.text
    assert f"20{NB}%" in grant.cumul[0].sentence.text
    (label, _) = told("territoires-engages-nature", "nature-en-chemins")
    assert "n’est pas un guichet de subvention" in label.nature[0].sentence.text


def national() -> Limit:
    fiche = catalogue().fiche(RULES)
    stated = next(item for item in statements_of(fiche) if f"80{NB}%" in item.sentence.text)
    return Limit(0.8, fiche, stated)


def aid(name: str, facts: Facts, book: CitationBook, *, has_other_owner: bool = False) -> Owned:
    fiche = catalogue().fiche(name)
    return owned(fiche, facts, territory(), TODAY, book, has_other_owner=has_other_owner)


def row(one: Owned, book: CitationBook) -> Row:
    found = estimates(one.fiche.scheme, one.facts, territory(), TODAY)
    return Row(one, tuple(told_amounts(found, one.fiche, one.facts, book)))


def checked(book: CitationBook, said: str) -> LineCheck:
    verifier = Verifier(catalogue().schemes, names(), PlaceNames(territory()))
    return verifier.check(book.citations, (said,), tuple(s.id for s in catalogue().schemes))


def test_every_sum_of_a_plan_shows_its_rule_and_passes_the_check() -> None:
    book = CitationBook(territory())
    facts = Facts(beneficiary=Beneficiary.COMMUNE, cost=Range.exactly(640_000))
    rows = [row(aid(name, facts, book), book) for name in ("actes-projets-structurants", "etat-detr-dsil")]
    budget = Budget(640_000)
    lines = [totals(budget, national(), book), *plan_lines(rows, budget, national(), book)]
    shown = "\n".join(line.text for line in lines)
    for amount in ("512 000 €", "128 000 €", "160 000 €"):
        assert amount.replace(" ", NB) in shown
    check = checked(book, "un tiers-lieu à 640 000 €")
    assert [check.unsupported(*line.parts, computed=True) for line in lines] == [set()] * len(lines)


def test_a_company_s_plan_is_capped_by_its_aid_and_tells_what_others_may_add() -> None:
    book = CitationBook(territory())
    facts = Facts(beneficiary=Beneficiary.COMPANY, cost=Range.exactly(28_500))
    one = aid("aide-artisans-commercants", facts, book)
    share, stated = shared_limit(told("aide-artisans-commercants")[0]) or (0.0, None)
    assert share == pytest.approx(0.8)
    assert stated is not None
    budget, limit = Budget(28_500), Limit(share, one.fiche, stated)
    lines = [totals(budget, limit, book), *lines_alone(row(one, book), budget, limit, book)]
    shown = "\n".join(line.text for line in lines)
    assert f"s’y ajouter, jusqu’à 11{NB}400{NB}€" in shown
    assert shown.count(f"5{NB}700{NB}€") == 1
    check = checked(book, "28 500 € de travaux")
    assert all(not check.unsupported(*line.parts, computed=True) for line in lines)


def test_a_rule_that_all_aids_together_stop_is_told_without_a_sum_of_its_own() -> None:
    book = CitationBook(territory())
    facts = Facts(beneficiary=Beneficiary.COMMUNE, cost=Range.exactly(4_800), counts={"plant": 600})
    lines = lines_alone(row(aid("plan-arbres", facts, book), book), Budget(4_800), national(), book)
    shown = "\n".join(line.text for line in lines)
    assert f"90{NB}% des dépenses éligibles" in shown
    assert f"s’arrêtent à 80{NB}%" in shown
    assert f"4{NB}320{NB}€" not in shown
    check = checked(book, "600 arbres, 4 800 € de plants")
    assert all(not check.unsupported(*line.parts, computed=True) for line in lines)


def test_aids_for_different_owners_are_judged_each_for_its_own() -> None:
    book = CitationBook(territory())
    pair = ("dernier-commerce", "aide-artisans-commercants")
    assert not have_one_owner([catalogue().scheme(name) for name in pair])
    facts = Facts(beneficiary=Beneficiary.COMMUNE)
    apart = [aid(name, facts, book, has_other_owner=True) for name in pair]
    assert [one.is_refused for one in apart] == [False, False]
    assert aid(pair[1], facts, book).is_refused  # were the town hall to ask for it itself
    line = owners_apart(apart, book)
    assert "commune, intercommunalité [" in line.text
    assert "entreprise, artisan ou commerçant [" in line.text


def test_the_rule_that_the_limit_says_already_is_known_by_its_rates() -> None:
    (grant,) = told("etat-detr-dsil")
    assert is_said_by(grant.cumul[0].sentence.text, national())
    assert not is_said_by(f"Une aide de 30{NB}% s’y ajoute.", national())
    assert not is_said_by("La DETR ne se cumule pas avec les crédits de la DRAC.", national())
    assert not is_said_by(grant.cumul[0].sentence.text, None)


def test_totals_cite_the_rules_that_say_the_same() -> None:
    book = CitationBook(territory())
    (grant,) = told("etat-detr-dsil")
    stated = grant.cumul[0]
    number = book.sentence(grant.fiche, stated.section, stated.sentence)
    assert set(totals(Budget(300_000), national(), book, [number]).citations) > {number}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’aide se cumule avec la DETR, dans la limite de 80 % d’aides publiques.", True),
        ("L’aide est cumulable avec la DETR sans dépasser 80 %.", True),
        ("L’aide ne se cumule pas avec la DETR.", False),
        ("L’aide se cumule avec le FEDER.", False),
    ],
)
def test_an_aid_adds_up_with_another_where_its_fiche_says_so(text: str, expected: bool) -> None:
    stated = StatedBy("Cumul", Sentence(text, (1,)))
    told = [
        replace(told_of(catalogue().fiche("videoprotection"), {"etat-detr-dsil"}, names()), cumul=(stated,)),
        replace(told_of(catalogue().fiche("etat-detr-dsil"), {"videoprotection"}, names()), cumul=()),
    ]
    found = permission(told, names())
    assert (found is not None and found[1] == stated) is expected


@pytest.mark.parametrize(
    ("rates", "text"),
    [
        (
            (50.0, 40.0),
            "Non\u00a0: 50\u00a0% + 40\u00a0% = 90\u00a0%, or toutes les aides publiques ensemble",
        ),
        ((40.0, 40.0), "Le total le permet\u00a0: 40\u00a0% + 40\u00a0% = 80\u00a0%, et toutes les aides"),
        (
            (30.0, 20.0, 12.5),
            "Le total le permet\u00a0: 30\u00a0% + 20\u00a0% + 12,5\u00a0% = 62,5\u00a0%, et",
        ),
        ((79.0, 1.5), "Non\u00a0: 79\u00a0% + 1,5\u00a0% = 80,5\u00a0%, or"),
    ],
)
def test_rates_told_are_added_up_and_held_against_the_limit(rates: tuple[float, ...], text: str) -> None:
    limit = national_limit(catalogue())
    assert limit is not None
    book = CitationBook(territory())
    told = rates_added(rates, limit, book)
    assert told.text.startswith(text)
    said = (" et ".join(f"{str(rate).replace('.', ',')} %" for rate in rates),)
    verifier = Verifier(catalogue().schemes, names(), PlaceNames(territory()))
    check = verifier.check(book.citations, said)
    assert check.unsupported(told.text, computed=True) == set()
