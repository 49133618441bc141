"""Who pays is no applicant."""

from __future__ import annotations

import pytest

from assistant.eligibility.facts import Facts
from assistant.reading.funders import without_funders
from assistant.reading.statement import read_statement
from corpus.labels import Beneficiary


@pytest.mark.parametrize(
    "text",
    [
        "Le Département de la Somme peut-il nous aider ?",
        "Quelles aides du Département de l’Oise pour les caméras ?",
        "Une subvention de la Région est-elle possible ?",
        "On a demandé au Département du Nord",
        "Un financement versé par le conseil départemental",
    ],
)
def test_a_funder_is_neither_who_asks_nor_where(text: str) -> None:
    facts = read_statement(without_funders(text), Facts())
    assert (facts.beneficiary, facts.department) == (None, None)


def test_a_department_that_asks_is_still_the_applicant() -> None:
    facts = read_statement(
        without_funders("Nous sommes un département, avons-nous droit à l’aide ?"), Facts()
    )
    assert facts.beneficiary is Beneficiary.DEPARTMENT
