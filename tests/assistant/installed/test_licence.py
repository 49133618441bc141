"""Licences as authors write them, in one form; which of them bind."""

from __future__ import annotations

import pytest

from assistant.installed.licence import binds, licence_of


@pytest.mark.parametrize(
    ("expression", "text", "classifiers", "told"),
    [
        ("MIT", "whatever", (), "MIT"),
        (None, "Apache 2.0", (), "Apache-2.0"),
        (None, "MIT OR apache-2.0", (), "MIT OR Apache-2.0"),
        (None, "MIT License\n\nCopyright (c) 2022 X\n\nPermission…", (), "MIT"),
        (None, "MIT License  Copyright (c) 2011-2026 X Permission is hereby granted…", (), "MIT"),
        (None, "", ("Programming Language :: Python", "License :: OSI Approved :: MIT License"), "MIT"),
        (
            None,
            "Copyright (c) 2001-2002 X, Inc. 2003, the developers. All rights reserved, and more words",
            ("License :: OSI Approved :: BSD License",),
            "BSD",
        ),
        (
            None,
            None,
            ("License :: OSI Approved :: MIT License", "License :: OSI Approved :: Apache Software License"),
            "Apache-2.0 AND MIT",
        ),
        (None, "Ours", (), "Ours"),
        (None, None, ("License :: OSI Approved",), None),
        (None, "x" * 500, (), None),
    ],
)
def test_a_licence_is_told_in_one_form(
    expression: str | None, text: str | None, classifiers: tuple[str, ...], told: str | None
) -> None:
    assert licence_of(expression, text, classifiers) == told


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "AGPL-3.0-or-later",
        "MIT AND GPL-2.0-only",
        "(MIT OR BSD-3-Clause) AND AGPL-3.0-only",
        "GPL-2.0-only OR AGPL-3.0-only",
        "GNU General Public License v3 (GPLv3)",
        "GNU Affero General Public License v3",
        "GPLv2",
    ],
)
def test_what_binds_is_seen(licence: str) -> None:
    assert binds(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later",
        "MIT AND (Apache-2.0 OR GPL-3.0-only)",
        "LGPL-3.0-only",
        "Apache-2.0 WITH LLVM-exception AND MIT",
        "GNU Lesser General Public License v3 (LGPLv3)",
        "BSD",
        "Ours",
    ],
)
def test_what_leaves_a_choice_or_asks_nothing_does_not_bind(licence: str) -> None:
    assert not binds(licence)
