"""The same ten questions on the same document, as a PDF and as a workbook: the same answers, with pages.

The other formats give the same statements (``tests/ingest/formats/test_same_in_each_format.py``).
"""

from pathlib import Path

import pytest

from assistant.reply import ChatRequest, Citation, Message
from assistant.settings import AssistantSettings
from corpus.fiches.catalogue import load_catalogue
from evaluation.runs.own_index import engine_of_documents
from ingest.load import load_page

pytestmark = [pytest.mark.model, pytest.mark.slow]

SAMPLES = Path(__file__).parents[2] / "ingest" / "formats" / "samples"
# What is asked, and what the answer states.
ASKED = {
    "Quel est le taux de l’aide du syndicat de la Vallée pour la charpente d’un lavoir ?": "40 %",
    "Aide aux lavoirs et fontaines du syndicat de la Vallée : quel plafond pour la maçonnerie ?": "8 000 €",
    "Qui peut demander l’aide aux lavoirs et fontaines du syndicat de la Vallée ?": "3 500 habitants",
    "Jusqu’à quand déposer un dossier pour les lavoirs du syndicat de la Vallée ?": "30 septembre",
    "Que comprend le dossier d’aide aux lavoirs du syndicat de la Vallée ?": "devis",
    "Où envoyer le dossier d’aide aux lavoirs du syndicat de la Vallée ?": "lavoirs@vallee.example",
    "Les bassins de baignade sont-ils aidés par le syndicat de la Vallée ?": "baignade sont exclus",
    "Travaux commencés avant l’accusé de réception : le syndicat de la Vallée aide-t-il ?": "ne sont pas",
    "Quelle part du coût d’un lavoir reste à la commune avec le syndicat de la Vallée ?": "au moins 20",
    "Sous combien de temps le syndicat de la Vallée répond-il pour un lavoir ?": "trois mois",
}


@pytest.mark.parametrize(("name", "least"), [("lavoirs.pdf", 9), ("lavoirs.xlsx", 8)])
def test_ten_questions(name: str, least: int) -> None:
    document = load_page(SAMPLES / name)
    right, cited = 0, list[Citation]()
    with engine_of_documents(AssistantSettings(), load_catalogue(), [document]) as engine:
        for question, fact in ASKED.items():
            reply = engine.reply(ChatRequest(messages=(Message(role="user", content=question),)))
            right += reply.status == "answered" and fact in reply.answer.replace("\u00a0", " ")
            cited += [citation for citation in reply.citations if citation.document_id == document.id]
    assert right >= least
    assert {citation.page for citation in cited} == ({1, 2} if name.endswith(".pdf") else {None})
