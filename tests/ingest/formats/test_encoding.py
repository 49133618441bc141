"""Text files in the encodings that officers have."""

import os

import pytest

from ingest.formats.encoding import decode

TEXT = "Une église rénovée : 40 % du coût, « cœur » de village, 12 000 € au plus.\nÀ déposer avant l’été.\n"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_each_encoding_gives_the_same_text(name: str) -> None:
    raw = TEXT.encode(name)
    raw = b"\xff\xfe" + raw if name == "utf-16-le" else raw
    assert decode(raw) == TEXT


def test_latin_1() -> None:
    text = "Une école rénovée à hauteur de 40 %.\n"
    assert decode(text.encode("latin-1")) == text


def test_a_declared_encoding_is_believed_unless_it_is_wrong() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>Éteule, l\x92été.</p>'
    assert decode(page.encode("cp1252", "replace").replace(b"?", b"\x92"), declares=True) is not None
    assert (
        decode('<meta charset="cp850"><p>é</p>'.encode("cp850"), declares=True)
        == '<meta charset="cp850"><p>é</p>'
    )
    assert (
        decode('<meta charset="absent"><p>é</p>'.encode(), declares=True) == '<meta charset="absent"><p>é</p>'
    )


@pytest.mark.parametrize("raw", [bytes(range(256)), os.urandom(4000), b"%PDF-1.7\x00\x01\x02\x03" * 50])
def test_what_is_no_text(raw: bytes) -> None:
    assert decode(raw) is None
