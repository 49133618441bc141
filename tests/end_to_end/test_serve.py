"""The real server on the committed corpus, as a mayor's browser and an evaluator's script meet it."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from real_server import CONSOLE, Server, serving, settings

from assistant.reply import Reply, SearchResponse
from assistant.serving.page_home import WORKER_HEADER
from corpus.fiches.catalogue import SCHEMES_DIR

pytestmark = pytest.mark.e2e

JULY = "Quelles communes ont reçu le CVCB en juillet 2023 ?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("serve")) as started:
        yield started


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address, timeout=300) as opened:
        yield opened


def ask(client: httpx.Client, *turns: str, **members: Any) -> Reply:
    """Ask over HTTP; the turns are the user's and the assistant's, in turn."""
    messages = [
        {"role": ("user", "assistant")[place % 2], "content": text} for place, text in enumerate(turns)
    ]
    response = client.post("/api/chat", json={"messages": messages, **members})
    assert response.status_code == 200, response.text
    return Reply.model_validate(response.json())


def plain(text: str) -> str:
    """The text with ordinary spaces, as one would type it to look it up."""
    return re.sub(r"\s", " ", text)


def assert_cited(reply: Reply) -> None:
    """Every quote stands verbatim in the fiche it's cited from, with dated or described sources."""
    for citation in reply.citations:
        assert citation.scheme_id is not None
        fiche = (SCHEMES_DIR / f"{citation.scheme_id}.md").read_text(encoding="utf-8")
        assert citation.quote in fiche
        assert f"## {citation.section}\n" in fiche
        assert citation.sources
    judged = {str(item.citation) for shape in reply.eligibility for item in shape.criteria if item.citation}
    shown = set(re.findall(r"\[(\d+)\]", reply.answer))
    assert shown | judged == {str(citation.n) for citation in reply.citations}


# --- start ----------------------------------------------------------------------------------------


def test_without_an_index_it_builds_one_and_says_so(server: Server) -> None:
    said = "".join(server.lines)
    assert "Pas d’index dans « index » : indexation des fiches" in said
    assert "Index en service : " in said
    assert said.index("Pas d’index") < said.index("Page de discussion")
    assert (server.folder / "index" / "dispositifs.current").is_file()


def test_it_is_healthy_and_ready(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "page": "ready"}


