"""Files of utterances: what is read, and every problem named with file, line and remedy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from evaluation_builders import NIEPPE, small_catalogue, small_territory

from assistant.reading.acts import Act, Aspect
from assistant.reply import MAX_MESSAGES, MAX_QUESTION_CHARS
from evaluation.errors import CaseError
from evaluation.questions.utterances import (
    UTTERANCES_DIR,
    StatedFacts,
    UtteranceFile,
    committed_utterances,
    read_utterances,
)

Write = Callable[..., Path]

WHOLE: dict[str, Any] = {
    "text": "on est 7 500, la halle coûte 90 k€",
    "before": ["Une aide pour la halle ?"],
    "act": "give_fact",
    "aspect": None,
    "schemes": ["halles"],
    "facts": {"commune": NIEPPE.name, "population": 7500, "cost": 90000, "who": "commune", "started": False},
}
LEAST: dict[str, Any] = {"text": "Salut !", "act": "social", "schemes": []}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_lines(*rows: Any, name: str = "mine.jsonl") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write_lines


def read(*paths: Path) -> list[UtteranceFile]:
    return read_utterances(paths, small_catalogue(), small_territory())


def problems(*paths: Path) -> list[str]:
    with pytest.raises(CaseError) as raised:
        read(*paths)
    return str(raised.value).splitlines()


def test_an_utterance_is_read_as_written(write: Write) -> None:
    (file,) = read(write(WHOLE, "", LEAST))
    whole, least = file.utterances
    assert (file.name, whole.before, whole.act, whole.schemes) == (
        "mine",
        ("Une aide pour la halle ?",),
        "give_fact",
        ("halles",),
    )
    assert whole.facts == StatedFacts(
        commune=NIEPPE.name, population=7500, cost=90000.0, who="commune", started=False
    )
    assert (least.before, least.aspect, least.schemes, least.facts) == ((), None, (), StatedFacts())


def test_a_byte_order_mark_and_other_ends_of_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.jsonl"
    text = json.dumps(LEAST | {"text": "a\u2028b"}, ensure_ascii=False)
    path.write_bytes(f"\ufeff{text}\r\n{json.dumps(LEAST)}\r\n".encode())
    (file,) = read(path)
    assert [item.text for item in file.utterances] == ["a\u2028b", "Salut !"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"act": "asks"}, ("« act »", "give_fact, contact")),  # a label outside the list
        ({"aspect": "cost"}, ("« aspect »", "amount, covered")),
        ({"facts": {"who": "mayor"}}, ("« facts.who »", "commune, epci")),
        ({"facts": {"label": "ville"}}, ("« facts.label »", "village_avenir")),
        ({"facts": {"population": True}}, ("« facts.population »",)),
        ({"facts": {"population": 0}}, ("« facts.population »",)),
        ({"facts": {"cost": "90 k€"}}, ("« facts.cost »",)),
        ({"facts": {"inhabitants": 3}}, ("« facts.inhabitants »", "champ inconnu")),
        ({"facts": {"commune": "Nieppes"}}, ("commune inconnue « Nieppes »", "nom officiel")),
        ({"schemes": ["halle"]}, ("dispositif inconnu « halle »", "corpus/schemes")),
        ({"schemes": ["halles", "halles"]}, ("écrit deux fois",)),
        ({"schemes": ["halles", "haies", "lavoirs", "ecoles", "halles"]}, ("« schemes »",)),
        ({"act": "ask_scheme"}, ("demande un « aspect »", "other")),
        ({"text": " "}, ("« text »", "le texte est vide")),
        ({"text": "a" * (MAX_QUESTION_CHARS + 1)}, (f"dépasse {MAX_QUESTION_CHARS} caractères",)),
        ({"before": ["oui", ""]}, ("« before.1 »", "le texte est vide")),
        ({"before": ["oui"] * MAX_MESSAGES}, ("« before »",)),  # no conversation is so long
        ({"note": "à revoir"}, ("« note »", "champ inconnu")),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_what_to_mend(
    write: Write, change: dict[str, Any], told: tuple[str, ...]
) -> None:
    path = write(LEAST, WHOLE | change)
    (line,) = problems(path)
    assert line.startswith(f"{path}:2: ")
    for piece in told:
        assert piece in line


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "JSON mal formé"),
        ('{"text": 1' + "0" * 5000 + "}", "JSON mal formé"),  # a number too long to be read
        ("[" * 100_000, "JSON mal formé"),
        ('["Salut !"]', "pas un objet JSON"),
        ('{"text": "a", "text": "b", "act": "social", "schemes": []}', "clé « text » est répétée"),
        ('{"act": "social", "schemes": []}', "champ obligatoire absent"),
        ('{"text": "a", "act": "social", "schemes": [], "facts": {"cost": NaN}}', "« facts.cost »"),
        ('{"text": "\\ud800", "act": "social", "schemes": []}', "JSON mal formé"),
    ],
)
def test_a_line_that_is_no_utterance_is_named(write: Write, line: str, told: str) -> None:
    path = write(LEAST, line)
    (problem,) = problems(path)
    assert problem.startswith(f"{path}:2: ")
    assert told in problem


def test_every_problem_is_told_at_once(write: Write) -> None:
    one, two = write({}, "{", name="one.jsonl"), write(WHOLE | {"act": "x"}, name="two.jsonl")
    assert len([line for line in problems(one, two) if line.startswith(f"{one}:1: ")]) == 3
    assert [line.partition(": ")[0] for line in problems(one, two)][-2:] == [f"{one}:2", f"{two}:1"]


def test_a_repeated_utterance_is_named_with_the_first_across_files(write: Write) -> None:
    one, two = write(WHOLE, LEAST, name="one.jsonl"), write(LEAST | {"text": "SALUT"}, name="two.jsonl")
    (problem,) = problems(one, two)
    assert problem.startswith(f"{two}:1: ")
    assert f"{one}:2" in problem


def test_the_same_words_after_others_are_another_utterance(write: Write) -> None:
    (file,) = read(write(WHOLE, WHOLE | {"before": ["Et les haies ?"]}, LEAST, LEAST | {"text": "!!"}))
    assert len(file.utterances) == 4


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe", None])
def test_a_file_without_utterances_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "none.jsonl"
    if content is not None:
        path.write_bytes(content)
    (problem,) = problems(path)
    assert str(path) in problem
    assert "JSON" in problem


def test_a_file_given_twice_is_told_once(write: Write) -> None:
    path = write(WHOLE, LEAST)
    assert problems(path, path.parent / "." / path.name) == [
        f"{path}: fichier donné deux fois. Donnez-le une seule fois."
    ]


def test_files_of_one_name_are_told_apart(write: Write) -> None:
    paths = (write(WHOLE, name="a/mine.jsonl"), write(LEAST, name="b/mine.jsonl"))
    assert [file.name for file in read(*paths)] == [str(path) for path in paths]


# What people say at a counter was written for the acts that were read worst.
OF_SOME_ACTS = {"counter"}


def test_the_projects_own_utterances_are_right_and_cover_every_label() -> None:
    files = committed_utterances()
    told = (UTTERANCES_DIR / "README.md").read_text(encoding="utf-8")
    assert len(files) >= 8
    assert all(f"`{file.name}.jsonl`" in told for file in files)
    for file in files:
        if file.name in OF_SOME_ACTS:
            continue
        assert {item.act for item in file.utterances} == set(get_args(Act))
        assert {item.aspect for item in file.utterances} == {None, *get_args(Aspect)}


def test_the_readme_defines_every_label() -> None:
    told = (UTTERANCES_DIR / "README.md").read_text(encoding="utf-8")
    for label in (*get_args(Act), *get_args(Aspect), *StatedFacts.model_fields):
        assert f"`{label}`" in told
