"""What was kept is what would be computed; missing, stale or damaged, it's computed again."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ingest.kept import Form, Kept, Packed, digest_of, digest_of_files

Words = tuple[list[str], list[float]]


def _packed(words: Words) -> Packed:
    return Packed({"words": words[0]}, {"weights": np.array(words[1])})


def _unpacked(packed: Packed) -> Words:
    words, weights = packed.values["words"], packed.arrays["weights"]
    if len(words) != len(weights):
        raise ValueError("words and weights differ")
    return list(words), weights.tolist()


FORM: Form[Words] = Form("words", _packed, _unpacked)
WORDS: Words = (["été", "haie"], [0.5, 0.25])


class Making:
    """Counts how often a value is made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Words:
        self.times += 1
        return WORDS


def _content(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_what_was_made_once_is_read(tmp_path: Path) -> None:
    make = Making()
    assert Kept(tmp_path, writes=True).value(FORM, "a", make) == WORDS
    assert Kept(tmp_path).value(FORM, "a", make) == WORDS
    assert make.times == 1


def test_the_second_time_writes_nothing(tmp_path: Path) -> None:
    Kept(tmp_path, writes=True).value(FORM, "a", Making())
    before = _content(tmp_path)
    Kept(tmp_path, writes=True).value(FORM, "a", Making())
    assert _content(tmp_path) == before


def test_what_was_made_of_something_else_is_made_again(tmp_path: Path) -> None:
    make = Making()
    Kept(tmp_path, writes=True).value(FORM, "a", make)
    Kept(tmp_path).value(FORM, "b", make)
    assert make.times == 2


def test_a_start_writes_nothing_and_says_what_it_computes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="ingest.kept"):
        assert Kept(tmp_path / "kept").value(FORM, "a", Making()) == WORDS
    assert not (tmp_path / "kept").exists()
    assert "words" in caplog.text
    assert "ingest" in caplog.text


def test_without_a_folder_every_value_is_made() -> None:
    make = Making()
    assert [Kept().value(FORM, "a", make) for _ in range(2)] == [WORDS, WORDS]
    assert make.times == 2


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _other_json(path: Path) -> None:
    path.write_text(json.dumps([1, 2]))


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["values.json", "weights.npy", "digest"])
@pytest.mark.parametrize("damage", [_cut, _empty, _other_json, _flip, Path.unlink])
def test_what_is_damaged_is_made_again_and_mended_at_ingest(
    tmp_path: Path, name: str, damage: Callable[[Path], object]
) -> None:
    make = Making()
    Kept(tmp_path, writes=True).value(FORM, "a", make)
    damage(tmp_path / "words-a" / name)
    assert Kept(tmp_path).damaged() == ["words-a"]
    assert Kept(tmp_path).value(FORM, "a", make) == WORDS
    assert make.times == 2
    assert Kept(tmp_path, writes=True).value(FORM, "a", make) == WORDS
    assert Kept(tmp_path).value(FORM, "a", make) == WORDS
    assert make.times == 3
    assert Kept(tmp_path).damaged() == []


def test_a_pickle_is_never_opened(tmp_path: Path) -> None:
    make = Making()
    Kept(tmp_path, writes=True).value(FORM, "a", make)
    np.save(tmp_path / "words-a" / "weights.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    assert Kept(tmp_path).value(FORM, "a", make) == WORDS
    assert make.times == 2


def test_what_is_no_longer_asked_for_goes(tmp_path: Path) -> None:
    Kept(tmp_path, writes=True).value(FORM, "old", Making())
    (tmp_path / "words-new.1234.tmp").mkdir()  # of an ingestion that was killed
    kept = Kept(tmp_path, writes=True)
    kept.value(FORM, "new", Making())
    assert kept.clean() == ["words-new.1234.tmp", "words-old"]
    assert [path.name for path in tmp_path.iterdir()] == ["words-new"]


def test_a_digest_tells_parts_apart(tmp_path: Path) -> None:
    assert digest_of(["ab", "c"]) != digest_of(["a", "bc"])
    assert digest_of(["ab"]) == digest_of([b"ab"])
    (tmp_path / "a").write_text("1")
    before = digest_of_files(tmp_path.iterdir())
    (tmp_path / "a").rename(tmp_path / "b")
    assert digest_of_files(tmp_path.iterdir()) != before
