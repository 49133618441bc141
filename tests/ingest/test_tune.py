"""The French table tuned on pairs: nearer to what answers, elsewhere as it was, the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.embed import load_embedder
from ingest.tune import tuned_embedder

pytestmark = pytest.mark.model

PAIRS = [
    ("le fleuriste refait sa devanture", "Montant. L’aide aux artisans représente 40 %."),
    ("la rivière a débordé sur la route", "Objet. Le fonds répare les dégâts des crues."),
    ("poser des caméras à l’entrée du bourg", "Objet. La vidéoprotection aide les communes."),
    ("planter une haie le long du chemin", "Montant. Le taux de Nature en chemins est de 50 %."),
]


def test_a_question_is_nearer_to_its_answer_than_before() -> None:
    before, after = load_embedder(), tuned_embedder(PAIRS)
    for question, answer in PAIRS:
        near = [
            float(encoder.embed_passages([answer])[0] @ encoder.embed_question(question))
            for encoder in (before, after)
        ]
        assert near[1] > near[0]
    answers = after.embed_passages([answer for _, answer in PAIRS])
    for place, (question, _) in enumerate(PAIRS):
        assert int(np.argmax(answers @ after.embed_question(question))) == place


def test_words_of_no_pair_stay_where_they_were() -> None:
    before, after = load_embedder(), tuned_embedder(PAIRS)
    text = "musique orchestre symphonie"
    assert np.allclose(before.embed_question(text), after.embed_question(text), atol=1e-6)


def test_the_same_pairs_give_the_same_encoder() -> None:
    first, second = tuned_embedder(PAIRS), tuned_embedder(PAIRS)
    assert first.name == second.name
    assert first.name != tuned_embedder(PAIRS[:2]).name
    assert np.array_equal(first.embed_question("la rivière"), second.embed_question("la rivière"))


def test_no_pair_changes_nothing() -> None:
    before, after = load_embedder(), tuned_embedder([])
    assert np.allclose(before.embed_question("une halle"), after.embed_question("une halle"), atol=1e-6)
