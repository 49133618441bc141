"""The gate on what nobody prepared: red for each planted defect, green for chance; its file."""

from __future__ import annotations

from pathlib import Path

import pytest
from run_builders import measured, run_of

from evaluation.errors import RunFileError
from evaluation.judging.result import CaseResult, RunResult
from evaluation.judging.unprepared import UnpreparedResult
from evaluation.judging.unprepared_gate import (
    AcceptedKind,
    UnpreparedBaseline,
    check_unprepared,
    read_unprepared,
    write_unprepared,
)

NAMES = [f"direct-{number:03}" for number in range(1, 41)]
NBSP = "\u00a0"


def folds(*wrong: str, names: list[str] = NAMES, **members: object) -> RunResult:
    """What the folds replied: every question right but for ``wrong``."""
    cases = [measured(name, *(("fait absent",) if name in wrong else ())) for name in names]
    return run_of(*cases, **members)


def unprepared(run: RunResult, kind: str = "fiche") -> UnpreparedResult:
    return UnpreparedResult(
        kind=kind, folds={1: ("haies",)}, across=(), left_out=(), table={}, prepared=run, unprepared=run
    )


def accepted(*wrong: str) -> AcceptedKind:
    return UnpreparedBaseline().accepting(unprepared(folds(*wrong))).of("fiche")


# --- green ----------------------------------------------------------------------------------------


def test_the_accepted_run_itself_passes() -> None:
    assert check_unprepared(folds(*NAMES[:30]), "fiche", accepted(*NAMES[:30])) == []


def test_as_many_gained_as_lost_is_chance() -> None:
    assert check_unprepared(folds(*NAMES[5:15]), "fiche", accepted(*NAMES[:10])) == []


def test_a_rise_passes() -> None:
    assert check_unprepared(folds(), "fiche", accepted(*NAMES[:20])) == []


def test_one_question_lost_may_be_chance() -> None:
    assert check_unprepared(folds(NAMES[0]), "fiche", accepted()) == []


def test_a_question_that_was_never_accepted_is_not_held_against_anything() -> None:
    more = folds("direct-900", names=[*NAMES, "direct-900"])
    assert check_unprepared(more, "fiche", accepted()) == []


# --- red ------------------------------------------------------------------------------------------


def test_a_fall_beyond_chance_is_told_with_both_figures() -> None:
    assert check_unprepared(folds(*NAMES[:20]), "fiche", accepted(*NAMES[:10])) == [
        f"sans préparation (fiche), entièrement juste : 50,0{NBSP}%, contre 75,0{NBSP}% le 23 novembre 2026 "
        "sur les mêmes 40 questions, écart −25,0 [−37,6 – −12,5]"
    ]


def test_what_is_gained_elsewhere_does_not_hide_a_fall_on_the_same_questions() -> None:
    names = [*NAMES, *(f"sms-{number:03}" for number in range(1, 60))]
    (reason,) = check_unprepared(folds(*NAMES[:20], names=names), "fiche", accepted(*NAMES[:10]))
    assert "mêmes 40 questions" in reason


def test_a_question_that_is_missing_is_named() -> None:
    assert check_unprepared(folds(names=NAMES[1:]), "fiche", accepted()) == [
        "sans préparation (fiche), 1 question(s) de la référence manquent : direct-001"
    ]


def test_a_run_of_other_questions_is_red() -> None:
    reasons = check_unprepared(folds(names=["sms-001"]), "fiche", accepted())
    assert reasons[-1] == "sans préparation (fiche), aucune question de la référence n’a été mesurée"
    assert "40 question(s) de la référence manquent : direct-001, direct-002" in reasons[0]


def test_a_run_that_stopped_is_red() -> None:
    assert check_unprepared(folds(stopped="Plus rien ne répond."), "fiche", accepted()) == [
        "sans préparation (fiche), mesure interrompue : Plus rien ne répond"
    ]


