import pytest

from ingest.dates import PageDates, find_dates, strip_date_lines


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Article publié le 07/07/2023", "2023-07-07"),
        ("publiée le 7.7.2023", "2023-07-07"),
        ("Publié le 07-07-2023 à 10 h", "2023-07-07"),
        ("Publié le vendredi 7 juillet 2023", "2023-07-07"),
        ("Publié le 1er août 2023", "2023-08-01"),
        ("Publié le 1er aout 2023", "2023-08-01"),
        ("PUBLIÉ LE 3 FÉVRIER 2024", "2024-02-03"),
        ("Publié le 3 fevrier 2024", "2024-02-03"),
        ("Publié : 2023-12-31", "2023-12-31"),
        ("Date de publication : 31/12/2023", "2023-12-31"),
        ("Publication le 25 decembre 2023", "2023-12-25"),
        ("Mis en ligne le 05/06/2022", "2022-06-05"),
        ("Paru le 5 juin 2022", "2022-06-05"),
        ("Publié le\u00a05\u00a0juin\u00a02022", "2022-06-05"),
        ("Publié le 31/02/2023. Publié le 01/03/2023", "2023-03-01"),
        ("Publié le 07/07/2023. Publié le 08/07/2023", "2023-07-07"),
        ("Publié le 31/02/2023", None),
        ("Publié le 12/2023", None),
        ("Les marchés publics le 12/05/2024 ont été clos.", None),
        ("Le dossier est à rendre le 07/07/2023", None),
        ("", None),
    ],
)
def test_the_date_of_publication(text: str, published: str | None) -> None:
    assert find_dates(text) == PageDates(published, None)


@pytest.mark.parametrize(
    ("text", "updated"),
    [
        ("Mis à jour le 08/07/2023", "2023-07-08"),
        ("Mise à jour : 08/07/2023", "2023-07-08"),
        ("Dernière mise à jour le lundi 8 janvier 2024", "2024-01-08"),
        ("Actualisé le 8 juillet 2023", "2023-07-08"),
        ("Modifiée le 2023-07-08", "2023-07-08"),
        ("Dernière modification : 08.07.2023", "2023-07-08"),
        ("La mise à jour du plan est prévue en 2024", None),
    ],
)
def test_the_date_of_update(text: str, updated: str | None) -> None:
    assert find_dates(text) == PageDates(None, updated)


def test_both_dates_stand_on_one_line() -> None:
    line = "Article publié le 07/07/2023 – Mis à jour le 9 août 2023"
    assert find_dates(line) == PageDates("2023-07-07", "2023-08-09")


@pytest.mark.parametrize(
    "line",
    [
        "Article publié le 07/07/2023",
        "Mis à jour le 9 août 2023",
        "  Publié le vendredi 7 juillet 2023 ",
        "Article publié le 07/07/2023 – Mis à jour le 09/08/2023",
        "**Dernière mise à jour : 2023-08-09**",
    ],
)
def test_a_line_of_dates_is_dropped(line: str) -> None:
    assert strip_date_lines(f"Titre\n{line}\nTexte.") == "Titre\nTexte."


@pytest.mark.parametrize(
    "line",
    [
        "La liste publiée le 07/07/2023 compte trois communes.",
        "Le 07/07/2023, la Région a voté.",
        "Les dossiers modifiés le 07/07/2023 sont reçus. Publié le 08/07/2023",
        "07/07/2023",
        "",
    ],
)
def test_a_sentence_with_a_date_is_kept(line: str) -> None:
    assert strip_date_lines(f"Titre\n{line}\nTexte.") == f"Titre\n{line}\nTexte."
