"""A place that a question names is never dropped without a word, whole engine included."""

from __future__ import annotations

import random

import pytest
from small_corpus import ask
from verdict_builders import Conversation, territory

from assistant.answering.engine import Engine
from assistant.answering.verdict_step import with_place_notes
from assistant.errors import AmbiguousCommune
from assistant.reply import ChatRequest, Message, Reply

HALL = "Sommes-nous éligibles à l’aide aux halles de marché à {} ?"


def put(engine: Engine, question: str, commune: str | None = None) -> Reply:
    return engine.reply(ChatRequest(messages=(Message(role="user", content=question),), commune=commune))


@pytest.mark.parametrize("name", ["Grenoble", "Brest", "Strasbourg", "Dieppe"])
def test_a_place_outside_is_said_to_be(small_engine: Engine, name: str) -> None:
    reply = put(small_engine, HALL.format(name))
    assert reply.status == "out_of_scope"
    assert name in reply.answer
    assert "n’est pas dans les Hauts-de-France" in reply.answer
    assert reply.eligibility == ()


def test_an_unknown_place_is_asked_with_those_most_alike(small_engine: Engine) -> None:
    reply = put(small_engine, HALL.format("Amien"))
    assert (reply.status, reply.eligibility) == ("clarification", ())
    assert "«\u00a0Amien\u00a0»" in reply.answer
    assert reply.choices == ("Amiens (Somme)",)


@pytest.mark.parametrize(
    ("question", "words", "choice"),
    [
        (HALL.format("Quesnoy"), "correspondent à «\u00a0Quesnoy\u00a0»", "Le Quesnoy (Nord)"),
        ("Oisy a-t-elle droit à l’aide aux halles ?", "s’appellent «\u00a0Oisy\u00a0»", "Oisy (Aisne)"),
        ("Saint-Aubin a-t-il droit à une aide ?", "Saint-Aubin", "Saint-Aubin (Aisne)"),
        ("Notre code postal est 62000, avons-nous droit à une aide ?", "62000", "Dainville (Pas-de-Calais)"),
        ("Au 59400, a-t-on droit à l’aide aux halles ?", "code INSEE de Merville", "Cambrai (Nord)"),
    ],
)  # fmt: skip
def test_several_communes_are_asked_of(small_engine: Engine, question: str, words: str, choice: str) -> None:
    reply = put(small_engine, question)
    assert (reply.status, reply.eligibility) == ("clarification", ())
    assert words in reply.answer
    assert choice in reply.choices


def test_the_choice_made_is_the_commune_meant() -> None:
    talk = Conversation("videoprotection")
    first = talk.say("Sommes-nous éligibles à la vidéoprotection à Boulogne ?")
    assert first.eligibility == ()
    reply = talk.say(first.choices[1])
    assert [verdict.commune for verdict in reply.eligibility] == ["60093"]
    assert "Boulogne-la-Grasse" in reply.answer


def test_a_place_beside_the_point_is_noted(small_engine: Engine) -> None:
    reply = put(small_engine, "C’est quoi l’aide aux halles de marché, à Grenoble ?")
    assert reply.status == "answered"
    assert "Grenoble (Isère)" in reply.answer.splitlines()[-1]


@pytest.mark.parametrize("given", ["Nieppe", "59850", "insee:59431", "59431"])
def test_the_commune_beside_the_question_may_be_a_name_or_a_code(small_engine: Engine, given: str) -> None:
    reply = put(small_engine, "Avons-nous droit à une aide ?", given)
    assert reply.status == "clarification"
    assert "code INSEE" not in reply.answer


def test_a_bare_code_with_two_readings_is_read_openly(small_engine: Engine) -> None:
    reply = put(small_engine, "Avons-nous droit à l’aide aux halles de marché ?", "59400")
    assert "code INSEE de Merville (Nord)" in reply.answer.splitlines()[-1]
    assert "code postal de Cambrai (Nord)" in reply.answer.splitlines()[-1]
    with pytest.raises(AmbiguousCommune):
        put(small_engine, "Avons-nous droit à l’aide aux halles ?", "cp:59400")


def test_each_commune_of_a_question_is_examined() -> None:
    reply = Conversation("videoprotection").say(
        "Nieppe, Lens et Bray-Dunes ont-elles droit à la vidéoprotection ?"
    )
    assert [verdict.commune for verdict in reply.eligibility] == ["59431", "62498", "59107"]
    assert [verdict.verdict for verdict in reply.eligibility][1] == "not_eligible"
    assert all(name in reply.answer for name in ("Nieppe", "Lens", "Bray-Dunes"))
    lines = [line for line in reply.answer.splitlines() if not line.startswith("- ")]
    assert len(set(lines)) == len(lines)


