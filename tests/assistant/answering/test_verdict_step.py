"""The verdict at the head of a reply: hedged, cited, dated, and the one question that would settle it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from verdict_builders import (
    TODAY,
    Conversation,
    applicant,
    catalogue,
    commune,
    commune_of,
    names,
    territory,
    turns,
)
from verifiers import verifier

from assistant.answering.verdict_reply import who_is
from assistant.answering.verdict_step import MOST_SCHEMES, VerdictStep
from assistant.checking.verify import figures, unknown_markers
from assistant.eligibility.availability import availability_on
from assistant.eligibility.facts import Facts
from assistant.eligibility.next_question import ALL, ASK_COMMUNE
from assistant.markers import markers
from assistant.messages.reserves import takes_no_more
from assistant.reading.understand import understand
from assistant.reply import Citation, CitedSource, Reply
from corpus.communes.commune import Commune
from corpus.labels import Beneficiary, State
from evaluation.judging.invariants import foreign_figures

OURS = "Sommes-nous éligibles à cette aide ?"
NIEPPE = commune("59431")
SMALL, LARGE = commune_of(1200), commune_of(25000)
WITH_CRITERIA = [scheme.id for scheme in catalogue().schemes if scheme.criteria]
# The others lose their first line: the figure in their name has no citation there.
PLAINLY_NAMED = [name for name in WITH_CRITERIA if not figures(catalogue().scheme(name).label)]
HEDGES = ("semble", "ne peux pas encore dire", "rien n’exclut", "d’après")
PLACES = [pytest.param(place, id=place.insee) for place in (SMALL, NIEPPE, LARGE)]


def step(today: date = TODAY) -> VerdictStep:
    return VerdictStep(catalogue(), territory(), lambda: today)


def said(reply: Reply) -> str:
    return reply.answer.replace("\u00a0", " ")


def base_reply(*schemes: str, answer: str = "Rien.", citations: tuple[Citation, ...] = ()) -> Reply:
    status = "answered" if citations else "unanswerable"
    return Reply(status=status, answer=answer, schemes=schemes, citations=citations)


def add(text: str, *schemes: str, base: Reply | None = None) -> Reply:
    """The reply to one message that names its schemes by itself."""
    messages = turns(text)
    question = understand(messages, names())
    about = schemes or question.schemes
    return step().add(base or base_reply(*about), question, applicant(messages, None, *about))


def check_lines(reply: Reply, *own_words: str) -> None:
    """Markers resolve, citations are numbered from 1, each figure is sourced or dropped by the check."""
    assert not unknown_markers(reply.answer, reply.citations)
    assert [citation.n for citation in reply.citations] == list(range(1, len(reply.citations) + 1))
    for line in reply.answer.splitlines():
        assert line.strip()
        if foreign_figures(line, reply.citations, own_words):
            assert verifier().check(reply.citations, own_words, reply.schemes).unsupported(line), line


# --- every scheme -----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("scheme", PLAINLY_NAMED)
def test_a_first_verdict_is_hedged_and_cited(scheme: str, place: Commune) -> None:
    reply = Conversation(scheme, place).say(OURS)
    check_lines(reply, OURS)
    first = said(reply).splitlines()[0].lower()
    assert any(hedge in first for hedge in HEDGES)
    assert reply.schemes == (scheme,)
    (shape,) = reply.eligibility
    assert shape.scheme_id == scheme
    assert {item.citation for item in shape.criteria} <= {citation.n for citation in reply.citations}
    if shape.verdict == "eligible":
        assert "sous réserve" in first
        assert "semble éligible" in first
    elif shape.verdict == "not_eligible":
        assert "ne semble pas" in first
    else:
        assert "semble" not in first
    if shape.verdict != "undetermined":
        assert not reply.choices
        assert reply.status == "answered"
        assert markers(reply.answer)


@pytest.mark.parametrize("scheme", WITH_CRITERIA)
def test_the_state_of_the_call_stands_near_the_top_unless_it_is_open(scheme: str) -> None:
    reply = Conversation(scheme, SMALL).say(OURS)
    known = reply.eligibility[0].availability
    fiche = catalogue().scheme(scheme)
    if known.state == "open":
        return
    if fiche.windows:
        head = "\n".join(said(reply).splitlines()[:2])
        assert any(
            word in head
            for word in (
                "période",
                "dernier dépôt connu",
                "Dernières dates",
                "n’est plus ouvert",
                "non vérifiée",
                "pas été vérifiée",
            )
        )
        assert fiche.status.state is State.OPEN or "Dépôt ouvert" not in said(reply)


def test_a_past_window_is_given_with_its_date_and_its_citation() -> None:
    second = said(Conversation("videoprotection", SMALL).say(OURS)).splitlines()[1]
    assert "30 juin 2024" in second
    assert markers(second)


def test_a_closed_scheme_is_said_to_be_closed() -> None:
    reply = Conversation("photovoltaique", SMALL).say(OURS)
    assert reply.eligibility[0].verdict == "not_eligible"
    assert reply.eligibility[0].availability.state == "closed"
    assert "2024" in "\n".join(said(reply).splitlines()[:2])


def test_a_closed_scheme_that_nothing_refuses_takes_no_more_requests() -> None:
    reply = Conversation("cantine-1-euro", SMALL).say(OURS)
    assert reply.eligibility[0].verdict == "undetermined"
    assert (reply.lines[0].kind, reply.lines[0].text) == ("verdict", takes_no_more("Cantine à 1\u00a0euro"))


def test_an_open_window_is_not_said_to_be_unverified() -> None:
    reply = Conversation("videoprotection", SMALL, date(2024, 5, 2)).say(OURS)
    assert reply.eligibility[0].availability.state == "open"
    assert "dépôt connu" not in said(reply)


# --- what the verdict rests on ------------------------------------------------------------------------


def test_a_commune_too_large_is_told_its_population_and_the_threshold() -> None:
    reply = Conversation("videoprotection", LARGE).say(OURS)
    assert reply.eligibility[0].verdict == "not_eligible"
    line = next(line for line in said(reply).splitlines() if line.startswith("- ") and LARGE.name in line)
    assert f"{LARGE.population:,}".replace(",", " ") in line
    assert "20 000" in line
    quotes = [citation for citation in reply.citations if citation.n in markers(line)]
    assert any(citation.document_id == f"commune:{LARGE.insee}" for citation in quotes)
    assert any(citation.document_id == "fiche:videoprotection" for citation in quotes)
    assert not reply.choices


def test_who_is_named_as_they_are() -> None:
    ours = catalogue().scheme("videoprotection")
    assert who_is(Facts(), ours) == "votre commune"
    assert who_is(Facts(commune=NIEPPE), ours) == "Nieppe"
    assert who_is(Facts(commune=NIEPPE, beneficiary=Beneficiary.COMMUNE), ours) == "Nieppe"
    assert "association" in who_is(Facts(commune=NIEPPE, beneficiary=Beneficiary.ASSOCIATION), ours)


def test_a_scheme_that_is_not_for_communes_is_not_told_to_one() -> None:
    assert who_is(Facts(), catalogue().scheme("dacs-tpe")) == "votre demande"


def test_what_is_left_to_check_is_asked_with_choices() -> None:
    reply = Conversation("videoprotection", SMALL).say(OURS)
    assert reply.eligibility[0].verdict == "undetermined"
    assert reply.status == "clarification"
    assert ALL in reply.choices
    lines = [line.text for line in reply.lines if line.kind == "condition"]
    assert len(lines) == 3
    assert all(markers(line) for line in lines)
    assert lines[2].startswith("- La commune n’a pas reçu"), "a yes to all of them is good"


def test_a_choice_leads_to_a_verdict_and_no_more_question() -> None:
    talk = Conversation("videoprotection", SMALL)
    talk.say(OURS)
    reply = talk.say(ALL)
    assert reply.eligibility[0].verdict == "eligible"
    assert not reply.choices
    check_lines(reply, OURS, ALL)


def test_without_a_commune_it_is_asked_for() -> None:
    reply = Conversation("mon-commerce-d-ici").say("Notre commune est-elle éligible à cette aide ?")
    assert ASK_COMMUNE.replace("\u00a0", " ") in said(reply)
    assert reply.status == "clarification"


def test_homonyms_are_offered_with_their_departments() -> None:
    by_name = Counter(place.name for place in territory().communes.values())
    name = next(n for n, count in by_name.items() if count > 1 and len(n) > 6 and " " not in n)
    same = [place for place in territory().communes.values() if place.name == name]
    talk = Conversation("videoprotection")
    reply = talk.say(f"La commune de {name} est-elle éligible ?")
    assert reply.status == "clarification"
    assert name in reply.answer
    assert set(reply.choices) == {place.label for place in same}
    assert not reply.eligibility
    assert talk.say(same[0].label).eligibility[0].scheme_id == "videoprotection"
    assert talk.applicant().facts.commune == same[0]


# --- when there is a verdict --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "C’est quoi la vidéoprotection ?",
        "Quelles communes ont reçu l’aide à la vidéoprotection ?",
        "Quelle différence entre le CVCB et ACTes ?",
    ],
)
def test_what_is_asked_in_general_gets_no_verdict(text: str) -> None:
    base = base_reply("videoprotection")
    assert add(text, base=base) == base


def test_a_scheme_without_criteria_gets_no_verdict() -> None:
    base = base_reply("numerique")
    assert Conversation("numerique", SMALL).say(OURS).eligibility == ()
    assert add("Sommes-nous éligibles ?", base=base).eligibility == ()


def test_several_schemes_get_their_verdicts_each_with_its_own_citations() -> None:
    reply = add(f"La commune de {LARGE.label} a-t-elle droit à la vidéoprotection et au CVCB ?")
    assert {shape.scheme_id for shape in reply.eligibility} == {"videoprotection", "cvcb"}
    assert len(reply.eligibility) <= MOST_SCHEMES
    assert {citation.scheme_id for citation in reply.citations} >= {"videoprotection", "cvcb"}
    check_lines(reply)


def test_what_the_sources_say_follows_under_new_numbers() -> None:
    quote = "En 2023, l’aide couvrait 30 % des dépenses."
    cited = Citation(
        n=1,
        scheme_id="videoprotection",
        scheme_name="Vidéoprotection",
        document_id="fiche:videoprotection",
        section="Montant",
        quote=quote,
        sources=(CitedSource(title="Page", published="2023-03-13"),),
    )
    base = base_reply("videoprotection", answer=f"{quote} [1]", citations=(cited,))
    reply = add(f"La commune de {LARGE.label} a-t-elle droit à la vidéoprotection, et combien ?", base=base)
    check_lines(reply)
    line = next(line for line in reply.answer.splitlines() if line.startswith(quote))
    (number,) = markers(line)
    assert reply.citations[number - 1].quote == quote
    assert reply.answer.splitlines().index(line) > 0
    assert reply.eligibility[0].verdict == "not_eligible"


def test_a_sentence_that_a_reason_rests_on_is_not_said_again() -> None:
    text = f"La commune de {LARGE.label} a-t-elle droit à la vidéoprotection ?"
    first = add(text)
    reasons = {number for told in first.lines if told.kind == "reason" for number in told.citations}
    rule = next(c for c in first.citations if c.n in reasons and c.scheme_id == "videoprotection")
    other = rule.model_copy(update={"n": 2, "quote": "L’aide sert à filmer la voie publique."})
    both = (rule.model_copy(update={"n": 1}), other)
    base = base_reply("videoprotection", answer=f"{rule.quote} [1]\n{other.quote} [2]", citations=both)
    told = [line.said for line in add(text, base=base).lines]
    assert rule.quote not in told
    assert other.quote in told


def test_a_scheme_known_as_closed_stays_closed_whatever_its_windows() -> None:
    during = Conversation("photovoltaique", SMALL, date(2024, 5, 2)).say(OURS)
    after = Conversation("photovoltaique", SMALL, date(2026, 11, 23)).say(OURS)
    assert after.eligibility[0].verdict == "not_eligible"
    assert after.eligibility[0].availability == during.eligibility[0].availability


def test_later_calls_without_dates_do_not_make_an_old_period_the_last() -> None:
    assert "Dernières dates publiées" in availability_on(catalogue().scheme("nord-advb"), TODAY).text
    assert "dernier dépôt connu" in availability_on(catalogue().scheme("videoprotection"), TODAY).text
