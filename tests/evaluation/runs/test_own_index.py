"""The index of a measure holds the fiches and, for a set that is on them, the plain documents."""

from __future__ import annotations

import pytest

from assistant.settings import AssistantSettings
from evaluation.judging.passages import judge_passages, subject_first
from evaluation.questions.documents import document_files
from evaluation.runs.own_index import engine_of_fiches
from evaluation.runs.run import passage_of

pytestmark = pytest.mark.model


def test_documents_are_found_beside_the_fiches_under_their_own_headings() -> None:
    with engine_of_fiches(AssistantSettings(), pages=document_files()) as engine:
        asked = "biens sans maître : succession ouverte depuis plus de trente ans, aucun successible"
        found = [passage_of(hit) for hit in engine.search(asked, 10)]
        fiches = [passage_of(hit) for hit in engine.search("aide régionale à la vidéoprotection", 10)]
    assert subject_first(["fiche-biens-sans-maitre"], found)
    assert judge_passages(["fiche-biens-sans-maitre/Plus d'info ? c'est par ici !"], found)["mrr_10"] > 0
    assert subject_first(["videoprotection"], fiches)
