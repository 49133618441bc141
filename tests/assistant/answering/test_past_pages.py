"""Pages past their last day: said so, first where nothing else is cited; on the last day itself, nothing."""

from collections.abc import Iterator
from datetime import date

import pytest
from aids_api import KEY, aids_api
from small_corpus import SmallCorpus, ask, weighed

from assistant.answering.engine import Engine
from assistant.answering.past_pages import with_past_pages
from assistant.lines import line
from assistant.reply import Reply
from ingest.pipeline import ingest
from ingest.web.copies import Site
from ingest.web.sources import SiteChanges

pytestmark = [pytest.mark.slow, pytest.mark.e2e]
PAST = "Attention : d’après nos sources, la date limite de ce dispositif est passée."
CLOCKS = "Quel est le taux pour réparer les horloges de clocher ?"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, str]]:
    """An engine on a small corpus with the aids of a feed, and the address of the site of that."""
    corpus = SmallCorpus(tmp_path_factory.mktemp("feed") / "corpus")
    with aids_api() as api:
        sites = SiteChanges(
            added=(Site("aides-territoires", feed="aides-territoires", delay=0),),
            allows_private=True,
            aids_api=api.address,
            aids_token=KEY,
        )
        ingest(corpus.generations, corpus.embedder, schemes_dir=corpus.schemes, sites=sites)
        yield corpus.engine(), api.address.removesuffix("api/")


def lines(reply: Reply) -> list[str]:
    return reply.answer.replace("\u00a0", " ").splitlines()


def test_a_question_on_an_aid_of_a_feed_is_answered_by_its_record(served: tuple[Engine, str]) -> None:
    engine, site = served
    found = engine.reply(ask("Quel est le taux de subvention pour restaurer les pigeonniers de village ?"))
    assert found.status == "answered"
    assert lines(found)[0] == "Taux de subvention : de 20 % à 50 %. [1]"
    first = found.citations[0]
    assert first.quote.replace("\u00a0", " ") == "Taux de subvention : de 20 % à 50 %."
    (source,) = first.sources
    assert source.url == f"{site}aides/restaurer-les-pigeonniers-de-village/"
    assert source.publisher == "Conseil régional des Hauts-de-France"
    assert source.title.endswith("(Aides-territoires, Licence Ouverte 2.0 ; dépôt jusqu’au 31 mars 2027)")


def test_until_when_one_may_apply_is_answered(served: tuple[Engine, str]) -> None:
    found = served[0].reply(ask("Quelle est la date limite de dépôt pour les pigeonniers ?"))
    assert lines(found)[0] == "Date limite de dépôt : 31 mars 2027. [1]"
    assert not any(line.startswith("Attention") for line in lines(found))


def test_an_aid_past_its_last_day_is_told_first(served: tuple[Engine, str]) -> None:
    found = served[0].reply(ask(CLOCKS))
    assert found.status == "answered"
    assert lines(found)[0] == f"{PAST} [1]"
    assert found.lines[0].kind == "caution"
    assert any("jusqu’à 30 %" in line for line in lines(found))
    chunks = [item.hit.chunk for item in weighed(served[0], ask(CLOCKS)).evidence]
    bare = found.model_copy(update={"lines": found.lines[1:]})
    assert with_past_pages(bare, chunks, date(2026, 2, 28)) is bare
    assert with_past_pages(bare, chunks, date(2026, 3, 1)).lines == found.lines

    other = found.citations[-1].model_copy(update={"n": len(found.citations) + 1, "document_id": "doc:autre"})
    mixed = bare.model_copy(update={"citations": (*found.citations, other)})
    told = with_past_pages(mixed, chunks, date(2026, 11, 23)).lines[-1]
    assert told.text.replace("\u00a0", " ").startswith(
        "Attention : d’après nos sources, la date limite est passée pour ce qui est cité ici : [1]"
    )
    assert set(told.citations) == {citation.n for citation in found.citations}
    back = (line("question", "Quelle est votre commune ?"), line("condition", "Une population."))
    asking = mixed.model_copy(update={"lines": (*mixed.lines, *back)})
    assert with_past_pages(asking, chunks, date(2026, 11, 23)).lines == (*mixed.lines, told, *back)
