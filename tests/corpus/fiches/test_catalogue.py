from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.fiches.catalogue import SCHEMES_DIR, load_catalogue

FICHE = """\
---
id: {id}
name: Aide {id}
aliases: [{id}]
funder: region
aid_types: [grant]
beneficiaries: [commune]
topics: [general]
status: {{state: unknown, as_of: 2024}}
checked: 2026-11-23
sources:
  - {{n: 1, title: "Une page", publisher: La Région}}
---
## Objet
L’aide {id} existe. [1]
"""


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / f"{name}.md").write_text(FICHE.format(id=name), encoding="utf-8")


def test_the_catalogue_holds_every_fiche_in_order_of_id(tmp_path: Path) -> None:
    write(tmp_path, "lavoirs", "haies", "velos")
    (tmp_path / "notes.txt").write_text("rien", encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert list(catalogue.fiches) == ["haies", "lavoirs", "velos"]
    assert [scheme.name for scheme in catalogue.schemes] == ["Aide haies", "Aide lavoirs", "Aide velos"]
    assert len(catalogue) == 3
    assert "velos" in catalogue
    assert "autos" not in catalogue


def test_a_scheme_and_its_fiche_are_found_by_id(tmp_path: Path) -> None:
    write(tmp_path, "lavoirs")
    catalogue = load_catalogue(tmp_path)
    assert catalogue.fiche("lavoirs").scheme is catalogue.scheme("lavoirs")
    for find in (catalogue.fiche, catalogue.scheme):
        with pytest.raises(KeyError, match="autos"):
            find("autos")


def test_the_mistakes_of_every_file_are_listed(tmp_path: Path) -> None:
    write(tmp_path, "haies", "lavoirs", "velos")
    for name, old, new in [("haies", "region", "moi"), ("velos", "topics", "topic")]:
        path = tmp_path / f"{name}.md"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_catalogue(tmp_path)
    assert [(found.file.name, found.field) for found in caught.value.problems] == [
        ("haies.md", "funder"),
        ("velos.md", "topics"),
        ("velos.md", "topic"),
    ]


def test_an_empty_folder_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(
        CorpusError, match=r"aucune fiche dans ce dossier\. À faire : ajoutez un fichier \.md"
    ):
        load_catalogue(tmp_path)


def test_the_committed_fiches_are_right_and_each_sentence_names_a_real_source() -> None:
    catalogue = load_catalogue()
    assert len(catalogue) == len(list(SCHEMES_DIR.glob("*.md"))) >= 8
    for fiche in catalogue.fiches.values():
        document = fiche.as_document
        known = {source.n for source in document.sources}
        for section, sentence in document.sentences():
            assert sentence.sources, (document.id, section.title, sentence.text)
            assert set(sentence.sources) <= known, (document.id, section.title, sentence.text)
