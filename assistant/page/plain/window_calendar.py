"""The dates of a scheme that are still to come, as a calendar file; the only file that knows icalendar."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from assistant.eligibility.deadlines import Deadline, deadlines
from assistant.page.plain import words
from corpus.fiches.scheme import Scheme
from corpus.french.dates import french_date

MEDIA_TYPE = "text/calendar; charset=utf-8"
_REMIND_BEFORE = timedelta(days=15)
_PRODUCT = "-//Assistant des dispositifs//Calendrier des aides//FR"
_TITLES = {"opens": words.OPENING, "closes": words.CLOSING}
_NAMES = {"opens": "ouverture", "closes": "cloture"}


def calendar_file(scheme: Scheme, on: date, root: str) -> bytes:
    """Write the deadlines of a scheme as RFC 5545 has it: an event of a whole day each, with a reminder.

    Args:
        scheme: the scheme.
        on: the day.
        root: the whole address of the root of the site, with its last slash.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    page = f"{root}dispositifs/{scheme.id}"
    named: Counter[str] = Counter()
    for item in deadlines(scheme, on):
        title = _TITLES[item.kind].format(name=scheme.label)
        name = f"{scheme.id}-{_NAMES[item.kind]}-{item.day.isoformat()}"
        named[name] += 1
        event = Event()
        event.add("uid", f"{name}-{named[name]}@{_host(root)}")
        event.add("dtstamp", datetime.combine(scheme.checked, time(), UTC))
        event.add("dtstart", item.day)
        event.add("dtend", item.day + timedelta(days=1))
        event.add("summary", title)
        event.add("description", _description(scheme, item, page))
        event.add("url", page)
        event.add("transp", "TRANSPARENT")
        if item.day - _REMIND_BEFORE > on:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", -_REMIND_BEFORE)
            alarm.add("description", title)
            event.add_component(alarm)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _description(scheme: Scheme, item: Deadline, page: str) -> str:
    """What is known of the window, from where, and that it's to be confirmed."""
    window = item.window
    label = f" ({window.label})" if window.label else ""
    ends = ((words.FROM_DAY, window.opens), (words.UNTIL_DAY, window.closes))
    period = " ".join(text.format(day=french_date(day.isoformat())) for text, day in ends if day)
    told = [
        ", ".join(part for part in (source.title, source.publisher, source.url) if part)
        for source in map(scheme.source, window.source)
    ]
    first = (f"{scheme.name}{label}", f"{words.PERIOD} {period}.", words.TO_CONFIRM_DATE)
    return "\n".join((*first, *told, page))


def _host(root: str) -> str:
    """The host of a site, which ends what must be unique in the world."""
    return root.partition("://")[2].partition("/")[0].partition(":")[0]
