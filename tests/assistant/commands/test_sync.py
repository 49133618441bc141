"""``assistant sync``: what changed as lines or JSON, and an exit code for cron."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from small_corpus import SmallCorpus

from assistant.commands import ingest as ingest_command
from assistant.commands.sync import command
from ingest.pipeline import IngestReport, ingest

pytestmark = pytest.mark.slow

TEXT = "Les mares\n\nLe taux est de 40 %. Le plafond est de 500 €.\n"


@pytest.fixture
def mares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document that is indexed with the small corpus, whose index the command works on."""
    corpus = SmallCorpus(tmp_path / "corpus")
    folder = tmp_path / "notices"
    folder.mkdir()
    page = folder / "mares.txt"
    page.write_text(TEXT, encoding="utf-8")
    corpus.ingest(folder)

    def run(_settings: object, **options: Any) -> IngestReport:
        compares = options["compares"]
        return ingest(corpus.generations, corpus.embedder, schemes_dir=corpus.schemes, compares=compares)

    monkeypatch.setattr(ingest_command, "run", run)
    monkeypatch.chdir(tmp_path)
    return page


def sync(*arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments], standalone_mode=False, catch_exceptions=False)


def lines(result: Result) -> list[str]:
    return result.stdout.replace("\u00a0", " ").splitlines()


def test_nothing_changed(mares: Path) -> None:
    result = sync()
    assert result.return_value == 0
    assert lines(result) == ["L’index est à jour (5 documents, 5 passages) : rien à recalculer."]


def test_each_change_is_a_line_and_statements_stand_below(mares: Path) -> None:
    gone = mares.with_name("seuils.txt")
    gone.write_text("Les seuils\n\nLe seuil est de 10 ans.\n", encoding="utf-8")
    assert lines(sync())[0] == "Nouveau : « Les seuils » (notices/seuils.txt), 1 énoncé."
    gone.unlink()
    mares.write_text(TEXT.replace("40", "45"), encoding="utf-8")
    result = sync()
    assert result.return_value == 0
    assert lines(result)[:-1] == [
        "Modifié : « Les mares » (notices/mares.txt), 1 énoncé de plus, 1 de moins.",
        "  + Le taux est de 45 %.",
        "  - Le taux est de 40 %.",
        "Retiré : « Les seuils » (notices/seuils.txt).",
    ]
    assert lines(result)[-1].endswith("5 passages, 1 calculés, 4 repris tels quels, 1 document retiré.")
    mares.write_text("Les mares\n\nLe taux est de 45 %.\n", encoding="utf-8")
    assert "1 énoncé de moins." in lines(sync())[0]
    mares.with_name("mares.meta.yaml").write_text("publisher: Le syndicat\n", encoding="utf-8")
    assert "mêmes énoncés, mais un autre titre" in lines(sync())[0]


def test_of_many_statements_the_first_are_shown(mares: Path) -> None:
    text = " ".join(f"Le cas {number} est prévu par le règlement." for number in range(30))
    mares.write_text(f"Les mares\n\n{text}\n", encoding="utf-8")
    told = lines(sync())
    assert sum(line.startswith("  + Le cas") for line in told) == 20
    assert "  + … et 10 de plus (--json les donne tous)" in told


def test_what_cannot_be_read_makes_it_fail_and_the_rest_is_up_to_date(mares: Path) -> None:
    mares.with_name("notice.pdf").write_bytes(b"%PDF-1.7 tronque")
    mares.write_text(TEXT.replace("40", "45"), encoding="utf-8")
    result = sync()
    assert result.return_value == 1
    assert lines(result)[0].startswith("Modifié : « Les mares »")
    (why,) = result.stderr.splitlines()
    assert "notice.pdf » est abîmé" in why
    assert lines(sync()) == ["L’index est à jour (5 documents, 5 passages) : rien à recalculer."]


def test_json_tells_all_of_it(mares: Path) -> None:
    mares.write_text(TEXT.replace("40", "45"), encoding="utf-8")
    mares.with_name("neuf.txt").write_text("Un texte neuf\n\nLe seuil est de 10 ans.\n", encoding="utf-8")
    told = json.loads(sync("--json").stdout)
    assert (told["documents"], told["up_to_date"], told["gone"], told["unread"]) == (6, False, [], [])
    assert [change["origin"] for change in told["new"]] == [str(mares.with_name("neuf.txt"))]
    assert told["changed"][0]["added"] == ["Le taux est de 45 %."]
    assert told["changed"][0]["removed"] == ["Le taux est de 40 %."]
    for page in mares.parent.iterdir():
        page.unlink()
    result = sync("--json")
    told = json.loads(result.stdout)
    assert result.return_value == 1
    assert (told["documents"], told["gone"]) == (6, [])
    assert told["unreachable"] == result.stderr.splitlines()
    assert "est injoignable ou vide" in told["unreachable"][0]
