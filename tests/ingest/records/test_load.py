"""A record of a feed as a document: its texts as statements, its fields told in French, its source."""

from pathlib import Path
from typing import Any

import pytest
from aids_api import sample

from ingest.errors import LoadError
from ingest.load import Loaded
from ingest.records.load import load_record, record_id
from ingest.web.feeds.raw import AIDES_TERRITOIRES, TABLE, RawRecord

SITE = "https://aides.example.org/"


def loaded(folder: Path, values: dict[str, Any], *, feed: str = AIDES_TERRITOIRES) -> Loaded:
    """What a record gives."""
    copy = folder / "copie.json"
    copy.write_bytes(RawRecord(feed, "7", "Le flux, fiche 7", SITE, values).as_bytes())
    return load_record(copy, "flux#7")


def aid(folder: Path, number: int, **changes: Any) -> Loaded:
    """What an aid of the sample gives, changed."""
    return loaded(folder, next(item for item in sample() if item["id"] == number) | changes)


def said(loaded: Loaded) -> list[tuple[str, str]]:
    """Sections and statements of a document, with ordinary spaces."""
    return [
        (section.title, sentence.text.replace("\u00a0", " "))
        for section, sentence in loaded.document.sentences()
    ]


def test_an_aid_says_its_texts_and_its_fields(tmp_path: Path) -> None:
    document = aid(tmp_path, 90162)
    assert said(document) == [
        (
            "Objet",
            "Le plan pigeonniers aide les communes à restaurer les pigeonniers bâtis avant 1914 ; "
            "il complète l’aide de l’État.",
        ),
        ("Objet", "Sont financés : la toiture, soit : la charpente du pigeonnier ; les tuiles plates"),
        ("Objet", "Sont financés : la maçonnerie de pierre blanche."),
        ("Objet", "Sont financés : Charpente du pigeonnier, Plafond : 12 000 €"),
        ("Objet", "Sont financés : Maçonnerie du pigeonnier, Plafond : 8 500 €"),
        ("Bénéficiaires", "Bénéficiaires : communes, intercommunalités et pays."),
        ("Bénéficiaires", "Périmètre : Hauts-de-France."),
        ("Critères", "Le pigeonnier doit être visible de la voie publique."),
        ("Critères", "Les travaux ne doivent pas avoir commencé."),
        ("Montant", "Type d’aide : subvention."),
        ("Montant", "Taux de subvention : de 20 % à 50 %."),
        ("Montant", "Précision sur la subvention : 50 % pour les communes de moins de 500 habitants."),
        ("Montant", "Nature des dépenses : dépenses d’investissement."),
        ("Montant", "Financeurs : Conseil régional des Hauts-de-France."),
        ("Montant", "Programme : Patrimoine de village."),
        ("Calendrier", "Cette aide est un appel à projets."),
        ("Calendrier", "Ouverture des dépôts : 1er octobre 2026."),
        ("Calendrier", "Date limite de dépôt : 31 mars 2027."),
        ("Calendrier", "Récurrence de l’aide : ponctuelle."),
        (
            "Démarche",
            "État d’avancement du projet : réflexion / conception, mise en œuvre / réalisation.",
        ),
        ("Démarche", "Instructeurs : Conseil régional des Hauts-de-France."),
        ("Démarche", "Page du financeur : https://patrimoine.example.org/pigeonniers"),
        ("Démarche", "Demande en ligne : https://demarches.example.org/pigeonniers"),
        ("Contact", "Mission patrimoine <pigeonniers@example.org> 03 00 00 00 00"),
    ]
    assert document.unread == ()


def test_the_source_says_the_funder_the_address_the_licence_and_until_when(tmp_path: Path) -> None:
    document = aid(tmp_path, 90162).document
    (source,) = document.sources
    assert (document.title, document.keywords) == (
        "Restaurer les pigeonniers de village",
        ("Plan pigeonniers 2026",),
    )
    assert source.title == (
        "Restaurer les pigeonniers de village (Aides-territoires, Licence Ouverte 2.0 ; "
        "dépôt jusqu’au 31 mars 2027)"
    )
    assert source.publisher == "Conseil régional des Hauts-de-France"
    assert source.url == f"{SITE}aides/restaurer-les-pigeonniers-de-village/"
    assert (source.published, source.updated) == ("2026-01-05", "2026-09-14")
    assert (source.date_note, source.valid_until) == ("dépôt jusqu’au 31 mars 2027", "2027-03-31")


