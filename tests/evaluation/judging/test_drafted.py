"""The fields of a draft, told right from wrong."""

from __future__ import annotations

from evaluation.judging.drafted import overall, score_draft
from evaluation.questions.drafts import expected_drafts, items_of


def test_a_draft_is_scored_by_item() -> None:
    score = score_draft(
        "a.txt",
        kept_aside=True,
        drafted=["funder region", "rate_max 0.3"],
        expected=["funder region", "rate_max 0.4", "topic shop"],
        asked=["Le document pose cette condition : « Avoir un local ». Est-elle remplie ?", "Autre ?"],
        stated={"local": "avoir un local", "registre": "inscrite au registre"},
    )
    assert score.right == ("funder region", "check local")
    assert score.wrong == ("rate_max 0.3", "check « autre »")
    assert score.lost == ("rate_max 0.4", "topic shop", "check registre")
    assert (score.precision, score.recall) == (0.5, 0.4)
    both = overall([score, score], "tout")
    assert (len(both.right), both.precision, both.kept_aside) == (4, 0.5, True)


def test_items_are_those_that_the_front_matter_types() -> None:
    front = {
        "funder": "region",
        "beneficiaries": ["commune"],
        "funding": [
            {"rate_min": 0.3, "rate_max": 0.3, "amount_max": 10, "per": "plant"},
            {
                "rate_max": 0.4,
                "when": [
                    {"kind": "beneficiary_in", "any_of": ["commune"]},
                    {"kind": "population_between", "max_inclusive": 500},
                ],
            },
        ],
        "criteria": [
            {"kind": "beneficiary_in", "any_of": ["commune"]},
            {"kind": "one_of", "criteria": [{"kind": "listed_in", "any_of": ["pvd"]}]},
            {"kind": "manual_check", "fact": "a", "question": "Est-ce le cas ?"},
        ],
    }
    assert items_of(front) == {
        "funder region",
        "beneficiary commune",
        "rate_max 0.3",
        "amount_max 10 per plant",
        "rate_max 0.4 if population commune max_inclusive 500",
        "listed pvd",
    }


def test_what_is_expected_is_of_the_fiche_or_said_to_be_more() -> None:
    for entry in expected_drafts():
        assert entry.items(), entry.document
        text = " ".join(entry.path.read_text(encoding="utf-8").split())
        assert text, entry.document
    assert sum(entry.kept_aside for entry in expected_drafts()) == 3
