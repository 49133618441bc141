"""What people say of the answers: by day, by reason, by scheme, and in their words where they're kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.api import texts
from assistant.api.feedback.shape import Feedback
from assistant.page.board import words
from assistant.page.board.plot import columns_of
from assistant.page.board.table import Part, Table
from corpus.fiches.catalogue import Catalogue

_MOST_COMMENTS = 200


def opinions_part(
    feedback: Sequence[Feedback] | None,
    first: date,
    last: date,
    catalogue: Catalogue,
    *,
    days: int,
    texts_kept: bool,
) -> Part:
    """Count the feedback of a period.

    Args:
        feedback: all that is kept; None when it can't be read.
        first: the first day shown.
        last: the last.
        catalogue: names the schemes.
        days: how long it's kept.
        texts_kept: whether comments and questions are kept.
    """
    if feedback is None:
        return Part("avis", words.OPINIONS, said=(words.OPINIONS_LOST,))
    shown = [item for item in feedback if first <= item.day <= last]
    by_day = Counter((item.day, str(item.rating)) for item in shown)
    ratings = Counter(words.RATINGS[item.rating] for item in shown)
    reasons = Counter(texts.FEEDBACK_REASON_LABELS[reason] for item in shown for reason in item.reasons)
    schemes = Counter(_name(catalogue, scheme) for item in shown for scheme in item.schemes)
    said = [words.OPINIONS_KEPT.format(days=days)] if shown else [words.NO_OPINIONS]
    if not texts_kept:
        said.append(words.NO_TEXTS_KEPT)
    return Part(
        "avis",
        words.OPINIONS,
        said=said,
        plot=columns_of(by_day, words.RATINGS, first, last, words.OPINIONS_PLOT),
        tables=(
            _counts("avis", words.BY_RATING, words.RATING, ratings),
            _by_day(by_day),
            _counts(
                "avis-raisons", words.BY_REASON, words.REASON, reasons, words.NO_REASONS if shown else ""
            ),
            _counts(
                "avis-dispositifs", words.BY_SCHEME, words.SCHEME, schemes, words.NO_SCHEMES if shown else ""
            ),
            *((_comments(shown, catalogue),) if texts_kept else ()),
        ),
    )


def _counts(name: str, caption: str, head: str, counts: Mapping[str, int], empty: str = "") -> Table:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [(label, str(count)) for label, count in ordered]
    return Table(name, caption, (head, words.COUNT), rows, empty=empty, numbers=frozenset({1}))


def _by_day(by_day: Counter[tuple[date, str]]) -> Table:
    days = sorted({day for day, _ in by_day}, reverse=True)
    return Table(
        "avis-par-jour",
        words.OPINIONS_BY_DAY,
        (words.DAY, *words.RATINGS.values()),
        [(day.isoformat(), *(str(by_day[day, rating]) for rating in words.RATINGS)) for day in days],
        folded=words.DAY_BY_DAY,
        numbers=frozenset({1, 2}),
    )


def _comments(shown: Sequence[Feedback], catalogue: Catalogue) -> Table:
    told = [item for item in reversed(shown) if item.comment or item.question]
    return Table(
        "avis-commentaires",
        words.COMMENTS,
        words.COMMENTS_HEAD,
        [
            (
                item.day.isoformat(),
                words.RATINGS[item.rating],
                ", ".join(texts.FEEDBACK_REASON_LABELS[reason] for reason in item.reasons),
                texts.STATUS_NAMES[item.status] if item.status else "",
                ", ".join(_name(catalogue, scheme) for scheme in item.schemes),
                item.comment or "",
                item.question or "",
            )
            for item in told[:_MOST_COMMENTS]
        ],
        empty=words.NO_COMMENTS,
    )


def _name(catalogue: Catalogue, scheme: str) -> str:
    return catalogue.scheme(scheme).name if scheme in catalogue else scheme
