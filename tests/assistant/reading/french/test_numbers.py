"""Numbers in letters in digits, and what "pour cent" and "pour 100" say."""

from __future__ import annotations

import pytest

from assistant.reading.french.numbers import in_digits


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("trente pour cent", "30 %"),
        ("30 pour 100", "30 %"),
        ("50 p. 100 du coût", "50 % du coût"),
        ("2,5 pour cent", "2,5 %"),
        ("trente et un pour cent", "31 %"),
        ("un pour cent", "1 %"),
        ("quatre-vingt-dix pour cents", "90 %"),
        ("20 pct", "20 %"),
    ],
)
def test_a_rate_is_written_with_its_sign(text: str, written: str) -> None:
    assert in_digits(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("un appel à projets pour 100 communes", "un appel à projets pour 100 communes"),
        ("pour cent habitants", "pour 100 habitants"),
        ("de la Région pour 100-2028", "de la Région pour 100-2028"),
    ],
)
def test_a_count_after_pour_is_kept(text: str, written: str) -> None:
    assert in_digits(text) == written
