"""What statements of one page come to for a cost: the sum they give where they leave no doubt, else none.

The cases stand in a table: the cost, the inhabitants where they're told, the sum where there is one, the
statements with " / " between.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from statement_builders import page_of

from assistant.eligibility.facts import Range
from assistant.reading.stated.paid import paid
from assistant.reading.stated.statement import plain
from assistant.reading.stated.which_rule import Asker, rule_asked

QUESTION = "Combien pour une horloge ?"
PURPOSE = ("Objet", "Le fonds aide à réparer une horloge, une cloche ou un toit.")
with (Path(__file__).parent / "sums_of_statements.tsv").open(encoding="utf-8", newline="") as table:
    CASES = [tuple(row) for row in csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


@pytest.mark.parametrize(("cost", "population", "amount", "statements"), CASES)
def test_the_sum_that_statements_give(cost: str, population: str, amount: str, statements: str) -> None:
    page = page_of(*(("Montant de l’aide", text) for text in statements.split(" / ")), PURPOSE)
    known = Range.exactly(float(population)) if population else None
    rule = rule_asked(page, "Fonds horloges du Val", Asker(QUESTION, population=known, year=2026))
    found = None if rule is None else paid(rule, float(cost), plain(QUESTION))
    assert (None if found is None else found.amount) == (float(amount) if amount else None)
