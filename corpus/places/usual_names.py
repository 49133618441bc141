"""The longer names that people give to some communes, by INSEE code: not official, yet theirs alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

USUAL_NAMES: Mapping[str, str] = MappingProxyType({"60104": "Breteuil-sur-Noye", "62108": "Berck-sur-Mer"})
