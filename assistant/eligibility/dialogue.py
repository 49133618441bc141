"""The one question to ask when a verdict hangs on a missing fact, and what the next message answers to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.eligibility import words as say
from assistant.eligibility.assess import Assessment
from assistant.eligibility.facts import (
    BENEFICIARY,
    COMMUNE,
    COST,
    EPCI_POPULATION,
    POPULATION,
    PROJECT,
    Facts,
    Range,
    conditions_key,
    criterion_key,
    declined_key,
    label_key,
    laureate_key,
)
from assistant.eligibility.judge import Judged
from corpus.communes.territory import Territory
from corpus.fiches.criteria import (
    BeneficiaryIn,
    Criterion,
    HasLabel,
    ListedIn,
    LocatedIn,
    ManualCheck,
    OneOf,
    PopulationBetween,
    ProjectIs,
)
from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold
from corpus.labels import BENEFICIARY_LABELS, Beneficiary

YES, NO, UNSURE = "Oui", "Non", "Je ne sais pas"
ALL, NOT_ALL = "Oui, toutes", "Non, pas toutes"
ASK_COMMUNE = "Pour quelle commune posez-vous la question ?"
ASK_WHO = "Qui ferait la demande ?"
ASK_COST = "Quel est le montant de la dépense prévue, en euros ?"
ASK_ALL = "Ces conditions sont-elles toutes remplies ?"
# More conditions than this aren't read in one go.
MOST_AT_ONCE = 7
# Words of an answer that says nothing but yes or no: "non, pas toutes", "oui toutes les conditions".
_SHORT_ANSWER = 4
_YES = re.compile(
    r"^\W*(?:oui|ouais|ouai|wi|yes|si\b|tout a fait|exact\w*|bien sur|effectivement|"
    r"absolument|"
    r"c'est (?:bien )?(?:le cas|ca)|d'accord|ok|affirmatif|toutes?|en effet|"
    r"parfaitement|pas de (?:souci|probleme))\b"
)
_NO = re.compile(r"^\W*(?:non|nan|no|pas(?! de (?:souci|probleme))|aucun\w*|jamais|negatif|ni)\b(?!-)")
_UNSURE = re.compile(
    r"\b(?:sais pas|sait pas|aucune idee|ignore|pas sure?s?|je ne sais|jsp|chais pas|sais plus)\b"
)
_AMOUNT = re.compile(r"(?<!\d)(\d++(?:[ \u00a0\u202f.]++\d++)*(?:,\d++)?)(?:\s*+(k)\b|(?!\w))")
# Nearer to one half, an answer splits better; these are the shares of "no" when nothing better is known.
_SHARES_OF_NO = {BENEFICIARY: 0.3, "list": 0.5, "conditions": 0.4, COST: 0.2}


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the applicant.

    Attributes:
        key: the fact that it settles; ``conditions`` for several at once.
        question: in French, on one line.
        choices: quick answers; empty when the answer is typed.
        criteria: indexes of the criteria that it's about.
        conditions: those that it asks about all at once, one a criterion, to list under it; else empty.
    """

    key: str
    question: str
    choices: tuple[str, ...]
    criteria: tuple[int, ...] = ()
    conditions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The question as it is shown, its conditions in a list under it."""
        return "\n".join((self.question, *(f"- {condition}" for condition in self.conditions)))


def next_question(assessment: Assessment, facts: Facts, territory: Territory) -> Ask | None:
    """Choose the question whose answer splits best; None once the verdict can't change or nothing is left."""
    if assessment.verdict != "undetermined":
        return None
    unknown = [item for item in assessment.criteria if item.verdict == "unknown"]
    candidates = [
        (share, ask)
        for share, ask in _candidates(assessment.scheme, unknown, facts, territory)
        if not facts.claims.get(declined_key(ask.key))
    ]
    if not candidates:
        return None
    return max(candidates, key=lambda pair: min(pair[0], 1 - pair[0]))[1]


