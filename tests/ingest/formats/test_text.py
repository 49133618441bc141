"""Plain text as people have it: wrapped, double-spaced, with lists, headings, a front matter."""

import pytest

from ingest.assemble import cleaned, sections_of
from ingest.formats.text import read_text


def told(text: str) -> list[tuple[str, str]]:
    """Heading path and text of every statement."""
    sections = sections_of(cleaned(read_text(text).parts))
    return [
        (" > ".join(section.path), sentence.text)
        for section in sections
        for block in section.blocks
        for sentence in block.sentences
    ]


WRAPPED = """\
Article 1 : Objet

La commune qui restaure un lavoir ancien peut recevoir une aide du syndi-
cat des rivières, versée une fois les travaux achevés et contrôlés par un
agent du service. Le taux est de 35 % du coût hors taxes, dans la limite
de 12 000 € par lavoir et par an.

Article 2 : Dossier

Le dossier est déposé avant le 30 septembre de chaque année au siège du
syndicat, qui en accuse réception.
"""


def test_lines_that_the_margin_cut_are_one_sentence() -> None:
    assert told(WRAPPED) == [
        (
            "Article 1 : Objet",
            "La commune qui restaure un lavoir ancien peut recevoir une aide du syndicat des rivières, "
            "versée une fois les travaux achevés et contrôlés par un agent du service.",
        ),
        (
            "Article 1 : Objet",
            "Le taux est de 35 % du coût hors taxes, dans la limite de 12 000 € par lavoir et par an.",
        ),
        (
            "Article 2 : Dossier",
            "Le dossier est déposé avant le 30 septembre de chaque année au siège du syndicat, qui en accuse "
            "réception.",
        ),
    ]


def test_a_blank_line_after_each_line_and_page_numbers_change_nothing() -> None:
    spaced = WRAPPED.replace("\n", "\n\n").replace("agent du", "agent du\n\n\n\n4\n\nservice. Reste du")
    plain = WRAPPED.replace("agent du", "agent du\nservice. Reste du")
    assert told(spaced) == told(plain)


def test_a_hyphen_that_belongs_to_the_word_stays() -> None:
    text = WRAPPED.replace("syndi-\ncat des rivières", "sous-\npréfet ou du sous-préfet").replace("4", "5")
    assert "aide du sous-préfet ou du sous-préfet, versée" in told(text)[0][1]


@pytest.mark.parametrize("line", ["# Article 3", "Article 3", "ANNEXE 2", "II. Les taux", "2.1. Les taux"])
def test_a_line_in_the_form_of_a_heading_is_no_statement(line: str) -> None:
    text = f"Aide aux lavoirs\n\nPremier alinéa.\n\n{line}\n\nSecond alinéa du texte.\n"
    assert told(text)[-1] == (line.lstrip("# "), "Second alinéa du texte.")


def test_items_of_a_legal_list_keep_every_lead_in() -> None:
    text = (
        "Peuvent bénéficier de l'aide :\n\n1° Les communes :\n\n"
        f"a) Dont la population n'excède pas 2 000 habitants{', ou moins' * 40} ;\n\n"
        "b) Issues d'une fusion ;\n\n"
        "Les communes sont recensées chaque année.\n\n2° Les syndicats mixtes.\n"
    )
    statements = [statement for _, statement in told(text)]
    assert statements[0].startswith("Peuvent bénéficier de l’aide : 1° Les communes : a) Dont la population")
    assert statements[1:] == [
        "Peuvent bénéficier de l’aide : 1° Les communes : b) Issues d’une fusion ;",
        "Les communes sont recensées chaque année.",
        "Peuvent bénéficier de l’aide : 2° Les syndicats mixtes.",
    ]


def test_a_list_whose_marks_were_lost() -> None:
    text = "Le dossier comprend :\nun devis ;\nun plan de situation.\nIl est remis en mairie.\n"
    assert [statement for _, statement in told(text)] == [
        "Le dossier comprend : un devis ; un plan de situation.",
        "Il est remis en mairie.",
    ]


def test_a_table_drawn_with_bars() -> None:
    text = "Titre\n\n| Type | PPRN approuvé | PPRN prescrit |\n|---|---|---|\n| Digue | 40 % | 30 % |\n"
    assert told(text) == [("Titre", "Digue, PPRN approuvé : 40 % ; PPRN prescrit : 30 %")]


def test_a_front_matter_says_what_the_text_is() -> None:
    page = read_text(
        '---\nlayout: page\nphrase : "Restaurer un lavoir communal ancien"\npublisher: Syndicat\n'
        "date: 2024-05-03\nurl: https://www.exemple.fr/lavoirs\n---\n\n"
        "## 💡 Saviez-vous que :\n\n**Un lavoir** aide.\n"
    )
    assert (page.title, page.publisher) == ("Restaurer un lavoir communal ancien", "Syndicat")
    assert (page.url, page.dates.published) == ("https://www.exemple.fr/lavoirs", "2024-05-03")
    (section,) = sections_of(cleaned(page.parts))
    assert (section.path, section.blocks[0].text) == (("Saviez-vous que",), "Un lavoir aide.")


def test_blanks_of_a_form_are_no_statements() -> None:
    text = (
        "Demande d'aide\n\nNom : ......................\n\n[à compléter]\n\nSigné le [date] à [lieu].\n\n"
        "À rendre en mairie.\n"
    )
    assert [statement for _, statement in told(text)] == ["À rendre en mairie."]


def test_marks_of_a_heading_that_is_a_sentence_are_taken_off() -> None:
    text = (
        "## Procédure\n\n### Le lavoir est communal :\n\n- un devis ;\n- un plan.\n\n"
        "### → Le lavoir est privé : aucune formalité particulière n'est requise avant le dépôt. L'accord "
        "est écrit.\n\nIl est joint.\n"
    )
    assert told(text) == [
        ("Procédure > Le lavoir est communal", "Le lavoir est communal : un devis ; un plan."),
        ("Procédure", "Le lavoir est privé : aucune formalité particulière n’est requise avant le dépôt."),
        ("Procédure", "L’accord est écrit."),
        ("Procédure", "Il est joint."),
    ]


def test_a_heading_without_a_text_is_told() -> None:
    text = "## Dates\n\n### Dépôt des dossiers : 30 juin 2026\n\n## Taux\n\nLe taux est de 40 %.\n\n## Fin\n"
    assert told(text) == [
        ("Dates", "Dépôt des dossiers : 30 juin 2026"),
        ("Taux", "Le taux est de 40 %."),
    ]


def test_a_line_that_adds_to_the_one_above_is_no_item() -> None:
    text = "Objectifs :\n1. Loger les familles\n2. Ouvrir des lieux de culture\n+ un accueil des jeunes\n"
    assert told(text) == [
        ("", "Objectifs : 1. Loger les familles ; 2. Ouvrir des lieux de culture + un accueil des jeunes")
    ]
    listed = "Sont aidés :\n+ les lavoirs ;\n+ les puits.\n"
    assert told(listed) == [("", "Sont aidés : les lavoirs ; les puits.")]


def test_a_subtitle_of_a_front_matter_is_text() -> None:
    page = read_text(
        '---\nsous_titre: "Le syndicat avance les fonds."\nphrase: "Restaurer un lavoir communal ancien"\n'
        "---\n\nTexte.\n"
    )
    assert page.title == "Restaurer un lavoir communal ancien"
    assert [part.text for part in cleaned(page.parts)] == ["Le syndicat avance les fonds.", "Texte."]
