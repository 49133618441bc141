"""The readings as text: each figure under its name, peers beside, what isn't measured left blank."""

from __future__ import annotations

from readings_builders import perfect, read_as, utterance

from evaluation.judging.readings import beside, judge
from evaluation.reports.readings import acts_table, by_act, facts_table, readings_text, side_by_side
from evaluation.runs.reads import Reading

LABELS = [
    utterance("le lavoir fuit", "find_schemes", "lavoirs", facts={"cost": 900}),
    utterance("quel taux", "ask_scheme", "halles", aspect="amount"),
]
OURS = [read_as(LABELS[0], perfect(LABELS[0]), "villages"), read_as(LABELS[1], Reading(), "towns")]
THEIRS = [read_as(LABELS[0], Reading(), "villages"), read_as(LABELS[1], Reading(), "towns")]
FIRST = judge("l’assistant", OURS, 2.0)
PEER = beside(OURS, judge("classifieur", THEIRS, 1.0, with_facts=False), THEIRS)


def row(table: str, start: str) -> str:
    return next(line for line in table.splitlines() if line.startswith(start))


def test_every_reader_stands_beside_with_how_far_the_first_is_ahead() -> None:
    table = side_by_side([FIRST, PEER])
    head, _, act = table.splitlines()[:3]
    assert head.split()[:3] == ["énoncés", "l’assistant", "classifieur"]
    assert act.startswith("  acte juste")
    assert "50,0\u00a0%" in act
    assert "+50,0" in act
    assert "villages" in table
    assert "towns" in table


def test_one_file_is_not_told_twice() -> None:
    alone = judge("l’assistant", [read_as(LABELS[0], perfect(LABELS[0]), "villages")], 1.0)
    assert "villages" not in side_by_side([alone])


def test_the_confusion_tells_what_was_read_for_what() -> None:
    lines = acts_table(FIRST).splitlines()
    assert lines[0].split() == ["find_schemes", "aucun"]
    assert [line.split() for line in lines[1:]] == [["ask_scheme", "0", "1"], ["find_schemes", "1", "0"]]


def test_the_facts_are_counted_by_file() -> None:
    table = facts_table(FIRST)
    assert row(table, "  coût").split()[1:3] == ["1", "1"]
    assert table.count("coût") == 2  # together, and in the file that states one


def test_the_whole_holds_the_times() -> None:
    assert readings_text([FIRST, PEER]).endswith("Temps : l’assistant 2 s, classifieur 1 s")


def test_each_act_that_was_asked_has_its_row() -> None:
    table = by_act([FIRST, PEER])
    assert table.splitlines()[0].split() == ["l’assistant", "classifieur"]
    assert row(table, "find_schemes").count("100,0\u00a0%") == 3  # of the first reader, none of its peer
    assert [line.split()[0] for line in table.splitlines()[2:]] == ["ask_scheme", "find_schemes"]
