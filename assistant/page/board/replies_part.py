"""Replies by day, by status and by act, and how long they took."""

from __future__ import annotations

from collections import Counter
from datetime import date

from assistant.api.counts.shape import LONGER, Counted
from assistant.page.board import words
from assistant.page.board.plot import bars_of, columns_of, days_from
from assistant.page.board.table import Part, Table
from corpus.french.dates import french_date


def replies_part(counted: Counted, first: date, last: date, since: date | None) -> Part:
    """Replies by day and by status.

    Args:
        counted: what was counted from ``first`` on.
        first: the first day shown.
        last: the last.
        since: the first day ever counted; None before any.
    """
    by_day: Counter[tuple[date, str]] = Counter()
    for (day, outcome, _), count in counted.replies.items():
        by_day[day, outcome] += count
    totals: Counter[str] = Counter()
    for (_, kind), count in by_day.items():
        totals[kind] += count
    whole = totals.total()
    said = [words.COUNTED_SINCE.format(day=french_date(since.isoformat()))] if since else []
    return Part(
        "reponses",
        words.REPLIES,
        said=[*said, words.REPLIES_LEAD] if whole else [*said, words.NO_REPLIES],
        plot=columns_of(by_day, words.OUTCOMES, first, last, words.REPLIES_PLOT),
        tables=(
            Table(
                "reponses-par-statut",
                words.BY_OUTCOME,
                (words.OUTCOME_HEAD, words.COUNT, words.SHARE),
                [
                    (label, str(totals[outcome]), words.share(totals[outcome], whole))
                    for outcome, label in words.OUTCOMES.items()
                ]
                if whole
                else (),
                numbers=frozenset({1, 2}),
            ),
            Table(
                "reponses-par-jour",
                words.BY_DAY,
                (words.DAY, *words.OUTCOMES.values(), words.TOTAL),
                [
                    (
                        day.isoformat(),
                        *(str(by_day[day, outcome]) for outcome in words.OUTCOMES),
                        str(sum(by_day[day, outcome] for outcome in words.OUTCOMES)),
                    )
                    for day in reversed(days_from(first, last))
                ]
                if whole
                else (),
                folded=words.DAY_BY_DAY,
                numbers=frozenset(range(1, len(words.OUTCOMES) + 2)),
            ),
        ),
    )


def acts_part(counted: Counted) -> Part:
    """Replies by what was asked, and what became of each; failures, whose act isn't known, are left out."""
    by_act: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    for (_, outcome, act), count in counted.replies.items():
        if outcome != "error":
            by_act[_act(act), outcome] += count
            totals[_act(act)] += count
    told = {outcome: label for outcome, label in words.OUTCOMES.items() if outcome != "error"}
    return Part(
        "intentions",
        words.ACTS_TITLE,
        said=(words.ACTS_LEAD,) if totals else (),
        bars=bars_of(totals, words.ACTS_PLOT),
        tables=(
            Table(
                "reponses-par-intention",
                words.ACTS_TABLE,
                (words.ACT_HEAD, *told.values(), words.TOTAL),
                [
                    (act, *(str(by_act[act, outcome]) for outcome in told), str(total))
                    for act, total in sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))
                ],
                empty=words.NO_ACTS,
                folded=words.ACTS_SEE if totals else "",
                numbers=frozenset(range(1, len(told) + 2)),
            ),
        ),
    )


def took_part(counted: Counted) -> Part:
    """How long replies took: under what time so many in a hundred were ready."""
    under: Counter[int] = Counter()
    for (_, bound), count in counted.took.items():
        under[bound] += count
    rows = [
        (label, _time(_percentile(under, percent))) for percent, label in words.TOOK_SHARES.items() if under
    ]
    return Part(
        "temps",
        words.TOOK,
        said=(words.TOOK_LEAD,) if rows else (),
        tables=(Table("temps-de-reponse", words.TOOK_TABLE, words.TOOK_HEAD, rows, empty=words.NO_TOOK),),
    )


def _percentile(under: Counter[int], percent: int) -> int:
    """The bound under which at least so many in a hundred are."""
    reached, wanted = 0, under.total() * percent
    for bound in sorted(under):
        reached += under[bound]
        if reached * 100 >= wanted:
            return bound
    return LONGER


def _time(bound: int) -> str:
    if bound == LONGER:
        return words.OVER.format(time=words.took(60_000))
    return words.UNDER.format(time=words.took(bound))


def _act(act: str) -> str:
    return words.ACTS.get(act, words.ACTS[""])
