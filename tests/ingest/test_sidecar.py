"""What is said of a document beside it."""

from pathlib import Path

import pytest

from ingest.errors import LoadError
from ingest.load import load_page

SAID = """\
title: Règlement des haies communales
publisher: Syndicat des Trois Vallées
published: 2023-05
updated: 2024-06-01
url: https://www.exemple.fr/haies
aliases: [aide aux haies, bocage]
valid_until: 2026-12-31
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "haies.txt"
    path.write_text("Les haies\n\nPublié le 2 mars 2020\n\nLe taux est de 40 %.\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["haies.txt.meta.yaml", "haies.meta.yaml"])
def test_it_wins_over_what_the_document_says_of_itself(page: Path, name: str) -> None:
    page.with_name(name).write_text(SAID, encoding="utf-8")
    document = load_page(page)
    (source,) = document.sources
    assert (document.title, source.title) == ("Règlement des haies communales",) * 2
    assert (source.publisher, source.url) == ("Syndicat des Trois Vallées", "https://www.exemple.fr/haies")
    assert (document.published, document.updated) == ("2023-05", "2024-06-01")
    assert document.keywords == ("aide aux haies", "bocage")
    assert source.date_note == "valable jusqu’au 31 décembre 2026"
    assert [sentence.text for _, sentence in document.sentences()] == ["Le taux est de 40 %."]


def test_without_one_the_document_speaks_for_itself(page: Path) -> None:
    document = load_page(page)
    assert (document.title, document.published, document.keywords) == ("Les haies", "2020-03-02", ())


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("titre: x", "champ « titre », ce champ n’existe pas ; champs possibles : title, publisher"),
        ("published: hier", "champ « published », écrivez la date sous la forme 2023"),
        ("url: chez nous", "champ « url », une adresse web ne contient pas d'espace"),
        ("aliases: haies", "champ « aliases », écrivez une liste"),
        ("title: [a", "n’est pas un YAML lisible"),
        ("published: 2024-02-30", "n’est pas un YAML lisible"),
        ("- title", "champ « fichier »"),
        ("title: " + "x" * 100_001, "est trop grand"),
    ],
)
def test_a_mistake_is_told_in_french_with_its_field(page: Path, said: str, message: str) -> None:
    beside = page.with_name("haies.meta.yaml")
    beside.write_text(said, encoding="utf-8")
    with pytest.raises(LoadError) as caught:
        load_page(page)
    assert message in str(caught.value)
    assert str(beside) in str(caught.value)
