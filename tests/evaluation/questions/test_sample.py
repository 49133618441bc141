"""A stratified sample: each kind of question in proportion, always the same."""

from __future__ import annotations

from collections import Counter

from evaluation.questions.cases import committed_cases
from evaluation.questions.sample import stratified


def test_each_stratum_has_its_share() -> None:
    cases = committed_cases("dev")
    drawn = stratified(cases, 60)
    assert len(drawn) == 60
    assert drawn == [case for case in cases if case in drawn]
    every, own = Counter(c.stratum for c in cases), Counter(c.stratum for c in drawn)
    assert all(abs(own[name] - 60 * count / len(cases)) < 1 for name, count in every.items())


def test_the_order_of_the_set_changes_nothing() -> None:
    cases = committed_cases("dev")
    assert {c.id for c in stratified(cases[::-1], 30)} == {c.id for c in stratified(cases, 30)}


def test_a_sample_larger_than_the_set_is_the_set() -> None:
    cases = committed_cases("dev")[:5]
    assert stratified(cases, 60) == cases


def test_another_seed_draws_other_questions_in_the_same_proportions() -> None:
    cases = committed_cases("dev")
    drawn = [stratified(cases, 60, seed) for seed in (0, 1, 1)]
    assert drawn[1] == drawn[2] != drawn[0] == stratified(cases, 60)
    assert Counter(case.stratum for case in drawn[0]) == Counter(case.stratum for case in drawn[1])
