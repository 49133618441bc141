"""What the columns of a table are, by their names or as an officer says."""

from pathlib import Path

import pytest

from ingest.errors import LoadError
from ingest.web.feeds.columns import NAMES, Columns, fields_of, read_columns


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        (["Intitulé", "Financeur", "Date de clôture"], ["title", "publisher", "deadline"]),
        (["NOM_DU_DISPOSITIF", "lien", "Pour qui ?"], ["title", "url", "audiences"]),
        (["dateLimite", "libelle", "subvention_rate_upper_bound"], ["deadline", "title", "rate_max"]),
        (["name", "start_date", "submission_deadline"], ["title", "opens", "deadline"]),
        (["Titre", "Nom", "Remarques"], ["title", None, None]),
    ],
)
def test_columns_are_told_by_their_names(head: list[str], fields: list[str | None]) -> None:
    found = fields_of(head, Columns(), "aides.csv")
    assert [found.get(place) for place in range(len(head))] == fields


def test_what_an_officer_says_wins(tmp_path: Path) -> None:
    path = tmp_path / "colonnes.yaml"
    path.write_text(
        "columns: {title: Ce qu’on aide, deadline: Fin}\npublisher: Région\nlicence: Licence Ouverte 2.0\n",
        encoding="utf-8",
    )
    said = read_columns(path)
    assert (said.publisher, said.licence) == ("Région", "Licence Ouverte 2.0")
    head = ["Titre", "ce qu'on aide", "FIN", "Échéance"]
    assert fields_of(head, said, "aides.csv") == {1: "title", 2: "deadline"}


def test_a_table_without_names_of_schemes_is_refused_with_what_to_do() -> None:
    with pytest.raises(LoadError) as caught:
        fields_of(["Commune", "Population"], Columns(), "communes.csv")
    assert str(caught.value) == (
        "« communes.csv » : aucune colonne n’est reconnue comme le nom des dispositifs. Colonnes : "
        "« Commune », « Population ». Dites laquelle l’est dans un fichier YAML donné par --columns "
        "(« columns: {title: NOM DE LA COLONNE} »)."
    )


def test_a_column_that_is_not_there_is_told() -> None:
    with pytest.raises(LoadError, match=r"n’a pas de colonne « Intitulé »\. Colonnes : « Titre »\."):
        fields_of(["Titre"], Columns(columns={"title": "Intitulé"}), "aides.csv")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("columns: [Titre]", "champ « columns », écrivez une colonne par ligne"),
        ("colonnes: {}", "champ « colonnes », ce champ n’existe pas"),
        ("columns: {titre: Nom}", "« titre » n’est pas connu. Une colonne peut être : id, title"),
        ("columns: {title: 3}", "champ « columns.title », écrivez un texte"),
        ("a: b: c", "n’est pas un YAML lisible"),
        ("x" * 200_000, "trop grand"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "colonnes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LoadError, match=told.replace("(", "\\(")) as caught:
        read_columns(path)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"est illisible .* Vérifiez le chemin\."):
        read_columns(tmp_path / "absent.yaml")


def test_no_name_stands_for_two_things() -> None:
    names = [name for names in NAMES.values() for name in names]
    assert len(set(names)) == len(names)