def test_an_aid_of_which_little_is_known(tmp_path: Path) -> None:
    document = aid(tmp_path, 90164)
    assert said(document)[0] == ("Objet", "Une aide pour réparer les horloges de clocher.")
    assert ("Montant", "Taux de subvention : jusqu’à 30 %.") in said(document)
    assert ("Calendrier", "Date limite de dépôt : 28 février 2026.") in said(document)
    assert document.document.sources[0].publisher == "Syndicat des horloges"
    nobody = aid(tmp_path, 90164, instructors=[]).document
    assert nobody.sources[0].publisher == "Aides-territoires"


@pytest.mark.parametrize(
    ("least", "most", "told"),
    [
        (20, 50, "de 20 % à 50 %"),
        (50, 50, "50 %"),
        (0, 80, "jusqu’à 80 %"),
        (30, None, "à partir de 30 %"),
        ("12,5", "40 %", "de 12,5 % à 40 %"),
    ],
)
def test_rates_are_told_by_their_bounds(tmp_path: Path, least: Any, most: Any, told: str) -> None:
    document = aid(tmp_path, 90163, subvention_rate_lower_bound=least, subvention_rate_upper_bound=most)
    assert ("Montant", f"Taux de subvention : {told}.") in said(document)


@pytest.mark.parametrize("nothing", [None, 0, ""])
def test_without_a_rate_or_an_amount_nothing_is_said_of_it(tmp_path: Path, nothing: Any) -> None:
    document = aid(tmp_path, 90163, loan_amount=nothing, subvention_rate_upper_bound=nothing)
    assert [text for section, text in said(document) if section == "Montant"] == [
        "Type d’aide : prêt.",
        "Financeurs : Caisse des bains.",
    ]


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("subvention_rate_upper_bound", 250, "250"),
        ("subvention_rate_upper_bound", "la moitié", "la moitié"),
        ("submission_deadline", "2027-02-30", "2027-02-30"),
        ("date_updated", {"jour": 3}, "{'jour': 3}"),
        ("targeted_audiences", [3], "[3]"),
    ],
)
def test_a_field_that_cannot_be_is_told_and_the_rest_is_read(
    tmp_path: Path, field: str, value: Any, shown: str
) -> None:
    document = aid(tmp_path, 90163, **{field: value})
    assert document.unread == (
        f"Le flux, fiche 7 : « {field} » n’est pas compris (« {shown} »), le reste est lu.",
    )
    assert ("Objet", "Un prêt à taux fixe pour rénover les bains-douches.") in said(document)
    assert shown not in " ".join(text for _, text in said(document))


def test_an_address_that_is_none_stays_a_text_and_no_link(tmp_path: Path) -> None:
    document = aid(tmp_path, 90163, url="javascript:alert(1)", origin_url="voir la mairie")
    assert document.document.sources[0].url is None
    assert ("Démarche", "Page du financeur : voir la mairie.") in said(document)
    assert document.unread == ()


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        ("openlicence20", "Aides-territoires, Licence Ouverte 2.0"),
        ("unknown", "Aides-territoires, licence non précisée"),
    ],
)
def test_a_licence_that_the_api_does_not_know_is_not_made_up(tmp_path: Path, licence: str, told: str) -> None:
    title = aid(tmp_path, 90163, import_share_licence=licence).document.sources[0].title
    assert title == f"Prêt pour les bains-douches municipaux ({told})"


@pytest.mark.parametrize("name", [None, "", "  "])
def test_a_record_without_a_name_is_refused_under_its_id(tmp_path: Path, name: str | None) -> None:
    with pytest.raises(LoadError, match="Le flux, fiche 7 : la fiche n’a pas de nom"):
        aid(tmp_path, 90163, name=name)
    assert aid(tmp_path, 90162, name=name).document.title == "Plan pigeonniers 2026"


