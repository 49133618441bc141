"""E-mails: what they say, what is attached to them, and what of it can't be read."""

import random
from email.message import EmailMessage
from pathlib import Path

import pytest
from lavoirs_sample import SAMPLES

from ingest.errors import LoadError
from ingest.load import Loaded, load

PLAIN = """\
Madame,

Les dossiers sont reçus
jusqu’au 30 juin 2026.

Le dossier comprend :
- un plan ;
- un devis.
"""


def message(text: str = PLAIN, **headers: str) -> EmailMessage:
    made = EmailMessage()
    named = {
        "Subject": "TR : Re: Aide aux lavoirs",
        "From": "Direction de l’eau <eau@vallee.example>",
        "Date": "Mon, 16 Mar 2026 23:50:00 +0100",
    }
    for name, value in (named | headers).items():
        made[name] = value
    made.set_content(text)
    return made


def read(folder: Path, content: EmailMessage | bytes) -> Loaded:
    path = folder / "message.eml"
    path.write_bytes(content if isinstance(content, bytes) else bytes(content))
    return load(path)


def told(loaded: Loaded) -> list[tuple[tuple[str, ...], str]]:
    return [(section.path, sentence.text) for section, sentence in loaded.document.sentences()]


def test_a_message_says_who_when_and_what(tmp_path: Path) -> None:
    loaded = read(tmp_path, message())
    (source,) = loaded.document.sources
    assert (source.title, source.publisher) == ("Aide aux lavoirs", "Direction de l’eau")
    assert (source.published, loaded.missing) == ("2026-03-16", ("url",))
    assert [text for _, text in told(loaded)] == [
        "Les dossiers sont reçus jusqu’au 30 juin 2026.",
        "Le dossier comprend : un plan ; un devis.",
    ]


def test_the_address_of_a_person_is_not_kept(tmp_path: Path) -> None:
    loaded = read(tmp_path, message(From="claire.martin@vallee.example"))
    assert loaded.document.sources[0].publisher == "vallee.example"


def test_the_page_of_a_message_wins_over_its_plain_text(tmp_path: Path) -> None:
    made = message("Voir la version en ligne.")
    made.add_alternative(
        "<p>Sont aidés :</p><ul><li>les toits ;</li><li>les murs.</li></ul><img src='http://127.0.0.1:9/x'>",
        subtype="html",
    )
    assert told(read(tmp_path, made)) == [((), "Sont aidés : les toits ; les murs.")]


def test_marks_of_a_reply_are_left_out(tmp_path: Path) -> None:
    loaded = read(
        tmp_path, message("> > Le taux est de 40 % du\n> > coût des travaux.\n> Il est confirmé ici.\n")
    )
    assert [text for _, text in told(loaded)] == [
        "Le taux est de 40 % du coût des travaux.",
        "Il est confirmé ici.",
    ]


def test_attached_documents_are_read_under_their_names(tmp_path: Path) -> None:
    made = message()
    content = (SAMPLES / "lavoirs.pdf").read_bytes()
    made.add_attachment(content, maintype="application", subtype="pdf", filename="../Notice été.pdf")
    made.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="logo.gif")
    loaded = read(tmp_path, made)
    rows = [path for path, text in told(loaded) if text.startswith("Maçonnerie, Taux : 30 %")]
    assert [path[0] for path in rows] == ["Notice été"]
    assert rows[0][-1] == "Montant"
    assert all(sentence.page is None for _, sentence in loaded.document.sentences())
    assert loaded.unread == ()


def test_a_message_that_is_passed_on_is_read(tmp_path: Path) -> None:
    inner, made = message("Le plafond passe à 20 000 € en 2026."), message("Pour information, voyez ceci.")
    del inner["Subject"]
    inner["Subject"] = "Nouveau plafond"
    made.add_attachment(inner)
    assert (("Nouveau plafond",), "Le plafond passe à 20 000 € en 2026.") in told(read(tmp_path, made))


def test_what_is_attached_and_cannot_be_read_is_told(tmp_path: Path) -> None:
    made = message()
    made.add_attachment(b"PK", maintype="application", subtype="zip", filename="pièces.zip")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="notice.pdf")
    made.add_attachment(b"PK", maintype="application", subtype="octet-stream", filename="m.docm")
    loaded = read(tmp_path, made)
    assert len(told(loaded)) == 2
    unread, place = loaded.unread, tmp_path / "message.eml"
    assert [why.split(" », ")[0].split(" » ")[0] for why in unread] == [
        f"« {place / name}" for name in ("pièces.zip", "notice.pdf", "m.docm")
    ]
    assert all("\n" not in why for why in unread)


def test_messages_in_messages_without_end_are_told(tmp_path: Path) -> None:
    made = message("Le taux est de 40 % du coût.")
    for _ in range(8):
        outer = message("Pour information, voyez ceci.")
        outer.add_attachment(made)
        made = outer
    loaded = read(tmp_path, made)
    (why,) = loaded.unread
    assert why.startswith(f"« {tmp_path / 'message.eml'} » transmet des messages les uns dans les autres")


@pytest.mark.parametrize("charset", ["iso-8859-1", "cp1252", "utf-8", "inconnu"])
def test_a_text_is_decoded_as_declared_or_as_it_looks(tmp_path: Path, charset: str) -> None:
    body = "Le taux est relevé à 40 % du coût dès l’été.".replace("’", "'")
    encoding = "cp1252" if charset == "inconnu" else charset
    head = (
        f"From: a@b.example\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    )
    loaded = read(tmp_path, head.encode() + body.encode(encoding))
    assert [text for _, text in told(loaded)] == [body.replace("'", "’")]


def test_a_damaged_message_is_read_or_refused_in_one_line(tmp_path: Path) -> None:
    made = message()
    made.add_alternative("<p>Une phrase de la page.</p>", subtype="html")
    made.add_attachment(b"Un texte.", maintype="text", subtype="csv", filename="a.csv")
    whole, draw = bytes(made), random.Random(20261128)
    for _ in range(60):
        spoilt = bytearray(whole)
        for _ in range(draw.randrange(1, 30)):
            spoilt[draw.randrange(len(spoilt))] = draw.randrange(256)
        try:
            read(tmp_path, bytes(spoilt[: draw.randrange(len(spoilt))]))
        except LoadError as error:
            assert "\n" not in str(error)  # noqa: PT017 - most are read
