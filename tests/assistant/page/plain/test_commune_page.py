"""The page of a commune: every scheme sorted, the fact that decides answered there, the table harmless."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from fakes import HOSTILE, FakeEngine
from fastapi.testclient import TestClient
from plain_site import CommittedSchemes, plain_client

from assistant.page.plain.ods import ods
from assistant.page.plain.spreadsheet import harmless
from evaluation.benches.strict_html import problems
from ingest.formats.odf import read_odf

BIGGEST = 48_000  # bytes
EVERY = 600  # one commune in so many, in the quick test


def check_pages(client: TestClient, codes: list[str]) -> None:
    for code in codes:
        page = client.get(f"/communes/{code}")
        assert page.status_code == 200, code
        assert problems(page.text) == [], code
        assert len(page.content) <= BIGGEST, code


def test_some_communes_have_a_sound_small_page(tmp_path: Path) -> None:
    codes = list(CommittedSchemes().eligibility.territory.communes)
    check_pages(plain_client(tmp_path, CommittedSchemes()), codes[::EVERY])


def test_every_scheme_is_on_the_page_once(tmp_path: Path) -> None:
    page = plain_client(tmp_path, CommittedSchemes()).get("/communes/59431").text
    for scheme in CommittedSchemes.catalogue.schemes:
        assert page.count(f'href="../dispositifs/{scheme.id}?commune=59431"') == 1
    assert "Nieppe (Nord)" in page
    assert "<script" not in page
    assert "30\u00a0%, 30\u00a0000\u00a0€ au plus" in page


def test_what_the_fiches_say_of_a_commune_is_told_with_where(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes())
    page = client.get("/communes/59431").text
    assert "Ce que nos fiches disent de Nieppe" in page
    told = page.partition('id="recu"')[2].partition("</section>")[0]
    assert "1,78" in told
    assert '<a href="../dispositifs/cvcb#sources">CVCB</a>' in told
    assert problems(page) == []
    assert "Ce que nos fiches disent" not in client.get("/communes/62002").text


def test_an_answer_moves_a_scheme_at_once_and_can_be_taken_back(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes())
    before = client.get("/communes/59431").text
    assert 'name="premiere_installation" value="oui"' in before
    assert "Vos réponses" not in before
    after = client.get("/communes/59431?premiere_installation=non").text
    assert 'name="premiere_installation" value="oui"' not in after
    assert "Vos réponses" in after
    assert '<input type="hidden" name="premiere_installation" value="non">' in after
    assert after.index('id="autres"') < after.index('id="d-videoprotection"')
    assert problems(after) == []
    assert 'href="59431">Effacer ces réponses' in after


def test_answers_that_are_none_of_ours_change_nothing(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes())
    plain = client.get("/communes/59431").text
    strange = "criterion:cvcb:99=oui&population=oui&<script>=oui&premiere_installation=peut-etre&label:pvd=1"
    assert client.get(f"/communes/59431?{strange}").text == plain


def test_a_complete_list_goes_before_an_answer(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes())
    claimed = client.get("/communes/59431.csv?label:pvd=oui").text
    assert claimed == client.get("/communes/59431.csv").text


def test_the_table_holds_every_scheme_and_no_formula(tmp_path: Path) -> None:
    answer = plain_client(tmp_path, CommittedSchemes()).get("/communes/59431.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert 'filename="aides-59431.csv"' in answer.headers["content-disposition"]
    assert answer.text.startswith("\ufeff")
    head, *rows = csv.reader(StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    assert len(rows) == len(CommittedSchemes.catalogue)
    assert all(len(row) == len(head) for row in rows)
    assert all(row[1] == "59431" for row in rows)
    assert not any(cell[:1] in {"=", "+", "-", "@", "\t"} for row in rows for cell in row)


def test_the_open_document_holds_the_same_and_every_cell_is_text(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes())
    answer = client.get("/communes/59431.ods?premiere_installation=non")
    assert answer.headers["content-type"] == "application/vnd.oasis.opendocument.spreadsheet"
    assert 'filename="aides-59431.ods"' in answer.headers["content-disposition"]
    with ZipFile(BytesIO(answer.content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", 0)
        content = archive.read("content.xml").decode()
    kinds = set(re.findall(r'office:value-type="(\w+)"', content))
    assert kinds == {"string"}
    assert "table:formula" not in content
    file = tmp_path / "aides.ods"
    file.write_bytes(answer.content)
    read = " ".join(str(read_odf(file, answer.content)).replace("\\xa0", " ").split())
    plain = client.get("/communes/59431.csv?premiere_installation=non").text
    for row in list(csv.reader(StringIO(plain.removeprefix("\ufeff")), delimiter=";"))[1:]:
        assert " ".join(row[2].split()) in read
    assert client.get("/communes/99999.ods").status_code == 404


def test_a_hostile_cell_stays_a_cell() -> None:
    content = (
        ZipFile(BytesIO(ods('a"<b>', ["x"], [[f"{HOSTILE}\x00\x0b\n=1+1"]]))).read("content.xml").decode()
    )
    assert "<script" not in content
    assert "\x00" not in content
    assert ElementTree.fromstring(content) is not None


@pytest.mark.parametrize(
    "cell", ["=1+1", "+33", "-1", "@SUM(A1)", "\t=1", " =1", "\u00a0=1", "\r=1", "\uff1d1", "|calc"]
)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["30 %, 30 000 € au plus", "L’aide", ""])
def test_other_cells_are_left_alone(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize("ending", ["", ".csv"])
def test_an_unknown_code_offers_near_names(tmp_path: Path, ending: str) -> None:
    page = plain_client(tmp_path).get(f"/communes/niepe{ending}")
    assert page.status_code == 404
    assert 'href="../communes/59431"' in page.text
    assert problems(page.text) == []


@pytest.mark.parametrize("code", ["<b>x", "a" * 3000, "%00", "75056", "0"])
def test_a_code_that_is_none_is_a_french_page(tmp_path: Path, code: str) -> None:
    page = plain_client(tmp_path).get(f"/communes/{code}")
    assert page.status_code == 404
    assert "n’est pas une commune des Hauts-de-France" in page.text
    assert "<b>" not in page.text
    assert problems(page.text) == []


@pytest.mark.parametrize("name", ["Nieppe", "59431", "nieppe"])
def test_a_name_leads_to_its_page(tmp_path: Path, name: str) -> None:
    answer = plain_client(tmp_path).get("/communes", params={"nom": name})
    assert answer.status_code == 303
    assert answer.headers["location"] == "communes/59431"


@pytest.mark.parametrize(
    ("name", "said"),
    [("Bailleul", "plusieurs communes"), (HOSTILE, "n’est pas une commune"), ("x" * 500, "raccourcissez-le")],
)
def test_a_name_that_is_not_sure_offers_what_it_may_mean(tmp_path: Path, name: str, said: str) -> None:
    page = plain_client(tmp_path, FakeEngine()).get("/communes", params={"nom": name})
    assert page.status_code == 200
    assert said in page.text
    assert "<script" not in page.text
    assert problems(page.text) == []


def test_a_fact_that_is_not_known_is_left_to_check_and_not_asked_again(tmp_path: Path) -> None:
    client = plain_client(tmp_path, CommittedSchemes())
    page = client.get("/communes/59431").text
    assert 'name="premiere_installation" value="nsp"' in page
    said = client.get("/communes/59431?premiere_installation=nsp").text
    row = said.partition('id="d-videoprotection"')[2].partition("</li>")[0]
    assert '<p class="why">À vérifier\u00a0: ' in row
    assert "<button" not in row
    assert "je ne sais pas" in said
    assert '<input type="hidden" name="premiere_installation" value="nsp">' in said
    assert problems(said) == []
