"""The board: what each part shows, of nothing as of a lot, its tables, texts that would be more."""

from __future__ import annotations

import csv
import html
import os
import re
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from fakes import HOSTILE, FakeEngine
from fastapi.testclient import TestClient
from plain_site import CommittedSchemes, plain_client
from small_corpus import SmallCorpus

from assistant.api.counts.shape import Counted, Question
from assistant.api.counts.store import CountStore
from assistant.page.board import words
from assistant.page.board.index_part import index_part
from evaluation.benches.strict_html import problems
from ingest.errors import EmbedderError
from ingest.vectors import Vectors

TOKEN = "un-jeton-bien-assez-long"
BOARD = "/tableau-de-bord"
FORMULA = '=HYPERLINK("http://exemple.fr";"Cliquez")'
TEXTS = {"log_questions": True, "feedback_texts": True}
TABLES = (
    "reponses-par-statut",
    "reponses-par-jour",
    "reponses-par-intention",
    "temps-de-reponse",
    "avis",
    "avis-par-jour",
    "avis-raisons",
    "avis-dispositifs",
    "a-revoir-par-nature",
    "a-revoir",
)


def board_client(folder: Path, engine: FakeEngine | None = None, **changes: object) -> TestClient:
    client = plain_client(folder, engine, board_token=TOKEN, **changes)
    client.post(BOARD, data={"jeton": TOKEN})
    return client


def ask(client: TestClient, *questions: str) -> None:
    for question in questions:
        client.post("/api/chat", json={"messages": [{"role": "user", "content": question}]})


def judge(client: TestClient, **changes: object) -> None:
    body = {"rating": "not_useful", "reasons": ["outdated"], "status": "answered", **changes}
    assert client.post("/api/feedback", json=body).status_code == 201


def table(client: TestClient, name: str, days: int = 30) -> list[list[str]]:
    answer = client.get(f"{BOARD}/{name}.csv?jours={days}")
    assert answer.status_code == 200, name
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="{name}.csv"' in answer.headers["content-disposition"]
    return list(csv.reader(StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))


@pytest.mark.parametrize("texts", [{}, TEXTS])
def test_a_new_installation_says_what_to_expect(tmp_path: Path, texts: dict[str, object]) -> None:
    page = board_client(tmp_path, **texts).get(BOARD)
    assert page.status_code == 200
    assert problems(page.text) == []
    said = [words.NO_REPLIES, words.NO_ACTS, words.NO_TOOK, words.NO_OPINIONS, words.NO_INDEX]
    said += [words.NO_UNANSWERED] if texts else [words.QUESTIONS_NOT_KEPT, words.NO_TEXTS_KEPT]
    assert [sentence for sentence in said if html.escape(sentence, quote=False) not in page.text] == []
    assert "<svg" not in page.text


def test_a_few_replies_and_opinions_are_counted(tmp_path: Path) -> None:
    client = board_client(tmp_path, CommittedSchemes())
    ask(client, "Combien ?", "Quelle aide ?", "une panne", "piscine", "préciser", "météo", "météo")
    judge(client, schemes=["cvcb"])
    judge(client, rating="useful", reasons=[])
    page = client.get(BOARD).text
    assert problems(page) == []
    assert page.count('<svg role="img"') == 2
    today = date.today().isoformat()
    assert table(client, "reponses-par-statut")[1:] == [
        ["Sourcées", "2", "29\u00a0%"],
        ["Conversation", "0", "0\u00a0%"],
        ["À préciser", "1", "14\u00a0%"],
        ["Sans réponse", "1", "14\u00a0%"],
        ["Hors sujet", "2", "29\u00a0%"],
        ["Erreurs", "1", "14\u00a0%"],
    ]
    by_day = table(client, "reponses-par-jour", days=7)
    assert len(by_day) == 8
    assert by_day[1] == [today, "2", "0", "1", "1", "2", "1", "7"]
    assert table(client, "reponses-par-intention")[1:] == [
        ["Question sur un dispositif", "1", "0", "1", "1", "2", "5"],
        ["Recherche d’aides", "1", "0", "0", "0", "0", "1"],
    ]
    assert table(client, "temps-de-reponse")[1] == ["La moitié", "moins de 25\u00a0ms"]
    assert table(client, "avis")[1:] == [["Pas utile", "1"], ["Utile", "1"]]
    assert table(client, "avis-raisons")[1:] == [["information dépassée", "1"]]
    assert table(client, "avis-dispositifs")[1][0].startswith("Redynamisation")


