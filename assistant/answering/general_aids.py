"""Tell whoever looks for any aid, where one funder is known to have none, the general aids of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from assistant.eligibility.assess import assess
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.facts import Facts
from assistant.lines import Line, line, quoted
from assistant.messages import comparisons, next_steps, overviews
from assistant.reading.funders import payers_in
from assistant.reading.intents import Intent
from assistant.reading.understand import Question
from assistant.reply import Reply
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold
from corpus.labels import FUNDER_LABELS, AidType, Beneficiary, Funder, Topic

# How many are told, of each funder.
_MOST = 3


def with_general_aids(
    reply: Reply, question: Question, catalogue: Catalogue, territory: Territory, facts: Facts, on: date
) -> Reply:
    """The reply with the general aids of other funders, where any aid is asked for and one funder has none.

    Unchanged for any other reply, where the message names who should pay, or where no such aid may be had.

    Args:
        reply: the reply so far.
        question: the question.
        catalogue: the schemes.
        territory: the communes and their lists.
        facts: what is known of who asks.
        on: the day.
    """
    name = next(iter(reply.schemes), "")
    is_none_found = reply.status == "unanswerable" and bool(reply.citations) and name in catalogue
    asks_any = Intent.LIST in question.intents and not question.schemes
    if not (is_none_found and asks_any) or payers_in(fold(question.text)):
        return reply
    own = catalogue.scheme(name).funder
    general = (scheme for scheme in catalogue.schemes if scheme.funder is not own and _is_general(scheme))
    told = list(_few(scheme for scheme in general if _may_be_had(scheme, facts, territory, on)))
    if not told:
        return reply
    book = CitationBook(territory)
    numbers = {citation.n: book.add(citation) for citation in reply.citations}
    rest = reply.numbered(numbers).lines
    place = next((at for at, item in enumerate(rest) if item.kind == "advice"), len(rest))
    items = [_introduced(scheme, catalogue, book) for scheme in told]
    funders = tuple(dict.fromkeys((own, *(scheme.funder for scheme in told))))
    after = [item for item in rest[place:] if item.kind != "advice"]
    return reply.model_copy(
        update={
            "lines": (
                *rest[:place],
                line("heading", overviews.GENERAL_AIDS),
                *items,
                line("advice", next_steps.next_steps(funders)),
                *after,
            ),
            "citations": book.citations,
            "schemes": (*reply.schemes, *(scheme.id for scheme in told)),
        }
    )


def _introduced(scheme: Scheme, catalogue: Catalogue, book: CitationBook) -> Line:
    fiche = catalogue.fiche(scheme.id)
    section, sentence = next(iter(fiche.as_document.sentences()))
    text = quoted(sentence.text, book.sentence(fiche, section.title, sentence))
    return line("item", comparisons.headed_by_scheme(scheme.label, FUNDER_LABELS[scheme.funder], text))


def _is_general(scheme: Scheme) -> bool:
    """Whether a scheme pays for projects of any kind."""
    return scheme.is_aid and Topic.GENERAL in scheme.topics and AidType.GRANT in scheme.aid_types


def _may_be_had(scheme: Scheme, facts: Facts, territory: Territory, on: date) -> bool:
    """Whether nothing known keeps a scheme with conditions from who asks."""
    if not scheme.criteria or (facts.beneficiary or Beneficiary.COMMUNE) not in scheme.beneficiaries:
        return False
    found = assess(scheme, facts, territory, on)
    return found.availability.state != "closed" and found.verdict != "not_eligible"


def _few(schemes: Iterable[Scheme]) -> Iterator[Scheme]:
    """The first few of each funder, the State's first."""
    by_funder: dict[Funder, list[Scheme]] = {Funder.STATE: []}
    for scheme in schemes:
        by_funder.setdefault(scheme.funder, []).append(scheme)
    for own in by_funder.values():
        yield from own[:_MOST]
