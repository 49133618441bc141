"""The criterion on the calendar: requests are taken on the day."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assistant.eligibility.availability import availability_on
from assistant.eligibility.kind import Case, CriterionKind, Finding
from assistant.eligibility.words import spaced
from assistant.reply import CriterionVerdict
from corpus.fiches.criteria import WindowOpen
from corpus.fiches.fiche import UNKNOWN_SECTION

_VERDICTS: Mapping[str, CriterionVerdict] = MappingProxyType(
    {"open": "met", "closed": "not_met", "unknown": "unknown"}
)


class OpenWindow(CriterionKind[WindowOpen]):
    """The call is open."""

    interest = 4

    def judge(self, case: Case) -> Finding:
        """Look at the windows of the scheme on the day."""
        known = availability_on(case.scheme, case.on)
        return Finding(_VERDICTS[known.state], known.text, ("window",) if known.state == "unknown" else ())

    @property
    def label(self) -> str:
        """That the call is open."""
        return "Période de dépôt ouverte"

    @property
    def line(self) -> str:
        """Whether the call is open, as a question."""
        return spaced("Les demandes sont-elles ouvertes en ce moment ?")

    @property
    def asked_alone(self) -> str:
        """The same question."""
        return self.line

    @property
    def sections(self) -> tuple[str, ...]:
        """The calendar, or what isn't known."""
        return ("Calendrier", UNKNOWN_SECTION)

    @property
    def passage_words(self) -> str:
        """Words of calls, and the officer's remark."""
        return f"campagne appel dépôt clôture ouverte {self.remark}"
