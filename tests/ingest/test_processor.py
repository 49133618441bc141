"""Processors without AVX2 are recognised, and only those."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.processor import lacks_avx2


@pytest.mark.parametrize(
    ("told", "lacks"),
    [
        ("processor\t: 0\nflags\t\t: fpu sse2 avx avx2 fma\n", False),
        ("processor\t: 0\nflags\t\t: fpu sse2 avx\nbugs\t: avx2\n", True),
        ("processor\t: 0\nFeatures\t: fp asimd crc32\n", False),
        ("", False),
    ],
)
def test_only_an_x86_without_the_flag_lacks_it(tmp_path: Path, told: str, lacks: bool) -> None:
    (tmp_path / "cpuinfo").write_text(told, encoding="utf-8")
    assert lacks_avx2(tmp_path / "cpuinfo") is lacks


def test_where_nothing_is_told_nothing_is_missing(tmp_path: Path) -> None:
    assert not lacks_avx2(tmp_path / "absent")
