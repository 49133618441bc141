"""The committed territory is sound, and each rule that it obeys is told in French when broken."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.communes.lists import ListStatus, Presence
from corpus.communes.territory import TERRITORY_DIR, Territory, check_territory, load_territory
from corpus.errors import CorpusError
from corpus.labels import TerritoryList

pytestmark = pytest.mark.slow

Break = Callable[[str, str, str], list[str]]


@pytest.fixture
def broken(tmp_path: Path) -> Break:
    """Copy the territory, replace a text in one file once, and return what the check says."""

    def replace(file: str, old: str, new: str) -> list[str]:
        folder = tmp_path / "territory"
        shutil.copytree(TERRITORY_DIR, folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return [str(problem) for problem in check_territory(folder)]

    return replace


def test_the_committed_territory_has_no_problem() -> None:
    assert check_territory() == []


def test_counts(territory: Territory) -> None:
    assert len(territory.communes) == 3782
    assert len(territory.epci) == 92
    assert len(territory.former_communes) == 99
    assert Counter(c.department for c in territory.communes.values()) == {
        "62": 887,
        "02": 797,
        "80": 771,
        "60": 680,
        "59": 647,
    }
    sizes = {list_id.value: len(found.entries) for list_id, found in territory.lists.items()}
    assert sizes == {
        "pvd": 95,
        "acv": 25,
        "villages-avenir": 120,
        "france-services": 176,
        "cvcb-phase-1": 39,
        "cvcb-phase-2": 18,
    }


def test_a_commune_has_all_that_eligibility_needs(territory: Territory) -> None:
    nieppe = territory.communes["59431"]
    assert nieppe.name == "Nieppe"
    assert nieppe.department == "59"
    assert nieppe.label == "Nieppe (Nord)"
    assert nieppe.population > 7000
    assert nieppe.postcodes == ("59850",)
    assert territory.epci_of(nieppe).name == "CA Coeur de Flandre"


def test_mappings_are_read_only(territory: Territory) -> None:
    with pytest.raises(TypeError):
        territory.communes["59431"] = territory.communes["80016"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("insee", "list_id", "presence", "status"),
    [
        ("59431", TerritoryList.CVCB_PHASE_1, Presence.YES, ListStatus.CONFIRMED),
        ("59015", TerritoryList.CVCB_PHASE_1, Presence.YES, ListStatus.FUNDED),
        # Seen among the laureates, never confirmed.
        ("80016", TerritoryList.CVCB_PHASE_2, Presence.UNKNOWN, ListStatus.PROBABLE),
        # One of the 148 that could apply; the result wasn't found.
        ("62516", TerritoryList.CVCB_PHASE_2, Presence.UNKNOWN, ListStatus.PRESELECTED),
        # Absent from an incomplete list.
        ("59431", TerritoryList.CVCB_PHASE_2, Presence.UNKNOWN, None),
        # Absent from a complete list.
        ("59431", TerritoryList.PVD, Presence.NO, None),
        ("02018", TerritoryList.PVD, Presence.YES, ListStatus.LISTED),
    ],
)
def test_membership_has_three_values(
    territory: Territory,
    insee: str,
    list_id: TerritoryList,
    presence: Presence,
    status: ListStatus | None,
) -> None:
    membership = territory.membership(insee, list_id)
    assert membership.presence is presence
    assert (membership.entry.status if membership.entry else None) is status
    assert membership.source


def test_each_laureate_keeps_its_own_source(territory: Territory) -> None:
    for list_id in (TerritoryList.CVCB_PHASE_1, TerritoryList.CVCB_PHASE_2):
        for entry in territory.lists[list_id].entries.values():
            assert entry.source
            assert entry.wording
    noyon = territory.membership("60471", TerritoryList.CVCB_PHASE_2)
    assert noyon.source == "Gazette Oise (2023)"
    assert noyon.url is not None
    assert noyon.url.startswith("https://gazetteoise.fr/")


def test_lists_of_says_something_of_every_list(territory: Territory) -> None:
    assert [list_id for list_id, _ in territory.lists_of("59431")] == list(TerritoryList)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("communes.csv", "02002,Achery", "02001,Achery", "« 02001 » figure déjà ligne 2"),
        ("communes.csv", "Abbécourt,02,518", "Abbécourt,02,cinq", "n’est pas un nombre d’habitants"),
        ("communes.csv", "Abbécourt,02,518", "Abbécourt,02,0", "population invraisemblable : 0"),
        ("communes.csv", "Abbécourt,02,518", "Abbécourt,75,518", "n’est pas dans la région"),
        ("communes.csv", "Abbécourt,02,518", "Abbécourt,80,518", "n’est pas du département 80"),
        ("communes.csv", "518,02300,", "518,0230,", "« 0230 » n’est pas un code valable"),
        ("communes.csv", "Abbécourt,", ",", "la case est vide"),
        ("communes.csv", "210200028", "210200010", "le SIREN 210200010 est déjà celui de 02001"),
        ("communes.csv", "population", "habitants", "les colonnes attendues ne sont pas là"),
        ("communes.csv", "Abbécourt,02", "Abbécourt,x,02", "8 cases au lieu de 7"),
        ("epci.csv", "200018083", "200018084", "l’intercommunalité 200018083 est inconnue"),
        ("epci.csv", "200018083", "200018084", "aucune commune n’appartient à « CC de Desvres-Samer »"),
        ("epci.csv", "Samer,CC", "Samer,SIVU", "choisissez parmi CC, CA, CU, METRO"),
        ("former_communes.csv", "delegated,02458", "delegated,02999", "actuelle 02999 est inconnue"),
        ("former_communes.csv", "02026", "02001", "02001 est encore une commune de plein exercice"),
        ("pvd.csv", "02018", "02999", "la commune 02999 est inconnue"),
        ("pvd.csv", "Anizy-le-Grand", "Anizy-le-Petit", "n’est pas le nom de 02018"),
        ("pvd.csv", "02018,Anizy-le-Grand,listed", "02018,Anizy-le-Grand,oui", "« oui » n’est pas"),
        ("pvd.csv", "2021-09-24", "24/09/2021", "« 24/09/2021 » n’est pas une date"),
        ("cvcb-phase-2.csv", '"probable, à vérifier"', "", "ce statut demande une explication"),
        ("cvcb-phase-2.csv", "Gazette Oise (2023)", "", "de quelle source elle est"),
        ("cvcb-phase-2.csv", "https://gazetteoise", "gazetteoise", "n’est pas une adresse web"),
        ("lists.yaml", "complete: true", "complet: true", "tables.communes.complet"),
        ("lists.yaml", "  pvd:", "  pdv:", "liste inconnue"),
        ("lists.yaml", "title: Petites", "title: [Petites", "n’est pas du YAML"),
        ("lists.yaml", "\n  epci:\n", "\n  epcis:\n", "la notice manque"),
        ("lists.yaml", "date: 2024-09-16", "date: hier", "n’est pas accepté ici"),
    ],
)
def test_each_broken_rule_is_told(broken: Break, file: str, old: str, new: str, expected: str) -> None:
    told = broken(file, old, new)
    assert any(expected in line and f"{file}" in line for line in told), told


def test_a_problem_names_the_line_and_the_column(broken: Break) -> None:
    (told,) = broken("communes.csv", "Achery,02,584", "Achery,02,-4")
    assert "communes.csv:3 (champ « population »)" in told


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "territory"
    shutil.copytree(TERRITORY_DIR, folder)
    (folder / "acv.csv").unlink()
    (folder / "lists.yaml").unlink()
    told = [str(problem) for problem in check_territory(folder)]
    assert len([line for line in told if "le fichier manque" in line]) == 2


def test_a_truncated_table_is_implausible(tmp_path: Path) -> None:
    folder = tmp_path / "territory"
    shutil.copytree(TERRITORY_DIR, folder)
    lines = (folder / "communes.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if ",59," not in line]
    (folder / "communes.csv").write_text("\n".join(kept), encoding="utf-8")
    told = [problem.problem for problem in check_territory(folder)]
    assert any(line.endswith("communes dans le département Nord") for line in told)
    assert any(line.startswith("la région compterait") for line in told)


def test_loading_lists_every_problem_not_only_the_first(tmp_path: Path) -> None:
    folder = tmp_path / "territory"
    shutil.copytree(TERRITORY_DIR, folder)
    for file, old, new in (("pvd.csv", "02018", "02999"), ("acv.csv", "02408", "02998")):
        text = (folder / file).read_text(encoding="utf-8").replace(old, new)
        (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError) as raised:
        load_territory(folder)
    assert len(raised.value.problems) == 2


def test_every_file_stays_small() -> None:
    assert all(path.stat().st_size < 1_000_000 for path in TERRITORY_DIR.iterdir())
