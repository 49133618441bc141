"""Read a retrieval test set in BEIR form: corpus.jsonl, queries.jsonl, qrels/test.tsv."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.fiches.document import Document
from corpus.fiches.markdown import read_sections
from corpus.source import Source
from evaluation.errors import TestSetError


@dataclass(frozen=True, slots=True)
class TestSet:
    """Documents, questions and judgements.

    Attributes:
        name: name of the folder.
        documents: by document id.
        queries: text by query id; only those that have a judgement.
        qrels: for each query id, grade by document id (grade > 0 is relevant).
    """

    __test__ = False

    name: str
    documents: dict[str, Document]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


def read_test_set(folder: Path) -> TestSet:
    """Read a test set.

    Raises:
        TestSetError: a file is missing or malformed, or judges a document that isn't in the corpus.
    """
    documents = {
        str(row["_id"]): _document(folder.name, row) for row in _rows(folder / "corpus.jsonl", "text")
    }
    texts = {str(row["_id"]): str(row["text"]) for row in _rows(folder / "queries.jsonl", "text")}
    qrels = _read_qrels(folder / "qrels" / "test.tsv")
    for query, grades in qrels.items():
        missing = query if query not in texts else next((d for d in grades if d not in documents), None)
        if missing is not None:
            raise TestSetError(
                f"{folder}: qrels/test.tsv juge « {missing} », absent du jeu. Corrigez le jeu."
            )
    return TestSet(folder.name, documents, {name: texts[name] for name in qrels}, qrels)


def _document(set_name: str, row: dict[str, Any]) -> Document:
    title = str(row.get("title") or "").strip()
    return Document(
        id=str(row["_id"]),
        title=title,
        scheme_id=None,
        path=f"{set_name}/corpus.jsonl",
        published=None,
        updated=None,
        sources=(Source(n=1, title=title if len(title) >= 3 else "Document", publisher=set_name),),
        sections=read_sections(str(row["text"]), with_marks=False),
    )


def _rows(path: Path, needed: str) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # a text may hold other line ends
    except (OSError, UnicodeDecodeError) as error:
        raise TestSetError(
            f"« {path} » est illisible. Un jeu BEIR a besoin de ce fichier, en UTF-8."
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row["_id"], row[needed]
        except (ValueError, KeyError, TypeError) as error:
            raise TestSetError(
                f"{path}:{number}: ligne mal formée. Il faut un objet JSON avec « _id » et « {needed} »."
            ) from error
        yield row


def _read_qrels(path: Path) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                grade = int(row["score"])
                if grade > 0:
                    qrels.setdefault(row["query-id"], {})[row["corpus-id"]] = grade
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise TestSetError(
            f"« {path} » est absent ou mal formé. Colonnes attendues : query-id, corpus-id, score."
        ) from error
    if not qrels:
        raise TestSetError(
            f"« {path} » ne juge aucun document pertinent. Colonnes attendues : query-id, corpus-id, score."
        )
    return qrels
