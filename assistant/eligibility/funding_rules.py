"""Choose the funding lines of a scheme that may apply: by who asks, by the year, by their labels."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.facts import Facts
from assistant.eligibility.judge import judge
from assistant.eligibility.kind import Case
from assistant.eligibility.rule_case import case_of, shared_by, standing
from assistant.eligibility.rule_words import WORKS, affirmed_stems, label_stems, stems_of
from corpus.communes.territory import Territory
from corpus.fiches.scheme import Funding, Per, Scheme
from corpus.french.figures import figure_values
from corpus.french.folding import fold, words
from corpus.labels import BENEFICIARY_LABELS, Beneficiary

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_OF_THE_PAST = re.compile(
    r"\b(?:depuis|avant|(?:pas|jamais)\b[^.?!,;\d]{0,40})\s(?:(?:en|de|fin|debut|début) )*$", re.IGNORECASE
)
_LOOKBACK = 60
# Who is meant by "un organisme public"; words of the names of applicants that name none of them.
_PUBLIC = frozenset(
    {
        Beneficiary.COMMUNE,
        Beneficiary.EPCI,
        Beneficiary.SYNDICATE,
        Beneficiary.DEPARTMENT,
        Beneficiary.PUBLIC_BODY,
    }
)
_PLAIN = frozenset(words("ou de pôle territorial établissement public porteur projet"))
# What bounds every aid together is no part that this one pays.
_OF_ALL_AIDS = re.compile(r"\bensemble des aides\b|\baides publiques\b|\bcumul\w*")
# "Jusqu’à 170 000 € par km": a ceiling for each, where only the label gives it.
_EACH = re.compile(
    r"(?<!\d)(?P<euros>\d{1,3}(?:[\u00a0\u202f ]\d{3}){0,4}(?:,\d{1,2})?)[\u00a0\u202f ]?€[\u00a0\u202f ]?"
    r"(?:par |/ ?|au )(?P<unit>km|m²|hectare|plant|place)\b"
)
_UNITS: Mapping[str, Per] = {
    "km": "kilometre",
    "m²": "square_metre",
    "hectare": "hectare",
    "plant": "plant",
    "place": "place",
}
# "Travaux" stands for each kind of them: building, extending, renovating.
_ANY_WORKS = frozenset(label_stems("travaux"))
# Words of whoever asks that tell no kind of project.
_GENERAL = frozenset({"aid", "subvention", "region", "regional", "projet", "depens", "commun", "plafond"})


@dataclass(frozen=True, slots=True)
class Rules:
    """The funding lines that may apply.

    Attributes:
        paying: those with a rate or an amount.
        floors: those that only say from which cost the scheme helps.
        is_open: whether nothing tells that any of those that pay is for the person's case.
        overlap: whether the words of the person choose several that don't pay alike.
    """

    paying: tuple[Funding, ...]
    floors: tuple[Funding, ...]
    is_open: bool = False
    overlap: bool = False


def rules_for(
    scheme: Scheme,
    facts: Facts,
    territory: Territory,
    on: date,
    said: str = "",
    *,
    for_several: bool = False,
) -> Rules:
    """Choose the funding lines that may apply; budgets of the whole scheme never do.

    A line whose own criteria aren't met goes, and one for a case that isn't the person's; one whose period
    ended before another's began gives way to it, unless its year is asked for. Of the lines that remain,
    those for a case that is told go first, then the words of the person choose those whose label shares most
    of what tells it from the others; where they share none, all stay. Where lines are for kinds of
    applicants and the words name another kind than the known one, these stay, and none is worked out.

    Args:
        scheme: the scheme.
        facts: what is known of who asks.
        territory: the communes.
        on: the day.
        said: the person's words.
        for_several: whether they tell several costs, each of which its own words are to choose a line for.
    """
    case = Case(scheme, facts, territory, on)
    told = affirmed_stems(said) - _GENERAL
    name = label_stems(f"{scheme.name} {scheme.label}")
    who = _who_is_meant(scheme, facts, said)
    lines = [_counted(line) for line in scheme.funding if _may_apply(line, case, who)]
    paying = _of_their_time([line for line in lines if pays(line)], said)
    floors = [line for line in lines if not pays(line) and line.expense_min is not None]
    of_case, is_open = _of_their_case(paying, told, case)
    told = told | _ANY_WORKS if told & WORKS else told
    chosen = tuple(of_case) if for_several else _by_label(of_case, told, name)
    kinds = {frozenset(named) for line in chosen if (named := _applicants_in(line.label or ""))}
    overlap = not for_several and _overlap(chosen, told)
    return Rules(chosen, _by_label(floors, told, name), is_open or len(kinds) > 1, overlap)


def _overlap(chosen: Sequence[Funding], told: Collection[str]) -> bool:
    """Whether several rules that don't pay alike name what is told: two ceilings for an extension."""
    labels = [label_stems(line.label or "") for line in chosen]
    shared = set.intersection(*labels) if labels else set()
    named = all((label - shared) & set(told) for label in labels) or bool(shared & set(told) & WORKS)
    return len({(line.rate_max, line.amount_max, line.per) for line in chosen}) > 1 and named


