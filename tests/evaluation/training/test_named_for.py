"""Training what tells what a scheme is named for: from which messages, the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from acts_builders import ReadsAlways, reading

from assistant.reading.named_for import NAMED_FOR_PATH, NamedForReader, read_learned, write_learned
from assistant.reading.names import SchemeNames
from corpus.fiches.catalogue import load_catalogue
from evaluation.questions.utterances import BLIND, read_utterances
from evaluation.training.named_for import (
    FOLDS,
    Marked,
    digest_of_marked,
    judge_named_for,
    read_marked,
    train_named_for,
)

ACTS = ReadsAlways(reading())
WORKS = ("toit", "lavoir", "mur", "pont", "préau")


def marked(lines: list[str], path: Path) -> list[Marked]:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read_marked(path)


@pytest.fixture
def taught(tmp_path: Path) -> list[Marked]:
    kinds = {
        "asked": "Le [CVCB] paie-t-il un {} ?",
        "aside": "Sauf le [CVCB], quoi pour un {} ?",
        "had": "Avec le [CVCB] déjà reçu, quoi pour un {} ?",
        "who": "Nous sommes [CVCB] : on veut un {}",
    }
    lines = [
        f'{{"text": "{text.format(work)}", "names": ["{name}"]}}'
        for work in WORKS
        for name, text in kinds.items()
    ]
    return marked(lines, tmp_path / "taught.jsonl")


def test_names_are_read_without_their_brackets(tmp_path: Path) -> None:
    (item,) = marked(
        ['{"text": "Ni le [CVCB] ni [LEADER], quoi ?", "names": ["aside", "aside"]}'], tmp_path / "a.jsonl"
    )
    assert item.text == "Ni le CVCB ni LEADER, quoi ?"
    assert [item.text[start:end] for start, end in item.names] == ["CVCB", "LEADER"]


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "Le [CVCB] ?", "names": []}',
        '{"text": "Le CVCB ?", "names": ["asked"]}',
        '{"text": "Le [CVCB] ?", "names": ["autre"]}',
    ],
)
def test_a_line_whose_labels_do_not_go_with_its_names_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match=r"CVCB|autre"):
        marked([line], tmp_path / "a.jsonl")


def test_what_it_learned_is_read_and_learned_again_alike(taught: list[Marked], tmp_path: Path) -> None:
    first, second = tmp_path / "a.npz", tmp_path / "b.npz"
    write_learned(first, train_named_for(taught, ACTS))
    write_learned(second, train_named_for(taught, ACTS))
    assert first.read_bytes() == second.read_bytes()
    text = "Sauf la DETR, quoi pour un four ?"
    (told,) = NamedForReader.load(first).read(text, [(8, 12)], reading())
    assert max(told, key=lambda name: told[name]) == "aside"


def test_messages_are_judged_by_a_reader_that_has_not_learned_from_them(taught: list[Marked]) -> None:
    names = SchemeNames(load_catalogue().schemes)
    judged = judge_named_for(taught, ACTS, names)
    assert len(judged) == len(taught)
    assert sum(item.told == item.right for item in judged) / len(judged) > 0.9
    assert all(item.left_out is not None for item in judged)
    unknown = [Marked(item.text.replace("CVCB", "ABCD"), item.names, item.named_for) for item in taught]
    assert all(item.left_out is None for item in judge_named_for(unknown, ACTS, names))
    assert len(taught) >= FOLDS


def test_the_one_shipped_was_made_from_the_messages_of_today() -> None:
    assert read_learned(NAMED_FOR_PATH).told.made_from == digest_of_marked(read_marked())


def test_no_message_is_kept_for_measuring() -> None:
    kept = {item.text for file in read_utterances(sorted(BLIND)) for item in file.utterances}
    assert not kept & {item.text for item in read_marked()}
