"""What the processor of this machine can do, as far as encoding texts goes."""

from __future__ import annotations

from pathlib import Path

_TOLD = Path("/proc/cpuinfo")


def lacks_avx2(told: Path = _TOLD) -> bool:
    """Whether this is an x86 processor without AVX2, on which the encoder is several times slower.

    Args:
        told: what Linux tells of its processors; where there is no such file, nothing is known to be missing.
    """
    try:
        text = told.read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    flags = next((line for line in text.splitlines() if line.startswith("flags")), "")
    return "sse2" in flags.split() and "avx2" not in flags.split()
