"""On which side of a figure a rule stands, whatever turns it over."""

from __future__ import annotations

import pytest

from assistant.reading.french.quantities import Bound, read_quantities
from assistant.reading.stated.bounds import bound_of
from assistant.reading.stated.statement import plain

SAID = {
    "plafonnée à 500 €": Bound.AT_MOST,
    "dans la limite de 500 €": Bound.AT_MOST,
    "ne peut dépasser 500 €": Bound.AT_MOST,
    "n’excède pas 500 €": Bound.AT_MOST,
    "500 € maximum": Bound.AT_MOST,
    "ne peut être inférieure à 500 €": Bound.AT_LEAST,
    "Plancher : 500 €": Bound.AT_LEAST,
    "au moins 500 €": Bound.AT_LEAST,
    "moins de 500 € ne sont pas instruits": Bound.AT_LEAST,
    "au-delà de 500 €, les dépenses ne sont plus prises en compte": Bound.AT_MOST,
    "moins de 500 €": Bound.UNDER,
    "une aide de 500 €": Bound.EXACTLY,
}


@pytest.mark.parametrize(("text", "bound"), SAID.items())
def test_a_bound_is_read_with_what_denies_it(text: str, bound: Bound) -> None:
    folded = plain(text)
    (item,) = read_quantities(folded)
    assert bound_of(folded, item) is bound
