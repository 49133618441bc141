"""Rows of a table: the one that the question names is told alone, and none for communes of another size."""

from __future__ import annotations

import pytest

from assistant.choosing.evidence import Evidence
from assistant.choosing.rows import is_other_row, is_row, without_other_sizes
from assistant.eligibility.facts import Range
from assistant.search.hits import RetrievedChunk
from ingest.chunk import Chunk, ChunkSentence

WOOD = "Chaudière à granulés, Taux d’aide\u00a0: 45\u00a0%\u00a0; Plafond\u00a0: 30\u00a0000\u00a0€"
PUMP = "Pompe à chaleur, Taux d’aide : 30 % ; Plafond : 18 000 €"


@pytest.mark.parametrize(
    ("text", "best", "question", "expected"),
    [
        (PUMP, WOOD, "quel taux pour des granulés ?", True),
        (PUMP, WOOD, "quel taux pour des granulés ou une pompe à chaleur ?", False),
        (PUMP, WOOD, "quels sont les taux ?", False),
        ("Pompe à chaleur, Délai : 2 mois", WOOD, "quel taux pour des granulés ?", False),
        ("Les travaux coûtent au moins 8 000 €.", WOOD, "quel taux pour des granulés ?", False),
        (PUMP, "Le taux est de 45 % pour les granulés.", "quel taux pour des granulés ?", False),
    ],
)
def test_another_row_goes_where_the_question_names_the_best_one(
    text: str, best: str, question: str, expected: bool
) -> None:
    assert is_other_row(text, best, question) is expected


SMALL = "Selon la taille : Commune de moins de 1 000 habitants, Taux : 70 % ; Plafond : 7 000 €"
MIDDLE = "Selon la taille : Commune de 1 000 à 4 999 habitants, Taux : 50 % ; Plafond : 12 000 €"
LARGE = "Selon la taille : Commune de 5 000 habitants et plus, Taux : 30 % ; Plafond : 15 000 €"
TOGETHER = "Selon la taille : Candidature groupée, Taux : 65 % ; Plafond : 30 000 €"
SENTENCE = "L’aide va aux communes de moins de 1 000 habitants."


def item(text: str) -> Evidence:
    chunk = Chunk("a", "doc:a", None, "Une aide", (), "", "", (ChunkSentence(text, "Montant", ()),), ())
    return Evidence(RetrievedChunk(chunk, 1.0, {}, None), 0, chunk.sentences[0], frozenset(), 1.0)


@pytest.mark.parametrize(
    ("population", "kept"),
    [
        (800, [SMALL, TOGETHER, SENTENCE]),
        (1000, [MIDDLE, TOGETHER, SENTENCE]),
        (4999, [MIDDLE, TOGETHER, SENTENCE]),
        (5000, [LARGE, TOGETHER, SENTENCE]),
        (None, [SMALL, MIDDLE, LARGE, TOGETHER, SENTENCE]),
    ],
)
def test_rows_for_communes_of_another_size_go(population: int | None, kept: list[str]) -> None:
    """A sentence stays: what excludes who asks is told."""
    items = [item(text) for text in (SMALL, MIDDLE, LARGE, TOGETHER, SENTENCE)]
    told = None if population is None else Range.exactly(population)
    assert [left.sentence.text for left in without_other_sizes(items, told)] == kept


@pytest.mark.parametrize(
    ("text", "expected"), [(SMALL, True), (WOOD, True), (SENTENCE, False), ("un devis ;", False)]
)
def test_a_row_has_the_names_of_its_columns(text: str, expected: bool) -> None:
    assert is_row(text) is expected