def test_a_record_that_says_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="ne dit rien d’autre que son nom"):
        loaded(tmp_path, {"name": "Une aide", "description": "<p>&nbsp;</p>"})


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"feed": "table"}', b"[" * 100_000])
def test_a_damaged_copy_is_told(tmp_path: Path, content: bytes) -> None:
    copy = tmp_path / "copie.json"
    copy.write_bytes(content)
    with pytest.raises(LoadError, match="« flux#7 » : la copie est abîmée"):
        load_record(copy, "flux#7")


def test_a_row_says_what_its_columns_are_and_the_others_under_their_names(tmp_path: Path) -> None:
    row = {
        "title": "Fonds mares &amp; étangs",
        "publisher": "Syndicat de la Serre",
        "url": "voir le site",
        "description": "Le fonds aide à curer les mares.\n\nSont exclus :\n- les étangs ;\n- les piscines.",
        "audiences": "Communes de moins de 3 000 habitants",
        "rate_min": "20",
        "rate_max": "60",
        "amount": "5 000 € par mare",
        "deadline": "30/04/2027",
        "updated": "du 1er mars 2026 au 2 mai 2026",
        "licence": "Licence Ouverte 2.0",
        "others": [["Avis du syndicat", "requis"], ["Remarques", "Un avis.\nUn second avis est demandé."]],
    }
    document = loaded(tmp_path, row, feed=TABLE)
    assert said(document) == [
        ("Objet", "Le fonds aide à curer les mares."),
        ("Objet", "Sont exclus : les étangs ; les piscines."),
        ("Bénéficiaires", "Bénéficiaires : communes de moins de 3 000 habitants."),
        ("Montant", "Montant : 5 000 € par mare."),
        ("Montant", "Taux de subvention : de 20 % à 60 %."),
        ("Montant", "Financeur : Syndicat de la Serre."),
        ("Calendrier", "Date limite de dépôt : 30 avril 2027."),
        ("Démarche", "Adresse : voir le site."),
        ("Autres informations", "Avis du syndicat : requis."),
        ("Remarques", "Un avis."),
        ("Remarques", "Un second avis est demandé."),
    ]
    (source,) = document.document.sources
    assert source.title == "Fonds mares & étangs (Licence Ouverte 2.0)"
    assert (source.date_note, source.valid_until) == ("dépôt jusqu’au 30 avril 2027", "2027-04-30")
    assert (source.url, source.updated) == (None, None)


@pytest.mark.parametrize(
    ("least", "most", "told"),
    [
        ("0,2", "0,5", ["Taux minimal : 0,2.", "Taux maximal : 0,5."]),
        ("", "1", ["Taux maximal : 1."]),
        ("0,5 %", "1 %", ["Taux de subvention : de 0,5 % à 1 %."]),
        ("", "environ 40 %", ["Taux maximal : environ 40 %."]),
    ],
)
def test_bounds_that_may_be_parts_or_percents_are_left_as_they_are(
    tmp_path: Path, least: str, most: str, told: list[str]
) -> None:
    row = {"title": "Fonds mares", "rate_min": least, "rate_max": most}
    assert [text for _, text in said(loaded(tmp_path, row, feed=TABLE))] == told


def test_a_date_among_others_stays_as_it_is_written(tmp_path: Path) -> None:
    row = {"title": "Fonds mares", "deadline": "avant le 31/03/2027 puis le 30/09/2027"}
    document = loaded(tmp_path, row, feed=TABLE)
    assert said(document) == [
        ("Calendrier", "Date limite de dépôt : avant le 31/03/2027 puis le 30/09/2027.")
    ]
    assert document.document.sources[0].valid_until is None


def test_the_id_of_a_record_shows_its_feed_and_its_own() -> None:
    assert record_id("aides-territoires#90162").startswith("doc:aides-territoires-90162-")
    first, second = (record_id(f"https://{host}/aides.csv#Aide à l’eau / « 7 »") for host in ("a.fr", "b.fr"))
    assert first.startswith("doc:aides-csv-aide-a-l-eau-7-")
    assert first != second
