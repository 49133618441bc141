"""HTML pages: lists, tables, definitions, accordions, and nothing of the site around."""

from ingest.assemble import cleaned, sections_of
from ingest.formats.html import read_html


def told(body: str) -> list[tuple[str, str]]:
    """Heading path and text of every statement of a page."""
    sections = sections_of(cleaned(read_html(f"<html><body><main>{body}</main></body></html>").parts))
    return [
        (" > ".join(section.path), sentence.text)
        for section in sections
        for block in section.blocks
        for sentence in block.sentences
    ]


def test_a_list_keeps_its_lead_in_and_lists_in_it_theirs() -> None:
    body = (
        "<p>Le dossier comprend :</p><ul><li>un devis ;</li><li>pour les travaux :<ul><li>un plan ;</li>"
        "<li>une photographie.</li></ul></li></ul><p>Il est remis en mairie.</p>"
    )
    assert told(body) == [
        ("", "Le dossier comprend : un devis ;"),
        ("", "Le dossier comprend : pour les travaux : un plan ; une photographie."),
        ("", "Il est remis en mairie."),
    ]


def test_an_item_without_a_colon_leads_to_the_list_in_it() -> None:
    body = "<ul><li>Toiture<ul><li>40 % du coût hors taxes</li></ul></li></ul>"
    assert told(body) == [("", "Toiture : 40 % du coût hors taxes")]


def test_rows_carry_the_names_of_their_columns() -> None:
    body = (
        "<table><tr><th>Nature</th><th>PPRN approuvé</th><th>PPRN prescrit</th></tr>"
        "<tr><td>Travaux de protection</td><td>40 %</td><td>30 %</td></tr>"
        "<tr><td>Études</td><td colspan='2'>50 %</td></tr></table>"
    )
    assert told(body) == [
        ("", "Travaux de protection, PPRN approuvé : 40 % ; PPRN prescrit : 30 %"),
        ("", "Études, PPRN approuvé : 50 % ; PPRN prescrit : 50 %"),
    ]


def test_rows_of_words_and_a_cell_over_two_rows() -> None:
    body = (
        "<table><thead><tr><th>Axe</th><th>Mesure</th><th>Qui décide</th></tr></thead><tbody>"
        "<tr><td rowspan='2'>Eau</td><td>Berges</td><td>Le préfet</td></tr>"
        "<tr><td>Mares</td><td>La région</td></tr></tbody></table>"
    )
    assert [text for _, text in told(body)] == [
        "Axe : Eau ; Mesure : Berges ; Qui décide : Le préfet",
        "Axe : Eau ; Mesure : Mares ; Qui décide : La région",
    ]


def test_definitions_and_accordions() -> None:
    body = (
        "<h2>Aide</h2><dl><dt>Taux</dt><dd>40 %</dd><dt>Dépôt</dt><dd>avant le 30 juin</dd></dl>"
        "<details><summary>Qui peut la demander ?</summary><p>Les communes rurales.</p></details>"
        "<section class='fr-accordion'><h3><button>Comment ?</button></h3>"
        "<div hidden><p>En ligne.</p></div></section>"
        "<h2>Suite</h2><p>Un agent répond.</p>"
    )
    assert told(body) == [
        ("Aide", "Taux : 40 %"),
        ("Aide", "Dépôt : avant le 30 juin"),
        ("Aide > Qui peut la demander ?", "Les communes rurales."),
        ("Aide > Comment ?", "En ligne."),
        ("Suite", "Un agent répond."),
    ]


def test_fields_of_a_model_are_shown_as_blanks_and_empty_ones_are_left_out() -> None:
    field = '<span data-type="mention">@Nom du bénéficiaire</span>'
    body = f"<p>[Le préfet/La préfète] ,</p><p>VU le dossier complet déposé par {field} ;</p><p>{field}</p>"
    assert told(body) == [("", "VU le dossier complet déposé par [Nom du bénéficiaire] ;")]


def test_nothing_of_the_site_around_without_a_main_element() -> None:
    page = (
        "<html><body><header><nav><a>Accueil</a></nav></header>"
        "<div class='cookie-banner'><p>Nous mesurons l’audience de ce site.</p></div>"
        "<div><h1>Aide</h1><p>Les lavoirs sont aidés à hauteur de 40 %.</p></div>"
        "<footer><p>Plan du site complet</p></footer></body></html>"
    )
    (section,) = sections_of(cleaned(read_html(page).parts))
    assert section.path == ("Aide",)
    assert [block.text for block in section.blocks] == ["Les lavoirs sont aidés à hauteur de 40 %."]


def test_tags_without_end_and_deep_ones_are_read() -> None:
    assert told("<p>Une aide.<p>Une autre." + "<div>" * 500 + "<p>Loin.") != []


def test_the_raised_number_of_a_note_is_left_out_and_that_of_a_unit_kept() -> None:
    body = "<p>Le taux est de 40 % hors taxes<sup>2</sup>. Il faut 300 m<sup>2</sup> de toiture.</p>"
    assert told(body) == [("", "Le taux est de 40 % hors taxes."), ("", "Il faut 300 m2 de toiture.")]


def test_the_lines_of_a_heading_are_words_apart() -> None:
    assert told("<h2>Notice :<br>les lav<b>oirs</b></h2><p>Ils sont aidés.</p>") == [
        ("Notice : les lavoirs", "Ils sont aidés.")
    ]


def test_short_lines_under_a_lead_in_are_a_list() -> None:
    body = "<p>Bénéficiaires :<br>Communes<br>EPCI</p><p>L'aide est<br>Annuelle.</p>"
    assert told(body) == [("", "Bénéficiaires : Communes ; EPCI"), ("", "L’aide est Annuelle.")]
