"""Each variant is searched beside the question as it is."""

from __future__ import annotations

from evaluation.benches.variant_bench import bench_variants
from evaluation.questions.cases import committed_cases
from evaluation.questions.variants import VARIANTS
from evaluation.runs.run import Passage


class Reader:
    """Finds the right passage as long as a question keeps its accents and capitals."""

    name = "notre recherche"

    def __init__(self) -> None:
        self.cases = {case.turns[0]: case for case in CASES}

    def rank(self, question: str, k: int) -> list[Passage]:
        case = self.cases.get(question)
        if case is None:
            return []
        return [
            Passage(id=key, scheme_id=key.split("/")[0], sections=(key.split("/")[1],)) for key in case.gold
        ][:k]


CASES = [
    case
    for case in committed_cases("dev")
    if case.gold and len(case.turns) == 1 and case.turns[0] != case.turns[0].lower()
][:12]


def test_what_a_variant_loses_is_measured_on_the_same_questions() -> None:
    first, *others = bench_variants(CASES, Reader())
    assert [item.name for item in others] == list(VARIANTS)
    assert first.figures["recall_5"].value > 0.8
    small = next(item for item in others if item.name == "en minuscules")
    assert small.figures["recall_5"].value == 0.0
    assert small.ours_minus["recall_5"].value == first.figures["recall_5"].value
    assert small.figures["recall_5"].questions == len(CASES)
