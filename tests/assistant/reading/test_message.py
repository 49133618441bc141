"""A message is read once: whatever way it was typed or pasted, what follows reads the same."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verdict_builders import catalogue, gazetteer, names

from assistant.reading.french.learned_words import spelling_of
from assistant.reading.french.quantities import Unit, read_quantities
from assistant.reading.message import MessageReader
from assistant.reading.place_reader import PlaceReader
from assistant.reply import Message
from corpus.french.folding import fold

QUESTION = "Notre commune, Béthune, est-elle éligible à l’aide à la vidéoprotection ?"


@pytest.fixture(scope="module")
def reader() -> MessageReader:
    return MessageReader(PlaceReader(gazetteer(), names()), spelling_of(catalogue()))


@pytest.mark.parametrize(
    "written",
    [
        unicodedata.normalize("NFD", QUESTION),
        QUESTION.encode().decode("latin-1"),
        QUESTION.encode().decode("cp1252"),
        QUESTION.replace("é", "&eacute;").replace("à", "&agrave;"),
        quote(QUESTION, safe=" ,?’-"),
        QUESTION.replace("protec", "protec-\n"),
        QUESTION.replace("o", "o\u200b"),
        QUESTION.replace(" ", "  "),
        f"\ufeff {QUESTION}\n",
    ],
)
def test_every_way_to_send_a_question_is_read_the_same(reader: MessageReader, written: str) -> None:
    read = reader.read(written)
    assert (read.text, read.normal) == (QUESTION, QUESTION)
    assert [place.text for place in read.places] == ["Béthune"]
    assert read.written == written


def test_places_and_figures_are_spans_of_the_mended_text(reader: MessageReader) -> None:
    read = reader.read("a Nieppe on a 2'500 hab, on est pas laureat pr la vidéoprotec-\ntion")
    (place,) = read.places
    assert read.text[place.start : place.end] == "Nieppe"
    assert "vidéoprotection" in read.text
    (figure,) = read_quantities(fold(read.text))
    assert (figure.value, figure.unit) == (2500, Unit.INHABITANT)


def test_a_message_of_ours_is_left_as_we_wrote_it(reader: MessageReader) -> None:
    ours = Message(role="assistant", content="vid&eacute;o koi")
    assert reader.message(ours) == ours
    assert reader.message(Message(role="user", content="vid&eacute;o")).content == "vidéoprotection"


def test_english_is_put_in_french_from_its_plain_form(reader: MessageReader) -> None:
    assert reader.read("How much is the gr\u200bant for security cameras?").text.startswith("combien")
    assert reader.read("How much is the grant?").changes == ()


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_any_message_can_be_read(reader: MessageReader, text: str) -> None:
    read = reader.read(text)
    assert all(read.text[place.start : place.end] == place.text for place in read.places)
