"""The page of licences holds what is installed for a service, at the versions that are pinned."""

from __future__ import annotations

import re

from licences_page import PAGE, UNPINNED, pinned, rows

LISTED = {
    name.lower().replace("_", "-").replace(".", "-"): (version, f"| {name} | {version} |{rest}")
    for name, version, rest in re.findall(
        r"^\| ([\w.-]+) \| ([\w.]+|non fixée) \|(.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
}


def test_the_page_lists_what_a_service_installs_here() -> None:
    told = {key: LISTED[key][1] if key in LISTED else None for key in rows()}
    assert told == rows(), "run: python tests/licences_page.py"


def test_the_page_lists_nothing_but_what_is_pinned_as_it_is() -> None:
    versions = pinned()
    # Of setuptools, torch alone is a user.
    assert {key for key in LISTED if key not in versions} <= {"setuptools"}
    assert {key: version for key, (version, _) in LISTED.items() if version != UNPINNED} == {
        key: versions[key] for key in LISTED if key in versions
    }


def test_the_page_is_read_whole() -> None:
    assert len(LISTED) > 100