def test_beyond_five_communes_the_others_are_said() -> None:
    talk = Conversation("videoprotection")
    talk.say("Nieppe, Lens, Liévin, Laon, Soissons, Creil et Péronne ont-elles droit à la vidéoprotection ?")
    who = talk.applicant()
    reply = with_place_notes(Reply(status="answered", answer="Voici."), who, territory())
    assert len(who.communes) == 7
    assert "Creil (Oise) et Péronne (Somme)" in reply.answer.splitlines()[-1]


def test_a_former_commune_names_its_successor(small_engine: Engine) -> None:
    reply = put(small_engine, HALL.format("Lomme"))
    assert "Lomme est aujourd’hui une commune associée de Lille" in reply.answer


def test_a_commune_named_as_a_thing_is_a_commune(small_engine: Engine) -> None:
    reply = put(small_engine, "La commune de Croix a-t-elle droit à une aide ?")
    assert reply.status == "clarification"
    assert "Croix (Nord)" in reply.answer


def test_a_sample_of_the_communes_is_answered_for_or_asked(small_engine: Engine) -> None:
    """A seeded sample, both questions: the reply names the commune, or proposes it among others."""
    everyone = list(small_engine.knowledge.territory.communes.values())
    for commune in random.Random(59).sample(everyone, 15):
        for question in (
            "La commune de {} a-t-elle droit à une aide ?",
            "{} a-t-elle droit à une aide ?",
        ):
            reply = put(small_engine, question.format(commune.name))
            assert commune.name in reply.answer or commune.label in reply.choices, reply.answer


def test_the_name_alone_of_a_town_outside_is_said_to_be(small_engine: Engine) -> None:
    reply = small_engine.reply(ask("Grenoble"))
    assert reply.status == "out_of_scope"
    assert reply.answer.count("Grenoble") == 1


def talk(engine: Engine, *texts: str) -> Reply:
    """The last reply of a conversation whose client sends back what it was asked."""
    messages: list[Message] = []
    for text in texts:
        messages.append(Message(role="user", content=text))
        reply = engine.reply(ChatRequest(messages=tuple(messages)))
        messages.append(Message.of_reply(reply))
    return reply


@pytest.mark.parametrize("answer", ["la troisième", "celle de l’Aisne", "dans le 02", "la plus petite"])
def test_a_commune_chosen_without_its_name_is_the_one_meant(small_engine: Engine, answer: str) -> None:
    reply = talk(small_engine, "Saint-Aubin a-t-il droit à l’aide aux halles ?", answer)
    assert reply.asked is None or reply.asked.about != "commune"
    assert "Plusieurs communes" not in reply.answer


def test_none_of_those_offered_asks_for_the_whole_name(small_engine: Engine) -> None:
    reply = talk(small_engine, "Saint-Aubin a-t-il droit à l’aide aux halles ?", "ni l’une ni l’autre")
    assert (reply.status, reply.choices) == ("clarification", ())
    assert "nom entier" in reply.answer


def test_a_name_and_a_code_that_disagree_are_asked_of(small_engine: Engine) -> None:
    reply = put(small_engine, "Guise (59850) a-t-elle droit à l’aide aux halles de marché ?")
    assert (reply.status, reply.eligibility) == ("clarification", ())
    assert "ne désignent pas la même commune" in reply.answer
    assert set(reply.choices) == {"Guise (Aisne)", "Nieppe (Nord)"}


def test_an_unknown_name_before_a_known_one_is_noted(small_engine: Engine) -> None:
    reply = put(small_engine, "Zorglubville et Guise ont-elles droit à l’aide aux halles de marché ?")
    assert "Je ne connais pas de commune appelée «\u00a0Zorglubville\u00a0»" in reply.answer


def test_a_town_abroad_is_said_to_be(small_engine: Engine) -> None:
    reply = put(small_engine, HALL.format("Charleroi"))
    assert reply.status == "out_of_scope"
    assert "Charleroi (Belgique)" in reply.answer


@pytest.mark.parametrize("written", ["3 4 00", "1 249,5", "0"])
def test_inhabitants_that_cannot_be_read_are_said(small_engine: Engine, written: str) -> None:
    reply = put(
        small_engine, f"Notre commune de {written} habitants a-t-elle droit à l’aide aux halles de marché ?"
    )
    assert reply.answer.count("le nombre d’habitants que vous donnez") == 1
    assert "d’après vous" not in reply.answer


def test_they_are_not_said_where_the_commune_tells_them_or_they_are_read(small_engine: Engine) -> None:
    for place in ("Nieppe, commune de 7 7 64 habitants,", "Notre commune de 2 500 habitants"):
        reply = put(small_engine, f"{place} a-t-elle droit à l’aide aux halles de marché ?")
        assert "le nombre d’habitants que vous donnez" not in reply.answer
