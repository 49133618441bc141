"""The page of a commune, the panel of the chat page and the command line count alike."""

from __future__ import annotations

import re
from datetime import date

from click.testing import CliRunner

from assistant.commands.eligibility import command
from assistant.eligibility.service import load_service
from assistant.page.commune_panel import examined
from assistant.page.plain.commune_sheet import groups_of
from corpus.fiches.catalogue import load_catalogue

ON = date(2026, 11, 23)


def test_the_pages_and_the_command_count_alike() -> None:
    catalogue = load_catalogue()
    service = load_service(catalogue, lambda: ON)
    for insee in ("59401",):
        groups = groups_of(service, catalogue, service.commune(f"insee:{insee}"), {})
        counts = [(group.title, len(group.rows)) for group in groups]
        html = examined(service, insee)
        shown = re.findall(r'<h3>([^<]+) <span class="count">(\d+)', html)
        said = CliRunner().invoke(command, ["--commune", insee, "--on", str(ON)]).output
        assert [(title.replace("&#x27;", "'"), int(count)) for title, count in shown] == counts
        for title, count in counts:
            assert f"\n{title}\u00a0: {count}\n" in said
        summary = re.findall(r'<li class="\w+"><span class="count">(\d+)</span>', html)
        assert [int(count) for count in summary] == [count for _, count in counts]


def test_what_is_no_aid_or_takes_no_request_is_set_aside() -> None:
    catalogue = load_catalogue()
    service = load_service(catalogue, lambda: ON)
    html = examined(service, "59431")
    check = html.partition('<details class="group check"')[2].partition('<details class="group ')[0]
    assert catalogue.scheme("videoprotection").name in check
    for name in ("depot-et-contacts", "cantine-1-euro"):
        assert catalogue.scheme(name).name not in check
