"""PDFs as programs write them: without spaces, with letters drawn twice or unknown, with contents."""

from itertools import pairwise
from pathlib import Path

import pytest

from ingest.formats import scanned
from ingest.formats.ocr import NotRecognised
from ingest.load import load

PLAIN = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
BOLD = PLAIN.replace("Helvetica", "Helvetica-Bold")
# A font of glyphs by their numbers: nothing says which letters they are.
MUTE = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Mute /Encoding /Identity-H /DescendantFonts [<< /Type /Font "
    "/Subtype /CIDFontType2 /BaseFont /Mute /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
    "/Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Mute /Flags 4 >> >>] >>"
)


def pdf(path: Path, *lines: str) -> Path:
    """A page of lines, each an operator that shows text."""
    shown = "\n".join(f"BT 1 0 0 1 60 {760 - 16 * rank} Tm {line} ET" for rank, line in enumerate(lines))
    fonts = f"/Font << /F1 {PLAIN} /F2 {MUTE} /F3 {BOLD} >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {fonts} >> /Contents 4 0 R >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
    ]
    body = "".join(f"{rank} 0 obj\n{text}\nendobj\n" for rank, text in enumerate(objects, 1))
    path.write_text(f"%PDF-1.4\n{body}trailer << /Root 1 0 R >>\n", encoding="cp1252")
    return path


def spaceless(text: str) -> str:
    """Show words set apart by a narrow gap alone."""
    return f"/F1 10 Tf [{' -230 '.join(f'({word})' for word in text.split())}] TJ"


def statements(path: Path) -> list[str]:
    return [sentence.text for _, sentence in load(path).document.sentences()]


def test_words_without_spaces_between_them_are_told_apart(tmp_path: Path) -> None:
    lines = ["Le syndicat aide les communes.", "Le taux est de 40 % du montant des travaux."]
    assert statements(pdf(tmp_path / "a.pdf", *map(spaceless, lines))) == lines


def test_gaps_inside_words_of_a_text_with_spaces_cut_nothing(tmp_path: Path) -> None:
    line = "/F1 10 Tf [(Le synd) -230 (icat aide les communes de la vall) -230 (\351e.)] TJ"
    assert statements(pdf(tmp_path / "a.pdf", line)) == ["Le syndicat aide les communes de la vallée."]


def test_letters_drawn_twice_to_look_bold_are_read_once(tmp_path: Path) -> None:
    line = "(Le syndicat aide les communes.) Tj"
    twice = f"/F1 10 Tf {line} 1 0 0 1 60.3 760 Tm {line}"
    assert statements(pdf(tmp_path / "a.pdf", twice)) == ["Le syndicat aide les communes."]


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise NotRecognised("Installez Tesseract.")

    monkeypatch.setattr(scanned, "find_tesseract", missing)


def test_letters_that_cannot_be_told_are_recognised_or_told_unread(
    tmp_path: Path, no_tesseract: None
) -> None:
    mute = "/F2 10 Tf <00250046000100370048> Tj"
    path = pdf(tmp_path / "a.pdf", "/F1 10 Tf (Le syndicat aide les communes.) Tj", mute, mute, mute)
    loaded = load(path)
    assert [sentence.text for _, sentence in loaded.document.sentences()] == [
        "Le syndicat aide les communes."
    ]
    assert [why.endswith("non lue. Installez Tesseract.") for why in loaded.unread] == [True]


def test_a_lone_mark_of_such_a_font_is_a_bullet(tmp_path: Path) -> None:
    mark = "/F2 10 Tf <0077> Tj /F1 10 Tf"
    rows = ["Les travaux du lavoir sont :", "la charpente ;", "la toiture du bassin."]
    lines = [
        f"/F1 10 Tf ({rows[0]}) Tj",
        *(f"{mark} 1 0 0 1 80 {744 - 16 * n} Tm ({row}) Tj" for n, row in enumerate(rows[1:])),
    ]
    assert statements(pdf(tmp_path / "a.pdf", *lines)) == [
        "Les travaux du lavoir sont : la charpente ; la toiture du bassin."
    ]


