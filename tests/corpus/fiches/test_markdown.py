import pytest

from corpus.fiches.document import Block, Section, Sentence
from corpus.fiches.markdown import cited_sentences, read_sections


def paths(sections: tuple[Section, ...]) -> list[tuple[str, ...]]:
    return [section.path for section in sections]


def blocks(text: str, *, with_marks: bool = True) -> list[str]:
    return [block.text for section in read_sections(text, with_marks=with_marks) for block in section.blocks]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("L’aide existe. [1]", [("L’aide existe.", (1,))]),
        ("L’aide existe.[1]", [("L’aide existe.", (1,))]),
        ("L’aide existe.\u00a0[12]", [("L’aide existe.", (12,))]),
        (
            "A existe. B existe. [1][2] C existe. [3]",
            [("A existe.", (1, 2)), ("B existe.", (1, 2)), ("C existe.", (3,))],
        ),
        ("A existe. [1] [2]", [("A existe.", (1, 2))]),
        ("A existe. [1], [2] B existe. [3]", [("A existe.", (1, 2)), ("B existe.", (3,))]),
        ("A existe [1]. B existe [2].", [("A existe.", (1,)), ("B existe.", (2,))]),
        ("A existe. [1] B n’a pas été trouvé.", [("A existe.", (1,)), ("B n’a pas été trouvé.", ())]),
        ("Rien n’a été trouvé.", [("Rien n’a été trouvé.", ())]),
        ("Le tome [annexe] existe. [1]", [("Le tome [annexe] existe.", (1,))]),
        ("", []),
        ("[1]", []),
    ],
)
def test_a_group_of_marks_backs_the_sentences_before_it(
    text: str, cited: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert cited_sentences(text) == tuple(Sentence(*pair) for pair in cited)


def test_headings_become_paths() -> None:
    text = "Avant.\n\n# Un\nA.\n\n## Deux\nB.\n\n### Trois\nC.\n\n## Quatre\nD.\n\n# Cinq\nE.\n"
    assert paths(read_sections(text)) == [
        (),
        ("Un",),
        ("Un", "Deux"),
        ("Un", "Deux", "Trois"),
        ("Un", "Quatre"),
        ("Cinq",),
    ]


def test_a_heading_without_text_stays_in_the_path_of_those_under_it() -> None:
    sections = read_sections("## Montant\n\n### Taux\n30 %.\n\n## Vide\n")
    assert paths(sections) == [("Montant", "Taux")]
    assert sections[0].title == "Taux"


def test_a_text_before_any_heading_has_no_title() -> None:
    assert read_sections("Bonjour.")[0].title == ""


def test_lines_are_those_of_the_file() -> None:
    sections = read_sections("## Objet\n- Un.\n- Deux.\n\nTrois.\n\n## Montant\nQuatre.\n", first_line=10)
    assert [section.line for section in sections] == [10, 16]
    assert [(block.text, block.line) for section in sections for block in section.blocks] == [
        ("Un.", 11),
        ("Deux.", 12),
        ("Trois.", 14),
        ("Quatre.", 17),
    ]


def test_items_are_told_from_paragraphs() -> None:
    (section,) = read_sections("Avant.\n\n- Un.\n  - Dessous.\n1. Deux.\n\nAprès.\n")
    assert [(block.text, block.is_item) for block in section.blocks] == [
        ("Avant.", False),
        ("Un.", True),
        ("Dessous.", True),
        ("Deux.", True),
        ("Après.", False),
    ]


def test_each_row_of_a_table_becomes_one_block() -> None:
    text = "## Montant\n\n| Cas | Taux |\n|---|---|\n| Bourg | 30 % |\n| Ville |  |\n\nFin.\n"
    (section,) = read_sections(text)
    assert [(block.text, block.line) for block in section.blocks] == [
        ("Cas ; Taux", 3),
        ("Bourg ; 30 %", 5),
        ("Ville", 6),
        ("Fin.", 8),
    ]


def test_a_row_keeps_its_source() -> None:
    (section,) = read_sections("| Cas | Taux |\n|---|---|\n| Bourg | 30 %. [2] |\n")
    assert section.blocks[1] == Block((Sentence("Bourg ; 30 %.", (2,)),), is_item=True, line=3)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Une **forte** aide à *tous*.", "Une forte aide à tous."),
        ("Voir [la page](https://exemple.fr) ici.", "Voir la page ici."),
        ("Le champ `rate_max` compte.", "Le champ rate_max compte."),
        ("Une phrase\nsur deux lignes.", "Une phrase sur deux lignes."),
        ("Une phrase  \nsur deux lignes.", "Une phrase sur deux lignes."),
        ("> Une citation.", "Une citation."),
        ("R&amp;D aidée.", "R&D aidée."),
    ],
)
def test_marks_of_form_are_left_out(text: str, plain: str) -> None:
    assert blocks(text) == [plain]


def test_without_marks_a_number_in_brackets_is_text() -> None:
    (section,) = read_sections("Voir la note [3]. Elle suit.", with_marks=False)
    assert section.blocks[0].sentences == (Sentence("Voir la note [3]."), Sentence("Elle suit."))


@pytest.mark.parametrize("text", ["", "\n\n", "## Titre seul", "<!-- rien -->"])
def test_a_text_without_a_sentence_has_no_section(text: str) -> None:
    assert read_sections(text) == ()


def test_a_sentence_is_what_the_file_says() -> None:
    text = "- En 2023, jusqu’à 30\u00a0% des dépenses, dans la limite de 30 000 €. [1]\n"
    assert blocks(text) == ["En 2023, jusqu’à 30\u00a0% des dépenses, dans la limite de 30 000 €."]
