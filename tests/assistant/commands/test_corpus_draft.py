"""``assistant corpus draft``: what is printed, what is written where, what is refused in one line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from website import website

from assistant.commands.cli import usage_in_french
from assistant.commands.corpus import command
from assistant.errors import NoScheme, WontOverwrite
from corpus.check import check_fiche
from corpus.fiches.fiche import load_fiche
from evaluation.questions.drafts import DRAFTS_DIR
from ingest.errors import LoadError

PAGE = DRAFTS_DIR / "abris-velos.html"


def draft(*arguments: object) -> Result:
    return CliRunner().invoke(command, ["draft", *map(str, arguments)], standalone_mode=False)


def test_a_fiche_is_written_and_told_with_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = draft(PAGE, "--out", "abris-velos.md").stdout.replace("\u00a0", " ")
    assert "bénéficiaire : commune (sûr)" in told
    assert "      « Le fonds est réservé aux communes de moins de 5 000 habitants. »" in told
    assert "Pas trouvé, écrit dans « Ce que l’on ne sait pas » :" in told
    assert "Fiche écrite : abris-velos.md\nElle passe la vérification." in told
    assert check_fiche(load_fiche(tmp_path / "abris-velos.md")) == []


def test_without_out_the_fiche_is_printed_and_the_report_goes_beside() -> None:
    result = draft(PAGE)
    assert result.stdout.startswith("---\n# Projet de fiche")
    assert result.stdout.endswith("un seul document.\n")
    assert "Rien n’est écrit" in result.stderr


def test_the_report_is_also_data(tmp_path: Path) -> None:
    out = tmp_path / "abris-velos.md"
    told = json.loads(draft(PAGE, "--json", "--out", out).stdout)
    assert told["written"] == str(out)
    assert told["fiche"] == out.read_text(encoding="utf-8")
    (funding,) = [row for row in told["fields"] if row["field"] == "funding"]
    assert funding["value"] == {"rate_max": 0.6, "amount_max": 15000, "per": "commune", "expense_min": 2000}
    assert funding["confidence"] == "sure"
    assert {"why", "text", "page"} <= (told["to_check"] or [{"why": 0, "text": 0, "page": 0}])[0].keys()


def test_a_fiche_that_is_there_is_kept_unless_forced(tmp_path: Path) -> None:
    out = tmp_path / "abris-velos.md"
    out.write_text("à garder", encoding="utf-8")
    refused = draft(PAGE, "--out", out)
    assert isinstance(refused.exception, WontOverwrite)
    assert "--force" in str(refused.exception)
    assert out.read_text(encoding="utf-8") == "à garder"
    assert draft(PAGE, "--out", out, "--force").exception is None
    assert out.read_text(encoding="utf-8").startswith("---\n")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("absent.pdf",), "Le fichier « absent.pdf » n’existe pas."),
        ((PAGE.parent,), "n’existe pas."),
        ((PAGE, "--out", "Abris Vélos.md"), "n’est pas un nom de fiche"),
        ((PAGE, "--out", "abris.txt"), "n’est pas un nom de fiche"),
        ((PAGE, "--out", "nulle-part/abris.md"), "Le dossier « nulle-part » n’existe pas."),
    ],
)
def test_a_wrong_usage_is_told_in_one_line(arguments: tuple[object, ...], why: str) -> None:
    told = usage_in_french(draft(*arguments).exception)  # type: ignore[arg-type]
    assert why in told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("recette.txt", b"Tarte au sucre.\n\nUne p\xc3\xa2te, du sucre.\n", NoScheme),
        ("vide.txt", b"", LoadError),
        ("faux.pdf", b"%PDF-1.4 rien", LoadError),
        ("ancien.doc", b"\xd0\xcf\x11\xe0", LoadError),
    ],
)
def test_a_file_that_gives_no_fiche_is_told_in_one_line(
    tmp_path: Path, name: str, content: bytes, error: type[Exception]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    raised = draft(path).exception
    assert isinstance(raised, error)
    assert "\n" not in str(raised)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/aide", "http://[::1]/aide", "ftp://exemple.fr", "https://"]
)
def test_an_address_that_may_not_be_read_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ASSISTANT_WEB_PRIVATE", raising=False)
    raised = draft(address).exception
    assert raised is not None
    assert "\n" not in str(raised)


@pytest.mark.e2e
def test_a_page_is_read_from_its_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTANT_WEB_PRIVATE", "true")
    with website() as site:
        site.put("/aide", PAGE.read_bytes(), "text/html; charset=utf-8")
        site.put("/image", b"GIF89a", "image/gif")
        site.put("/robots.txt", b"User-agent: *\nDisallow: /secret\n", "text/plain")
        front = draft(f"{site.address}/aide").stdout
        assert "rate_max: 0.6" in front
        assert f'url: "{site.address}/aide"' in front
        for path, why in (("/absente", "n’existe"), ("/image", "format"), ("/secret", "interdit")):
            raised = draft(site.address + path).exception
            assert isinstance(raised, LoadError)
            assert why in str(raised)
