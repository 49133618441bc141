"""The licence of a package, from what its author wrote of it; whether it binds who distributes with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

_PREFIX = "License :: "
# What authors write instead of an identifier, in lower case; « BSD » alone doesn't say which.
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "3-clause bsd license": "BSD-3-Clause",
        "apache 2.0": "Apache-2.0",
        "apache 2.0 license": "Apache-2.0",
        "apache 2.0: http://www.apache.org/licenses/license-2.0": "Apache-2.0",
        "apache license version 2.0": "Apache-2.0",
        "apache license, version 2.0": "Apache-2.0",
        "apache software license": "Apache-2.0",
        "bsd 2-clause license": "BSD-2-Clause",
        "bsd license": "BSD",
        "bsd-3-clause, apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
        "isc license": "ISC",
        "isc license (iscl)": "ISC",
        "mit license": "MIT",
        "mit, bsd": "MIT AND BSD-3-Clause",
        "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
        "python software foundation license": "PSF-2.0",
        "the bsd 2-clause license": "BSD-2-Clause",
    }
)
_LONGEST = 60
_TOKEN = re.compile(r"[()]|[^\s()]+")
_BINDING = ("GPL-", "AGPL-")
_NAMED_BINDING = re.compile(r"\ba?gpl|general public license")
_NAMED_FREE = re.compile(r"lgpl|lesser")


def licence_of(expression: str | None, text: str | None, classifiers: Iterable[str]) -> str | None:
    """The licence of a package: an SPDX expression wherever one can be told.

    Args:
        expression: its ``License-Expression``.
        text: its ``License``: an identifier, a name, or the whole licence.
        classifiers: all of them.
    """
    first = " ".join((text or "").strip().partition("\n")[0].split())
    # Some give the whole licence, on one line or many: it begins by its name.
    opening = first.partition("  ")[0].partition(" Copyright")[0]
    for candidate in (expression, first, opening):
        if candidate and (found := spdx(candidate)):
            return found
    classified = [name.rpartition(" :: ")[2] for name in classifiers if name.startswith(_PREFIX)]
    named = sorted({_NAMES.get(name.lower(), name) for name in classified} - {"OSI Approved"})
    if named:
        return " AND ".join(named)
    return first if 0 < len(first) <= _LONGEST else None


def spdx(text: str) -> str | None:
    """An SPDX expression written as it must be, or one for a known name; None for anything else."""
    try:
        return str(canonicalize_license_expression(_NAMES.get(text.lower(), text)))
    except InvalidLicenseExpression:
        return None


def binds(licence: str) -> bool:
    """Whether a licence asks whoever distributes a program with the package to give it under the GPL or AGPL.

    One that leaves a choice (``MPL-1.1 OR GPL-2.0-only``) doesn't. The LGPL doesn't either: what is here is
    used as a library.
    """
    if spdx(licence) is None:
        words = licence.lower()
        return bool(_NAMED_BINDING.search(words)) and not _NAMED_FREE.search(words)
    return _any(_TOKEN.findall(licence))


def _any(tokens: list[str]) -> bool:
    """Whether every choice that an expression leaves binds; takes the tokens that it reads."""
    found = _all(tokens)
    while tokens and tokens[0] == "OR":
        del tokens[0]
        found = _all(tokens) and found
    return found


def _all(tokens: list[str]) -> bool:
    found = _one(tokens)
    while tokens and tokens[0] == "AND":
        del tokens[0]
        found = _one(tokens) or found
    return found


def _one(tokens: list[str]) -> bool:
    first = tokens.pop(0)
    if first == "(":
        found = _any(tokens)
        tokens.pop(0)
        return found
    if tokens and tokens[0] == "WITH":
        del tokens[:2]
    return first.startswith(_BINDING)
