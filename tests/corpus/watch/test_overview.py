"""What the fiches alone show to look at again, on a given day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from watch_builders import SOURCE, fiche

from corpus.watch.ages import Limits
from corpus.watch.days import last_day, months_between
from corpus.watch.finding import Finding, Kind
from corpus.watch.overview import look_over, oldest_first

TODAY = date(2026, 11, 28)


def seen(folder: Path, **front: object) -> list[Finding]:
    return look_over([fiche(folder, **front)], TODAY, Limits())


def kinds(folder: Path, **front: object) -> list[tuple[Kind, str | None]]:
    return [(finding.kind, finding.on) for finding in seen(folder, **front)]


@pytest.mark.parametrize(
    ("text", "day"),
    [("2024", date(2024, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2024-02-03", date(2024, 2, 3))],
)
def test_a_date_known_in_part_lasts_until_its_last_day(text: str, day: date) -> None:
    assert last_day(text) == day


def test_only_whole_months_count() -> None:
    assert months_between(date(2025, 11, 29), TODAY) == 11
    assert months_between(date(2025, 11, 28), TODAY) == 12
    assert months_between(date(2027, 1, 1), TODAY) < 0


def test_there_is_nothing_to_look_at_in_a_fresh_fiche(tmp_path: Path) -> None:
    assert seen(tmp_path) == []


def test_an_old_state_tells_its_line_and_its_date(tmp_path: Path) -> None:
    (found,) = seen(tmp_path, as_of="2025-10")
    assert (found.kind, found.on, found.line) == (Kind.STATE_OLD, "2025-10", 9)
    assert found.what == (
        "état «\u00a0état actuel non vérifié\u00a0»\u00a0; dernière date connue\u00a0: octobre 2025"
    )
    assert kinds(tmp_path, as_of="2025-12") == []


@pytest.mark.parametrize(("state", "found"), [("open", [Kind.STATE_OLD]), ("closed", [])])
def test_a_closed_scheme_stays_closed(tmp_path: Path, state: str, found: list[Kind]) -> None:
    assert [kind for kind, _ in kinds(tmp_path, state=state, as_of="2024")] == found


def test_a_fiche_not_compared_with_its_sources_for_a_year_is_told_even_closed(tmp_path: Path) -> None:
    front = {"state": "closed", "as_of": "2025", "checked": "2025-11-01"}
    source = SOURCE.replace("2026-10-01", "2025-01-01")
    assert kinds(tmp_path, **front, sources=(source,)) == [(Kind.CHECKED_OLD, "2025-11-01")]


def test_the_newest_date_of_all_sources_counts(tmp_path: Path) -> None:
    old = SOURCE.replace("published: 2026-10-01", "published: 2020, updated: 2023-05")
    assert kinds(tmp_path, sources=(old,)) == [(Kind.SOURCES_OLD, "2023-05")]
    also = old.replace("}", ", also: [{title: Autre page, publisher: Région, updated: 2026-03}]}")
    assert kinds(tmp_path, sources=(also,)) == []
    undated = SOURCE.replace("published: 2026-10-01", "date_note: sans date")
    assert kinds(tmp_path, sources=(undated,)) == [(Kind.SOURCES_OLD, None)]


def test_the_last_window_is_told_when_no_other_is_to_come(tmp_path: Path) -> None:
    past = "{closes: 2023-06-30, source: 1}, {label: appel 2024, closes: 2024-06-30, source: 1}"
    (found,) = seen(tmp_path, more=f"windows: [{past}]")
    assert (found.kind, found.on) == (Kind.WINDOW_PAST, "2024-06-30")
    assert "«\u00a0appel 2024\u00a0» fermée depuis le 30 juin 2024\u00a0; aucune autre" in found.what
    assert kinds(tmp_path, more=f"windows: [{past}, {{opens: 2026-12-01, source: 1}}]") == []
    assert kinds(tmp_path, state="closed", more=f"windows: [{past}]") == []


def test_a_window_that_closed_since_the_fiche_was_checked_is_told(tmp_path: Path) -> None:
    windows = "{closes: 2026-11-15, source: 1}, {closes: 2027-01-31, source: 1}"
    assert kinds(tmp_path, more=f"windows: [{windows}]") == [(Kind.WINDOW_PAST, "2026-11-15")]


def test_a_window_is_open_until_the_end_of_its_last_day(tmp_path: Path) -> None:
    assert kinds(tmp_path, more="windows: [{closes: 2026-11-28, source: 1}]") == []


def test_an_old_rule_kept_as_old_is_no_news(tmp_path: Path) -> None:
    old = "{label: règle 2023, rate_max: 0.2, valid_until: 2023, source: 1}"
    assert kinds(tmp_path, more=f"funding: [{old}]") == [(Kind.FUNDING_PAST, "2023")]
    assert kinds(tmp_path, more=f"funding: [{old}, {{rate_max: 0.3, source: 1}}]") == []
    ended = "{rate_max: 0.3, valid_until: 2026-11-10, source: 1}, {amount_max: 30000, source: 1}"
    assert kinds(tmp_path, more=f"funding: [{old}, {ended}]") == [(Kind.FUNDING_PAST, "2026-11-10")]


def test_what_was_seen_lies_in_no_future(tmp_path: Path) -> None:
    found = kinds(
        tmp_path,
        as_of="2026-12",
        checked="2026-11-29",
        sources=(SOURCE.replace("2026-10-01", "2027"),),
    )
    assert found == [(Kind.FUTURE, "2026-12"), (Kind.FUTURE, "2026-11-29"), (Kind.FUTURE, "2027")]
    assert kinds(tmp_path, as_of="2026", checked="2026-11-28") == []


def test_a_closed_scheme_that_takes_requests_again_is_told(tmp_path: Path) -> None:
    windows = "windows: [{opens: 2026-11-01, closes: 2027-01-31, source: 1}]"
    (found,) = seen(tmp_path, state="closed", more=windows)
    assert (found.kind, found.on) == (Kind.REOPENED, "2027-01-31")


def test_one_text_has_one_address(tmp_path: Path) -> None:
    def second(url: str, publisher: str = "Région") -> str:
        return f'{{n: 2, title: "LA PAGE", publisher: {publisher}, url: "{url}", published: 2026-09}}'

    def differing(source: str) -> list[tuple[Kind, str | None]]:
        return kinds(tmp_path, sources=(SOURCE, source))

    assert differing(second("https://example.org/autre")) == [(Kind.ADDRESSES_DIFFER, "2026-09")]
    assert differing(second("http://example.org/page/#haut")) == []
    assert differing(second("https://example.org/autre", "La Gazette")) == []


def test_the_oldest_comes_first_and_what_has_no_date_last(tmp_path: Path) -> None:
    undated = SOURCE.replace("published: 2026-10-01", "date_note: sans date")
    fiches = [
        fiche(tmp_path, name="un", sources=(undated,)),
        fiche(tmp_path, name="deux", as_of="2024"),
        fiche(tmp_path, name="trois", as_of="2024-03"),
    ]
    found = oldest_first(look_over(fiches, TODAY, Limits()))
    assert [finding.scheme for finding in found] == ["trois", "deux", "un"]
