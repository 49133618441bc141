"""The questions that people ask about a scheme: read, matched with the sentences that answer, checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.check.asked import check_asked
from corpus.check.folder import check_corpus
from corpus.fiches.asked import AskedQuestion, read_asked
from corpus.fiches.catalogue import load_catalogue
from corpus.fiches.fiche import asked_path, load_fiche

SENTENCES = (
    "L’aide aux halles soutient la construction d’une halle couverte.",
    "En 2023, la Région payait jusqu’à 40\u00a0% du coût d’une halle, dans la limite de 60\u00a0000\u00a0€.",
    "Le dossier se dépose en ligne, avant le début des travaux.",
)


def read(folder: Path, text: str) -> tuple[tuple[AskedQuestion, ...], list[str]]:
    path = folder / "halles.yaml"
    path.write_text(text, encoding="utf-8")
    asked, problems = read_asked(path, SENTENCES)
    return asked, [f"{problem.field} {problem.problem}" for problem in problems]


def test_no_file_no_question(tmp_path: Path) -> None:
    assert read_asked(tmp_path / "none.yaml", SENTENCES) == ((), [])


def test_a_question_leads_to_the_sentences_that_hold_its_pieces(tmp_path: Path) -> None:
    asked, problems = read(
        tmp_path,
        '- ask: "combien pr une halle ?"\n'
        "  answered_by: [jusqu’à 40 % du coût d’une halle, soutient la construction]\n"
        "- ask: Où envoyer le dossier ?\n"
        "  answered_by: [se dépose en ligne]\n",
    )
    assert problems == []
    assert asked == (
        AskedQuestion("combien pr une halle ?", (1, 0)),
        AskedQuestion("Où envoyer le dossier ?", (2,)),
    )


def test_a_sentence_that_changed_a_little_still_answers(tmp_path: Path) -> None:
    asked, problems = read(
        tmp_path,
        "- ask: Quel taux ?\n"
        "  answered_by:\n"
        "  - En 2022, la Région payait jusqu’à 30 % du coût d’une halle, dans la limite de 50 000 €\n",
    )
    assert (asked[0].answers, problems) == ((1,), [])


def test_a_piece_that_no_sentence_holds_is_a_problem_and_nothing_else_is_lost(tmp_path: Path) -> None:
    asked, problems = read(
        tmp_path,
        "- ask: Et la piscine ?\n  answered_by: [le bassin olympique de Sault]\n"
        "- ask: Où ?\n  answered_by: [en ligne]\n",
    )
    assert [question.text for question in asked] == ["Où ?"]
    assert problems == ["question 1 aucune phrase de la fiche ne contient « le bassin olympique de Sault »"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ask: seule", "n’est pas une liste"),
        ("- ask: [", "liste YAML lisible"),
        ("- ask: sans réponse\n", "mal formée"),
        ("- ask: ''\n  answered_by: [en ligne]\n", "mal formée"),
        ("- ask: vide\n  answered_by: []\n", "mal formée"),
        ("- ask: autre\n  answered_by: [en ligne]\n  note: x\n", "mal formée"),
        ("- seule\n", "mal formée"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, text: str, words: str) -> None:
    asked, problems = read(tmp_path, text)
    assert asked == ()
    assert words in problems[0]


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    path = tmp_path / "halles.yaml"
    path.write_bytes(b"- ask: \xff\xfe")
    assert read_asked(path, SENTENCES)[1][0].file == path


# --- the committed ones ---------------------------------------------------------------------------


@pytest.mark.slow
def test_a_fiche_that_has_questions_has_enough_and_each_is_answered() -> None:
    asked_about = {name: fiche for name, fiche in load_catalogue().fiches.items() if fiche.asked}
    assert len(asked_about) > 40
    for name, fiche in asked_about.items():
        assert len(fiche.asked) >= 10, name
        assert check_asked(fiche) == []
        size = len(list(fiche.as_document.sentences()))
        assert all(0 <= place < size for asked in fiche.asked for place in asked.answers)


def test_no_question_is_written_twice() -> None:
    texts = [asked.text for fiche in load_catalogue().fiches.values() for asked in fiche.asked]
    assert len({text.lower() for text in texts}) == len(texts)


def test_the_check_of_a_corpus_looks_at_the_questions(tmp_path: Path) -> None:
    source = load_catalogue().fiche("velo").path
    schemes = tmp_path / "schemes"
    schemes.mkdir()
    copy = schemes / source.name
    copy.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    questions = asked_path(copy)
    questions.parent.mkdir()
    questions.write_text(
        "- ask: Et la patinoire ?\n  answered_by: [une patinoire olympique]\n", encoding="utf-8"
    )
    found = [problem for problem in check_corpus(tmp_path) if problem.file == questions]
    assert len(found) == 1
    assert "patinoire olympique" in str(found[0])
    assert load_fiche(copy).asked == ()
