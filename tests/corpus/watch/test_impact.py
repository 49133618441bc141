"""What rests on a fiche: its questions, and the cases of an evaluation read as data."""

from __future__ import annotations

from pathlib import Path

import pytest
from watch_builders import fiche, write_fiche

from corpus.errors import CorpusError
from corpus.fiches.fiche import load_fiche
from corpus.watch.cases import cases_in
from corpus.watch.impact import impact_of

CASES = """\
- id: direct-001
  turns: ["Bonjour", "Quel taux ?"]
  gold: ["passerelles/Montant", "passerelles/Montant", "velo/Montant"]
- id: direct-002
  turns: ["Passerelle, on y a droit ?"]
  verdicts: {passerelles: eligible}
  facts: [{date: 2026-02-30}]
- id: direct-003
  turns: ["Et le vélo ?"]
  schemes: [velo]
  also: ["passerelles/Objet"]
- id: direct-004
  turns: ["Rien à voir"]
  status: out_of_scope
- id: direct-005
  turns: ["Comment financer ?"]
  plan: {cost: 1000, schemes: [passerelles]}
"""


def test_questions_and_cases_stand_under_their_section(tmp_path: Path) -> None:
    path = write_fiche(tmp_path)
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "passerelles.yaml").write_text(
        "- {ask: Combien ?, answered_by: [jusqu’à 30 %, ne dépasse pas 30 000]}\n"
        "- {ask: Pour quoi ?, answered_by: [soutient la construction, jusqu’à 30 %]}\n",
        encoding="utf-8",
    )
    (tmp_path / "cas").mkdir()
    (tmp_path / "cas" / "direct.yaml").write_text(CASES, encoding="utf-8")
    found = impact_of(load_fiche(path), cases_in(tmp_path / "cas"))
    told = [(s.title, s.questions, [case.id for case in s.cases]) for s in found.sections]
    assert told == [
        ("Objet", ("Pour quoi ?",), []),
        ("Montant", ("Combien ?", "Pour quoi ?"), ["direct-001"]),
        (None, (), ["direct-002", "direct-005"]),
    ]
    assert [case.id for case in found.may_cite] == ["direct-003"]
    assert found.sections[1].cases[0].text == "Quel taux ?"


def test_nothing_rests_on_a_fiche_that_nobody_asks_about(tmp_path: Path) -> None:
    found = impact_of(fiche(tmp_path), [])
    assert (found.sections, found.may_cite) == ((), ())


@pytest.mark.parametrize("text", ["- [", "une phrase", "- un mot", ""])
def test_a_file_that_holds_no_cases_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "faux.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"faux\.yaml:[12] : ce fichier n’est pas une liste de cas"):
        cases_in(tmp_path)
