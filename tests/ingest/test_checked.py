"""Documents read without being indexed: what each says and lacks, whatever the others are."""

from pathlib import Path

import pytest

from ingest.checked import CheckedFile, check_paths

TEXT = "Une phrase dit le taux. Une autre dit le plafond.\n"


def check(*paths: Path) -> tuple[list[CheckedFile], list[str]]:
    unread: list[str] = []
    return list(check_paths(paths, unread, lambda *_: None)), unread


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "a.txt": TEXT,
        "b.md": f"---\ntitre: Les halles\néditeur: La Région\nurl: https://example.org/halles\n---\n\n{TEXT}",
        "c.txt": f"Les lavoirs\n\nPublié le 14/06/2022\n\n{TEXT}",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_what_neither_a_document_nor_its_sidecar_says_is_missing(folder: Path) -> None:
    (folder / "a.txt.meta.yaml").write_text("publisher: La Région\nupdated: 2024-05\n", encoding="utf-8")
    first, second, third = check(folder)[0]
    assert first.missing == ("title", "url")
    assert (first.title, first.publisher, first.updated) == ("A", "La Région", "2024-05")
    assert second.missing == ("date",)
    assert (second.title, second.url) == ("Les halles", "https://example.org/halles")
    assert third.missing == ("publisher", "url")
    assert (third.title, third.publisher, third.published) == ("Les lavoirs", None, "2022-06-14")


def test_statements_are_counted_with_their_lead_in(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text(
        f"# Les lavoirs\n\n{TEXT}\nLe dossier comprend :\n\n- un plan.\n- un devis.\n\n"
        "| Travaux | Taux |\n|---|---|\n| Toit | 40 % |\n| Mur | 30 % |\n",
        encoding="utf-8",
    )
    ((file,), _) = check(page)
    assert file.statements == 5


def test_what_cannot_be_read_is_told_and_stops_nothing(folder: Path) -> None:
    (folder / "b.pdf").write_bytes(b"%PDF-1.7 tronque")
    (folder / "d.txt").write_text("Un texte clair.", encoding="utf-8")
    (folder / "d.meta.yaml").write_text("titre: Les lavoirs\n", encoding="utf-8")
    files, unread = check(folder / "absent.md", folder)
    assert [Path(file.file).name for file in files] == ["a.txt", "b.md", "c.txt"]
    assert len(unread) == 3
    for why, words in zip(unread, ("n’existe pas", "fichier PDF", "ce champ n’existe pas"), strict=True):
        assert words in why


def test_a_folder_on_a_disk_that_fails_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> bool:
        raise OSError(116, "Stale file handle")

    monkeypatch.setattr(Path, "exists", fail)
    files, unread = check(folder)
    assert files == []
    assert unread == [f"« {folder} » est illisible (Stale file handle). Vérifiez ses droits."]


def test_a_file_named_twice_is_read_once_and_shown_as_it_was_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    files, _ = check(Path("a.txt"), folder)
    assert [file.file for file in files] == ["a.txt", str(folder / "b.md"), str(folder / "c.txt")]


def test_progress_counts_every_file(folder: Path) -> None:
    (folder / "b.pdf").write_bytes(b"")
    steps: list[tuple[str, int, int]] = []
    list(check_paths([folder], [], lambda *step: steps.append(step)))
    assert steps == [("lecture", done, 4) for done in range(1, 5)]
