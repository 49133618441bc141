"""Failures as Markdown: the question, what was expected, what was said, why it's wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evaluation.judging.failures import Failure
from evaluation.questions.cases import Case
from evaluation.reports.text import COLUMNS

# A reply that goes on for longer is cut, at the end of a line.
_MOST_CHARS = 1200
# What Markdown would read as a sign of its own in a text that is only shown, and what HTML would.
_SIGNS = re.compile(r"([\\`*_\[\]#|~])")
# Spaces and ends of lines; a no-break space stays as it is.
_BREAKS = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]++")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def failures_markdown(failures: Sequence[Failure]) -> str:
    """A section a failure, numbered; a line that says so when there is none."""
    if not failures:
        return "Aucun échec : toutes les réponses aux questions de `dev` sont entièrement justes."
    return "\n\n".join(_failure(number, failure) for number, failure in enumerate(failures, 1))


def expected_text(case: Case) -> str:
    """What a right reply holds, in one French line."""
    return " ; ".join(_expected(case))


def _failure(number: int, failure: Failure) -> str:
    item = failure.item
    turns = [_plain(turn) for turn in item.case.turns]
    answer = item.reply.answer if item.reply else f"(aucune réponse : {item.error})"
    parts = [
        f"### {number}. {COLUMNS[item.case.stratum]}, {failure.run} (`{item.case.id}`)",
        "**Question.** " + " **Puis.** ".join(turns),
        f"**Attendu.** {_plain(expected_text(item.case))}.",
        "**Répondu.**",
        "\n".join(f"> {_plain(line)}  " if line.strip() else ">" for line in _cut(answer).splitlines()),
        f"**Pourquoi c’est faux.** {_plain(' ; '.join(item.failures))}.",
    ]
    return "\n\n".join(parts)


def _expected(case: Case) -> Iterator[str]:
    yield f"statut {' ou '.join(case.status)}"
    lists = {
        "dispositifs": case.schemes,
        "documents": case.documents,
        "faits": case.facts,
        "passages": case.gold,
        "à demander": case.asks,
        "à ne pas dire": case.forbidden,
    }
    for title, values in lists.items():
        if values:
            yield f"{title} {', '.join(map(str, values))}"
    for scheme, verdict in case.verdicts.items():
        yield f"verdict {scheme} : {verdict}"
    for scheme, estimate in case.estimate.items():
        yield f"pour {scheme}, {estimate.amount_max:.0f} € au plus"
    if case.plan:
        yield (
            f"plan {case.plan.public_max:.0f} € d’aides au plus, "
            f"{case.plan.own_min:.0f} € de part propre au moins"
        )
    if case.next:
        yield "une suite avec une adresse"


def _cut(text: str) -> str:
    if len(text) <= _MOST_CHARS:
        return text
    kept = text[:_MOST_CHARS]
    return kept[: max(kept.rfind("\n"), kept.rfind(" "))] + " […]"


def _plain(text: str) -> str:
    """A text on one line as it reads, whatever signs it holds."""
    line = _BREAKS.sub(" ", text.strip())
    return "".join(_HTML.get(sign, sign) for sign in _SIGNS.sub(r"\\\1", line))
