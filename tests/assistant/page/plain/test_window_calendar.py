"""The dates of a scheme for a calendar: read back by another reader's rules, none of a past window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from fakes import FakeEngine
from icalendar import Calendar, Component
from plain_site import TODAY, CommittedSchemes, plain_client

from assistant.eligibility.service import EligibilityService, load_service
from assistant.page.plain.window_calendar import calendar_file
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.scheme import Scheme, Window
from evaluation.benches.strict_html import problems

SCHEME, ROOT = "videoprotection", "https://aides.example.fr:8443/aides/"
OPENS, CLOSES = date(2026, 12, 1), date(2027, 1, 31)
LABEL = "appel « 2027 » ; caméras, mâts \\ raccordements"


def coming(scheme: Scheme) -> Scheme:
    return scheme.model_copy(
        update={"windows": (*scheme.windows, Window(label=LABEL, opens=OPENS, closes=CLOSES, source=(1,)))}
    )


class SchemeToCome(CommittedSchemes):
    """The committed schemes, one of which opens soon."""

    _fiches = CommittedSchemes.catalogue.fiches
    catalogue = Catalogue(
        MappingProxyType({**_fiches, SCHEME: replace(_fiches[SCHEME], scheme=coming(_fiches[SCHEME].scheme))})
    )
    _service = load_service(catalogue, lambda: TODAY)

    @property
    def eligibility(self) -> EligibilityService:
        return self._service


def events(text: bytes) -> list[Component]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_a_window_to_come_is_two_whole_days_read_back_as_written(tmp_path: Path) -> None:
    answer = plain_client(tmp_path, SchemeToCome()).get(f"/dispositifs/{SCHEME}.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert 'filename="videoprotection.ics"' in answer.headers["content-disposition"]
    opening, closing = events(answer.content)
    assert [event["dtstart"].dt for event in (opening, closing)] == [OPENS, CLOSES]
    assert [event["dtend"].dt for event in (opening, closing)] == [
        OPENS + timedelta(days=1),
        CLOSES + timedelta(days=1),
    ]
    assert "Clôture du dépôt" in closing["summary"]
    assert LABEL in closing["description"]
    assert "à partir du 1er décembre 2026 jusqu’au 31 janvier 2027" in closing["description"]
    assert "à confirmer" in closing["description"]
    assert "https://www.hautsdefrance.fr/" in closing["description"]
    assert closing["url"] == f"http://testserver/dispositifs/{SCHEME}"


def test_the_file_keeps_to_rfc_5545() -> None:
    scheme = SchemeToCome.catalogue.scheme(SCHEME)
    written = calendar_file(scheme, TODAY, ROOT)
    lines = written.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert any(line.startswith(b" ") for line in lines), "long lines are folded"
    unfolded = written.replace(b"\r\n ", b"").decode()
    assert "appel « 2027 » \\; caméras\\, mâts \\\\ raccordements" in unfolded
    found = events(written)
    names = [str(event["uid"]) for event in found]
    assert len(set(names)) == len(names)
    assert all(name.endswith("@aides.example.fr") for name in names)
    stamped = datetime.combine(scheme.checked, datetime.min.time(), UTC)
    assert {event["dtstamp"].dt for event in found} == {stamped}
    assert written == calendar_file(scheme, TODAY, ROOT)


def test_a_reminder_is_set_where_there_is_time_for_it() -> None:
    opening, closing = events(calendar_file(SchemeToCome.catalogue.scheme(SCHEME), TODAY, ROOT))
    assert opening.walk("VALARM") == []
    (alarm,) = closing.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(days=-15)


def test_two_windows_of_the_same_day_are_two_events() -> None:
    scheme = coming(coming(CommittedSchemes.catalogue.scheme(SCHEME)))
    names = [str(event["uid"]) for event in events(calendar_file(scheme, TODAY, ROOT))]
    assert len(names) == len(set(names)) == 4


def test_the_page_offers_the_file_where_there_is_one(tmp_path: Path) -> None:
    page = plain_client(tmp_path, SchemeToCome()).get(f"/dispositifs/{SCHEME}").text
    assert f'href="{SCHEME}.ics" download' in page
    assert problems(page) == []
    assert ".ics" not in plain_client(tmp_path, CommittedSchemes()).get(f"/dispositifs/{SCHEME}").text


def test_past_windows_and_unknown_schemes_are_a_french_page(tmp_path: Path) -> None:
    past = plain_client(tmp_path, FakeEngine()).get("/dispositifs/cvcb.ics")
    assert past.status_code == 404
    assert "ne donnent pas de date à venir" in past.text
    assert problems(past.text) == []
    unknown = plain_client(tmp_path, FakeEngine()).get("/dispositifs/absent.ics")
    assert unknown.status_code == 404
    assert "n’existe pas" in unknown.text
