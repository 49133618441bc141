"""What all public aids to a project may reach together, and what those granted already leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.eligibility.citations import CitationBook
from assistant.eligibility.passages import StatedBy
from assistant.eligibility.words import number
from assistant.lines import Line, line
from assistant.messages import grants, plans
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import Fiche
from corpus.french.figures import canonical, figure_values
from corpus.labels import Beneficiary

RULES = "regles-cofinancement"
CUMUL = "Cumul"
PUBLIC_OWNERS = frozenset(
    {Beneficiary.COMMUNE, Beneficiary.EPCI, Beneficiary.SYNDICATE, Beneficiary.DEPARTMENT}
)
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Limit:
    """What all public aids to a project may reach together.

    Attributes:
        share: as a fraction of the cost.
        fiche: the fiche that says so.
        stated: its sentence.
    """

    share: float
    fiche: Fiche
    stated: StatedBy

    def cited(self, book: CitationBook) -> int:
        """The number of its citation."""
        return book.sentence(self.fiche, self.stated.section, self.stated.sentence)


@dataclass(frozen=True, slots=True)
class Budget:
    """What a project costs and has.

    Attributes:
        cost: in euros.
        terms: the sums that make the cost, where it's told in several.
        granted: the public aids granted already, in euros; None where none is told.
    """

    cost: float
    terms: tuple[float, ...] = ()
    granted: float | None = None

    def room(self, limit: Limit) -> float:
        """What public aids may still add up to, in euros."""
        return max(0.0, limit.share * self.cost - (self.granted or 0.0))

    def room_shown(self, limit: Limit) -> str:
        """How that is worked out."""
        whole = share_of(limit.share, self.cost)
        shown = whole if self.granted is None else plans.less(whole, euros(self.granted))
        return shown + self.added

    @property
    def added(self) -> str:
        """Which sums make the cost: ", soit 12 000 € + 15 000 €"; nothing for one."""
        if len(self.terms) < _SEVERAL:
            return ""
        return f", {grants.added_up([euros(term) for term in self.terms])}"


def national_limit(catalogue: Catalogue) -> Limit | None:
    """What all public aids to a local authority's project may reach together; None where no fiche says."""
    if RULES not in catalogue:
        return None
    fiche = catalogue.fiche(RULES)
    share = next((rule.rate_max for rule in fiche.scheme.funding if rule.rate_max), None)
    for section, sentence in fiche.as_document.sentences():
        if share and section.title == CUMUL and canonical(share) in figure_values(sentence.text):
            return Limit(share, fiche, StatedBy(section.title, sentence))
    return None


def room_line(budget: Budget, limit: Limit, book: CitationBook) -> Line:
    """Say what other public aids may still add to those granted."""
    room, granted = euros(budget.room(limit)), euros(budget.granted or 0.0)
    text = plans.room_left(room, budget.room_shown(limit), granted)
    return line("amount", text, [limit.cited(book)])


def totals(budget: Budget, limit: Limit, book: CitationBook, also: Sequence[int] = ()) -> Line:
    """Open a plan: the most that public aids add up to and the least that is left to pay, worked out.

    Args:
        budget: what the project costs, as told.
        limit: what all public aids may reach together.
        book: issues the numbers of the citations.
        also: the numbers of the rules of the aids that say the same.
    """
    cost = budget.cost
    most, least = euros(limit.share * cost), euros((1 - limit.share) * cost)
    shown = share_of(limit.share, cost) + budget.added
    text = plans.plan_totals(most, shown, least, left_shown(cost, limit))
    return line("amount", text, [limit.cited(book), *also])


def rates_added(rates: Sequence[float], limit: Limit, book: CitationBook) -> Line:
    """Say whether the rates of several aids, in per cent, stay within what all public aids may reach."""
    told = [number(canonical(rate)) for rate in rates]
    whole, most = sum(rates), canonical(limit.share * 100)
    say = plans.rates_pass if whole > most else plans.rates_stay_within
    return line("amount", say(told, number(canonical(whole)), number(most)), [limit.cited(book)])


def left_shown(cost: float, limit: Limit) -> str:
    """How what is left to pay is worked out: by the share that the rule states, else by what aids leave."""
    left = canonical(1 - limit.share)
    if left in figure_values(limit.stated.sentence.text):
        return share_of(left, cost)
    return plans.less(euros(cost), share_of(limit.share, cost))


def share_of(share: float, of: float) -> str:
    """A share of a sum: "80 % de 90 000 €"."""
    return grants.share_of([percent(share)], euros(of))


def percent(share: float) -> str:
    """A share in per cent, without its sign."""
    return number(canonical(share * 100))


def euros(amount: float) -> str:
    """A sum in euros, to the cent."""
    return grants.euros(number(round(amount, 2)))
