"""A table of schemes, a file or an address: whatever its separator, its quotation marks and its encoding."""

import csv
import io
from pathlib import Path

import pytest
from website import website

from ingest.errors import LoadError
from ingest.web.errors import Unanswered
from ingest.web.feeds.columns import Columns
from ingest.web.feeds.raw import Pulled
from ingest.web.feeds.table import pull_table
from ingest.web.fetch import Fetcher

HEAD = ["Identifiant", "Intitulé", "Descriptif", "Échéance", "Avis"]
ROWS = [
    [
        "12",
        "Fonds mares ; eau, boue",
        'L’aide dite "des mares" aide à curer.\n- une mare ;\n- un étang.',
        "30/04/2027",
        "oui",
    ],
    ["13", "Fonds haies", "Le fonds paie 40 % des haies.", "", ""],
    ["14", "Fonds vergers", "Le fonds paie les « œuvres » du verger à 3 € l’arbre.", "2027-01-31", ""],
]


def written(rows: list[list[str]], separator: str = ";", *, quotes: bool = False) -> str:
    """A table as a spreadsheet writes it."""
    file = io.StringIO()
    quoting = csv.QUOTE_ALL if quotes else csv.QUOTE_MINIMAL
    csv.writer(file, delimiter=separator, quoting=quoting).writerows(rows)
    return file.getvalue()


def pull(address: object, **said: object) -> Pulled:
    with Fetcher(delay=0, allows_private=True) as fetcher:
        return pull_table(str(address), Columns.model_validate(said), fetcher)


def pulled(folder: Path, content: bytes | str, **said: object) -> Pulled:
    path = folder / "aides.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return pull(path, **said)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("quotes", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_is_read_as_it_was_written(
    tmp_path: Path, separator: str, quotes: bool, encoding: str
) -> None:
    text = written([HEAD, *ROWS], separator, quotes=quotes)
    found = pulled(tmp_path, text.encode(encoding))
    assert (found.problems, found.is_whole) == ([], True)
    assert list(found.records) == ["12", "13", "14"]
    first = found.records["12"]
    assert first.named == "aides.csv, fiche 12"
    assert first.values == {
        "id": "12",
        "title": ROWS[0][1],
        "description": ROWS[0][2],
        "deadline": "30/04/2027",
        "others": [["Avis", "oui"]],
    }
    assert found.records["14"].values["description"] == ROWS[2][2]


def test_the_line_that_tells_the_separator_is_no_row(tmp_path: Path) -> None:
    found = pulled(tmp_path, "sep=;\r\n" + written([HEAD, *ROWS]))
    assert list(found.records) == ["12", "13", "14"]


def test_what_is_said_of_the_table_is_said_of_each_row_that_does_not(tmp_path: Path) -> None:
    rows = [["Nom", "Financeur"], ["Fonds mares", ""], ["Fonds haies", "Le syndicat"]]
    found = pulled(tmp_path, written(rows), publisher="Région", licence="Licence Ouverte 2.0")
    assert [(record.values["publisher"], record.values["licence"]) for record in found.records.values()] == [
        ("Région", "Licence Ouverte 2.0"),
        ("Le syndicat", "Licence Ouverte 2.0"),
    ]


def test_rows_without_an_id_go_by_their_names_and_none_is_lost(tmp_path: Path) -> None:
    rows = [["Nom", "Montant"], ["Fonds mares", "5"], ["", ""], ["Fonds mares", "6"], ["", "7"]]
    found = pulled(tmp_path, written(rows))
    assert list(found.records) == ["Fonds mares", "Fonds mares (2)", "n° 3"]
    assert found.problems == []


def test_two_rows_of_one_id_are_told_and_the_first_counts(tmp_path: Path) -> None:
    found = pulled(tmp_path, written([HEAD, *ROWS, ["12", "Autre", "", "", ""]]))
    assert found.records["12"].values["title"] == ROWS[0][1]
    assert found.problems == [
        "aides.csv, fiche 12 : deux fiches différentes ont cet identifiant, la première est gardée."
    ]


def test_a_row_with_too_many_cells_does_not_stop_the_others_and_nothing_goes(tmp_path: Path) -> None:
    found = pulled(tmp_path, written([HEAD, ROWS[0], [*ROWS[1], "de trop"], ROWS[2]]))
    assert list(found.records) == ["12", "14"]
    assert not found.is_whole
    assert found.problems == [
        "aides.csv, fiche 2 : elle a plus de cellules que de colonnes. Corrigez ses guillemets."
    ]


def test_of_many_problems_the_first_are_told(tmp_path: Path) -> None:
    rows = [[str(number), "Fonds", "", "", "", "de trop"] for number in range(50)]
    found = pulled(tmp_path, written([HEAD, ROWS[0], *rows]))
    assert len(found.problems) == 21
    assert found.problems[19].startswith("aides.csv, fiche 21 :")
    assert found.problems[-1] == "… et 30 de plus du même flux."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x00\x01\x02\x03" * 50, "n’est pas un texte lisible"),
        (b"<!DOCTYPE html><html><p>Titre;Nom</p></html>", "donne une page de site"),
        (b"", "aucune colonne"),
        (b"Titre;Montant\r\n", "ne donne aucune fiche"),
        (b"Commune;Population\r\nLaon;24000\r\n", "aucune colonne n’est reconnue"),
        (b'Titre;Texte\r\nA;"' + b"x" * 200_000, "n’est pas un tableau CSV"),
    ],
)
def test_what_is_no_table_of_schemes_is_told_in_one_line(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(LoadError, match=told) as caught:
        pulled(tmp_path, content)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unanswered, match=r"absent\.csv » est illisible"):
        pull(tmp_path / "absent.csv")


@pytest.mark.e2e
def test_a_table_is_got_from_its_address_wherever_that_leads() -> None:
    with website() as site:
        site.put("/r/aides.csv", written([HEAD, *ROWS]).encode("cp1252"), "text/csv; charset=iso-8859-1")
        site.leads("/datasets/r/7", "/r/aides.csv")
        assert list(pull(f"{site.address}/datasets/r/7").records) == ["12", "13", "14"]
        site.put("/page", b"<html></html>", "text/html")
        with pytest.raises(Unanswered, match="ne donne pas un tableau CSV"):
            pull(f"{site.address}/page")
        with pytest.raises(Unanswered, match="n’existe pas, ou plus"):
            pull(f"{site.address}/absent.csv")
        with (
            Fetcher(delay=0) as fetcher,
            pytest.raises(Unanswered, match="machine d’un réseau privé"),
        ):
            pull_table(f"{site.address}/r/aides.csv", Columns(), fetcher)


@pytest.mark.e2e
def test_a_busy_site_is_asked_again() -> None:
    with website() as site:
        site.put("/aides.csv", b"", "text/csv", 503, **{"Retry-After": "0"})
        with pytest.raises(Unanswered, match="répond 503"):
            pull(f"{site.address}/aides.csv")
        assert site.paths() == ["/aides.csv"] * 4
