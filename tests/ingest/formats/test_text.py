"""Plain text as people have it: wrapped, double-spaced, with lists, headings, a front matter."""

import pytest

from ingest.assemble import cleaned, sections_of
from ingest.formats.parts import Heading
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


def statements(text: str) -> list[str]:
    return [statement for _, statement in told(text)]


@pytest.mark.parametrize("inner", ["  - ", "  • ", "• ", "\t- "])
def test_a_list_in_a_list_is_told_by_its_indent_or_its_sign(inner: str) -> None:
    text = (
        f"Sont aidés :\n- la recherche de fuites :\n{inner}les compteurs ;\n{inner}les écoutes ;\n"
        f"- le réseau :\n{inner}en plomb ;\n- les études.\n"
    )
    assert statements(text) == [
        "Sont aidés : la recherche de fuites : les compteurs ; les écoutes",
        "Sont aidés : le réseau : en plomb ;",
        "Sont aidés : les études.",
    ]


def test_another_sign_after_the_end_of_a_list_begins_another() -> None:
    text = "Le préfet attribue :\n• la dotation ;\n• le fonds.\n- Contrôle des pièces\nElles sont lues.\n"
    assert statements(text) == [
        "Le préfet attribue : la dotation ; le fonds.",
        "Contrôle des pièces",
        "Elles sont lues.",
    ]


def test_an_item_goes_on_the_list_around_one_whose_marks_were_lost() -> None:
    text = "Sont aidés :\n- les travaux :\nla toiture ;\nla charpente.\n- les études.\n"
    assert statements(text) == [
        "Sont aidés : les travaux : la toiture ; la charpente.",
        "Sont aidés : les études.",
    ]


def test_a_dash_glued_to_its_word_is_a_bullet_but_not_inside_a_sentence() -> None:
    assert statements("Sont aidés :\n\n-les digues ;\n\n-les réseaux.\n") == [
        "Sont aidés : les digues ; les réseaux."
    ]
    assert statements("Le lavoir et le puits, celui\n-ci couvert, sont aidés.\n") == [
        "Le lavoir et le puits, celui-ci couvert, sont aidés."
    ]


NOTED = (
    "Le syndicat aide les communes rurales au sens de la grille1 lorsque le lavoir est ancien et que\n"
    "son bassin, qui appartient à la commune, est ouvert à tous les habitants du village et lorsque\n\n"
    "1 Grille de densité publiée par l'institut national de la statistique.\n{links}\n2\n\n"
    "l'urgence le justifie, au vu de la capacité financière de la commune qui est maître d'ouvrage.\n"
    "Le dossier est remis en mairie avant la fin du mois de septembre et l'accord est donné ensuite.\n"
)


@pytest.mark.parametrize("links", ["", "mailto:lavoirs@vallee.example\nhttps://vallee.example/lavoirs\n"])
def test_a_note_and_links_at_the_foot_of_a_page_cut_no_sentence(links: str) -> None:
    paths = told(NOTED.format(links=links))
    assert [text for path, text in paths if not path] == [
        "Le syndicat aide les communes rurales au sens de la grille1 lorsque le lavoir est ancien et que "
        "son bassin, qui appartient à la commune, est ouvert à tous les habitants du village et lorsque "
        "l’urgence le justifie, au vu de la capacité financière de la commune qui est maître d’ouvrage.",
        "Le dossier est remis en mairie avant la fin du mois de septembre et l’accord est donné ensuite.",
    ]
    assert paths[-1] == (
        "Notes de bas de page",
        "1 Grille de densité publiée par l’institut national de la statistique.",
    )


def test_a_number_before_a_page_s_that_nothing_refers_to_is_no_note() -> None:
    text = NOTED.format(links="").replace("grille1", "grille")
    assert not any("Notes" in path for path, _ in told(text))


FLAT = (
    "La présente notice dit, pour chacune des mesures du fonds, ce qui est aidé cette année et comment\n"
    "le demander ; les communes rurales sont aidées les premières, comme le conseil en a décidé.\n\n"
    "Recherche de\nfuites dans les\nréseaux\n\n"
    "Les compteurs et les appareils d'écoute du réseau\nsont aidés cette année, dans toutes les communes,\n"
    "lorsque le rendement du réseau est faible en\n2025.\n\n"
    "Aménagements\ncyclables\n\nMesure qui n'est pas reconduite cette année.\n\n"
    "Vous rendrez compte de ces mesures à la fin de l'année, et des suites que vous leur aurez données\n"
    "dans chacune des communes rurales de votre département, avant la réunion du conseil.\n"
)