def test_every_table_that_has_rows_is_shown_and_can_be_downloaded(tmp_path: Path) -> None:
    client = board_client(tmp_path, CommittedSchemes())
    ask(client, "Combien ?")
    judge(client, schemes=["cvcb"])
    page = client.get(BOARD).text
    assert tuple(re.findall(r'href="tableau-de-bord/([\w-]+)\.csv\?jours=30"', page)) == TABLES
    for name in TABLES:
        head, *rows = table(client, name)
        assert rows, name
        assert {len(row) for row in rows} == {len(head)}, name


def test_a_table_that_is_none_is_a_french_refusal(tmp_path: Path) -> None:
    client = board_client(tmp_path)
    for name in ("absent", "..", "%2e%2e%2fsecret", "a" * 3000, "<b>"):
        answer = client.get(f"{BOARD}/{name}.csv")
        assert answer.status_code == 404
        assert answer.json()["title"] == "Adresse inconnue"


def test_a_period_is_one_of_three(tmp_path: Path) -> None:
    client = board_client(tmp_path)
    ask(client, "Combien ?")
    for asked, days in (("7", 7), ("90", 90), ("", 30), ("8", 30), ("-1", 30), ("<script>", 30)):
        page = client.get(BOARD, params={"jours": asked}).text
        assert f'?jours={days}" aria-current="true"' in page
        assert page.count("aria-current") == 1
        assert len(table(client, "reponses-par-jour", days)) == days + 1


def test_what_is_older_than_the_period_is_left_out_of_it(tmp_path: Path) -> None:
    today = date.today()
    store = CountStore(tmp_path / "board.sqlite", 365)
    for back in (6, 7, 29, 30, 89, 90):
        store.add(Counted({(today - timedelta(days=back), "answered", "ask_scheme"): 1}), today)
    client = board_client(tmp_path)
    counts = [table(client, "reponses-par-statut", days)[1][1] for days in (7, 30, 90)]
    assert counts == ["1", "3", "5"]
    first = (today - timedelta(days=90)).year
    assert re.search(rf"Comptées depuis le .*{first}", client.get(BOARD).text)


def test_a_column_is_as_high_as_its_count(tmp_path: Path) -> None:
    today = date.today()
    counted = Counted({(today, "answered", ""): 30, (today, "error", ""): 10})
    counted.add(Counted({(today - timedelta(days=6), "answered", ""): 20}))
    CountStore(tmp_path / "board.sqlite", 365).add(counted, today)
    page = board_client(tmp_path).get(f"{BOARD}?jours=7").text
    drawn = re.findall(
        r'<rect class="(\w+)" x="([\d.]+)" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', page
    )
    assert [(kind, float(y), float(height)) for kind, _, y, height in drawn] == [
        ("answered", 90.0, 90.0),
        ("answered", 45.0, 135.0),
        ("error", 0.0, 45.0),
    ]
    assert float(drawn[0][1]) < 900 / 7
    assert float(drawn[1][1]) > 900 * 6 / 7
    assert "40 au plus en un jour" in page


def test_questions_without_an_answer_are_grouped_where_they_are_kept(tmp_path: Path) -> None:
    client = board_client(tmp_path, log_questions=True)
    ask(client, "piscine couverte", "Combien ?", "piscine chauffée", "piscine COUVERTE", "météo")
    today = date.today().isoformat()
    assert table(client, "questions-sans-reponse")[1:] == [
        ["3", "piscine couverte", "piscine chauffée", "Sans réponse", today, today],
        ["1", "météo", "—", "Hors sujet", today, today],
    ]
    assert "piscine chauffée" in client.get(BOARD).text


def test_no_text_is_kept_nor_shown_unless_the_settings_say_so(tmp_path: Path) -> None:
    client = board_client(tmp_path)
    ask(client, "piscine Mélusine")
    judge(client, comment="Mélusine", question="Mélusine")
    page = client.get(BOARD).text
    assert "Mélusine" not in page
    assert "ASSISTANT_LOG_QUESTIONS=true" in page
    assert "ASSISTANT_FEEDBACK_TEXTS=true" in page
    for file in tmp_path.iterdir():
        assert "Mélusine".encode() not in file.read_bytes()
    assert client.get(f"{BOARD}/questions-sans-reponse.csv").status_code == 404
    assert client.get(f"{BOARD}/avis-commentaires.csv").status_code == 404