def _candidates(
    scheme: Scheme, unknown: Sequence[Judged], facts: Facts, territory: Territory
) -> list[tuple[float, Ask]]:
    found: list[tuple[float, Ask]] = []
    left: list[Judged] = []
    for item in unknown:
        keys = set(item.missing)
        if facts.commune is None and keys & {COMMUNE, POPULATION, EPCI_POPULATION}:
            share = _share_excluded(item.criterion, territory)
            found.append((share, Ask(COMMUNE, ASK_COMMUNE, (), (item.index,))))
        elif isinstance(item.criterion, BeneficiaryIn):
            found.append((_SHARES_OF_NO[BENEFICIARY], _ask_who(item)))
        elif isinstance(item.criterion, HasLabel | ListedIn):
            found.append((_SHARES_OF_NO["list"], _ask_list(item)))
        elif keys == {COST} and facts.claims.get(declined_key(COST)) is None and len(unknown) == 1:
            found.append((_SHARES_OF_NO[COST], Ask(COST, ASK_COST, (UNSURE,), (item.index,))))
        else:
            left.append(item)
    if left:
        found.append((_SHARES_OF_NO["conditions"], _ask_conditions(scheme, left[:MOST_AT_ONCE])))
    return found


def _share_excluded(criterion: Criterion, territory: Territory) -> float:
    """Share of the region's communes that a threshold or a place excludes: how well the question splits."""
    communes = territory.communes.values()
    if isinstance(criterion, PopulationBetween) and criterion.of == "commune":
        high = criterion.max_exclusive or (criterion.max_inclusive or 10**9) + 1
        out = sum(not (criterion.min_inclusive or 0) <= commune.population < high for commune in communes)
        return out / len(communes)
    if isinstance(criterion, LocatedIn) and criterion.departments:
        return sum(commune.department not in criterion.departments for commune in communes) / len(communes)
    return 0.4


def _ask_who(item: Judged) -> Ask:
    allowed = item.criterion.any_of if isinstance(item.criterion, BeneficiaryIn) else ()
    usual = (
        Beneficiary.COMMUNE,
        Beneficiary.EPCI,
        Beneficiary.ASSOCIATION,
        Beneficiary.COMPANY,
        Beneficiary.INDIVIDUAL,
    )
    shown = list(dict.fromkeys((*usual, *allowed)))
    choices = tuple(_capital(BENEFICIARY_LABELS[kind]) for kind in shown)
    return Ask(BENEFICIARY, say.spaced(ASK_WHO), choices, (item.index,))


def _ask_list(item: Judged) -> Ask:
    lists = item.criterion.any_of if isinstance(item.criterion, HasLabel | ListedIn) else ()
    named = " ou ".join(dict.fromkeys(f"« {say.list_name(name)} »" for name in lists))
    key = item.missing[-1] if item.missing else ""
    text = say.spaced(f"Votre commune fait-elle partie de : {named} ?")
    return Ask(key, text, (YES, NO, UNSURE), (item.index,))


def _ask_conditions(scheme: Scheme, left: Sequence[Judged]) -> Ask:
    indexes = tuple(item.index for item in left)
    if len(left) == 1 and isinstance(left[0].criterion, ManualCheck | ProjectIs):
        key = left[0].missing[0]
        return Ask(key, left[0].criterion.question, (YES, NO, UNSURE), indexes)
    conditions = tuple(condition_line(item.criterion) for item in left)
    choices = (ALL, NOT_ALL, UNSURE)
    return Ask(conditions_key(scheme.id), say.spaced(ASK_ALL), choices, indexes, conditions)


def condition_line(criterion: Criterion) -> str:
    """Write a condition as a line to tick, with the answer that is needed when it is "no"."""
    if isinstance(criterion, ManualCheck):
        return (
            criterion.question
            if criterion.expected
            else say.spaced(f"{criterion.question} (il faut que non)")
        )
    if isinstance(criterion, OneOf):
        return "l’un au moins : " + " / ".join(condition_line(part) for part in criterion.criteria)
    return say.label_of(criterion)


