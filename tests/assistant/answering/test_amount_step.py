"""What an aid pays comes first, with its rule shown and cited; never for who may not have it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_builders import TODAY, catalogue, commune_of, territory
from verifiers import verifier

from assistant.answering.amount_lines import told_amounts, told_rule
from assistant.answering.amount_step import AmountStep, Asking
from assistant.choosing.amounts import TypedAmounts
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.estimate import estimates, floor_of
from assistant.eligibility.facts import Facts, Range
from assistant.eligibility.funding_rules import rules_for
from assistant.lines import line, statement
from assistant.reading.applicant import Applicant
from assistant.reading.intents import Intent
from assistant.reading.understand import Question
from assistant.reply import Asked, Citation, Reply
from corpus.labels import Beneficiary

PAYING = [fiche for fiche in catalogue().fiches.values() if fiche.scheme.funding]
RULE = (
    "En 2023, la Région payait jusqu’à 30 % des dépenses éligibles de vidéoprotection, "
    "dans la limite de 30 000 €."
)
ASKED = Asking(asked=True, cost_now=False, unread=False)
TOLD = Asking(asked=False, cost_now=True, unread=False)
NEITHER = Asking(asked=False, cost_now=False, unread=False)
SMALL_TOWN = Facts(commune=commune_of(5000), beneficiary=Beneficiary.COMMUNE)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def base(**changes: object) -> Reply:
    quoted = Citation(
        n=1,
        scheme_id="videoprotection",
        scheme_name="Vidéoprotection",
        document_id="fiche:videoprotection",
        section="Montant",
        quote=next(s for s in catalogue().fiche("videoprotection").sentences if plain(s) == RULE),
        sources=(),
    )
    reply = Reply(
        status="answered",
        lines=(statement(quoted.quote, 1),),
        citations=(quoted,),
        schemes=("videoprotection",),
    )
    return reply.model_copy(update=changes)


def added(facts: Facts, asking: Asking, reply: Reply | None = None, said: str = "") -> Reply:
    step = AmountStep(catalogue(), territory(), TypedAmounts(catalogue().schemes), lambda: TODAY)
    question = Question(text=said, search_text=said, schemes=("videoprotection",))
    return step.add(reply or base(), question, asking, Applicant(facts, own_words=(said,)))


def costing(low: float, high: float | None = None) -> Facts:
    known = Range.exactly(low) if high is None else Range(low, high)
    return Facts(SMALL_TOWN.commune, beneficiary=SMALL_TOWN.beneficiary, cost=known)


def opening(reply: Reply) -> str:
    return plain(reply.lines[0].text)


def test_the_sum_comes_first_with_its_rule_and_is_typed() -> None:
    reply = added(costing(80_000), ASKED)
    assert (
        opening(reply)
        == "« Vidéoprotection » : jusqu’à 24 000 € (30 % de 80 000 €, plafond 30 000 €), règle 2023. [1]"
    )
    assert reply.lines[0].kind == "amount"
    (found,) = reply.estimates
    assert (found.cost, found.rate, found.ceiling, found.amount_max) == (80_000, 0.3, 30_000, 24_000)
    assert found.citation == 1
    assert [plain(item.quote) for item in reply.citations] == [RULE]  # cited once, by both lines


def test_two_costs_are_both_worked_out() -> None:
    reply = added(costing(80_000, 120_000), TOLD)
    assert [item.amount_max for item in reply.estimates] == [24_000, 30_000]
    assert [told.kind for told in reply.lines[:2]] == ["amount", "amount"]
    assert not any(told.kind == "statement" for told in reply.lines), "the rule's sentence would say it again"


def test_without_a_cost_the_rule_comes_first() -> None:
    assert opening(added(SMALL_TOWN, ASKED)) == (
        "« Vidéoprotection » : jusqu’à 30 % des dépenses éligibles, dans la limite de 30 000 €, "
        "règle 2023. [1]"
    )
    assert added(SMALL_TOWN, TOLD) == base()


def test_nothing_is_added_where_nothing_is_asked_or_told() -> None:
    assert added(costing(80_000), NEITHER) == base()


def test_nobody_who_may_not_have_it_is_told_a_sum() -> None:
    city = Facts(commune_of(60_000), beneficiary=Beneficiary.COMMUNE, cost=Range.exactly(80_000))
    assert added(city, ASKED) == base()


def test_a_reply_that_found_nothing_bears_no_sum() -> None:
    unanswered = base(status="unanswerable")
    assert added(costing(80_000), ASKED, unanswered) == unanswered


def test_where_no_typed_rule_says_it_the_sentences_on_amounts_come_before_the_verdict() -> None:
    (stated,), (quoted,) = base().lines, base().citations
    untyped = base(
        schemes=("fratri-rev3",),
        lines=(line("verdict", "Nieppe semble éligible."), line("reason", "Oui."), stated),
        citations=(quoted,),
    )
    assert [told.kind for told in added(SMALL_TOWN, ASKED, untyped).lines] == [
        "statement",
        "verdict",
        "reason",
    ]
    assert added(SMALL_TOWN, NEITHER, untyped) == untyped


def test_a_cost_under_the_floor_is_said_once_for_all_the_rules() -> None:
    fiche = catalogue().fiche("nature-en-chemins")
    facts = Facts(cost=Range.exactly(800))
    found = estimates(fiche.scheme, facts, territory(), TODAY)
    (told,) = told_amounts(found, fiche, facts, CitationBook(territory()))
    assert plain(told.line.text).startswith("0 € : une dépense de 800 € est sous le minimum de 1 000 €")


def test_who_asks_an_amount_that_no_source_gives_is_told_so() -> None:
    scheme = next(one for one in catalogue().schemes if not one.funding)
    step = AmountStep(catalogue(), territory(), TypedAmounts(catalogue().schemes), lambda: TODAY)
    silent = base(schemes=(scheme.id,), lines=(line("statement", "Il faut un devis.", [1]),))

    def asked(reply: Reply, *intents: Intent) -> list[str]:
        question = Question(text="", search_text="", schemes=(scheme.id,), intents=frozenset(intents))
        return [told.kind for told in step.add(reply, question, ASKED, Applicant(Facts())).lines]

    assert asked(silent, Intent.HOW_MUCH) == ["unknown", "statement"]
    assert asked(silent, Intent.HOW_MUCH, Intent.HOW) == ["statement", "unknown"]
    stating = silent.model_copy(update={"lines": (line("statement", "Le budget est de 6 M€.", [1]),)})
    assert asked(stating, Intent.HOW_MUCH) == ["statement"]


def test_the_rates_of_other_cases_are_not_told_beside_ones_own() -> None:
    fiche = catalogue().fiche("aisne-api")
    rates = [
        sentence.text
        for section, sentence in fiche.as_document.sentences()
        if section.title == "Montant" and "habitants" in sentence.text and "%" in sentence.text
    ]
    assert len(rates) > 2
    own = next(text for text in rates if plain("de 501 à 1 000 habitants") in plain(text))
    (cited,) = base().citations
    citations = tuple(
        cited.model_copy(update={"n": n, "quote": text, "scheme_id": "aisne-api", "section": "Montant"})
        for n, text in enumerate(rates, 1)
    )
    lines = tuple(line("statement", item.quote, [item.n]) for item in citations)
    step = AmountStep(catalogue(), territory(), TypedAmounts(catalogue().schemes), lambda: TODAY)
    question = Question(text="", search_text="", schemes=("aisne-api",))
    facts = Facts(population=Range.exactly(640), beneficiary=Beneficiary.COMMUNE, cost=Range.exactly(210_000))
    told = base(schemes=("aisne-api",), lines=lines, citations=citations)
    reply = step.add(told, question, ASKED, Applicant(facts, own_words=("l’église est classée",)))
    assert reply.lines[0].kind == "amount"
    others = {plain(text) for text in rates} - {plain(own)}
    assert not others & {plain(item.said) for item in reply.lines}


def test_a_cost_too_small_leaves_no_hope_beside_it() -> None:
    step = AmountStep(catalogue(), territory(), TypedAmounts(catalogue().schemes), lambda: TODAY)
    (stated,) = base().lines
    hopeful = base(
        schemes=("nature-en-chemins",),
        lines=(line("verdict", "Rien ne s’y oppose."), stated, line("question", "Est-ce un chemin ?")),
        choices=("Oui", "Non"),
        asked=Asked(about="fact", scheme="nature-en-chemins", fact="chemin", choices=("Oui", "Non")),
    )
    question = Question(text="", search_text="", schemes=("nature-en-chemins",))
    reply = step.add(hopeful, question, ASKED, Applicant(Facts(cost=Range.exactly(800))))
    assert [told.kind for told in reply.lines] == ["amount", "statement"]
    assert (reply.asked, reply.choices) == (None, ())
    former = hopeful.model_copy(update={"schemes": ("patrimoine-non-protege",)})
    of_then = Question(text="", search_text="", schemes=("patrimoine-non-protege",))
    reply = step.add(former, of_then, ASKED, Applicant(Facts(cost=Range.exactly(1_400))))
    assert {"amount", "verdict", "question"} <= {told.kind for told in reply.lines}, (
        "today's rule may be another"
    )
    fine = step.add(hopeful, question, ASKED, Applicant(Facts(cost=Range.exactly(8_000))))
    assert fine.asked is not None
    assert "verdict" in {told.kind for told in fine.lines}


def test_a_budget_stays_before_a_rule_that_was_not_asked() -> None:
    told = base(lines=(line("statement", "La Région a ajouté 500 000 €.", [1]),))
    first = told.citations[0].model_copy(update={"quote": "La Région a ajouté 500 000 €."})
    told = told.model_copy(update={"citations": (first,)})
    assert added(SMALL_TOWN, ASKED, told) == told


def test_an_amount_that_cannot_be_a_cost_is_said() -> None:
    reply = added(SMALL_TOWN, Asking(asked=True, cost_now=False, unread=True))
    assert "euros" in reply.lines[-1].text
    assert reply.estimates == ()


def test_taxes_of_the_cost_and_of_the_rule_are_told_apart() -> None:
    step = AmountStep(catalogue(), territory(), TypedAmounts(catalogue().schemes), lambda: TODAY)
    facts = Facts(beneficiary=Beneficiary.COMPANY, cost=Range.exactly(50_000), taxes="TTC")
    reply = step.add(
        base(schemes=("dacs-tpe",)),
        Question(text="", search_text="", schemes=("dacs-tpe",)),
        ASKED,
        Applicant(facts),
    )
    assert "50 000 € TTC" in opening(reply)
    assert "hors taxes" in reply.lines[1].text
    assert reply.lines[1].kind == "note"


@given(st.sampled_from(PAYING), st.integers(1, 30_000_000), st.none() | st.integers(1, 900))
def test_every_sum_shown_is_supported_by_what_it_cites(fiche, euros: int, count: int | None) -> None:
    counts = {} if count is None else {"plant": float(count), "kilometre": float(count)}
    facts = Facts(cost=Range.exactly(euros), counts=counts)
    book = CitationBook(territory())
    found = estimates(fiche.scheme, facts, territory(), TODAY)
    told = told_amounts(found, fiche, facts, book)
    check = verifier().check(book.citations, (f"{euros} € pour {count}",), [fiche.scheme.id])
    for item in told:
        assert item.cited
        assert check.unsupported(*item.line.parts, computed=True) == set()
        sums = {estimate.amount_max for estimate in item.estimates}
        assert len(sums) == 1


@pytest.mark.parametrize("fiche", PAYING, ids=lambda fiche: fiche.scheme.id)
def test_every_rule_shown_is_supported_by_what_it_cites(fiche) -> None:
    book = CitationBook(territory())
    rules = rules_for(fiche.scheme, Facts(), territory(), TODAY)
    for rule in rules.paying:
        told = told_rule(rule, fiche, Facts(), book, floor_of(fiche.scheme, rule, rules.floors))
        if told is not None:
            check = verifier().check(book.citations, (), [fiche.scheme.id])
            assert check.unsupported(*told.line.parts, computed=True) == set()
