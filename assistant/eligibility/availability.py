"""Whether a scheme takes requests on a day, and how that is known: its status and its windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.reply import Availability
from corpus.fiches.scheme import Scheme, Window
from corpus.french.dates import french_date
from corpus.french.typography import typeset
from corpus.labels import State

_STALE_DAYS = 365


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a scheme's calendar on a day.

    Attributes:
        state: open, closed or unknown on that day.
        as_of: date of the information, ISO, as precise as known.
        text: one French sentence that says it with its dates.
        window: the window that it rests on, if one.
    """

    state: Literal["open", "closed", "unknown"]
    as_of: str
    text: str
    window: Window | None = None

    def shape(self, note: str | None) -> Availability:
        """The form that leaves the program, with the fiche's own note."""
        return Availability(state=self.state, as_of=self.as_of, note=note or self.text)


def availability_on(scheme: Scheme, on: date) -> Known:
    """Say whether requests are taken on a day.

    A window that holds the day decides. Without one, a scheme whose known windows are all past is
    closed when its status says so, and unknown otherwise: the next call may not have been read yet.
    """
    status, windows = scheme.status, scheme.windows
    current = next((w for w in windows if _holds(w, on)), None)
    if current is not None and status.state is not State.CLOSED:
        return Known("open", str(status.as_of), _sentence("Dépôt ouvert", current), current)
    ahead = [w for w in windows if w.opens is not None and w.opens > on]
    coming = min(ahead, key=lambda w: w.opens or on, default=None)
    if coming is not None:
        return Known("closed", str(status.as_of), _sentence("Dépôt pas encore ouvert", coming), coming)
    past = max((w for w in windows if w.closes is not None), key=lambda w: w.closes or on, default=None)
    if status.state is State.CLOSED:
        text = (
            _sentence("Dernière période connue", past)
            if past
            else "D’après nos sources, ce dispositif est fermé."
        )
        return Known("closed", str(status.as_of), text, past)
    if past is not None:
        if not _is_spoken_of_since(scheme, past):
            return Known("unknown", str(status.as_of), _over(past), past)
        text = f"{_sentence('Dernières dates publiées', past)[:-1]} ; les suivantes n’ont pas été trouvées."
        return Known("unknown", str(status.as_of), typeset(text), past)
    if status.state is State.OPEN:
        return Known("open", str(status.as_of), f"Donné comme ouvert au {french_date(str(status.as_of))}.")
    return Known(
        "unknown",
        str(status.as_of),
        f"Ouverture actuelle non vérifiée (dernière information : {french_date(str(status.as_of))}).",
    )


def _is_spoken_of_since(scheme: Scheme, window: Window) -> bool:
    """Whether the status comes from a source of a later year than a window: a later call, dates unknown."""
    as_of, checked = str(scheme.status.as_of), str(scheme.checked)
    return as_of != checked and window.closes is not None and as_of[:4] > str(window.closes.year)


def _holds(window: Window, on: date) -> bool:
    if window.opens is None and window.closes is not None:
        return False  # a closing date alone doesn't say since when
    if window.closes is None and window.opens is not None and (on - window.opens).days > _STALE_DAYS:
        return False  # opened long ago, without a known end: nothing says it still is
    return (window.opens or on) <= on <= (window.closes or on)


def _over(window: Window) -> str:
    """Say that the last known window is past, when it was, and that none after it is known."""
    period = _period(window)
    went = (
        f"il allait {period}" if window.opens else f"il s’est terminé le {period.removeprefix('jusqu’au ')}"
    )
    text = f"Le dernier dépôt connu est clos : {went} ; la suite n’a pas été trouvée."
    return typeset(text)


def _sentence(start: str, window: Window) -> str:
    return f"{start} : {_period(window)}."


def _period(window: Window) -> str:
    opens = french_date(window.opens.isoformat()) if window.opens else None
    closes = french_date(window.closes.isoformat()) if window.closes else None
    if opens and closes:
        return f"du {opens} au {closes}"
    return f"à partir du {opens}" if opens else f"jusqu’au {closes}"
