"""A site visited and visited again: how far, what is the same, what is forbidden, gone, or doesn't answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lavoirs_sample import SAMPLES
from website import Website, website

from ingest.errors import LoadError
from ingest.web.copies import Copies, Record, Site
from ingest.web.sources import SiteChanges, update_sites

pytestmark = pytest.mark.e2e
TEXT = "Le taux est de 40 % du coût des travaux."
PDF = (SAMPLES / "lavoirs.pdf").read_bytes()


class Sites:
    """A folder of copies and the site that they come from."""

    def __init__(self, folder: Path, site: Website) -> None:
        self.folder = folder
        self.site = site

    def _update(self, **changes) -> list[str]:
        return update_sites(self.folder, (), SiteChanges(allows_private=True, **changes), lambda *_: None)

    def add(self, path: str = "/", **how) -> list[str]:
        return self._update(added=(Site(self.site.address + path, delay=0, **how),))

    def again(self) -> list[str]:
        return self._update(again=True)

    def forget(self, path: str = "/") -> list[str]:
        return self._update(forgotten=(self.site.address + path,))

    @property
    def record(self) -> Record:
        return Copies(self.folder).record()

    def pages(self) -> list[str]:
        """Paths of the pages that are had."""
        return sorted(copy.page.removeprefix(self.site.address) for copy in self.record.copies.values())


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[Sites]:
    with website() as site:
        site.page("/", "Accueil", TEXT, "/aides", "/notice.pdf", "mailto:a@b.fr", "http://ailleurs.example/x")
        site.page("/aides", "Aides", TEXT, "/", "/halles?id=1#taux")
        site.page("/halles?id=1", "Halles", TEXT, "/loin")
        site.page("/loin", "Loin", TEXT)
        site.put("/notice.pdf", PDF, "application/pdf")
        yield Sites(tmp_path / "web", site)


class TestHowFar:
    def test_a_page_alone_is_read_with_the_pdfs_that_it_links_to(self, sites: Sites) -> None:
        assert sites.add() == []
        assert sites.pages() == ["/", "/notice.pdf"]
        assert sites.site.paths() == ["/", "/notice.pdf"]

    @pytest.mark.parametrize(
        ("depth", "pages"),
        [(1, ["/", "/aides", "/notice.pdf"]), (2, ["/", "/aides", "/halles?id=1", "/notice.pdf"])],
    )
    def test_links_are_followed_as_deep_as_asked_on_the_same_site(
        self, sites: Sites, depth: int, pages: list[str]
    ) -> None:
        sites.add(depth=depth)
        assert sites.pages() == pages
        assert sorted(sites.site.paths()) == pages

    def test_no_more_pages_are_read_than_asked_and_that_is_told(self, sites: Sites) -> None:
        (why,) = sites.add(depth=9, limit=2)
        assert why == f"« {sites.site.address}/ » a plus de 2 pages : les autres ne sont pas lues (--limit)."
        assert len(sites.pages()) == 2

    def test_a_sitemap_lists_the_pages(self, sites: Sites) -> None:
        root = sites.site.address
        index = f"<sitemapindex><sitemap><loc>{root}/plan-1.xml</loc></sitemap></sitemapindex>"
        pages = "".join(f"<url><loc>{root}{path}</loc></url>" for path in ("/aides", "/loin"))
        sites.site.put("/sitemap.xml", index.encode(), "application/xml")
        listed = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{pages}</urlset>"
        sites.site.put("/plan-1.xml", listed.encode(), "text/xml")
        assert sites.add(sitemap=True) == []
        assert sites.pages() == ["/aides", "/loin"]

    def test_the_sitemap_that_robots_txt_names_is_read(self, sites: Sites) -> None:
        root = sites.site.address
        sites.site.put("/robots.txt", f"Sitemap: {root}/plan.xml\n".encode(), "text/plain")
        pages = f"<urlset><url><loc>{root}/loin</loc></url></urlset>"
        sites.site.put("/plan.xml", pages.encode(), "application/xml")
        sites.add(sitemap=True)
        assert sites.pages() == ["/loin"]

    @pytest.mark.parametrize(
        "content", [b"", b"<html><p>Un texte</p></html>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"]
    )
    def test_what_is_no_sitemap_is_refused(self, sites: Sites, content: bytes) -> None:
        sites.site.put("/sitemap.xml", content, "application/xml")
        with pytest.raises(LoadError, match="n’est pas un plan de site"):
            sites.add(sitemap=True)
        assert sites.record == Record()


class TestWhatASiteAsks:
    def test_robots_txt_is_obeyed(self, sites: Sites) -> None:
        sites.site.put(
            "/robots.txt", b"User-agent: *\nDisallow: /*?id=\nDisallow: /notice.pdf$\n", "text/plain"
        )
        sites.add(depth=5)
        assert sites.pages() == ["/", "/aides"]

    def test_a_page_that_robots_txt_forbids_is_refused(self, sites: Sites) -> None:
        sites.site.put("/robots.txt", b"User-agent: *\nDisallow: /aides\n", "text/plain")
        with pytest.raises(LoadError, match="interdit aux robots par le site"):
            sites.add("/aides")
        assert sites.site.paths() == []

    def test_without_an_answer_on_robots_nothing_is_read(self, sites: Sites) -> None:
        sites.site.put("/robots.txt", b"", "text/plain", status=503)
        with pytest.raises(LoadError, match=r"robots\.txt » répond 503"):
            sites.add()
        assert sites.site.paths() == []

    def test_pages_that_ask_not_to_be_kept_or_followed_are_not(self, sites: Sites) -> None:
        sites.site.page(
            "/aides", "Aides", TEXT, "/loin", head="<meta name=robots content='noindex, nofollow'>"
        )
        sites.add(depth=5)
        assert sites.pages() == ["/", "/notice.pdf"]

    def test_a_page_is_kept_once_under_the_address_that_it_calls_its_own(self, sites: Sites) -> None:
        head = f"<link rel=canonical href='{sites.site.address}/aides'>"
        sites.site.page("/aides?tri=1", "Aides", TEXT, head=head)
        sites.site.page("/aides", "Aides", TEXT, head=head)
        sites.site.page("/", "Accueil", TEXT, "/aides?tri=1", "/aides")
        sites.add(depth=1)
        assert sites.pages() == ["/", "/aides"]

    def test_an_address_of_its_own_on_another_site_is_not_believed(self, sites: Sites) -> None:
        sites.site.page("/", "Accueil", TEXT, head="<link rel=canonical href='https://impots.gouv.fr/'>")
        sites.add()
        assert sites.pages() == ["/"]


class TestAgain:
    def test_what_is_the_same_is_not_got_again(self, sites: Sites) -> None:
        sites.add(depth=1)
        before, files = sites.record, sorted(sites.folder.iterdir())
        sites.site.asked.clear()
        assert sites.again() == []
        answered = {path: status for path, status in sites.site.asked if path != "/robots.txt"}
        assert answered == {"/": 304, "/aides": 304, "/notice.pdf": 304}
        assert (sites.record, sorted(sites.folder.iterdir())) == (before, files)

    def test_what_changed_is_got_and_what_is_gone_goes(self, sites: Sites) -> None:
        sites.add(depth=1)
        sites.site.page("/", "Accueil", TEXT, "/aides", "/neuf")
        sites.site.page("/neuf", "Neuf", TEXT)
        del sites.site.answers["/aides"]
        assert sites.again() == []
        assert sites.pages() == ["/", "/neuf"]
        assert len(list(sites.folder.iterdir())) == 3

    def test_a_copy_that_was_lost_is_got_again(self, sites: Sites) -> None:
        sites.add()
        for path in sites.folder.glob("*.html"):
            path.unlink()
        sites.again()
        assert len(list(sites.folder.glob("*.html"))) == 1

    @pytest.mark.parametrize("status", [403, 429, 500, 503])
    def test_a_page_that_does_not_answer_is_told_and_kept_with_those_it_led_to(
        self, sites: Sites, status: int
    ) -> None:
        sites.add(depth=2)
        sites.site.page("/aides", "Aides", status=status)
        (why,) = sites.again()
        assert why == f"« {sites.site.address}/aides » répond {status}."
        assert sites.pages() == ["/", "/aides", "/halles?id=1", "/notice.pdf"]

    def test_a_site_that_does_not_answer_is_told_and_kept(self, sites: Sites) -> None:
        sites.add(depth=1)
        sites.site.page("/", "Accueil", status=502)
        (why,) = sites.again()
        assert why == f"« {sites.site.address}/ » répond 502. Ce qui en est indexé reste servi."
        assert sites.pages() == ["/", "/aides", "/notice.pdf"]

    def test_a_first_page_that_is_gone_goes_and_is_told(self, sites: Sites) -> None:
        sites.add()
        del sites.site.answers["/"]
        (why,) = sites.again()
        assert why.endswith("/ » n’existe pas, ou plus.")
        assert "/" not in sites.pages()

    def test_a_site_is_forgotten_with_its_copies(self, sites: Sites) -> None:
        sites.add()
        sites.forget()
        assert sites.record == Record()
        assert [path.name for path in sites.folder.iterdir()] == ["record.json"]
        with pytest.raises(LoadError, match=r"enregistrée\. Adresses enregistrées : aucune"):
            sites.forget()

    def test_a_damaged_record_is_as_none(self, sites: Sites) -> None:
        sites.add()
        (sites.folder / "record.json").write_text("{", encoding="utf-8")
        assert sites.record == Record()


class TestBadAnswers:
    def test_a_first_page_that_is_not_there_is_refused_and_nothing_is_kept(self, sites: Sites) -> None:
        with pytest.raises(LoadError, match=r"/absent » n’existe pas, ou plus\. Rien n’en a été retenu"):
            sites.add("/absent")
        assert sites.record == Record()

    def test_redirects_within_a_site_are_followed(self, sites: Sites) -> None:
        sites.site.leads("/ancien", "/aides")
        sites.add("/ancien")
        assert sites.pages() == ["/aides"]

    def test_redirects_without_end_are_told(self, sites: Sites) -> None:
        sites.site.leads("/rond", "/rond")
        with pytest.raises(LoadError, match="renvoie sans fin"):
            sites.add("/rond")
        assert len(sites.site.paths()) == 6

    @pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.fr/", "http://a:b@127.0.0.1/"])
    def test_a_redirect_to_no_page_is_refused(self, sites: Sites, target: str) -> None:
        sites.site.leads("/mal", target)
        with pytest.raises(LoadError, match="n’est pas une adresse qu’on peut lire"):
            sites.add("/mal")

    def test_a_page_that_leads_to_another_site_is_told_and_not_read(self, sites: Sites) -> None:
        with website() as other:
            other.page("/", "Autre", TEXT)
            sites.site.leads("/aides", other.address + "/")
            (why,) = sites.add(depth=1)
            assert other.asked == []
        assert "est d’un autre site" in why
        assert "/aides" not in sites.pages()

    def test_a_file_that_is_too_large_is_not_read_to_its_end(
        self, sites: Sites, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ingest.web.fetch.MOST_BYTES", 1000)
        with pytest.raises(LoadError, match="dépasse"):
            sites.add("/notice.pdf")

    def test_what_is_no_document_is_passed_over(self, sites: Sites) -> None:
        sites.site.put("/image", b"PNG", "image/png")
        with pytest.raises(LoadError, match="ne donne aucune page qu’on puisse lire"):
            sites.add("/image")

    def test_a_machine_that_does_not_answer_is_told(self, sites: Sites) -> None:
        sites.site.address = "http://127.0.0.1:9"
        with pytest.raises(LoadError, match=r"/robots\.txt » ne répond pas"):
            sites.add()