def test_the_chat_page_is_at_the_root(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "Assistant des dispositifs" in page.text


def test_the_port_that_it_holds_is_refused_to_another(server: Server) -> None:
    port = server.address.rpartition(":")[2]
    other = subprocess.run(
        [CONSOLE, "serve", "--port", port, "--index", "index"],
        cwd=server.folder,
        env=settings(),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert other.returncode == 1
    assert f"Le port {port} est déjà utilisé" in other.stderr
    assert other.stderr.count("\n") == 1


# --- answers --------------------------------------------------------------------------------------


def test_who_received_the_cvcb_in_july_2023(client: httpx.Client) -> None:
    reply = ask(client, JULY)
    assert reply.status == "answered"
    for words in ("Baincthun", "Montataire", "Nieppe", "1,78"):
        assert words in reply.answer
    assert reply.schemes == ("cvcb",)
    assert {citation.scheme_id for citation in reply.citations} == {"cvcb"}
    assert_cited(reply)
    assert "2023-07-07" in {source.published for citation in reply.citations for source in citation.sources}
    assert reply.timings_ms["total"] > 0


ON_TOPIC = [
    ("Combien de communes ont été retenues pour la phase 2 du CVCB ?", "cvcb", "103 communes"),
    ("Quel est le plafond de l’aide CVCB pour la phase 2 ?", "cvcb", "1 000 000 €"),
    ("Que veut dire le sigle ACTes ?", "actes", "Aides aux Communes et aux Territoires"),
    (
        "Peut-on demander les trois fonds ACTes la même année ?",
        "actes",
        "les trois fonds d’ACTes la même année",
    ),
    ("Qui peut demander le fonds d’appui aux projets locaux ?", "actes-projets-locaux", "2 000 habitants"),
    ("Quel est le taux de l’appui aux projets structurants ?", "actes-projets-structurants", "25 %"),
    ("Combien de temps dure le test d’une boutique à l’essai ?", "boutiques-a-lessai", "6 mois"),
    ("Quand Oh la belle ville est-elle née ?", "oh-la-belle-ville", "née en 2020"),
    ("Quel est le montant de l’aide au dernier commerce ?", "dernier-commerce", "150 000 €"),
    ("Quelle aide a reçue Épehy pour son kiosque à pains ?", "dernier-commerce", "56 000 €"),
    ("Combien la Région paie-t-elle pour la vidéoprotection ?", "videoprotection", "30 000 €"),
    ("Quelles dates pour déposer un dossier de vidéoprotection en 2024 ?", "videoprotection", "30 juin 2024"),
    (
        "La maintenance des caméras est-elle prise en charge ?",
        "videoprotection",
        "ne couvrait pas le fonctionnement",
    ),
]


@pytest.mark.parametrize(("question", "scheme", "words"), ON_TOPIC)
def test_a_question_on_a_scheme_is_answered(
    client: httpx.Client, question: str, scheme: str, words: str
) -> None:
    reply = ask(client, question)
    assert reply.status == "answered"
    assert words in plain(reply.answer)
    assert reply.citations[0].scheme_id == scheme
    assert_cited(reply)


NOT_FOUND = [
    ("Quel est le taux du fonds d’appui aux projets locaux ?", "actes-projets-locaux", "Le taux, le plafond"),
    ("Combien coûte l’adhésion à Oh la belle ville ?", "oh-la-belle-ville", "Le coût d’adhésion"),
    ("Peut-on cumuler la vidéoprotection avec la DETR ?", "videoprotection", "la règle de cumul"),
    ("L’aide au dernier commerce existe-t-elle en 2026 ?", "dernier-commerce", "La reconduction"),
]


@pytest.mark.parametrize(("question", "scheme", "words"), NOT_FOUND)
def test_what_the_sources_do_not_say_is_said_to_be_unknown(
    client: httpx.Client, question: str, scheme: str, words: str
) -> None:
    reply = ask(client, question)
    assert reply.status == "unanswerable"
    assert reply.citations[0].scheme_id == scheme
    assert words in reply.citations[0].quote
    assert_cited(reply)


@pytest.mark.parametrize(
    "question",
    [
        "Quel temps fera-t-il demain à Lille ?",
        "Qui a gagné la Coupe du monde de football en 1998 ?",
        "Donne-moi une recette de tarte au maroilles.",
        "Comment refaire mon passeport ?",
        "Quelle est la capitale de l’Australie ?",
        "Quel est le prix du pain ?",
        "Écris un poème sur la mer.",
    ],
)
def test_off_topic_is_not_answered(client: httpx.Client, question: str) -> None:
    reply = ask(client, question)
    assert reply.status in {"unanswerable", "out_of_scope"}
    assert reply.citations == ()


def test_a_conversation_keeps_its_scheme(client: httpx.Client) -> None:
    first = ask(client, "C’est quoi la vidéoprotection régionale ?")
    reply = ask(client, "C’est quoi la vidéoprotection régionale ?", first.answer, "Et combien ?")
    assert reply.status == "answered"
    assert reply.schemes == ("videoprotection",)
    assert "30 %" in plain(reply.answer)


def test_the_scheme_can_be_chosen(client: httpx.Client) -> None:
    reply = ask(client, "Quel est le plafond de l’aide ?", scheme="dernier-commerce")
    assert reply.schemes == ("dernier-commerce",)
    assert "150 000 €" in plain(reply.answer)


def test_a_stream_gives_the_same_reply_piece_by_piece(client: httpx.Client) -> None:
    body = {"messages": [{"role": "user", "content": JULY}], "stream": True}
    events: list[tuple[str, Any]] = []
    with client.stream("POST", "/api/chat", json=body) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        name = ""
        for line in response.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                events.append((name, json.loads(line.removeprefix("data: "))))
    names = [name for name, _ in events]
    assert names == ["status", *["delta"] * (len(events) - 3), "citations", "done"]
    assert events[0][1] == {"status": "answered"}
    done = Reply.model_validate(events[-1][1])
    assert "".join(data["text"] for name, data in events if name == "delta") == done.answer
    assert events[-2][1] == events[-1][1]["citations"]
    whole = ask(client, JULY)
    assert done.model_copy(update={"timings_ms": {}}) == whole.model_copy(update={"timings_ms": {}})


# --- other clients --------------------------------------------------------------------------------


def test_curl_shows_the_events_as_they_come(server: Server) -> None:
    body = {"messages": [{"role": "user", "content": JULY}], "stream": True}
    done = subprocess.run(
        [
            *("curl", "-sS", "-N", "-i", f"{server.address}/api/chat"),
            *("-H", "Content-Type: application/json", "--data-binary", "@-"),
            *("-H", "Accept-Encoding: gzip"),
        ],
        input=json.dumps(body),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=True,
    )
    head, _, transcript = done.stdout.partition("\n\n")
    assert head.startswith("HTTP/1.1 200")
    assert "content-type: text/event-stream" in head
    assert "transfer-encoding: chunked" in head
    assert "content-encoding" not in head
    blocks = transcript.removesuffix("\n\n").split("\n\n")
    for block in blocks:
        assert re.fullmatch(r"event: (status|delta|citations|done)\ndata: .+", block)
    assert blocks[0] == 'event: status\ndata: {"status":"answered"}'
    assert blocks[1].startswith('event: delta\ndata: {"text":"')
    last = Reply.model_validate_json(blocks[-1].removeprefix("event: done\ndata: "))
    assert "Nieppe" in last.answer


def test_the_official_client_of_openai_is_answered(server: Server) -> None:
    with openai.OpenAI(base_url=f"{server.address}/v1", api_key="aucune", max_retries=0) as client:
        asked: dict[str, Any] = {
            "model": client.models.list().data[0].id,
            "messages": [{"role": "user", "content": JULY}],
        }
        whole = client.chat.completions.create(**asked)
        with client.chat.completions.create(**asked, stream=True) as stream:
            pieces = [chunk.choices[0].delta.content or "" for chunk in stream]
    text = whole.choices[0].message.content or ""
    assert "Nieppe" in text
    assert "**Sources citées**" in text
    assert "(Région Hauts-de-France, 7 juillet 2023)" in text
    assert "".join(pieces) == text
    assert (whole.model_extra or {})["citations"][0]["scheme_id"] == "cvcb"


def test_a_feedback_is_kept_beside_the_index(server: Server, client: httpx.Client) -> None:
    body = {"rating": "useful", "status": "answered", "schemes": ["cvcb"], "comment": "Merci"}
    assert client.post("/api/feedback", json=body).status_code == 201
    assert (server.folder / "feedback.sqlite").is_file()
    done = subprocess.run(
        [CONSOLE, "feedback", "--index", "index"],
        cwd=server.folder,
        env=settings(),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=True,
    )
    assert "cvcb 1" in done.stdout


def test_a_question_leaves_one_line_in_the_log_without_its_text(server: Server, client: httpx.Client) -> None:
    response = client.post(
        "/api/chat", json={"messages": [{"role": "user", "content": "Qui aide les kiosques de Zuydcoote ?"}]}
    )
    number = response.headers["x-request-id"]
    line = server.line_with(number)
    assert json.loads(line[line.index("{") :])["status"] == response.json()["status"]
    assert "Zuydcoote" not in "".join(server.lines)
    assert "assistant_reply_stage_seconds_bucket" in client.get("/metrics").text


# --- search and schemes ---------------------------------------------------------------------------


def test_search(client: httpx.Client) -> None:
    response = client.get("/api/search", params={"q": "dernier commerce", "k": 3})
    found = SearchResponse.model_validate(response.json())
    assert len(found.hits) == 3
    assert found.hits[0].scheme_id == "dernier-commerce"
    within = client.get("/api/search", params={"q": "dernier commerce", "scheme": "cvcb"}).json()
    assert {hit["scheme_id"] for hit in within["hits"]} == {"cvcb"}


def test_every_fiche_is_listed_and_can_be_read(client: httpx.Client) -> None:
    listed = {scheme["id"] for scheme in client.get("/api/schemes").json()["schemes"]}
    assert listed == {path.stem for path in SCHEMES_DIR.glob("*.md")}
    for name in sorted(listed):
        scheme = client.get(f"/api/schemes/{name}").json()
        assert scheme["id"] == name
        assert scheme["sections"]
        assert scheme["sources"]


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"{", 400, "JSON"),
        (b'{"messages": []}', 422, "liste vide"),
        (json.dumps({"messages": [{"role": "user", "content": ""}]}).encode(), 422, "la question est vide"),
        (
            json.dumps({"messages": [{"role": "user", "content": "a" * 10_000}]}).encode(),
            422,
            "4000 caractères",
        ),
        (
            json.dumps({"messages": [{"role": "user", "content": "x"}], "scheme": "nulle-part"}).encode(),
            404,
            "nulle-part\u00a0» n’existe pas",
        ),
        (
            json.dumps(
                {"messages": [{"role": "user", "content": "x"}], "scheme": "nulle-part", "stream": True}
            ).encode(),
            404,
            "nulle-part\u00a0» n’existe pas",
        ),
    ],
    ids=["json", "no message", "empty", "too long", "scheme", "scheme in a stream"],
)
def test_a_bad_request_gets_a_french_problem(
    client: httpx.Client, body: bytes, status: int, words: str
) -> None:
    response = client.post("/api/chat", content=body, headers={"Content-Type": "application/json"})
    assert_problem(response, status, words)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/search", 422, "obligatoire"),
        ("/api/search?q=x&k=0", 422, "1 au moins"),
        ("/api/search?q=x&scheme=nulle-part", 404, "nulle-part\u00a0» n’existe pas"),
        ("/api/schemes/nulle-part", 404, "nulle-part\u00a0» n’existe pas"),
        ("/api/nulle-part", 404, "/api/nulle-part"),
        ("/nulle-part", 404, ""),
        ("/api/chat", 405, "POST"),
    ],
)
def test_a_bad_address_gets_a_french_problem(
    client: httpx.Client, path: str, status: int, words: str
) -> None:
    assert_problem(client.get(path), status, words)