def test_rows_of_a_table_flattened_to_text_stand_under_their_names() -> None:
    assert told(FLAT)[1:] == [
        (
            "Recherche de fuites dans les réseaux",
            "Les compteurs et les appareils d’écoute du réseau sont aidés cette année, dans toutes les "
            "communes, lorsque le rendement du réseau est faible en 2025.",
        ),
        ("Aménagements cyclables", "Mesure qui n’est pas reconduite cette année."),
        (
            "",
            "Vous rendrez compte de ces mesures à la fin de l’année, et des suites que vous leur aurez "
            "données dans chacune des communes rurales de votre département, avant la réunion du conseil.",
        ),
    ]


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("l'adresse aide-\nlavoirs@vallee.example", "l’adresse aide-lavoirs@vallee.example"),
        ("une zone naturelle-\nagricole", "une zone naturelle-agricole"),
        ("une zone nat-\nurelle", "une zone naturelle"),
    ],
)
def test_a_hyphen_at_the_margin_stays_in_what_it_joins_alone(cut: str, whole: str) -> None:
    text = f"Écrivez à aide-lavoirs@vallee.example. Le sol agricole, la zone naturelle.\n\nC'est {cut}.\n"
    assert told(text)[-1][1] == f"C’est {whole}."


@pytest.mark.parametrize(
    ("first", "second"),
    [("Les taux sont donnés par l'agence (appui", "ADEME) pour la"), ("2.3. Calendrier pour la", "DETR et")],
)
def test_an_open_bracket_or_a_small_word_goes_on(first: str, second: str) -> None:
    text = f"Notice\n\n{first}\n{second} DSIL\n\nLe dossier est remis en mairie.\n"
    told_text = " ".join(f"{path} {statement}" for path, statement in told(text))
    assert f"{first.replace(chr(39), '’')} {second} DSIL" in told_text


def test_an_address_keeps_its_underscores() -> None:
    text = "# Aide\n\nVoir https://vallee.example/a_0_0_b.pdf et _ce texte_.\n"
    assert statements(text) == ["Voir https://vallee.example/a_0_0_b.pdf et ce texte."]


def test_a_title_in_two_lines_is_whole() -> None:
    title = "Notice aux maires :\nréduire les pertes d'eau des réseaux et des fontaines"
    first, _ = read_text(f"{title}\n\nLe texte suit.\n").parts
    assert first == Heading(title.replace("\n", " ").replace("'", "’"), 9)


def test_a_number_before_a_small_letter_counts_an_item() -> None:
    items = "1. les entretiens\n   - de vannes\n2. les branchements\n"
    text = f"Sont exclus :\n{items}\n2. Taux\n\nIl est de 40 %.\n"
    assert told(text) == [
        ("", "Sont exclus : 1. les entretiens : de vannes"),
        ("", "Sont exclus : 2. les branchements"),
        ("2. Taux", "Il est de 40 %."),
    ]


def test_short_lines_one_under_another_are_a_list_whose_name_stands_above() -> None:
    text = (
        "Aide à la voirie communale\n\nBénéficiaires :\nCommunes\nEPCI\n\nTravaux aidés\n\nChaussées\n"
        "Ponts\n\nPlafond de dépenses\n20 000 € par an\n\nLe dossier est remis en mairie.\n"
    )
    assert told(text) == [
        ("Aide à la voirie communale", "Bénéficiaires : Communes ; EPCI"),
        ("Travaux aidés", "Chaussées ; Ponts"),
        ("Travaux aidés", "Plafond de dépenses : 20 000 € par an"),
        ("Travaux aidés", "Le dossier est remis en mairie."),
    ]


def test_a_value_alone_under_a_heading_is_told_with_it() -> None:
    text = "## Taux\n\n30 %\n\n## Page\n\n4\n\n## Contact\n\nhttps://vallee.example\n"
    assert told(text) == [("Taux", "Taux : 30 %")]