def _of_their_case(
    lines: Sequence[Funding], told: Collection[str], case: Case
) -> tuple[Sequence[Funding], bool]:
    """The lines for the case that is told, else those that may be; and whether nothing tells it."""
    found = [case_of(line, case.scheme, _without_applicants(line.label or ""), stems_of) for line in lines]
    shared = shared_by(found, [stems_of(line.label or "") for line in lines])
    by: dict[str, list[Funding]] = {}
    for line, item in zip(lines, found, strict=True):
        by.setdefault(standing(item, shared, told, case), []).append(line)
    if "told" in by or "any" in by:
        kept = {id(line) for name in ("told", "any") for line in by.get(name, ())}
        return [line for line in lines if id(line) in kept], False
    return by.get("open", []), bool(by.get("open"))


def _without_applicants(label: str) -> str:
    """A label without the parts that name who may ask: "investissement, organisme public"."""
    return ", ".join(part for part in label.split(", ") if not _applicants_in(part))


def _who_is_meant(scheme: Scheme, facts: Facts, said: str) -> frozenset[Beneficiary]:
    """The kinds of applicants that a line may be for; none where nothing tells.

    "Un hébergement privé porté par une entreprise", asked for a commune: both may be meant.
    """
    if facts.beneficiary is None:
        return frozenset()
    named = frozenset[Beneficiary]().union(*(_applicants_in(line.label or "") for line in scheme.funding))
    return frozenset({facts.beneficiary}) | (_applicants_in(said) & named - _PUBLIC)


def pays(line: Funding) -> bool:
    """Whether a funding line says what may be paid, not a budget, a smallest cost, or a limit of all aids."""
    if _OF_ALL_AIDS.search(fold(line.label or "")):
        return False
    return any(
        value is not None for value in (line.rate_min, line.rate_max, line.amount_min, line.amount_max)
    )


def _counted(line: Funding) -> Funding:
    """A line whose label alone gives a ceiling for each of something, with that ceiling typed."""
    found = _EACH.search(line.label or "")
    if found is None or line.amount_max is not None:
        return line
    each = next(iter(figure_values(found["euros"])), 0.0)
    return line.model_copy(update={"amount_max": each, "per": _UNITS[found["unit"]]}) if each else line


def _may_apply(line: Funding, case: Case, who: Collection[Beneficiary]) -> bool:
    if any(judge(rule, place, case).verdict == "not_met" for place, rule in enumerate(line.when)):
        return False
    named = _applicants_in(line.label or "")
    return not (named and who) or bool(named & set(who))


def _applicants_in(label: str) -> set[Beneficiary]:
    """The kinds of applicants that a label names: "investissement, organisme public"."""
    found = {word.removesuffix("s") for word in words(label)}
    public = _PUBLIC if found & {"public", "publique"} else frozenset()
    return {
        who for who in Beneficiary if who in public or found & set(words(BENEFICIARY_LABELS[who])) - _PLAIN
    }


def _of_their_time(lines: Sequence[Funding], said: str) -> list[Funding]:
    """The lines of a year that is asked for, else those that no later rule has taken the place of.

    "Depuis 2022", "pas aidés en 2022" tell the past of a project and ask for no rule of that year.
    """
    years = {
        year[0]
        for year in _YEAR.finditer(said)
        if not _OF_THE_PAST.search(said[max(0, year.start() - _LOOKBACK) : year.start()])
    }
    if asked := [line for line in lines if years & _years_of(line)]:
        return asked
    return [line for line in lines if not any(_is_later(other, line) for other in lines)]


def _is_later(later: Funding, line: Funding) -> bool:
    return bool(
        line.valid_until and later.valid_from and str(later.valid_from)[:4] > str(line.valid_until)[:4]
    )


def _years_of(line: Funding) -> set[str]:
    """The years of a closed period: an open one says nothing of the years that are asked for."""
    if not (line.valid_from and line.valid_until):
        return set()
    return {str(n) for n in range(int(str(line.valid_from)[:4]), int(str(line.valid_until)[:4]) + 1)}


def _by_label(lines: Sequence[Funding], told: Collection[str], name: Collection[str]) -> tuple[Funding, ...]:
    """The lines whose labels share most of what is told and tells them apart.

    A word of the aid's own name tells a line apart only where it opens its label: "cinéma, création", and not
    "mobilier de la salle" of the fund for village halls.
    """
    own = {id(line): _telling_stems(line.label or "", name) for line in lines}
    common = frozenset[str].intersection(*map(frozenset, own.values())) if own else frozenset()
    scores: Mapping[int, int] = {key: len((stems - common) & set(told)) for key, stems in own.items()}
    best = max(scores.values(), default=0)
    return tuple(line for line in lines if scores[id(line)] == best)


def _telling_stems(label: str, name: Collection[str]) -> set[str]:
    first = next(iter(label.split()), "")
    return label_stems(label) - (set(name) - label_stems(first))
