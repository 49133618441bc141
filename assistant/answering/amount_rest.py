"""What of a reply stays beside what an aid pays: nothing said again, of another case, or of what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answering.amount_lines import Told
from assistant.choosing.amounts import TypedAmounts
from assistant.eligibility.funding_rules import pays
from assistant.eligibility.rule_passages import stating
from assistant.lines import Line, LineKind
from assistant.reading.intents import Intent
from assistant.reading.understand import Question
from assistant.reply import Citation, Reply
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import OPENING_SECTION, STORY_SECTIONS, Fiche
from corpus.fiches.scheme import Funding
from corpus.french.figures import canonical, figure_values

# What asks for the sections that tell what was done or voted.
_STORY = frozenset({Intent.EXAMPLES, Intent.COUNT})
# What may be asked beside an amount.
_MORE = frozenset(
    {
        Intent.WHAT,
        Intent.COVERED,
        Intent.DIFFERENCE,
        Intent.ELIGIBLE,
        Intent.HOW,
        Intent.WHEN,
        Intent.COUNT,
        Intent.CUMULATE,
    }
)
# The lines of a verdict that isn't a refusal, and of what is asked to settle it.
_OF_HOPE: frozenset[LineKind] = frozenset({"verdict", "reason", "question", "condition"})


@dataclass(frozen=True, slots=True)
class Beside:
    """Chooses the sentences that stay beside what an aid pays.

    Attributes:
        catalogue: the schemes.
        amounts: recognises the sentences that state what they pay.
    """

    catalogue: Catalogue
    amounts: TypedAmounts

    def bearing_on(self, question: Question, rest: Reply, *, only_amounts: bool = False) -> Reply:
        """The reply without what was done or voted, and budgets: none says what the aid pays.

        What answers best stays, and all where what was done is asked too. What the aid is goes, even first,
        where nothing but an amount is asked.

        Args:
            question: the question.
            rest: the reply, its amounts told apart.
            only_amounts: whether nothing else is asked, whatever its reading.
        """
        asks_story = bool(question.intents & _STORY) and question.aspect != "amount"
        if asks_story or question.aspect in {"history", "examples"}:
            return rest
        only_amounts = only_amounts or _asks_only_amounts(question)
        first = rest.lines[0] if rest.lines else None
        beside = {item.n for item in rest.citations if self._is_story(item)}
        presenting = {item.n for item in rest.citations if item.section == OPENING_SECTION and only_amounts}
        kept = (
            item
            for item in rest.lines
            if item.kind != "statement"
            or not set(item.citations) <= beside | presenting
            or (item is first and not set(item.citations) <= presenting)
        )
        return rest.model_copy(update={"lines": tuple(kept)})

    def _is_story(self, cited: Citation) -> bool:
        return cited.section in STORY_SECTIONS or self._is_budget(cited)

    def _is_budget(self, cited: Citation) -> bool:
        """Whether a sentence states what a whole scheme may spend, and nothing of what it pays."""
        if cited.scheme_id is None or cited.scheme_id not in self.catalogue:
            return False
        rules = self.catalogue.scheme(cited.scheme_id).funding
        budgets = {canonical(rule.envelope) for rule in rules if rule.envelope}
        stated = figure_values(cited.quote) & budgets
        return bool(stated) and not self.amounts.stated(cited.scheme_id, cited.quote)


def _asks_only_amounts(question: Question) -> bool:
    """Whether an amount is asked and nothing else."""
    read = question.read
    if question.aspect != "amount" or question.intents & _MORE or read is None:
        return False
    return all(part.aspect == "amount" for part in read.parts)


def without_other_cases(base: Reply, fiche: Fiche, own: Iterable[Funding]) -> Reply:
    """The reply without the sentences that state but rules for another case than the person's.

    Args:
        base: the reply.
        fiche: the fiche of the aid.
        own: the rules that may be for the person.
    """
    labels = {rule.label for rule in own}
    stated: dict[bool, set[str]] = {True: set(), False: set()}
    for rule in filter(pays, fiche.scheme.funding):
        stated[rule.label in labels] |= {item.sentence.text for item in stating(fiche, rule)}
    others = {item.n for item in base.citations if item.quote in stated[False] - stated[True]}
    kept = (item for item in base.lines if item.kind != "statement" or not others & set(item.citations))
    return base.model_copy(update={"lines": tuple(kept)})


def without_what_is_told(rest: Reply, told: Iterable[Told]) -> Reply:
    """The reply without the sentences that the lines on amounts rest on: they'd say the same again."""
    cited = {number for item in told for number in item.cited}
    kept = (item for item in rest.lines if item.kind != "statement" or not set(item.citations) <= cited)
    return rest.model_copy(update={"lines": tuple(kept)})


def without_hope(rest: Reply) -> Reply:
    """The reply without what leaves a door open, or would settle it: nothing is paid for such a cost."""
    if any(shape.verdict == "not_eligible" for shape in rest.eligibility):
        return rest
    kept = (item for item in rest.lines if item.kind not in _OF_HOPE)
    return rest.model_copy(update={"lines": tuple(kept), "asked": None, "choices": ()})


def beside(lines: Sequence[Line], added: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with those on amounts after the last that states something."""
    stating_at = [place for place, told in enumerate(lines) if told.kind in {"statement", "item"}]
    place = stating_at[-1] + 1 if stating_at else 0
    return (*lines[:place], *added, *lines[place:])
