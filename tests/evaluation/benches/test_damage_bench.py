"""An index damaged file by file: what is served, what is refused, what isn't mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_corpus import SmallCorpus, ask

from evaluation.benches.damage_bench import DAMAGES, Damaged, bench_damage, files_of_parts
from ingest.checking import ailments

ASKED = ask("Quel est le montant de l’aide pour une halle ?")


def run(corpus: SmallCorpus, names: tuple[str, ...], *, mends: bool = True) -> list[Damaged]:
    return bench_damage(
        corpus.root / "index",
        lambda: corpus.engine().reply(ASKED).answer,
        lambda: corpus.ingest().repaired if mends else (),
        lambda: ailments(corpus.generations),
        lambda index: [path for path in files_of_parts(index) if path.name in names],
    )


@pytest.fixture
def corpus(tmp_path: Path) -> SmallCorpus:
    made = SmallCorpus(tmp_path)
    made.ingest()
    return made


@pytest.mark.slow
def test_each_damage_is_served_or_refused_then_mended(corpus: SmallCorpus) -> None:
    found = run(corpus, ("header.bin", "vocabulary.json"))
    assert len(found) == 2 * len(DAMAGES)
    assert [item for item in found if not item.is_right] == []
    outcomes = {(Path(item.file).name, item.outcome) for item in found}
    assert outcomes == {("header.bin", "refused"), ("vocabulary.json", "served")}


@pytest.mark.slow
def test_what_is_not_mended_is_told(corpus: SmallCorpus) -> None:
    found = run(corpus, ("vocabulary.json",), mends=False)
    assert [(item.outcome, item.mended) for item in found] == [("served", False)] * len(DAMAGES)


def test_every_part_is_damaged_and_no_lock(corpus: SmallCorpus) -> None:
    names = {path.name for path in files_of_parts(corpus.root / "index")}
    assert {"essai.current", "manifest.json", "chroma.sqlite3", "meta.json", "vocabulary.json"} <= names
    assert not any(name.endswith(".lock") for name in names)
