"""Pieces that several notes share: conditions examined, how old what is known is, where to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.eligibility import verdict_words
from assistant.eligibility.words import TO_CHECK
from assistant.messages import french, next_steps
from assistant.page.plain.note import words
from assistant.page.plain.note.content import Table
from assistant.reply import Eligibility
from corpus.fiches.scheme import Scheme
from corpus.french.dates import french_date
from corpus.french.typography import typeset


def conditions(item: Eligibility, name: str, cited: Callable[[int | None], str]) -> Table:
    """The conditions of a scheme as they were examined, each with the markers of its sources.

    Args:
        item: the examination.
        name: of the scheme.
        cited: the markers of the sources of a citation, by its number.
    """
    rows = tuple(
        (
            f"{typeset(criterion.label)} {cited(criterion.citation)}".strip(),
            "" if criterion.because == TO_CHECK else typeset(criterion.because),
            verdict_words.CRITERIA[criterion.verdict].replace(" ", french.NBSP),
        )
        for criterion in item.criteria
    )
    head = (words.CONDITION, words.IT_IS, words.STATE)
    return Table(words.CONDITIONS_OF.format(name=name), head, rows)


def seems(item: Eligibility, name: str) -> str:
    """The verdict in a sentence."""
    said = verdict_words.VERDICTS[item.verdict] if item.criteria else verdict_words.NO_CRITERION[:-1]
    return words.SEEMS.format(name=name, verdict=said[:1].lower() + said[1:])


def left_open(item: Eligibility, name: str) -> Iterator[str]:
    """The conditions that nothing settles yet, unless the aid is refused all the same."""
    if item.verdict == "not_eligible":
        return
    for criterion in item.criteria:
        if criterion.verdict == "unknown":
            yield words.OPEN_CONDITION.format(name=name, condition=verdict_words.reason(criterion))


def age(scheme: Scheme) -> str:
    """The year of the rules and of the newest source of a scheme, and when its fiche was checked."""
    years = [source.year for source in scheme.sources if source.year is not None]
    told = words.NEWEST.format(year=max(years)) if years else words.NO_YEAR
    rules = [line for line in scheme.funding if line.rate_max or line.amount_max]
    ruled = [day[:4] for line in rules for day in (line.valid_from, line.valid_until) if day]
    told = f"{words.RULE_YEAR.format(year=max(ruled))} {told}" if ruled else told
    checked = french_date(scheme.checked.isoformat())
    return words.AGE.format(name=scheme.label, age=told, checked=checked)


def next_step(scheme: Scheme) -> str:
    """Where the aid is asked for."""
    return next_steps.next_step(scheme.funder, scheme.desk)


def fiche_address(scheme: Scheme, root: str) -> str:
    """The address of the page of a scheme, said in a sentence."""
    return words.FICHE.format(name=scheme.label, address=f"{root}dispositifs/{scheme.id}")
