"""What rests on a fiche, by section: the questions that people ask about it, the cases of an evaluation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.fiches.fiche import Fiche
from corpus.watch.cases import RestingCase


@dataclass(frozen=True, slots=True)
class SectionImpact:
    """What rests on one section.

    Attributes:
        title: its heading; None for what names the fiche without a section.
        questions: questions of the fiche that its sentences answer.
        cases: cases of the evaluation whose right reply must cite it.
    """

    title: str | None
    questions: tuple[str, ...]
    cases: tuple[RestingCase, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What rests on a fiche, and the cases that may cite it without having to."""

    sections: tuple[SectionImpact, ...]
    may_cite: tuple[RestingCase, ...]


def impact_of(fiche: Fiche, cases: Iterable[RestingCase]) -> Impact:
    """What rests on a fiche; a section on which nothing rests is left out.

    Args:
        fiche: the fiche, with its questions.
        cases: of any fiche.
    """
    scheme_id = fiche.scheme.id
    resting: dict[str | None, list[RestingCase]] = {}
    may_cite: list[RestingCase] = []
    for case in cases:
        cited = case.sections_of(scheme_id)
        if not cited and scheme_id not in case.names:
            if case.may_cite(scheme_id):
                may_cite.append(case)
            continue
        for title in cited or (None,):
            resting.setdefault(title, []).append(case)
    asked = _asked_by_section(fiche)
    titles = dict.fromkeys((*(section.title for section in fiche.sections), *resting))
    return Impact(
        tuple(
            SectionImpact(title, tuple(asked.get(title, ())), tuple(resting.get(title, ())))
            for title in sorted(titles, key=lambda title: title is None)
            if title in asked or title in resting
        ),
        tuple(may_cite),
    )


def _asked_by_section(fiche: Fiche) -> dict[str | None, list[str]]:
    titles = [
        section.title for section in fiche.sections for block in section.blocks for _ in block.sentences
    ]
    found: dict[str | None, list[str]] = {}
    for question in fiche.asked:
        for title in dict.fromkeys(titles[place] for place in question.answers):
            found.setdefault(title, []).append(question.text)
    return found