INVARIANTS = {
    "wrong_eligible": ((1.0, 1.0), "« éligible » à tort"),
    "unsupported_figures": ((1.0, 4.0), "lignes au chiffre sans source"),
    "quote_verbatim": ((2.0, 3.0), "citations fidèles"),
    "unknown_markers": ((1.0, 2.0), "renvois sans citation"),
}


def breaking(name: str) -> CaseResult:
    return measured(NAMES[0], pairs={name: INVARIANTS[name][0]})


@pytest.mark.parametrize("name", INVARIANTS)
def test_an_invariant_that_breaks_once_is_red_however_good_the_rest(name: str) -> None:
    run = run_of(breaking(name), *folds(names=NAMES[1:]).cases)
    assert check_unprepared(run, "fiche", accepted()) == [
        f"sans préparation (fiche), {INVARIANTS[name][1]} : 1 question(s), dont direct-001"
    ]


# --- a sample -------------------------------------------------------------------------------------


def test_a_sample_is_held_against_its_own_questions_alone() -> None:
    sample = NAMES[:20]
    assert check_unprepared(folds(names=sample), "fiche", accepted(*NAMES[20:]), sample) == []
    fallen = check_unprepared(folds(*NAMES[:10], names=sample), "fiche", accepted(), sample)
    assert "50,0" in fallen[0]
    assert "mêmes 20 questions" in fallen[0]
    missing = check_unprepared(folds(names=sample[1:]), "fiche", accepted(), sample)
    assert missing == ["sans préparation (fiche), 1 question(s) de la référence manquent : direct-001"]


# --- what may be accepted -------------------------------------------------------------------------


def test_one_kind_is_accepted_without_the_others() -> None:
    both = UnpreparedBaseline().accepting(unprepared(folds(NAMES[0])))
    both = both.accepting(unprepared(folds(NAMES[1], names=NAMES[:2]), "document"))
    assert both.of("document") == AcceptedKind(
        accepted_on="2026-11-23", fully_right={"direct-001": 1, "direct-002": 0}
    )
    assert both.of("fiche").fully_right["direct-001"] == 0
    assert len(both.of("fiche").fully_right) == 40


REFUSED = [
    (folds(stopped="Plus rien."), r": Plus rien\."),
    (run_of(breaking("wrong_eligible")), r": « éligible » à tort : 1 question\(s\), dont direct-001\."),
    (folds(set_name="test"), r": elle est du jeu « test », et la référence est celle du jeu dev\."),
    (run_of(), r": aucune question n’a été mesurée\."),
]


@pytest.mark.parametrize(("run", "why"), REFUSED)
def test_what_cannot_be_a_reference_is_refused(run: RunResult, why: str) -> None:
    with pytest.raises(RunFileError, match=why):
        UnpreparedBaseline().accepting(unprepared(run))


# --- the file -------------------------------------------------------------------------------------


def test_a_baseline_read_again_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baseline = UnpreparedBaseline(kinds={"fiche": accepted(NAMES[3])})
    write_unprepared(baseline, path)
    assert read_unprepared(path) == baseline
    assert path.read_text(encoding="utf-8").endswith("}\n")


def test_a_kind_that_was_never_accepted_says_how(tmp_path: Path) -> None:
    with pytest.raises(RunFileError) as raised:
        read_unprepared(tmp_path / "nowhere.json").of("document")
    assert str(raised.value) == (
        "La référence sans préparation n’a pas « document ». "
        "Lancez : assistant evaluate --unprepared document --accept."
    )


MALFORMED = [
    "",
    "[]",
    '{"form": "unprepared-baseline/2", "kinds": {}}',
    '{"kinds": {"fiche": {"accepted_on": "2026-11-27", "fully_right": {"direct-001": 2}}}}',
    '{"kinds": {"fiche": {"accepted_on": "2026-11-27", "fully_right": {}}}}',
]


@pytest.mark.parametrize("text", MALFORMED)
def test_a_malformed_file_says_how_to_write_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RunFileError, match=r"mal formé\. Lancez : assistant evaluate --unprepared"):
        read_unprepared(path)
