"""The same questions to an index in a folder and to one on a real Chroma server, which comes and goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chroma_run import ChromaRun
from fastapi.testclient import TestClient
from served_corpus import ServedCorpus
from small_corpus import SmallCorpus, ask

from assistant.api.routes import create_api
from assistant.reply import Reply
from assistant.settings import AssistantSettings

pytestmark = pytest.mark.e2e

QUESTIONS = (
    "Qu’est-ce que l’aide aux halles de marché ?",
    "Qui peut demander l’aide aux halles de marché ?",
    "Quel est le montant de l’aide pour une halle ?",
    "L’entretien du toit de la halle est-il pris en charge ?",
    "Quelles dates pour déposer un dossier de halle de marché ?",
    "Quelles communes ont reçu l’aide aux halles ?",
    "Peut-on cumuler l’aide aux halles avec d’autres subventions ?",
    "C’est quoi l’aide aux lavoirs ?",
    "Quel est le taux de l’aide aux lavoirs ?",
    "Où déposer la demande d’aide aux lavoirs ?",
    "Qui a restauré son lavoir ?",
    "L’aide aux haies existe-t-elle encore ?",
    "Combien par plant pour une haie champêtre ?",
    "Combien pour isoler une école ?",
    "Comment déposer le dossier d’aide aux écoles ?",
    "Quel est le plafond de l’aide aux écoles ?",
    "Que dit la page du kiosque ?",
    "Quelles aides pour notre commune ?",
    "Quel temps fera-t-il demain à Lille ?",
    "Une aide pour un marché couvert ?",
)


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    run = ChromaRun(tmp_path_factory.mktemp("chroma"))
    run.start()
    yield run
    run.stop()


@pytest.fixture(scope="module")
def served(chroma: ChromaRun, tmp_path_factory: pytest.TempPathFactory) -> ServedCorpus:
    return ServedCorpus(tmp_path_factory.mktemp("served"), chroma.client)


def plain(reply: Reply) -> Reply:
    return reply.model_copy(update={"timings_ms": {}})


def test_the_replies_are_those_of_a_folder(served: ServedCorpus, tmp_path: Path) -> None:
    embedded = SmallCorpus(tmp_path)
    page = tmp_path / "kiosque.md"
    text = "# Le kiosque\n\nLe kiosque à musique du village a coûté 48 250 € en 2024.\n"
    page.write_text(text, encoding="utf-8")
    assert served.ingest(page).chunks == embedded.ingest(page).chunks
    here, there = embedded.engine(), served.engine()
    replies = [plain(here.reply(ask(question))) for question in QUESTIONS]
    assert len({reply.answer for reply in replies}) > 12
    for question, reply in zip(QUESTIONS, replies, strict=True):
        assert plain(there.reply(ask(question))) == reply, question
        hits = (here.search(question, 5), there.search(question, 5))
        assert hits[0] == hits[1], question


def test_a_server_that_stops_and_comes_back_needs_no_restart_here(
    served: ServedCorpus, chroma: ChromaRun, tmp_path: Path
) -> None:
    served.ingest()
    settings = AssistantSettings(feedback_url=f"sqlite:///{tmp_path / 'feedback.sqlite'}")
    body = {"messages": [{"role": "user", "content": QUESTIONS[2]}]}
    with TestClient(create_api(served.engine(), settings)) as client:
        before = client.post("/api/chat", json=body)
        assert before.status_code == client.get("/readyz").status_code == 200
        chroma.stop()
        assert client.get("/readyz").status_code == 503
        refused = client.post("/api/chat", json=body)
        assert refused.status_code == 503
        assert refused.headers["retry-after"] == "10"
        assert "Le serveur Chroma « http://127.0.0.1:" in refused.json()["detail"]
        assert "Réessayez dans 10 secondes" in refused.json()["detail"]
        assert client.get("/healthz").status_code == client.get("/api/schemes").status_code == 200
        chroma.start()
        again = client.post("/api/chat", json=body)
        assert again.status_code == client.get("/readyz").status_code == 200
        assert again.json()["answer"] == before.json()["answer"]
