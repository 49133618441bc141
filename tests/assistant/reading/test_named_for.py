"""What a scheme is named for: by what stands around the name, whatever it is; and the file that it needs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from acts_builders import reading

from assistant.errors import UnreadableReader
from assistant.reading.named_for import (
    BUCKETS,
    NAMED_FOR,
    NAMED_FOR_PATH,
    READINGS,
    Learned,
    NamedForReader,
    Span,
    Told,
    counted,
    read_learned,
    readings_of,
    write_learned,
)


@pytest.fixture(scope="module")
def reader() -> NamedForReader:
    return NamedForReader.load()


def span(text: str, name: str) -> Span:
    return text.index(name), text.index(name) + len(name)


def out(reader: NamedForReader, text: str, name: str, *others: str) -> float:
    """How likely a name isn't asked about; nothing else says what the message does."""
    names = sorted(span(text, item) for item in (name, *others))
    told = reader.read(text, names, reading(sure=1 / 12))[names.index(span(text, name))]
    assert sum(told.values()) == pytest.approx(1)
    return told["aside"] + told["had"]


@pytest.mark.parametrize(
    ("apart", "asked"),
    [
        (
            "Sans passer par le FARDA, quelles aides pour un préau ?",
            "Le FARDA passe-t-il pour un préau ?",
        ),
        ("Le FARDA nous a été refusé, qui d’autre paierait un préau ?", "Le FARDA paierait-il un préau ?"),
        (
            "Nous avons déjà le FARDA, quoi d’autre pour un préau ?",
            "Nous voulons le FARDA pour un préau, combien ?",
        ),
    ],
)
def test_what_stands_around_a_name_tells_what_it_is_named_for(
    reader: NamedForReader, apart: str, asked: str
) -> None:
    assert out(reader, apart, "FARDA") > out(reader, asked, "FARDA") + 0.3


def test_the_name_itself_is_not_read(reader: NamedForReader) -> None:
    told = {name: out(reader, f"Sauf {name}, quelle aide ?", name) for name in ("FARDA", "la tirelire", "X")}
    assert len(set(told.values())) == 1


def test_each_name_of_a_message_is_read_by_its_place(reader: NamedForReader) -> None:
    text = "Pas de FARDA pour nous, mais la DSIL, combien donne-t-elle ?"
    assert out(reader, text, "FARDA", "DSIL") > out(reader, text, "DSIL", "FARDA") + 0.3


def test_what_the_message_does_counts_too(reader: NamedForReader) -> None:
    text = "FARDA : on cherche pour un préau"
    told = [
        reader.read(text, [span(text, "FARDA")], reading(act))[0]["asked"]
        for act in ("ask_scheme", "find_schemes")
    ]
    assert told[0] > told[1]
    clauses = reading("ask_scheme", clauses=(reading("ask_scheme"), reading("find_schemes")))
    assert readings_of(clauses).tolist() != readings_of(reading("ask_scheme")).tolist()
    assert readings_of(clauses).shape == (READINGS,)


@pytest.mark.parametrize("text", ["FARDA", "  FARDA\n", "@FARDA@ <name>", "œ" * 500 + " FARDA " + "?!" * 500])
def test_any_message_is_read(reader: NamedForReader, text: str) -> None:
    assert 0 <= out(reader, text, "FARDA") <= 1
    assert reader.read(text, (), reading()) == ()


def test_words_far_from_the_name_are_not_read() -> None:
    def runs(before: str) -> list[list[int]]:
        text = f"{before} un préau et le FARDA pour nous"
        return [places.tolist() for places, _ in counted(text, [span(text, "FARDA")], 0)]

    assert runs("la digue " + "mot " * 40) == runs("le pont " + "mot " * 40)
    assert runs("la digue") != runs("le pont")


def tiny() -> Learned:
    return Learned(
        Told(made_from="rien"),
        np.ones(BUCKETS, np.float32),
        np.zeros((BUCKETS + READINGS, len(NAMED_FOR)), np.float32),
        np.zeros(len(NAMED_FOR), np.float32),
    )


def test_a_file_is_written_and_read_alike(tmp_path: Path) -> None:
    first, second = tmp_path / "a.npz", tmp_path / "b.npz"
    write_learned(first, tiny())
    write_learned(second, read_learned(first))
    assert first.read_bytes() == second.read_bytes()


def test_a_missing_file_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReader, match=r"manque\. Lancez\s: assistant train reader$"):
        NamedForReader.load(tmp_path / "named_for.npz")


@pytest.mark.parametrize("kept", [0, 10, 400, -200])
def test_a_truncated_file_says_what_to_run(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "named_for.npz"
    path.write_bytes(NAMED_FOR_PATH.read_bytes()[:kept])
    with pytest.raises(UnreadableReader, match=r"abîmé.*assistant train reader"):
        NamedForReader.load(path)


def test_a_file_of_another_version_or_size_says_what_to_run(tmp_path: Path) -> None:
    path = tmp_path / "named_for.npz"
    write_learned(path, tiny())
    with np.load(path) as file:
        held = {name: file[name] for name in file.files}
    np.savez_compressed(path, **held | {"told": np.frombuffer(b'{"form": "named-for/0"}', dtype=np.uint8)})
    with pytest.raises(UnreadableReader, match=r"autre version.*assistant train reader"):
        NamedForReader.load(path)
    np.savez_compressed(path, **held | {"weights": held["weights"][:2]})
    with pytest.raises(UnreadableReader, match="abîmé"):
        NamedForReader.load(path)


def test_the_one_shipped_is_small() -> None:
    assert NAMED_FOR_PATH.stat().st_size < 300_000
