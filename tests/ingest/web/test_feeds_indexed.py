"""Feeds in an index: a document a record, followed by a sync, kept while the feed is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aids_api import KEY, AidsApi, Given, aids_api

from ingest.errors import LoadError
from ingest.index import open_store
from ingest.pipeline import IngestReport
from ingest.web.copies import Site
from ingest.web.sources import SiteChanges

pytestmark = pytest.mark.e2e
AIDS = "aides-territoires"
FEED = Site(AIDS, feed=AIDS, delay=0)
TABLE = """Intitulé;Financeur;Descriptif;Lien
Fonds mares;Syndicat de la Serre;Le fonds paie 40 % du curage des mares.;https://serre.example/mares
Fonds haies;Syndicat de la Serre;Le fonds paie 3 € par plant de haie.;https://serre.example/haies
"""


class Feeds:
    """An index and the feeds that it reads."""

    def __init__(self, workshop, api: AidsApi, folder: Path) -> None:
        self.workshop = workshop
        self.api = api
        self.table = folder / "fonds.csv"
        self.table.write_text(TABLE, encoding="cp1252")

    def run(self, key: str = KEY, forget: tuple[Path, ...] = (), **changes: object) -> IngestReport:
        how = {"allows_private": True, "aids_api": self.api.address, "aids_token": key}
        sites = SiteChanges(**how, **changes)
        return self.workshop.run(sites=sites, forget=forget, compares=True)

    def add(self, site: Site = FEED, **how: object) -> IngestReport:
        return self.run(added=(site,), **how)

    def add_table(self) -> IngestReport:
        return self.add(Site(str(self.table), feed="table", delay=0))

    def sync(self, **how: object) -> IngestReport:
        return self.run(again=True, **how)

    def chunks(self) -> list:
        generations = self.workshop.generations
        store = open_store(generations.path(generations.current()) / "chroma", "essai")
        try:
            return [chunk for chunk in store.all_chunks() if chunk.scheme_id is None]
        finally:
            store.close()

    def titles(self) -> set[str]:
        return {chunk.title for chunk in self.chunks()}

    def text(self) -> str:
        return "\n".join(sentence.text for chunk in self.chunks() for sentence in chunk.sentences)


@pytest.fixture
def feeds(workshop, tmp_path: Path) -> Iterator[Feeds]:
    with aids_api() as api:
        yield Feeds(workshop, api, tmp_path)


def test_each_aid_is_a_document_cited_at_its_address(feeds: Feeds) -> None:
    report = feeds.add()
    assert (report.unread, report.unreachable) == ((), ())
    new = [change for change in report.changes.new if change.origin]
    assert [(change.title, change.origin) for change in new] == [
        ("Restaurer les pigeonniers de village", f"{AIDS}#90162"),
        ("Prêt pour les bains-douches municipaux", f"{AIDS}#90163"),
        ("Réparer les horloges de clocher", f"{AIDS}#90164"),
    ]
    source = next(chunk for chunk in feeds.chunks() if "pigeonniers" in chunk.title).sources[0]
    assert source.url == feeds.api.address.replace("/api/", "/aides/restaurer-les-pigeonniers-de-village/")
    assert (source.publisher, source.valid_until) == ("Conseil régional des Hauts-de-France", "2027-03-31")
    feeds.api.asked.clear()
    assert feeds.workshop.run().up_to_date
    assert feeds.api.asked == []


def test_a_sync_embeds_what_changed_and_takes_out_what_is_gone(feeds: Feeds) -> None:
    feeds.add()
    assert feeds.sync().up_to_date
    feeds.api.aid(90162)["subvention_rate_upper_bound"] = 60
    feeds.api.aids.remove(feeds.api.aid(90163))
    feeds.api.aids.append(feeds.api.aid(90164) | {"id": 90170, "name": "Remonter les carillons"})
    report = feeds.sync()
    (changed,) = report.changes.changed
    assert changed.title == "Restaurer les pigeonniers de village"
    assert [text.replace("\u00a0", " ") for text in (*changed.added, *changed.removed)] == [
        "Taux de subvention : de 20 % à 60 %.",
        "Taux de subvention : de 20 % à 50 %.",
    ]
    assert [change.title for change in report.changes.new] == ["Remonter les carillons"]
    assert [change.title for change in report.changes.gone] == ["Prêt pour les bains-douches municipaux"]
    assert not any("bains-douches" in text for text in feeds.workshop.embedder.embedded)
    assert report.copied > 0
    assert feeds.titles() == {
        "Restaurer les pigeonniers de village",
        "Réparer les horloges de clocher",
        "Remonter les carillons",
    }


def test_a_record_without_a_name_is_told_each_time_and_what_was_indexed_stays(feeds: Feeds) -> None:
    feeds.api.aid(90163)["name"] = None
    line = "Aides-territoires, fiche 90163 : la fiche n’a pas de nom, elle n’est pas indexée."
    assert feeds.add().unread == (line,)
    assert len(feeds.titles()) == 2
    assert feeds.sync().unread == (line,)
    feeds.api.aid(90162)["name"] = feeds.api.aid(90162)["name_initial"] = " "
    feeds.api.aid(90163)["name"] = "Prêt pour les bains-douches"
    report = feeds.sync()
    assert [change.title for change in report.changes.new] == ["Prêt pour les bains-douches"]
    assert report.unread[0].endswith("elle n’est pas indexée. L’ancienne version reste servie.")
    assert "Restaurer les pigeonniers de village" in feeds.titles()


def test_a_feed_that_fails_stays_as_it_was(feeds: Feeds) -> None:
    feeds.add()
    before = feeds.text()
    empty = Given(b'{"count": 0, "next": null, "results": []}')
    feeds.api.instead = lambda path: empty if "/aids/" in path else None
    report = feeds.sync()
    assert report.unreachable == (
        "« Aides-territoires » ne donne aucune fiche. Ce qui en est indexé reste servi.",
    )
    assert report.up_to_date
    assert feeds.text() == before


def test_a_feed_that_announces_more_than_it_gives_takes_nothing_out(feeds: Feeds) -> None:
    feeds.add()
    gone = feeds.api.aid(90163)
    feeds.api.aids[feeds.api.aids.index(gone)] = feeds.api.aid(90162)
    report = feeds.sync()
    assert report.unreachable == (
        "Aides-territoires annonce 5 aides et en donne 4 : aucune n’est retirée cette fois.",
    )
    assert "Prêt pour les bains-douches municipaux" in feeds.titles()


def test_a_wrong_key_is_refused_at_first_and_told_by_a_sync_and_a_right_one_is_not_kept(feeds: Feeds) -> None:
    with pytest.raises(LoadError, match=r"refuse la clé : .* Rien n’en a été retenu\.$"):
        feeds.add(key="autre")
    feeds.add()
    kept = [path for path in feeds.workshop.index_dir.rglob("*") if path.is_file()]
    assert kept
    assert not any(KEY.encode() in path.read_bytes() for path in kept)
    assert KEY not in repr(SiteChanges(aids_token=KEY))
    report = feeds.sync(key="autre")
    assert report.unreachable == (
        "Aides-territoires refuse la clé : vérifiez le réglage ASSISTANT_AIDES_TERRITOIRES_TOKEN. "
        "Ce qui en est indexé reste servi.",
    )
    assert len(feeds.titles()) == 3


def test_a_table_on_this_disk_is_read_by_each_run(feeds: Feeds) -> None:
    report = feeds.add_table()
    assert [change.title for change in report.changes.new if change.origin] == ["Fonds mares", "Fonds haies"]
    assert feeds.workshop.run().up_to_date
    feeds.table.write_text(TABLE.replace("40", "45").split("Fonds haies")[0], encoding="cp1252")
    report = feeds.workshop.run(compares=True)
    assert report.changes.changed[0].added == ("Le fonds paie 45 % du curage des mares.",)
    assert [change.title for change in report.changes.gone] == ["Fonds haies"]


def test_a_table_that_is_away_or_is_no_table_any_more_stays_as_it_was(feeds: Feeds) -> None:
    feeds.add_table()
    feeds.table.unlink()
    (why,) = feeds.sync().unreachable
    assert why.startswith(f"« {feeds.table} » est illisible")
    feeds.table.write_text("Commune;Population\nLaon;24000\n", encoding="utf-8")
    (why,) = feeds.sync().unreachable
    assert "aucune colonne n’est reconnue" in why
    assert why.endswith("Ce qui en est indexé reste servi.")
    assert feeds.titles() == {"Fonds mares", "Fonds haies"}


def test_feeds_are_forgotten_by_name_and_by_file(feeds: Feeds) -> None:
    feeds.add()
    feeds.add_table()
    assert len(feeds.run(forgotten=(AIDS,)).removed) == 3
    assert feeds.titles() == {"Fonds mares", "Fonds haies"}
    assert len(feeds.run(forget=(feeds.table,)).removed) == 2
    assert feeds.chunks() == []
    with pytest.raises(LoadError, match="n’est pas une adresse enregistrée"):
        feeds.run(forgotten=(AIDS,))


def test_records_whose_copies_are_lost_are_not_taken_out_unasked(feeds: Feeds) -> None:
    feeds.add()
    (feeds.workshop.generations.web / "record.json").unlink()
    line = (
        r"« aides-territoires » est enregistré .* \(assistant ingest --feed aides-territoires\) ou retirez-le"
    )
    with pytest.raises(LoadError, match=line):
        feeds.workshop.run()
    assert feeds.add().up_to_date


def test_a_copy_that_is_damaged_is_told_and_the_record_stays(feeds: Feeds) -> None:
    feeds.add()
    for path in feeds.workshop.generations.web.glob("*.json"):
        if path.name != "record.json" and b"90163" in path.read_bytes():
            path.write_bytes(b"{")
    (why,) = feeds.workshop.run().unread
    assert why.startswith("« aides-territoires#90163 » : la copie est abîmée.")
    assert len(feeds.titles()) == 3
