"""Each metric: a right reply scores full, a planted defect makes it wrong, and the failure is worded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from evaluation_builders import (
    AMOUNT,
    GAP,
    GAPS,
    HEDGES,
    WHO,
    amount_case,
    amount_outcome,
    asking_case,
    asking_outcome,
    cite,
    commune_case,
    commune_outcome,
    outcome,
    refusal_case,
    refusal_outcome,
    small_catalogue,
    verdict,
)
from run_builders import make_case, make_passage
from small_corpus import FICHES

from assistant.reply import Eligibility, Verdict
from corpus.fiches.catalogue import load_catalogue
from evaluation.judging.invariants import foreign_figures
from evaluation.judging.metrics import METRICS
from evaluation.judging.scoring import REFUSALS, VERDICT_COSTS, CaseScore, given_verdict
from evaluation.judging.scoring import score as score_with
from evaluation.questions.cases import Case
from evaluation.runs.run import Outcome

ONE, NONE = (1.0, 1.0), (0.0, 1.0)
ON = date(2026, 11, 23)
WORST = {name for name, metric in METRICS.items() if metric.better == "lower"}


def score(case: Case, came: Outcome) -> CaseScore:
    return score_with(case, came, small_catalogue(), ON)


def shares(scored: CaseScore) -> dict[str, float]:
    return {name: got / possible for name, (got, possible) in scored.pairs.items()}


# --- right replies --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "came"),
    [
        pytest.param(amount_case(), amount_outcome(amount_case()), id="an answer"),
        pytest.param(
            commune_case(), commune_outcome(commune_case(), verdict("not_eligible")), id="a verdict"
        ),
        pytest.param(refusal_case(), refusal_outcome(refusal_case()), id="a refusal"),
        pytest.param(refusal_case("scope"), refusal_outcome(refusal_case("scope")), id="out of scope"),
        pytest.param(asking_case(), asking_outcome(asking_case(), "population"), id="a question back"),
    ],
)
def test_a_right_reply_scores_full(case: Case, came: Outcome) -> None:
    scored = score(case, came)
    assert scored.failures == ()
    assert shares(scored) == {name: 0.0 if name in WORST else 1.0 for name in scored.pairs}
    assert {"fully_right", "status_right"} <= scored.pairs.keys()


def test_every_metric_is_measured_by_one_of_these_tests() -> None:
    clarified = commune_case(status=["clarification", "answered"])
    planned = amount_case(
        next=True,
        estimate={"halles": {"cost": 150_000, "rate": 40, "amount_max": 60_000}},
        plan={"cost": 100_000, "public_max": 60_000, "own_min": 40_000},
    )
    measured = {
        *score(planned, amount_outcome(planned)).pairs,
        *score(refusal_case(), refusal_outcome(refusal_case())).pairs,
        *score(clarified, commune_outcome(clarified, verdict("not_eligible"))).pairs,
    }
    assert measured == METRICS.keys()


def test_a_metric_that_does_not_apply_is_absent() -> None:
    case = make_case("direct-009")
    assert score(case, outcome(case, "Oui.")).pairs == {
        "status_right": ONE,
        "unsupported_figures": NONE,
        "dropped_lines": NONE,
        "fully_right": ONE,
    }


# --- status ---------------------------------------------------------------------------------------


def test_a_wrong_status() -> None:
    case = amount_case()
    scored = score(case, amount_outcome(case, status="unanswerable"))
    assert scored.pairs["status_right"] == NONE
    assert scored.pairs["fully_right"] == NONE
    assert scored.failures == ("statut unanswerable, attendu answered",)


def test_any_right_status_is_right_and_all_are_named_otherwise() -> None:
    case = refusal_case(status=["unanswerable", "clarification"])
    assert score(case, refusal_outcome(case, "clarification")).pairs["status_right"] == ONE
    scored = score(case, refusal_outcome(case, "answered"))
    assert scored.failures == ("statut answered, attendu unanswerable ou clarification",)


def test_an_error_is_a_wrong_reply() -> None:
    case = amount_case()
    scored = score(case, Outcome(case_id=case.id, error="statut HTTP 500 sur /api/chat"))
    assert scored.pairs["fully_right"] == NONE
    assert scored.pairs["status_right"] == NONE
    assert scored.failures == ("erreur : statut HTTP 500 sur /api/chat",)


def failed(case: Case) -> CaseScore:
    return score(case, Outcome(case_id=case.id, error="délai dépassé"))


def test_a_request_that_failed_gets_nothing_of_what_was_due() -> None:
    assert failed(amount_case()).pairs == {
        "fully_right": NONE,
        "status_right": NONE,
        "fact_recall": (0.0, 2.0),
        "citation_recall": NONE,
        "first_line": NONE,
        **dict.fromkeys(("ndcg_10", "recall_5", "mrr_10", "scheme_hit_1"), NONE),
    }
    assert failed(refusal_case()).pairs == dict.fromkeys(
        ("fully_right", "status_right", "abstention_recall"), NONE
    )
    assert failed(asking_case()).pairs["clarification_hit"] == NONE


def test_a_request_that_failed_leaves_its_verdicts_undetermined() -> None:
    case = commune_case(verdicts={"halles": "not_eligible", "haies": "undetermined"})
    scored = failed(case)
    assert scored.pairs["verdict_exact"] == (0.0, 2.0)
    assert scored.pairs["verdict_cost"] == (1.0, 2.0)
    assert "wrong_eligible" not in scored.pairs


# --- abstention -----------------------------------------------------------------------------------


def test_a_needless_refusal() -> None:
    case = amount_case()
    scored = score(case, outcome(case, "Mes sources ne le disent pas.", status="unanswerable"))
    assert scored.pairs["abstention_precision"] == NONE
    assert "abstention_recall" not in scored.pairs
    assert scored.pairs["fact_recall"] == (0.0, 2.0)
    assert scored.pairs["citation_recall"] == NONE
    assert "statut unanswerable, attendu answered" in scored.failures


@pytest.mark.parametrize("given", ["answered", "clarification"])
def test_a_missing_refusal(given: str) -> None:
    case = refusal_case()
    scored = score(case, refusal_outcome(case, given))
    assert scored.pairs["abstention_recall"] == NONE
    assert "abstention_precision" not in scored.pairs
    assert scored.failures == (f"statut {given}, attendu unanswerable",)


def test_the_other_refusal_is_an_abstention_with_a_wrong_status() -> None:
    case = refusal_case("scope")
    scored = score(case, refusal_outcome(case, "unanswerable"))
    assert scored.pairs["abstention_precision"] == scored.pairs["abstention_recall"] == ONE
    assert scored.pairs["status_right"] == NONE


def test_where_one_may_refuse_or_answer_neither_is_held_against_it() -> None:
    case = refusal_case(status=["answered", "unanswerable"])
    refused, answered = (
        score(case, refusal_outcome(case, status)) for status in ("unanswerable", "answered")
    )
    assert refused.pairs["abstention_precision"] == ONE
    assert not {"abstention_precision", "abstention_recall"} & answered.pairs.keys()
    assert "abstention_recall" not in refused.pairs
    assert refused.failures == answered.failures == ()


# --- facts ----------------------------------------------------------------------------------------


def test_a_missing_fact() -> None:
    case = amount_case()
    quote = AMOUNT.partition(",")[2].partition(",")[0].strip()
    scored = score(case, amount_outcome(case, f"{quote} [1]"))
    assert scored.pairs["fact_recall"] == (1.0, 2.0)
    assert scored.pairs["fully_right"] == NONE
    assert scored.failures == ("fait absent : 60\u00a0000\u00a0€",)


def test_a_forbidden_fact() -> None:
    case = amount_case(forbidden=[{"amount": 200000}, {"date": "2023"}])
    scored = score(case, amount_outcome(case))
    assert scored.pairs["forbidden_avoided"] == (1.0, 2.0)
    assert scored.pairs["fact_recall"] == (2.0, 2.0)
    assert scored.failures == ("fait interdit : 2023",)


def test_a_forbidden_fact_counts_in_a_question_back_too() -> None:
    case = asking_case(forbidden=[{"name": "éligible"}])
    came = outcome(
        case,
        "Vous êtes éligible. Combien d’habitants ?",
        status="clarification",
        eligibility=(verdict("undetermined", "population"),),
    )
    assert score(case, came).failures == ("fait interdit : éligible",)


# --- citations ------------------------------------------------------------------------------------


def test_a_dropped_citation() -> None:
    case = amount_case(gold=["halles/Montant", "halles/Bénéficiaires"])
    both = amount_outcome(case, f"{AMOUNT} [1]\n{WHO} [2]", cite(2, "Bénéficiaires", WHO))
    assert score(case, both).pairs["citation_recall"] == (2.0, 2.0)
    dropped = score(case, amount_outcome(case))
    assert dropped.pairs["citation_recall"] == (1.0, 2.0)
    assert dropped.pairs["citation_precision"] == ONE
    assert dropped.failures == ()  # one gold passage of the scheme is enough for a right reply


def test_without_any_citation_the_reply_is_wrong() -> None:
    case = amount_case(facts=[])
    scored = score(case, outcome(case, "Cela dépend.", schemes=("halles",)))
    assert scored.pairs["citation_recall"] == NONE
    assert "citation_precision" not in scored.pairs
    assert scored.failures == ("aucun passage attendu de « halles » n’est cité",)


def test_a_citation_beside_the_point() -> None:
    case = amount_case()
    came = amount_outcome(case, f"{AMOUNT} [1]\n{WHO} [2]", cite(2, "Bénéficiaires", WHO))
    scored = score(case, came)
    assert scored.pairs["citation_precision"] == (1.0, 2.0)
    assert scored.pairs["citation_recall"] == ONE


def test_a_passage_that_may_be_cited_is_not_counted_against_nor_asked_for() -> None:
    case = amount_case(also=["halles/Bénéficiaires"])
    came = amount_outcome(case, f"{AMOUNT} [1]\n{WHO} [2]", cite(2, "Bénéficiaires", WHO))
    scored = score(case, came)
    assert scored.pairs["citation_precision"] == (2.0, 2.0)
    assert scored.pairs["citation_recall"] == ONE


def test_two_quotes_of_a_section_count_once_and_plain_documents_do_not() -> None:
    case = amount_case()
    more = (cite(2, "Montant", AMOUNT), cite(3, "Travaux", "La halle de Sault est neuve.", None))
    scored = score(case, amount_outcome(case, f"{AMOUNT} [1] [2] [3]", *more))
    assert scored.pairs["citation_precision"] == ONE
    assert scored.pairs["quote_verbatim"] == (2.0, 2.0)
    assert scored.failures == ()


def test_the_right_section_of_another_scheme_is_not_right() -> None:
    case = amount_case(facts=[])
    citation = cite(1, "Montant", HEDGES, "haies")
    scored = score(case, amount_outcome(case, f"{HEDGES} [1]", citations=(citation,)))
    assert scored.pairs["citation_precision"] == NONE
    assert scored.failures == ("aucun passage attendu de « halles » n’est cité",)


def test_each_scheme_compared_is_cited() -> None:
    case = make_case(
        "compare-001",
        "Halles ou haies ?",
        schemes=["halles", "haies"],
        gold=["halles/Montant", "haies/Montant"],
    )
    both = amount_outcome(case, f"{AMOUNT} [1]\n{HEDGES} [2]", cite(2, "Montant", HEDGES, "haies"))
    assert score(case, both).failures == ()
    assert score(case, amount_outcome(case)).failures == ("aucun passage attendu de « haies » n’est cité",)


def test_a_gap_is_cited_by_a_right_refusal() -> None:
    case = refusal_case(schemes=["halles"], gold=[f"halles/{GAPS}"])
    right = outcome(case, f"{GAP} [1]", cite(1, GAPS, GAP), status="unanswerable")
    scored = score(case, right)
    assert scored.failures == ()
    assert scored.pairs["citation_precision"] == ONE
    assert "citation_recall" not in scored.pairs
    assert score(case, refusal_outcome(case)).failures == ("aucun passage attendu de « halles » n’est cité",)


# --- invariants -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "citation",
    [
        pytest.param(cite(1, "Montant", AMOUNT.replace("payait", "payais")), id="a letter altered"),
        pytest.param(cite(1, "Montant", AMOUNT.replace("40", "41")), id="a figure altered"),
        pytest.param(cite(1, "Objet", AMOUNT), id="another section"),
        pytest.param(cite(1, "Montant", ""), id="nothing quoted"),
        pytest.param(cite(1, "Montant", " \n"), id="white space quoted"),
        pytest.param(cite(1, "Montant", AMOUNT, "haies"), id="another fiche"),
        pytest.param(cite(1, "Montant", AMOUNT, "piscines"), id="no such fiche"),
    ],
)
def test_a_quote_that_is_not_in_its_section(citation: object) -> None:
    case = make_case("direct-009")
    scored = score(case, outcome(case, "Voyez la fiche [1].", citation))  # type: ignore[arg-type]
    assert scored.pairs["quote_verbatim"] == NONE
    assert scored.pairs["unknown_markers"] == NONE
    assert scored.failures == ("citation [1] infidèle à la fiche",)


def test_one_unfaithful_quote_among_two() -> None:
    case = amount_case()
    came = amount_outcome(
        case, f"{AMOUNT} [1]\nÀ savoir [2].", cite(2, "Objet", "Une halle abrite le marché.")
    )
    scored = score(case, came)
    assert scored.pairs["quote_verbatim"] == (1.0, 2.0)
    assert scored.failures == ("citation [2] infidèle à la fiche",)


def test_white_space_does_not_make_a_quote_unfaithful() -> None:
    case = amount_case()
    citations = (cite(1, "Montant", AMOUNT.replace(" ", "\n ")),)
    assert score(case, amount_outcome(case, citations=citations)).pairs["quote_verbatim"] == ONE


def test_a_marker_without_a_citation() -> None:
    case = amount_case()
    scored = score(case, amount_outcome(case, f"{AMOUNT} [1]\nVoyez aussi [7] et [4]."))
    assert scored.failures == ("renvoi [4] sans citation", "renvoi [7] sans citation")
    assert scored.pairs["unknown_markers"] == (2.0, 3.0)
    assert scored.pairs["fully_right"] == NONE


def test_an_invented_figure() -> None:
    case = amount_case()
    invented = "La Région paie aussi 75 000 € de plus [1]."
    scored = score(case, amount_outcome(case, f"{AMOUNT} [1]\n{invented}\n\nBonne journée."))
    assert scored.pairs["unsupported_figures"] == (1.0, 3.0)
    assert scored.failures == (f"chiffre sans source : {invented}",)
    assert scored.pairs["fully_right"] == NONE


@pytest.mark.parametrize(
    ("line", "foreign"),
    [
        ("Jusqu’à 40 % et 60 000 € en 2023 [1]", set()),
        ("Jusqu’à 60 k€ [1]", set()),
        ("Jusqu’à 40 € [1]", {40.0}),  # the figure is there, its unit is another
        ("Jusqu’à 60 000 % [1]", {600.0}),
        ("Jusqu’à 40 % [2]", {0.4}),  # the other citation
        ("Moins de 5 000 habitants [2]", set()),
        ("Jusqu’à 40 % [1] [2], moins de 5 000 habitants", set()),
        ("Jusqu’à 40 % sous 5 000 habitants", set()),  # no marker: any citation
        ("Jusqu’à 90 %", {0.9}),
        ("La page est du 31 mars 2023 [1]", set()),  # the date of the source
        ("La page est du 30 mars 2023 [1]", {30.0}),
        ("Pour vos 3 200 habitants [1]", set()),  # the user's own figure
        ("Pour vos 3 300 habitants [1]", {3300.0}),
        ("Voir [3]", set()),  # a marker is no figure
        ("Jusqu’à 40 % [3]", {0.4}),  # that citation doesn't exist
    ],
)
def test_the_figures_that_nothing_supports(line: str, foreign: set[float]) -> None:
    citations = (cite(1, "Montant", AMOUNT), cite(2, "Bénéficiaires", WHO, sources=()))
    assert foreign_figures(line, citations, ("Nous sommes 3 200 habitants.",)) == foreign


def test_a_year_in_the_name_of_a_scheme_is_no_figure_of_the_answer(tmp_path: Path) -> None:
    text = FICHES["haies"].replace("Plantation de haies", "Plantation de haies 2030")
    (tmp_path / "haies.md").write_text(text, encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    case = make_case("direct-009")
    line = "Voyez « Plantation de haies 2030 »."
    named = score_with(case, outcome(case, line, schemes=("haies",)), catalogue, ON)
    assert named.pairs["unsupported_figures"] == NONE
    assert named.failures == ()
    unnamed = score_with(case, outcome(case, line), catalogue, ON)
    assert unnamed.failures == (f"chiffre sans source : {line}",)


# --- verdicts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "given", "cost"),
    [
        ("not_eligible", "eligible", 10),
        ("undetermined", "eligible", 5),
        ("eligible", "not_eligible", 4),
        ("undetermined", "not_eligible", 3),
        ("eligible", "undetermined", 1),
        ("not_eligible", "undetermined", 1),
    ],
)
def test_a_wrong_verdict(right: Verdict, given: Verdict, cost: float) -> None:
    case = commune_case(right=right)
    scored = score(case, commune_outcome(case, verdict(given)))
    assert scored.pairs["verdict_exact"] == NONE
    assert scored.pairs["verdict_cost"] == (cost, 1.0)
    assert scored.pairs["wrong_eligible"] == (float(given == "eligible"), 1.0)
    assert scored.failures == (f"verdict {given} pour « halles », attendu {right}",)


@pytest.mark.parametrize("right", ["eligible", "not_eligible", "undetermined"])
def test_a_right_verdict_costs_nothing(right: Verdict) -> None:
    case = commune_case(right=right)
    scored = score(case, commune_outcome(case, verdict(right)))
    assert scored.pairs["verdict_exact"] == ONE
    assert scored.pairs["verdict_cost"] == scored.pairs["wrong_eligible"] == NONE


def test_a_wrong_eligible_is_the_worst_verdict() -> None:
    assert max(VERDICT_COSTS, key=VERDICT_COSTS.__getitem__) == ("not_eligible", "eligible")
    assert VERDICT_COSTS["not_eligible", "eligible"] == 10
    assert len(VERDICT_COSTS) == 6  # every wrong pair


@pytest.mark.parametrize(("right", "cost"), [("not_eligible", 1), ("eligible", 1), ("undetermined", 0)])
def test_a_verdict_not_given_is_wrong_and_costs_as_undetermined(right: Verdict, cost: float) -> None:
    case = commune_case(right=right)
    scored = score(case, commune_outcome(case, verdict("eligible", scheme="haies")))
    assert scored.pairs["verdict_exact"] == NONE
    assert scored.pairs["verdict_cost"] == (cost, 1.0)
    assert scored.pairs["wrong_eligible"] == NONE
    assert scored.failures == (f"verdict absent pour « halles », attendu {right}",)


def test_each_verdict_of_a_case_counts() -> None:
    case = commune_case(verdicts={"halles": "not_eligible", "haies": "eligible"})
    given = (verdict("eligible"), verdict("eligible", scheme="haies"))
    scored = score(case, commune_outcome(case, *given))
    assert scored.pairs["verdict_exact"] == (1.0, 2.0)
    assert scored.pairs["verdict_cost"] == (10.0, 2.0)
    assert scored.pairs["wrong_eligible"] == (1.0, 2.0)


def test_the_verdict_given_for_a_scheme() -> None:
    case = commune_case()
    reply = commune_outcome(case, verdict("eligible"), verdict("undetermined", scheme="haies")).reply
    assert reply is not None
    assert [given_verdict(reply, name) for name in ("halles", "haies", "lavoirs")] == [
        "eligible",
        "undetermined",
        None,
    ]


# --- questions back -------------------------------------------------------------------------------


def test_a_right_clarification_need_not_state_the_facts_nor_cite() -> None:
    case = asking_case()
    scored = score(case, asking_outcome(case, "population", "beneficiary"))
    assert scored.pairs["clarification_hit"] == ONE
    assert not {"fact_recall", "citation_recall"} & scored.pairs.keys()
    assert scored.failures == ()


def test_an_answer_in_its_place_states_them() -> None:
    case = asking_case()
    scored = score(case, commune_outcome(case, verdict("undetermined", "population")))
    assert scored.pairs["fact_recall"] == scored.pairs["citation_recall"] == ONE
    assert scored.pairs["clarification_hit"] == NONE
    assert scored.failures == ()


@pytest.mark.parametrize(
    ("asks", "eligibility", "choices", "hit"),
    [
        pytest.param(["population"], [("beneficiary",)], (), False, id="another fact"),
        pytest.param(["population"], [()], (), False, id="no fact"),
        pytest.param(["population"], [], (), False, id="no verdict"),
        pytest.param(["population"], [], ("Halles", "Haies"), False, id="which scheme, for nothing"),
        pytest.param(["population"], [("beneficiary",), ("population",)], (), True, id="a second verdict"),
        pytest.param(["population", "project"], [("project",)], (), True, id="one of two"),
        pytest.param(["scheme"], [], ("Halles", "Haies"), True, id="which scheme"),
        pytest.param(["scheme"], [], (), False, id="which scheme, without a choice"),
        pytest.param(
            ["scheme"], [("population",)], ("Oui", "Non"), False, id="a fact in place of the scheme"
        ),
        pytest.param([], [], (), True, id="anything may be asked"),
    ],
)
def test_a_useful_question(
    asks: list[str], eligibility: list[tuple[str, ...]], choices: tuple[str, ...], hit: bool
) -> None:
    case = asking_case(asks=asks, verdicts={})
    verdicts: tuple[Eligibility, ...] = tuple(verdict("undetermined", *missing) for missing in eligibility)
    scored = score(case, asking_outcome(case, eligibility=verdicts, choices=choices))
    assert scored.pairs["clarification_hit"] == (float(hit), 1.0)
    assert scored.pairs["status_right"] == ONE
    assert scored.failures == (() if hit else ("question posée à côté",))
    assert scored.pairs["fully_right"] == (float(hit), 1.0)


def test_a_needless_clarification() -> None:
    case = amount_case()
    scored = score(case, outcome(case, "De quelle aide parlez-vous ?", status="clarification"))
    assert scored.pairs["status_right"] == NONE
    assert scored.pairs["fact_recall"] == (0.0, 2.0)
    assert scored.pairs["citation_recall"] == NONE
    assert "clarification_hit" not in scored.pairs
    assert scored.failures == (
        "statut clarification, attendu answered",
        "fait absent : 40\u00a0%",
        "fait absent : 60\u00a0000\u00a0€",
    )


def test_a_needless_clarification_that_cites_recalls_nothing() -> None:
    case = amount_case()
    assert score(case, amount_outcome(case, status="clarification")).pairs["citation_recall"] == NONE


# --- search ---------------------------------------------------------------------------------------


def test_the_gold_passage_found_late() -> None:
    case = amount_case()
    found = (make_passage("haies", "Montant"), make_passage("halles", "Montant"))
    scored = score(case, amount_outcome(case, passages=found))
    assert scored.pairs["ndcg_10"][0] == pytest.approx(0.6309, abs=1e-4)
    assert scored.pairs["mrr_10"] == (0.5, 1.0)
    assert scored.pairs["recall_5"] == ONE
    assert scored.pairs["scheme_hit_1"] == NONE
    assert scored.failures == ()  # the reply is right all the same


def test_the_gold_passage_not_found() -> None:
    case = amount_case()
    scored = score(case, amount_outcome(case, passages=(make_passage("halles", "Objet"),)))
    assert [scored.pairs[name] for name in ("ndcg_10", "recall_5", "mrr_10")] == [NONE] * 3
    assert scored.pairs["scheme_hit_1"] == ONE


def test_all_that_goes_wrong_is_told() -> None:
    case = commune_case(facts=[{"number": 5000}], forbidden=[{"amount": 90000}])
    came = outcome(
        case,
        "Vous aurez 90 000 € [2].",
        cite(1, "Objet", "Une halle."),
        status="unanswerable",
        eligibility=(verdict("eligible"),),
    )
    scored = score(case, came)
    assert scored.failures == (
        "statut unanswerable, attendu answered",
        "fait absent : 5\u00a0000",
        "fait interdit : 90\u00a0000\u00a0€",
        "aucun passage attendu de « halles » n’est cité",
        "verdict eligible pour « halles », attendu not_eligible",
        "citation [1] infidèle à la fiche",
        "renvoi [2] sans citation",
        "chiffre sans source : Vous aurez 90 000 € [2].",
    )
    assert scored.pairs["fully_right"] == NONE
    assert came.reply is not None
    assert came.reply.status in REFUSALS