def assert_problem(response: httpx.Response, status: int, words: str) -> None:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    document = response.json()
    assert document["status"] == status
    assert words in document["detail"]
    assert "Traceback" not in response.text


# --- several processes ----------------------------------------------------------------------------


def test_two_processes_on_the_same_index_answer_as_one(server: Server, client: httpx.Client) -> None:
    asked = {"messages": [{"role": "user", "content": JULY}]}
    alone = client.post("/api/chat", json=asked).json()["answer"]
    answers: dict[str, str] = {}
    with serving(server.folder, "--workers", "2") as together:
        for _ in range(2000):
            response = httpx.post(f"{together.address}/api/chat", json=asked, timeout=300)
            assert response.status_code == 200
            answers[response.headers[WORKER_HEADER]] = response.json()["answer"]
            if len(answers) == 2:
                break
            time.sleep(0.1)  # the second comes once its page is built
        metrics = httpx.get(f"{together.address}/metrics", timeout=300).text
    assert answers == {"1": alone, "2": alone}
    assert metrics.count("\nassistant_worker_start_time_seconds{") == 2


# --- a new generation -----------------------------------------------------------------------------


def test_a_document_added_while_it_runs_is_found_without_a_restart(
    server: Server, client: httpx.Client
) -> None:
    question = "Combien a coûté le kiosque à musique de Wierre-Effroy ?"
    assert "48 250" not in ask(client, question).answer
    page = server.folder / "kiosque.md"
    page.write_text(
        "# Le kiosque à musique de Wierre-Effroy\n\n## Travaux\n"
        "Le kiosque à musique de Wierre-Effroy a coûté 48 250 € en 2024.\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [CONSOLE, "ingest", str(page), "--index", "index", "--json"],
        cwd=server.folder,
        env=settings(),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=True,
    )
    report = json.loads(done.stdout)
    assert report["embedded"] == 1
    assert report["copied"] == report["chunks"] - 1
    hits = client.get("/api/search", params={"q": "kiosque à musique"}).json()["hits"]
    assert "48 250 €" in plain(hits[0]["text"])
    assert hits[0]["scheme_id"] is None
    reply = ask(client, question)
    assert reply.status == "answered"
    assert "48 250 €" in plain(reply.answer)
    assert reply.citations[0].document_id == hits[0]["document_id"]
    assert "Nieppe" in ask(client, JULY).answer  # what was there before still is
