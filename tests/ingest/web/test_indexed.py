"""Pages of a site in an index: cited at their addresses, followed by a sync, kept while away."""

from collections.abc import Iterator

import pytest
from lavoirs_sample import SAMPLES
from website import Website, website

from ingest.errors import LoadError
from ingest.index import open_store
from ingest.web.copies import Site
from ingest.web.sources import SiteChanges

pytestmark = pytest.mark.e2e


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as served:
        served.page("/halles", "Les halles", "Le taux est de 40 % du coût.", "/notice.pdf")
        served.put("/notice.pdf", (SAMPLES / "lavoirs.pdf").read_bytes(), "application/pdf")
        yield served


def add(workshop, site: Website, path: str = "/halles", **options):
    added = (Site(site.address + path, delay=0),)
    return workshop.run(sites=SiteChanges(added=added, allows_private=True), compares=True, **options)


def sync(workshop):
    return workshop.run(sites=SiteChanges(again=True, allows_private=True), compares=True)


def chunks(workshop):
    generations = workshop.generations
    store = open_store(generations.path(generations.current()) / "chroma", "essai")
    try:
        return [chunk for chunk in store.all_chunks() if chunk.scheme_id is None]
    finally:
        store.close()


def test_pages_are_cited_at_their_own_addresses(workshop, site: Website) -> None:
    report = add(workshop, site)
    assert [change.origin for change in report.changes.new if change.origin] == [
        f"{site.address}/halles",
        f"{site.address}/notice.pdf",
    ]
    named = {chunk.document_id.rpartition("-")[0]: chunk for chunk in chunks(workshop)}
    page, notice = named["doc:halles"], named["doc:notice.pdf"]
    assert page.sources[0].publisher == "127.0.0.1"
    assert (page.title, page.sources[0].url) == ("Les halles", f"{site.address}/halles")
    assert notice.sources[0].url == f"{site.address}/notice.pdf"
    assert {sentence.page for sentence in notice.sentences} <= {1, 2}
    site.asked.clear()
    assert workshop.run().up_to_date
    assert site.asked == []


def test_a_sync_tells_what_changed_on_a_site(workshop, site: Website) -> None:
    add(workshop, site)
    assert sync(workshop).up_to_date
    site.page("/halles", "Les halles", "Le taux est de 45 % du coût.")
    report = sync(workshop)
    (changed,) = report.changes.changed
    assert (changed.added, changed.removed) == (
        ("Le taux est de 45 % du coût.",),
        ("Le taux est de 40 % du coût.", "Voir aussi"),
    )
    assert [change.origin for change in report.changes.gone] == [f"{site.address}/notice.pdf"]


def test_a_site_that_does_not_answer_stays_as_it_was_and_files_are_followed(workshop, site: Website) -> None:
    workshop.write_page(10)
    add(workshop, site)
    workshop.run(workshop.pages)
    workshop.write_page(11)
    site.page("/halles", "Les halles", status=503)
    report = sync(workshop)
    (why,) = report.unreachable
    assert why == f"« {site.address}/halles » répond 503. Ce qui en est indexé reste servi."
    assert [change.title for change in report.changes.new] == ["Page 11"]
    assert (report.changes.changed, report.changes.gone) == ((), ())
    assert any("40 %" in chunk.text for chunk in chunks(workshop))


def test_a_page_that_cannot_be_read_any_more_stays_as_it_was(workshop, site: Website) -> None:
    add(workshop, site)
    site.put("/notice.pdf", b"%PDF-1.7 tronque", "application/pdf")
    report = sync(workshop)
    (why,) = report.unread
    assert why.startswith(f"« {site.address}/notice.pdf » est abîmé ou n’est pas un fichier PDF")
    assert why.endswith("L’ancienne version reste servie.")
    assert any("bassins de baignade" in chunk.text for chunk in chunks(workshop))


def test_a_site_is_forgotten_with_its_pages(workshop, site: Website) -> None:
    add(workshop, site)
    forgotten = SiteChanges(forgotten=(f"{site.address}/halles",))
    assert len(workshop.run(sites=forgotten).removed) == 2
    assert chunks(workshop) == []


def test_pages_whose_copies_are_lost_are_not_taken_out_unasked(workshop, site: Website) -> None:
    first = add(workshop, site)
    (workshop.generations.web / "record.json").write_bytes(b"{")
    line = rf"« {site.address}/halles » est enregistré mais les copies .* --forget {site.address}/halles\)\.$"
    for run in (workshop.run, lambda: sync(workshop)):
        with pytest.raises(LoadError, match=line):
            run()
    assert workshop.generations.current() == first.generation
    assert add(workshop, site).up_to_date
    (workshop.generations.web / "record.json").unlink()
    assert len(workshop.run(sites=SiteChanges(forgotten=(f"{site.address}/halles",))).removed) == 2
    assert workshop.run().up_to_date


def test_a_site_that_gives_nothing_is_refused_and_the_index_serves(workshop, site: Website) -> None:
    first = workshop.run()
    with pytest.raises(LoadError, match=r"/absent » n’existe pas, ou plus\. Rien n’en a été retenu"):
        add(workshop, site, "/absent")
    assert workshop.generations.current() == first.generation
    assert sync(workshop).up_to_date