def test_bold_headings_stand_under_one_another_by_their_numbers(tmp_path: Path) -> None:
    texts = ["2.1 Lavoirs", "2.1.1 Taux", "Le taux est de 40 %.", "2.1.2 Plafond", "Il est de 9 000 euros."]
    lines = [f"/F{1 if text.endswith('.') else 3} 10 Tf ({text}) Tj" for text in texts]
    sections = load(pdf(tmp_path / "a.pdf", "/F1 10 Tf (Une aide du syndicat.) Tj", *lines)).document.sections
    assert [section.path for section in sections[1:]] == [
        ("2.1 Lavoirs", "2.1.1 Taux"),
        ("2.1 Lavoirs", "2.1.2 Plafond"),
    ]


def test_lines_of_contents_are_left_out(tmp_path: Path) -> None:
    contents = f"/F1 10 Tf (1.1 Les taux {'. ' * 30}) Tj 1 0 0 1 480 760 Tm (12) Tj"
    assert statements(pdf(tmp_path / "a.pdf", contents, "/F1 10 Tf (Le taux est de 40 %.) Tj")) == [
        "Le taux est de 40 %."
    ]


def drawn(text: str, left: int, top: int, paint: str) -> str:
    """A line at a place after a bullet drawn as a curve: filled (f) or not (S)."""
    x, y = left - 12, top + 2
    places = [(x, y + 2), (x + 2, y + 4), (x + 4, y + 2), (x + 2, y), (x, y + 2)]
    curves = " ".join(f"{a} {b} {a} {b} {c} {d} c" for (a, b), (c, d) in pairwise(places))
    return f"/F1 10 Tf ET {x} {y + 2} m {curves} {paint} BT 1 0 0 1 {left} {top} Tm ({text}) Tj"


def test_bullets_drawn_as_dots_and_rings_are_items_of_lists_in_lists(tmp_path: Path) -> None:
    lines = [
        "/F1 10 Tf (Sont aid\351s :) Tj",
        drawn("les fuites :", 80, 744, "f"),
        drawn("les compteurs ;", 110, 728, "S"),
        drawn("les \351coutes ;", 110, 712, "S"),
        drawn("les \351tudes.", 80, 696, "f"),
    ]
    assert statements(pdf(tmp_path / "a.pdf", *lines)) == [
        "Sont aidés : les fuites : les compteurs ; les écoutes",
        "Sont aidés : les études.",
    ]


def test_a_list_further_in_is_in_the_one_around_it_whatever_its_sign(tmp_path: Path) -> None:
    items = [(70, "les fuites :"), (90, "les compteurs ;"), (90, "les sondes ;"), (70, "les autres.")]
    lines = [
        f"/F1 10 Tf ET BT 1 0 0 1 {left} {744 - 16 * rank} Tm (- {text}) Tj"
        for rank, (left, text) in enumerate(items)
    ]
    assert statements(pdf(tmp_path / "a.pdf", "/F1 10 Tf (Travaux du syndicat :) Tj", *lines)) == [
        "Travaux du syndicat : les fuites : les compteurs ; les sondes",
        "Travaux du syndicat : les autres.",
    ]


@pytest.mark.parametrize(
    ("before", "raised", "after", "said"),
    [
        ("Le taux est de 40 % hors taxes", "2", ".", "Le taux est de 40 % hors taxes."),
        ("Il faut 300 m", "2", " de toiture.", "Il faut 300 m2 de toiture."),
        ("Le dossier est remis le 1", "er", " mars.", "Le dossier est remis le 1er mars."),
    ],
)
def test_what_is_raised_is_of_its_word_but_for_the_number_of_a_note(
    tmp_path: Path, before: str, raised: str, after: str, said: str
) -> None:
    line = f"/F1 10 Tf ({before}) Tj /F1 7 Tf 4 Ts ({raised}) Tj 0 Ts /F1 10 Tf ({after}) Tj"
    others = [f"/F1 10 Tf ({text}) Tj" for text in ("Une aide du syndicat.", "Une autre aide.")]
    assert statements(pdf(tmp_path / "a.pdf", others[0], line, others[1]))[1] == said
