"""The page of a commune, its summary and the command line count alike."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner
from plain_site import CommittedSchemes

from assistant.api.commune_summary import summary_of
from assistant.commands.eligibility import command
from assistant.errors import UnknownCommune
from assistant.page.plain.commune_sheet import groups_of

ON = date(2026, 11, 23)


def test_the_page_the_summary_and_the_command_count_alike() -> None:
    engine = CommittedSchemes()
    service = engine.eligibility
    for insee in ("59401", "59431"):
        groups = groups_of(service, engine.catalogue, service.commune(f"insee:{insee}"), {})
        counts = [(group.title, len(group.rows)) for group in groups]
        summary = summary_of(engine, insee)
        assert [group.count for group in summary.groups] == [count for _, count in counts]
        said = CliRunner().invoke(command, ["--commune", insee, "--on", str(ON)]).output
        for title, count in counts:
            assert f"\n{title}\u00a0: {count}\n" in said


def test_the_first_schemes_are_likely_or_to_check() -> None:
    engine = CommittedSchemes()
    summary = summary_of(engine, "59431")
    overview = engine.eligibility.overview(engine.eligibility.commune("insee:59431"))
    best = {item.scheme.id: item.scheme.label for item in (*overview.likely, *overview.check)}
    assert len(summary.first) == 3
    assert all(best[item.id] == item.name for item in summary.first)


def test_an_unknown_code_has_no_summary() -> None:
    with pytest.raises(UnknownCommune):
        summary_of(CommittedSchemes(), "99999")


def test_what_is_no_aid_or_takes_no_request_is_set_aside() -> None:
    engine = CommittedSchemes()
    check = engine.eligibility.overview(engine.eligibility.commune("insee:59431")).check
    names = {item.scheme.id for item in check}
    assert "videoprotection" in names
    assert not {"depot-et-contacts", "cantine-1-euro"} & names
