"""The trained reader: what it reads, the file that it needs, and messages of any kind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import UnreadableReader
from assistant.reading.acts import ACTS, ASPECTS
from assistant.reading.trained_reader import (
    READER_PATH,
    ActReader,
    Head,
    Terms,
    Told,
    Trained,
    TrainedReader,
    questions_of,
    read_trained,
    write_trained,
)
from ingest.embed import DEFAULT_ENCODER, encoder_name

SHIPPED = TrainedReader.load("un autre")


def tiny(encoder: str = "essai") -> Trained:
    """A reader of one word: "combien" asks an amount, a vector that points up is social."""
    plain = np.zeros((4, len(ACTS) + len(ASPECTS)), dtype=np.float32)
    plain[0, len(ACTS) + ASPECTS.index("amount")] = 5.0
    vector = np.zeros((2, plain.shape[1]), dtype=np.float32)
    vector[0, ACTS.index("social")] = 5.0
    bias = np.zeros(plain.shape[1], dtype=np.float32)
    one = np.ones(1, dtype=np.float32)
    return Trained(
        Told(encoder=encoder, made_from="rien"),
        Terms({"combien": 0}, one),
        Terms({"zz": 0}, one),
        Head(np.concatenate([plain, vector]), bias),
        Head(plain, bias),
    )


def test_what_is_written_is_read_and_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.npz", tmp_path / "sous" / "b.npz"
    write_trained(first, tiny())
    write_trained(second, read_trained(first))
    assert first.read_bytes() == second.read_bytes()
    read = TrainedReader.load("essai", first).read("Combien ?")
    assert read.aspect == "amount"
    assert sum(read.acts.values()) == pytest.approx(1.0)
    assert sum(read.aspects.values()) == pytest.approx(1.0)


def test_the_vectors_of_another_encoder_are_not_used() -> None:
    up = np.array([1.0, 0.0], dtype=np.float32)
    asked: list[str] = []

    def vector_of(text: str) -> np.ndarray:
        asked.append(text)
        return up

    assert ActReader(TrainedReader(tiny(), "essai"), vector_of).read("bien").act == "social"
    other = ActReader(TrainedReader(tiny(), "autre"), vector_of).read("bien")
    assert max(other.acts.values()) == pytest.approx(1 / len(ACTS))
    assert asked == ["bien"]


@pytest.mark.parametrize(
    ("text", "act", "aspect"),
    [
        ("Quel est le taux de l’aide au dernier commerce ?", "ask_scheme", "amount"),
        ("jusqu’à quand peut-on déposer un dossier cvcb", "ask_scheme", "when"),
        ("bonjour", "social", None),
        ("quelle différence entre le CVCB et petites villes de demain ?", "compare", None),
        ("qui t’a fabriqué, et d’où viennent tes informations ?", "about_assistant", None),
        ("donne-moi la recette de la carbonade", "out_of_scope", None),
        ("peut-on additionner la DETR et l’aide de la Région ?", "combine", None),
        ("On voudrait refaire le toit de l’église, qui peut nous aider ?", "find_schemes", None),
        ("are we eligible for the village shop grant?", "check_eligibility", None),
    ],
)
def test_plain_messages_are_read(text: str, act: str, aspect: str | None) -> None:
    read = SHIPPED.read(text)
    assert read.act == act
    assert aspect is None or read.aspect == aspect


def test_what_was_said_before_counts() -> None:
    assert (
        SHIPPED.read("on est 430", goes_on=True).acts["give_fact"]
        > SHIPPED.read("on est 430").acts["give_fact"]
    )


def test_each_question_of_a_message_is_read() -> None:
    read = SHIPPED.read("Quel est le montant de cette aide ? Et qui faut-il appeler pour en parler ?")
    assert [part.aspect for part in read.parts] == ["amount", "contact"]
    assert set(read.aspects_from(0.95)) >= {"amount", "contact"}
    assert SHIPPED.read("Quel est le montant ?").parts == ()


@pytest.mark.parametrize(
    "text", ["", "   ", "?" * 4000, "12 34 56", "a" * 4000, "٣٤ ½ 🏛️", "Combien ? " * 400]
)
def test_any_message_is_read(text: str) -> None:
    read = SHIPPED.read(text)
    assert sum(read.acts.values()) == pytest.approx(1.0, abs=1e-5)
    assert SHIPPED.read(text) == read


def test_questions_are_sentences_that_ask() -> None:
    assert questions_of("Bonjour. Combien peut-on avoir ? Merci") == ("Combien peut-on avoir ?",)
    assert questions_of("Ah ? Bon ?") == ()
    listed = ("le fonds vert paie-t-il les lampadaires", "y a-t-il une aide au wifi ?")
    assert questions_of(f"Deux choses : 1) {listed[0]}, 2) {listed[1]}") == listed
    assert questions_of("L’article 2. de la loi, puis 1) rien d’autre ici ?") != listed
    assert questions_of("1) oui, 2) non, 3) peut-être bien que oui ?") != ("peut-être bien que oui ?",)
    assert questions_of("Quel est le taux ? " * 20) == ()


def test_a_missing_file_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReader, match=r"manque\. Lancez\s: assistant train reader$"):
        TrainedReader.load("essai", tmp_path / "reader.npz")


@pytest.mark.parametrize("kept", [0, 10, 400, -200])
def test_a_truncated_file_says_what_to_run(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "reader.npz"
    path.write_bytes(READER_PATH.read_bytes()[:kept])
    with pytest.raises(UnreadableReader, match=r"abîmé.*assistant train reader"):
        TrainedReader.load("essai", path)


def test_a_damaged_file_says_what_to_run(tmp_path: Path) -> None:
    content = bytearray(READER_PATH.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 50] = bytes(50)
    path = tmp_path / "reader.npz"
    path.write_bytes(content)
    with pytest.raises(UnreadableReader, match="assistant train reader"):
        TrainedReader.load("essai", path)


def test_a_file_of_another_version_says_what_to_run(tmp_path: Path) -> None:
    path = tmp_path / "reader.npz"
    write_trained(path, tiny())
    with np.load(path) as file:
        held = {name: file[name] for name in file.files}
    held["told"] = np.frombuffer(b'{"form": "reader/0"}', dtype=np.uint8)
    np.savez_compressed(path, **held)
    with pytest.raises(UnreadableReader, match=r"autre version.*assistant train reader"):
        TrainedReader.load("essai", path)
    held["told"] = np.frombuffer(tiny().told.model_dump_json().encode(), dtype=np.uint8)
    np.savez_compressed(path, **held | {"plain": held["plain"][:2]})
    with pytest.raises(UnreadableReader, match="abîmé"):
        TrainedReader.load("essai", path)


def test_the_one_shipped_goes_with_the_encoder_shipped_and_is_small() -> None:
    assert read_trained(READER_PATH).told.encoder == encoder_name(DEFAULT_ENCODER)
    assert READER_PATH.stat().st_size < 3_000_000
