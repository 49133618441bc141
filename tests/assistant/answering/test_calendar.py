"""What a reply says of when an aid can be asked for: where it's asked, once, or where nothing answers."""

from __future__ import annotations

from datetime import date

from acts_builders import reading

from assistant.answering.calendar import with_calendar, with_dates_to_note, with_past_window
from assistant.lines import Line, line
from assistant.messages.reserves import closed_caution, no_date
from assistant.reading.intents import Intent
from assistant.reading.understand import Question
from assistant.reply import Citation, Reply
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue

CLOSED, REPLACED, PAST, DATELESS = "photovoltaique", "pradet", "videoprotection", "velo"
ON = date(2026, 11, 28)
WHOM = line("advice", "Demandez à la Région.")


def asking(scheme: str, *intents: Intent) -> Question:
    read = reading(when=1.0) if Intent.WHEN in intents else reading(amount=1.0)
    return Question("?", "?", (scheme,), intents=frozenset(intents), subjects=(scheme,), read=read)


def cited(catalogue: Catalogue, scheme: str, section: str) -> Citation:
    fiche = catalogue.fiche(scheme)
    found, sentence = next(item for item in fiche.as_document.sentences() if item[0].title == section)
    return Citation(
        n=1,
        scheme_id=scheme,
        scheme_name=fiche.scheme.name,
        document_id=f"fiche:{scheme}",
        section=found.title,
        quote=sentence.text,
        sources=(),
    )


def replied(scheme: str, *lines: Line, citation: Citation | None = None, status: str = "answered") -> Reply:
    told = (line("statement", citation.quote, (1,)),) if citation else ()
    return Reply.model_validate(
        {
            "status": status,
            "lines": (*told, *lines),
            "citations": (citation,) if citation else (),
            "schemes": (scheme,),
        }
    )


def told(reply: Reply, scheme: str, catalogue: Catalogue, territory: Territory, *intents: Intent) -> Reply:
    return with_calendar(reply, asking(scheme, *intents), catalogue, territory, ON)


def test_a_closed_aid_is_said_to_be_closed_first_and_once(catalogue: Catalogue, territory: Territory) -> None:
    label = catalogue.scheme(CLOSED).label
    base = replied(
        CLOSED,
        line("caution", closed_caution(label, "[1]")),
        citation=cited(catalogue, CLOSED, "Bénéficiaires"),
    )
    reply = told(base, CLOSED, catalogue, territory, Intent.WHEN)
    assert reply.lines[0].kind == "verdict"
    assert "n’est plus ouvert" in reply.lines[0].text
    assert "14 juin 2024" in reply.lines[0].text
    assert reply.lines[0].citations, "the sentence that gives the date is cited"
    assert sum("n’est plus ouvert" in item.text for item in reply.lines) == 1


def test_nothing_is_said_of_dates_where_they_are_not_asked(
    catalogue: Catalogue, territory: Territory
) -> None:
    base = replied(PAST, citation=cited(catalogue, PAST, "Montant"))
    assert told(base, PAST, catalogue, territory, Intent.HOW_MUCH) == base


def test_what_replaces_a_closed_aid_is_named_to_whoever_gets_no_answer(
    catalogue: Catalogue, territory: Territory
) -> None:
    base = replied(REPLACED, line("unknown", "Je n’ai pas trouvé."), WHOM, status="unanswerable")
    reply = told(base, REPLACED, catalogue, territory)
    assert reply.status == "answered"
    assert catalogue.scheme("actes").label in reply.lines[0].text
    assert reply.lines[1:] == (WHOM,)
    assert "actes" in reply.schemes


def test_the_last_period_known_comes_after_what_is_not_known(
    catalogue: Catalogue, territory: Territory
) -> None:
    gap = line("unknown", "Aucune campagne n’a été trouvée.")
    citation = cited(catalogue, PAST, "Ce que l’on ne sait pas")
    base = replied(PAST, citation=citation, status="unanswerable")
    base = base.model_copy(update={"lines": (gap, WHOM)})
    reply = told(base, PAST, catalogue, territory, Intent.WHEN)
    assert reply.status == "unanswerable"
    assert [item.kind for item in reply.lines] == ["unknown", "verdict", "advice"]
    assert "30 juin 2024" in reply.lines[1].text


def test_who_asks_a_date_that_no_source_gives_is_told_so(catalogue: Catalogue, territory: Territory) -> None:
    base = replied(DATELESS, citation=cited(catalogue, DATELESS, "Objet"))
    reply = told(base, DATELESS, catalogue, territory, Intent.WHEN)
    assert reply.lines[0] == line("unknown", no_date(catalogue.scheme(DATELESS).label))
    assert reply.lines[1:] == base.lines
    both = told(base, DATELESS, catalogue, territory, Intent.WHEN, Intent.HOW_MUCH)
    assert both.lines == (*base.lines, reply.lines[0])


def test_a_page_that_answers_keeps_the_first_word(catalogue: Catalogue, territory: Territory) -> None:
    page = cited(catalogue, PAST, "Calendrier").model_copy(
        update={"scheme_id": None, "scheme_name": None, "document_id": "doc:page"}
    )
    base = replied(PAST, citation=page)
    assert told(base, PAST, catalogue, territory, Intent.WHEN) == base


def test_a_comparison_keeps_its_table(catalogue: Catalogue, territory: Territory) -> None:
    base = replied(CLOSED, citation=cited(catalogue, CLOSED, "Calendrier"))
    both = Question(
        "?", "?", (CLOSED, PAST), intents=frozenset({Intent.WHEN, Intent.DIFFERENCE}), subjects=(CLOSED, PAST)
    )
    assert with_calendar(base, both, catalogue, territory, ON) == base


def test_the_dates_to_come_are_linked_to_and_past_ones_are_not(catalogue: Catalogue) -> None:
    reply = replied("culture-prac", WHOM)
    before = with_dates_to_note(reply, catalogue, date(2024, 10, 1))
    assert [link.url for link in before.links] == ["dispositifs/culture-prac.ics"]
    assert catalogue.scheme("culture-prac").label in before.links[0].text
    assert with_dates_to_note(reply, catalogue, ON) is reply
    unanswered = replied("culture-prac", WHOM, status="unanswerable")
    assert with_dates_to_note(unanswered, catalogue, date(2024, 10, 1)) is unanswered


def test_an_amount_of_a_call_that_is_over_goes_with_its_last_day(
    catalogue: Catalogue, territory: Territory
) -> None:
    base = replied(PAST, line("amount", "Jusqu’à 13 800 €."), WHOM)
    reply = with_past_window(base, catalogue, territory, ON)
    assert [item.kind for item in reply.lines] == ["amount", "caution", "advice"]
    assert "30 juin 2024" in reply.lines[1].text
    assert reply.citations[reply.lines[1].citations[0] - 1].scheme_id == PAST
    assert with_past_window(reply, catalogue, territory, ON) == reply, "it's said once"


def test_no_last_day_goes_with_a_sum_that_can_still_be_asked_for(
    catalogue: Catalogue, territory: Territory
) -> None:
    told_nothing = replied(PAST, WHOM)
    dateless = replied(DATELESS, line("amount", "Jusqu’à 13 800 €."))
    during = replied(PAST, line("amount", "Jusqu’à 13 800 €."))
    for reply, on in ((told_nothing, ON), (dateless, ON), (during, date(2024, 5, 2))):
        assert with_past_window(reply, catalogue, territory, on) == reply