def test_hostile_texts_are_inert(tmp_path: Path) -> None:
    client = board_client(tmp_path, **TEXTS)
    for text in (HOSTILE, FORMULA, "+33 1", "@SUM(A1)", "\t=1"):
        ask(client, f"{text} piscine")
        judge(client, comment=text, question=f"{text} ?", schemes=["hostile"])
    page = client.get(BOARD).text
    assert problems(page) == []
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    for name in ("questions-sans-reponse", "avis-commentaires", "avis-dispositifs"):
        rows = table(client, name)
        cells = [cell for row in rows for cell in row]
        assert not any(cell.lstrip()[:1] in {"=", "+", "-", "@"} for cell in cells)
    assert f"'{FORMULA}" in [row[5] for row in table(client, "avis-commentaires")]


class _NoEncoder(FakeEngine):
    def question_vectors(self, texts: object) -> Vectors:
        raise EmbedderError("L’encodeur manque.")


def test_without_an_encoder_the_questions_are_shown_one_by_one(tmp_path: Path) -> None:
    client = board_client(tmp_path, _NoEncoder(), log_questions=True)
    ask(client, "piscine couverte", "piscine chauffée")
    assert [row[1] for row in table(client, "questions-sans-reponse")[1:]] == [
        "piscine chauffée",
        "piscine couverte",
    ]
    assert words.UNGROUPED in client.get(BOARD).text


def _directory(path: Path) -> None:
    path.mkdir()


def _damaged(path: Path) -> None:
    path.write_bytes(b"pas une base" * 500)


@pytest.mark.parametrize("spoil", [_directory, _damaged])
def test_what_cannot_be_read_says_so_and_the_rest_is_shown(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    for name in ("board.sqlite", "feedback.sqlite"):
        spoil(tmp_path / name)
    client = board_client(tmp_path, CommittedSchemes(), **TEXTS)
    page = client.get(BOARD)
    assert page.status_code == 200
    assert words.COUNTS_LOST in page.text
    assert words.OPINIONS_LOST in page.text
    assert 'id="a-revoir"' in page.text
    assert problems(page.text) == []


def test_fiches_that_changed_on_disk_are_told(tmp_path: Path) -> None:
    rows = table(board_client(tmp_path), "a-revoir")
    assert [row[2:] for row in rows[1:]] == [[words.UNREADABLE_FILE, words.FILE_CHANGED]] * 2


@pytest.mark.slow
def test_the_index_and_its_documents_are_told_with_what_is_wrong(tmp_path: Path) -> None:
    corpus = SmallCorpus(tmp_path / "small")
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in ("gone", "changed", "fine"):
        text = "\n\n".join(f"La mairie de {name} ouvre son guichet numéro {i} le lundi." for i in range(60))
        (folder / f"{name}.md").write_text(f"# Guichet {name}\n\n{text}\n", encoding="utf-8")
    corpus.ingest(folder)
    generations = corpus.generations
    (folder / "gone.md").unlink()
    changed = folder / "changed.md"
    later = changed.stat().st_mtime + 3600
    os.utime(changed, (later, later))
    part = index_part(generations)
    made, sources, documents = part.tables
    assert [row[3] for row in made.rows] == [words.IN_SERVICE]
    assert [(row[0], row[3]) for row in sources.rows] == [
        (words.FICHES, words.FINE),
        (str(folder), words.FINE),
    ]
    assert {row[1].rpartition("/")[2]: row[3] for row in documents.rows} == {
        "gone.md": words.GONE,
        "changed.md": words.CHANGED,
        "fine.md": words.FINE,
    }
    assert documents.rows[-1][3] == words.FINE


def test_a_question_of_any_day_is_in_the_group_of_its_like(tmp_path: Path) -> None:
    today = date.today()
    asked = [Question(today - timedelta(days=back), "unanswerable", "piscine") for back in (3, 40)]
    CountStore(tmp_path / "board.sqlite", 365).add(Counted(questions=asked), today)
    client = board_client(tmp_path, log_questions=True)
    assert [table(client, "questions-sans-reponse", days)[1][0] for days in (7, 30, 90)] == ["1", "1", "2"]
