"""Which schemes a message is about, as learned: what is told, the file needed, messages of any kind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import UnreadableSubjects
from assistant.search.learned_subject import (
    BUCKETS,
    SUBJECT_PATH,
    Learned,
    LearnedSubject,
    Told,
    counted,
    read_learned,
    weighed,
    write_learned,
)
from corpus.fiches.catalogue import load_catalogue

SHIPPED = LearnedSubject.load()


def tiny() -> Learned:
    """One that knows a word: "lavoir" is heritage, all else is either."""
    weights = np.zeros((BUCKETS, 2), dtype=np.float32)
    weights[counted("lavoir")[0], 0] = 3.0
    weights[counted("rue")[0], :] = -0.5
    told = Told(made_from="rien", schemes=("heritage", "roads"))
    return Learned.of(told, np.ones(BUCKETS, dtype=np.float32), weights, np.zeros(2, dtype=np.float32))


def test_what_is_written_is_read_and_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.npz", tmp_path / "sous" / "b.npz"
    write_learned(first, tiny())
    write_learned(second, read_learned(first))
    assert first.read_bytes() == second.read_bytes()
    told = LearnedSubject.load(first).by_scheme("Lavoir")
    assert told["heritage"] > 0.95
    assert sum(told.values()) == pytest.approx(1.0)


def test_eight_bits_say_what_was_fitted() -> None:
    fitted = np.random.default_rng(7).normal(size=(BUCKETS, 2)).astype(np.float32)
    kept = Learned.of(tiny().told, np.ones(BUCKETS, dtype=np.float32), fitted, np.zeros(2, dtype=np.float32))
    greatest = np.abs(fitted).max(axis=0)
    assert (np.abs(kept.weights * kept.scale - fitted) <= greatest / 127 * 0.51).all()


def test_runs_of_words_and_of_letters_count_by_how_often_they_are_there() -> None:
    once, twice = (
        dict(zip(*counted("lavoir"), strict=True)),
        dict(zip(*counted("lavoir lavoir"), strict=True)),
    )
    assert set(once) < set(twice)  # "lavoir lavoir" is a run of two words more
    assert all(twice[place] > once[place] for place in once)
    places, weights = weighed("un lavoir", np.ones(BUCKETS, dtype=np.float32))
    assert places.tolist() == sorted(set(places.tolist()))
    assert weights @ weights == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("le dernier bistrot du village va fermer, la mairie veut racheter les murs", "dernier-commerce"),
        ("on veut planter des haies et un verger communal", "plan-arbres"),
        ("ya des sous pr des cameras de surveillance ds le bourg", "videoprotection"),
    ],
)
def test_a_need_told_without_a_name(text: str, scheme: str) -> None:
    told = SHIPPED.by_scheme(text)
    assert max(told, key=lambda name: told[name]) == scheme


@pytest.mark.parametrize("text", ["", " ", "?!", "0", "\u0000\ud7ff", "é" * 4000, "中文", "a b " * 900])
def test_any_message_has_probabilities(text: str) -> None:
    told = SHIPPED.by_scheme(text)
    assert sum(told.values()) == pytest.approx(1.0, abs=1e-4)
    assert min(told.values()) >= 0


def test_the_one_shipped_tells_the_fiches_apart_and_is_small() -> None:
    fiches = load_catalogue().fiches
    asked_about = {name for name, fiche in fiches.items() if fiche.asked}
    assert asked_about <= set(SHIPPED.told.schemes) <= set(fiches)
    assert not SHIPPED.told.without
    assert SUBJECT_PATH.stat().st_size < 1_000_000


def test_a_missing_file_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSubjects, match=r"manque\. Lancez\s: assistant train subject$"):
        LearnedSubject.load(tmp_path / "subject.npz")


@pytest.mark.parametrize("kept", [0, 10, 400, -200])
def test_a_truncated_file_says_what_to_run(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "subject.npz"
    path.write_bytes(SUBJECT_PATH.read_bytes()[:kept])
    with pytest.raises(UnreadableSubjects, match=r"abîmé.*assistant train subject"):
        LearnedSubject.load(path)


def test_a_file_of_another_version_says_what_to_run(tmp_path: Path) -> None:
    path = tmp_path / "subject.npz"
    write_learned(path, tiny())
    with np.load(path) as file:
        held = {name: file[name] for name in file.files}
    told = held["told"]
    held["told"] = np.frombuffer(b'{"form": "subject/0"}', dtype=np.uint8)
    np.savez_compressed(path, **held)
    with pytest.raises(UnreadableSubjects, match=r"autre version.*assistant train subject"):
        LearnedSubject.load(path)
    np.savez_compressed(path, **held | {"told": told, "weights": held["weights"][:2]})
    with pytest.raises(UnreadableSubjects, match="abîmé"):
        LearnedSubject.load(path)
