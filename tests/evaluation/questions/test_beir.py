"""Reading a test set in BEIR form, and naming what is wrong with a malformed one."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.errors import TestSetError
from evaluation.questions.beir import read_test_set

CORPUS = (
    '{"_id": "d1", "title": "Les haies", "text": "On plante une haie. Elle pousse."}\n'
    "\n"
    '{"_id": "d2", "text": "Une halle [1] sans titre."}\n'
    '{"_id": 3, "title": null, "text": "Un numéro pour nom.", "metadata": {"url": "x"}}\n'
)
QUERIES = """\
{"_id": "q1", "text": "planter ?"}
{"_id": "q2", "text": "jamais jugée"}
{"_id": "q3", "text": "halle"}
"""
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq3\td2\t1\nq3\t3\t1\n"


def write(folder: Path, corpus: str = CORPUS, queries: str = QUERIES, qrels: str = QRELS) -> Path:
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(corpus, encoding="utf-8")
    (folder / "queries.jsonl").write_text(queries, encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_a_set_is_read(tmp_path: Path) -> None:
    found = read_test_set(write(tmp_path / "mini"))
    assert found.name == "mini"
    assert list(found.documents) == ["d1", "d2", "3"]
    assert found.queries == {"q1": "planter ?", "q3": "halle"}
    assert found.qrels == {"q1": {"d1": 2}, "q3": {"d2": 1, "3": 1}}


def test_a_document_keeps_its_text_and_belongs_to_no_scheme(tmp_path: Path) -> None:
    documents = read_test_set(write(tmp_path / "mini")).documents
    first = documents["d1"]
    assert (first.id, first.title, first.scheme_id) == ("d1", "Les haies", None)
    assert [sentence.text for _, sentence in first.sentences()] == ["On plante une haie.", "Elle pousse."]
    assert documents["d2"].title == ""
    # What looks like a citation mark is text here.
    assert [sentence.text for _, sentence in documents["d2"].sentences()] == ["Une halle [1] sans titre."]


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    folder = write(tmp_path / "mini")
    (folder / missing).unlink()
    with pytest.raises(TestSetError, match=missing):
        read_test_set(folder)


@pytest.mark.parametrize(
    "line", ["{", "[]", "3", "null", '"x"', '{"_id": "x"}', '{"text": "x"}', '{"_id": "x", "text": "y"} z']
)
@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl"])
def test_a_malformed_line_is_named_with_its_number(tmp_path: Path, file: str, line: str) -> None:
    folder = write(tmp_path / "mini")
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    number = path.read_text(encoding="utf-8").count("\n")
    with pytest.raises(TestSetError, match=rf"{file}:{number}: .*« _id » et « text »"):
        read_test_set(folder)


@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path, file: str) -> None:
    folder = write(tmp_path / "mini")
    (folder / file).write_bytes("été".encode("latin-1"))
    with pytest.raises(TestSetError, match=file):
        read_test_set(folder)


@pytest.mark.parametrize(
    "qrels",
    [
        "q1\td1\t1\n",
        "query-id corpus-id score\nq1 d1 1\n",
        "query-id\tcorpus-id\tscore\nq1\td1\tbeaucoup\n",
        "query-id\tcorpus-id\tscore\nq1\td1\n",
        "query-id\tcorpus-id\tscore\nq1\n",
    ],
)
def test_malformed_judgements_are_named(tmp_path: Path, qrels: str) -> None:
    with pytest.raises(TestSetError, match="query-id, corpus-id, score"):
        read_test_set(write(tmp_path / "mini", qrels=qrels))


@pytest.mark.parametrize(
    ("row", "name"), [("q1\tnulle-part\t1", "nulle-part"), ("q9\td1\t1", "q9")], ids=["document", "query"]
)
def test_a_judgement_of_what_is_not_in_the_set_is_named(tmp_path: Path, row: str, name: str) -> None:
    with pytest.raises(TestSetError, match=f"« {name} »"):
        read_test_set(write(tmp_path / "mini", qrels=f"{QRELS}{row}\n"))


@pytest.mark.parametrize(
    "qrels", ["query-id\tcorpus-id\tscore\n", "query-id\tcorpus-id\tscore\nq1\td1\t0\n", ""]
)
def test_a_set_that_judges_nothing_relevant_is_refused(tmp_path: Path, qrels: str) -> None:
    with pytest.raises(TestSetError, match=r"test\.tsv"):
        read_test_set(write(tmp_path / "mini", qrels=qrels))


def test_a_line_separator_inside_a_text_is_no_new_line(tmp_path: Path) -> None:
    corpus = CORPUS + '{"_id": "d4", "title": "", "text": "Un lavoir\u2028restauré."}\n'
    assert "d4" in read_test_set(write(tmp_path / "mini", corpus=corpus)).documents