def read_answer(previous: str, answer: str, schemes: Iterable[Scheme], facts: Facts) -> Facts:
    """Add what a message answers to the question that the assistant asked just before.

    The question is found again in the assistant's own words, so that no state is kept.

    Args:
        previous: the assistant's message.
        answer: the user's message that follows.
        schemes: the schemes that the conversation is about.
        facts: what is known so far.
    """
    folded = fold(answer).strip()
    said = _said(folded)
    is_short = len(folded.split()) <= _SHORT_ANSWER
    if say.spaced(ASK_WHO) in previous:
        facts = _read_who(folded, facts)
    if ASK_COMMUNE in previous and said == "unsure":
        facts = facts.with_claims({declined_key(COMMUNE): True})
    amount = _AMOUNT.search(folded)
    if ASK_COST in previous:
        if amount:
            value = float(re.sub(r"[^\d,]", "", amount[1]).replace(",", ".")) * (1000 if amount[2] else 1)
            facts = replace(facts, cost=Range.exactly(value))
        elif said == "unsure":
            facts = facts.with_claims({declined_key(COST): True})
    if said is None:
        return facts
    for scheme in schemes:
        facts = _read_conditions(previous, said, scheme, facts, is_short=is_short)
    return facts


def _said(folded: str) -> str | None:
    if _UNSURE.search(folded):
        return "unsure"
    if _NO.search(folded):
        return "no"
    return "yes" if _YES.search(folded) else None


def _read_who(folded: str, facts: Facts) -> Facts:
    for kind, label in BENEFICIARY_LABELS.items():
        if folded.strip(" .!") == fold(label):
            return replace(facts, beneficiary=kind)
    return facts


def _read_conditions(previous: str, said: str, scheme: Scheme, facts: Facts, *, is_short: bool) -> Facts:
    """Settle the conditions of a scheme that the assistant's message listed or asked.

    A list is settled only by a short answer: "oui, mais le terrain n’est pas à nous" says more than yes,
    and what it says is read condition by condition.
    """
    at_once = say.spaced(ASK_ALL) in previous
    if at_once and not is_short and said != "unsure":
        return facts
    asked = [
        (index, criterion)
        for index, criterion in enumerate(scheme.criteria)
        if (condition_line(criterion) if at_once else _question(criterion)) in previous
    ]
    if not asked:
        return facts
    if said == "unsure":
        key = conditions_key(scheme.id) if at_once else _key(asked[0][1])
        return facts.with_claims({declined_key(key): True})
    yes = said == "yes"
    if at_once:
        if not yes:
            return facts.with_claims({conditions_key(scheme.id): False})
        return facts.with_claims({criterion_key(scheme.id, index): True for index, _ in asked})
    for _, criterion in asked:
        facts = _settled(criterion, facts, yes=yes)
    return facts


def _settled(criterion: Criterion, facts: Facts, *, yes: bool) -> Facts:
    match criterion:
        case ManualCheck():
            return facts.with_claims({criterion.fact: yes})
        case ProjectIs():
            topics = frozenset(criterion.any_of)
            if yes:
                return replace(facts, project=facts.project | topics)
            return replace(facts, not_project=facts.not_project | topics, project=facts.project - topics)
        case HasLabel():
            return facts.with_claims({label_key(item): yes for item in criterion.any_of})
        case ListedIn():
            return facts.with_claims({laureate_key(item): yes for item in criterion.any_of})
        case _:
            return facts


def _question(criterion: Criterion) -> str:
    """The question that asks for a criterion by itself; one that can't be in a message when there is none."""
    match criterion:
        case ManualCheck() | ProjectIs():
            return criterion.question
        case HasLabel() | ListedIn():
            return _ask_list(Judged(criterion, 0, "unknown", "")).text
        case _:
            return "\0"


def _key(criterion: Criterion) -> str:
    match criterion:
        case ManualCheck():
            return criterion.fact
        case ProjectIs():
            return PROJECT
        case HasLabel():
            return label_key(criterion.any_of[-1])
        case ListedIn():
            return laureate_key(criterion.any_of[-1])
        case _:
            return ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
