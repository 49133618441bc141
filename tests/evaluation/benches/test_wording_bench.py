"""The check of a model's sentences on true rewordings and falsifications: the figures reached are held."""

from __future__ import annotations

from functools import cache

import pytest
from verifiers import catalogue, verifier

from assistant.settings import AssistantSettings
from evaluation.benches.wording_bench import Part, WordingBench, bench_wording, worded
from evaluation.reports.wording_text import wording_text
from ingest.configured import configured_embedder

# Most true rewordings refused, and falsifications let through, out of a hundred.
REACHED: dict[Part, tuple[float, float]] = {"open": (8.4, 1.0), "aside": (18.0, 8.0)}


@cache
def measured(part: Part) -> WordingBench:
    return bench_wording(catalogue(), verifier(), configured_embedder(AssistantSettings()), part)


def test_each_rewording_is_of_a_statement_of_its_fiche() -> None:
    for name in ("true", "false"):
        rows = worded(name)  # type: ignore[arg-type]
        assert len(rows) >= 200
        assert len({row.scheme for row in rows}) >= 30
        assert len({row.id for row in rows}) == len(rows)
        for row in rows:
            assert row.statement in catalogue().fiche(row.scheme).sentences, row.id
            assert row.text != row.statement
            assert bool(row.kind) is (name == "false")


@pytest.mark.slow
@pytest.mark.parametrize("part", ["open", "aside"])
def test_the_figures_reached_are_held(part: Part) -> None:
    result, (refused, accepted) = measured(part), REACHED[part]
    assert result.refused.value * 100 <= refused
    assert result.accepted.value * 100 <= accepted


@pytest.mark.slow
def test_no_statement_of_the_fiches_is_refused_word_for_word() -> None:
    result = measured("open")
    assert result.quoted > 1000
    assert result.quotes == ()


@pytest.mark.slow
def test_the_text_tells_each_kind_and_what_is_misjudged() -> None:
    result = measured("open")
    text = wording_text(result, shows_wrong=True)
    assert "Citations mot pour mot refusées" in text
    assert all(kind not in text.split("\n- ")[0] for kind in ("| swap", "| actor", "| negation"))
    assert text.count("\n- ") == sum(item.problem is not None for item in result.true) + sum(
        item.problem is None for item in result.false
    )
