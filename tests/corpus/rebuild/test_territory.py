"""The commune tables are rebuilt from a tarball, checked, compared, and written only when asked."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pytest

from corpus.communes.territory import TERRITORY_DIR, Territory
from corpus.rebuild.npm_package import PackageError, read_json
from corpus.rebuild.territory import main, rebuilt

pytestmark = pytest.mark.slow


def tarball(path: Path, communes: list[dict[str, Any]], epci: list[dict[str, Any]]) -> Path:
    files = {"package.json": {"version": "9.9.9"}, "data/communes.json": communes, "data/epci.json": epci}
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            data = json.dumps(content).encode()
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TERRITORY_DIR, tmp_path / "territory")
    return tmp_path / "territory"


@pytest.fixture
def source(territory: Territory) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The committed territory in the form of the package, with one commune of another region."""
    communes: list[dict[str, Any]] = [
        {"code": c.insee, "nom": c.name, "departement": c.department, "region": "32"}
        | {"type": "commune-actuelle", "population": c.population, "siren": c.siren}
        | {"codesPostaux": list(c.postcodes)}
        for c in territory.communes.values()
    ]
    kinds = {"delegated": "commune-deleguee", "associated": "commune-associee"}
    communes += [
        {"code": f.insee, "nom": f.name, "type": kinds[f.kind], "chefLieu": f.successor, "region": "32"}
        for f in territory.former_communes.values()
    ]
    communes.append({"code": "75056", "nom": "Paris", "type": "commune-actuelle", "region": "11"})
    epci = [
        {"code": e.siren, "nom": e.name, "type": e.type.value, "populationTotale": e.population}
        | {"membres": [{"code": c.insee} for c in territory.communes.values() if c.epci_siren == e.siren]}
        for e in territory.epci.values()
    ]
    return communes, epci


def test_the_same_data_gives_the_same_files(
    tmp_path: Path, source: tuple[list[dict[str, Any]], list[dict[str, Any]]]
) -> None:
    version, tables = rebuilt(tarball(tmp_path / "p.tgz", *source))
    assert version == "9.9.9"
    for file, text in tables.files().items():
        assert text == (TERRITORY_DIR / file).read_text(encoding="utf-8")


def test_changes_are_shown_and_nothing_is_written(
    tmp_path: Path,
    folder: Path,
    source: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    communes, epci = source
    by_code = {place["code"]: place for place in communes}
    by_code["59431"]["population"] = 8000
    by_code["02002"]["nom"] = "Achery-la-Neuve"
    by_code["02003"]["codesPostaux"] = ["02999"]
    communes.remove(by_code["02001"])
    epci[0]["populationTotale"] = 1
    communes.append(by_code["02004"] | {"code": "02998", "nom": "Neuve", "siren": "210209980"})
    epci[1]["membres"].append({"code": "02998"})
    before = (folder / "communes.csv").read_bytes()
    path = tarball(tmp_path / "p.tgz", communes, epci)
    assert main(["--tarball", str(path), "--folder", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "removed commune: 02001, Abbécourt" in told
    assert "added commune: 02998, Neuve" in told
    assert "renamed: 02002 Achery -> Achery-la-Neuve" in told
    assert "population: 59431 Nieppe" in told
    assert "changed: 02003 Acy" in told
    assert "changed EPCI: " in told
    assert "6 changes" in told
    assert (folder / "communes.csv").read_bytes() == before


def test_write_writes(
    tmp_path: Path, folder: Path, source: tuple[list[dict[str, Any]], list[dict[str, Any]]]
) -> None:
    communes, epci = source
    next(place for place in communes if place["code"] == "59431")["population"] = 8000
    path = tarball(tmp_path / "p.tgz", communes, epci)
    assert main(["--tarball", str(path), "--folder", str(folder), "--write"]) == 0
    rows = csv.DictReader((folder / "communes.csv").read_text(encoding="utf-8").splitlines())
    assert next(row["population"] for row in rows if row["insee"] == "59431") == "8000"


def test_unsound_tables_are_refused(
    tmp_path: Path,
    folder: Path,
    source: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    communes, epci = source
    gone = next(place for place in communes if place["code"] == "02408")
    communes.remove(gone)
    before = (folder / "communes.csv").read_bytes()
    path = tarball(tmp_path / "p.tgz", communes, epci)
    assert main(["--tarball", str(path), "--folder", str(folder), "--write"]) == 1
    assert "la commune 02408 est inconnue" in capsys.readouterr().err
    assert (folder / "communes.csv").read_bytes() == before


def test_a_package_with_another_layout_is_refused(tmp_path: Path) -> None:
    bare = {"code": "59001", "nom": "X", "type": "commune-actuelle", "region": "32"}
    with pytest.raises(PackageError, match="new layout"):
        rebuilt(tarball(tmp_path / "p.tgz", [bare], []))


def test_a_tarball_without_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"data/ept\.json"):
        read_json(tarball(tmp_path / "p.tgz", [], []), "data/ept.json")


def test_a_text_that_is_no_tarball_is_refused(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p.tgz").write_text("not a tarball", encoding="utf-8")
    assert main(["--tarball", str(tmp_path / "p.tgz"), "--folder", str(folder)]) == 1
    assert "can't read package.json" in capsys.readouterr().err
