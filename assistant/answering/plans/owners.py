"""Who carries the project for each aid: one owner or several, and the verdict of each aid for its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.all_aids import PUBLIC_OWNERS
from assistant.answering.plans.left_to_check import questions_left
from assistant.answering.verdict_reply import VerdictText, verdict_text
from assistant.eligibility.assess import assess
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.facts import Facts
from assistant.eligibility.kind import Case
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.passages import StatedBy, stated_by
from assistant.lines import Line, line
from assistant.markers import marked
from assistant.messages import plans, verdicts
from corpus.communes.territory import Territory
from corpus.fiches.criteria import BeneficiaryIn
from corpus.fiches.fiche import Fiche
from corpus.labels import BENEFICIARY_LABELS


@dataclass(frozen=True, slots=True)
class Owned:
    """An aid with who would ask for it.

    Attributes:
        fiche: the fiche of the aid.
        facts: what is known of who would ask for it.
        verdict: the verdict for them.
        conditions: the lines of what is left to check, a question each.
    """

    fiche: Fiche
    facts: Facts
    verdict: VerdictText
    conditions: tuple[Line, ...]

    @property
    def is_refused(self) -> bool:
        """Whether the verdict is against."""
        return self.verdict.shape.verdict == "not_eligible"

    @property
    def is_public(self) -> bool:
        """Whether who asks is a local authority or a group of them, as far as known."""
        known = self.facts.beneficiary
        owners = {known} if known is not None else set(self.fiche.scheme.beneficiaries)
        return bool(owners & PUBLIC_OWNERS)


def owned(
    fiche: Fiche,
    facts: Facts,
    territory: Territory,
    on: date,
    book: CitationBook,
    *,
    has_other_owner: bool,
    is_told: bool = True,
) -> Owned:
    """Assess an aid for who would ask for it.

    Args:
        fiche: the fiche of the aid.
        facts: what is known of who speaks.
        territory: the communes.
        on: the day.
        book: issues the numbers of the citations.
        has_other_owner: whether the aids told can't be asked for by one and the same: then who speaks doesn't
            stand for who asks for an aid that isn't meant for them.
        is_told: whether the person told the aid, rather than it being proposed.
    """
    own = facts
    if has_other_owner and facts.beneficiary not in fiche.scheme.beneficiaries:
        beneficiaries = fiche.scheme.beneficiaries
        own = replace(facts, beneficiary=beneficiaries[0] if len(beneficiaries) == 1 else None)
    case = Case(fiche.scheme, own, territory, on)
    assessment = assess(fiche.scheme, own, territory, on)
    verdict = verdict_text(assessment, fiche, case, None, book)
    if assessment.verdict != "undetermined":
        return Owned(fiche, own, verdict, ())
    unknown = [item for item in assessment.criteria if item.verdict == "unknown"]
    return Owned(fiche, own, verdict, questions_left(unknown, fiche, case, book, is_told=is_told))


def owners_apart(aids: Sequence[Owned], book: CitationBook) -> Line:
    """Say that the aids are for different owners, each for its own costs, with what states who may ask."""
    parts = []
    for aid in aids:
        label = aid.fiche.scheme.label
        who = [BENEFICIARY_LABELS[name] for name in aid.fiche.scheme.beneficiaries]
        numbers = [book.sentence(aid.fiche, item.section, item.sentence) for item in _who_may(aid.fiche)]
        parts.append(verdicts.meant_for(label, who, marked(numbers)))
    return line("statement", plans.owners_apart(parts))


def _who_may(fiche: Fiche) -> list[StatedBy]:
    """The sentence that says who may ask; none where no criterion is about it."""
    rules = (rule for rule in fiche.scheme.criteria if isinstance(rule, BeneficiaryIn))
    return [stated_by(kind_of(rule), fiche) for rule in rules][:1]
