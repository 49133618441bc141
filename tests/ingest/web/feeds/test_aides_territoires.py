"""The API of Aides-territoires: its key, its pages, what it answers when it's ill, what is kept of it."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from aids_api import KEY, AidsApi, Given, aids_api

from ingest.web.errors import Unanswered
from ingest.web.feeds.aides_territoires import AidesTerritoires, is_around, is_for_communes
from ingest.web.feeds.raw import Pulled
from ingest.web.fetch import Fetcher

pytestmark = pytest.mark.e2e
HTML = Given(b"<!DOCTYPE html><html><body>Maintenance</body></html>", kind="text/html; charset=utf-8")


@pytest.fixture
def api() -> Iterator[AidsApi]:
    with aids_api() as served:
        yield served


def pull(api: AidsApi, key: str = KEY) -> Pulled:
    with Fetcher(delay=0, allows_private=True) as fetcher:
        return AidesTerritoires(fetcher, api.address, key, allows_plain=True).pull(lambda *_: None)


def test_every_page_is_read_with_a_pass_that_the_key_gives(api: AidsApi) -> None:
    steps: list[tuple[str, int, int]] = []
    with Fetcher(delay=0, allows_private=True) as fetcher:
        client = AidesTerritoires(fetcher, api.address, f" {KEY}\n", allows_plain=True)
        pulled = client.pull(lambda *step: steps.append(step))
    assert api.asked == [
        "POST /api/connexion/",
        "GET /api/aids/?itemsPerPage=100&page=1",
        "GET /api/aids/?itemsPerPage=100&page=2",
        "GET /api/aids/?itemsPerPage=100&page=3",
    ]
    assert list(pulled.records) == ["90162", "90163", "90164"]
    assert (pulled.problems, pulled.is_whole) == ([], True)
    assert steps == [("fiches", 2, 5), ("fiches", 4, 5), ("fiches", 5, 5)]
    record = pulled.records["90162"]
    assert (record.named, record.values) == ("Aides-territoires, fiche 90162", api.aid(90162))
    assert record.base == api.address.removesuffix("api/")


def test_a_pass_that_expires_is_renewed(api: AidsApi) -> None:
    def expire(path: str) -> None:
        if "page=2" in path and len(api.passes) == 1:
            api.passes[0] = "périmé"

    api.instead = expire
    assert len(pull(api).records) == 3
    assert api.asked.count("POST /api/connexion/") == 2


@pytest.mark.parametrize("key", ["une-autre-cle", "clé accentuée", "deux\nlignes"])
def test_a_wrong_key_is_told_in_one_line_that_does_not_show_it(
    api: AidsApi, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Unanswered) as caught:
        pull(api, key)
    line = "Aides-territoires refuse la clé : vérifiez le réglage ASSISTANT_AIDES_TERRITOIRES_TOKEN."
    assert str(caught.value) == line
    assert key not in caplog.text


def test_the_key_and_the_pass_are_never_logged(api: AidsApi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    pull(api)
    assert KEY not in caplog.text
    assert api.passes[0] not in caplog.text


def test_a_pass_that_is_always_refused_is_told_as_the_key(api: AidsApi) -> None:
    api.instead = lambda path: Given(status=401) if "aids" in path else None
    with pytest.raises(Unanswered, match="refuse la clé"):
        pull(api)
    assert api.asked.count("POST /api/connexion/") == 2


def test_without_a_key_nothing_is_asked(api: AidsApi) -> None:
    with pytest.raises(Unanswered, match=r"demande une clé .* ASSISTANT_AIDES_TERRITOIRES_TOKEN\.$"):
        pull(api, "  ")
    assert api.asked == []


def test_the_key_does_not_go_in_the_clear_nor_to_a_private_machine(api: AidsApi) -> None:
    with Fetcher(delay=0) as fetcher:
        with pytest.raises(Unanswered, match="n’est pas en HTTPS"):
            AidesTerritoires(fetcher, api.address, KEY)
        client = AidesTerritoires(fetcher, api.address, KEY, allows_plain=True)
        with pytest.raises(Unanswered, match="réseau privé"):
            client.pull(lambda *_: None)
    assert api.asked == []


@pytest.mark.parametrize(
    ("part", "given", "told"),
    [
        ("connexion", HTML, "répond une page de site"),
        ("page=2", HTML, "répond une page de site"),
        ("page=2", Given(b'{"count": 5, "results": [{"id": 1'), "du JSON incomplet ou illisible"),
        ("page=2", Given(b"[" * 200_000), "du JSON incomplet ou illisible"),
        ("page=2", Given(b"[]"), "répond autre chose qu’attendu"),
        ("page=2", Given(b'{"detail": "?"}'), "répond sans liste d’aides"),
        ("page=2", Given(status=302, headers={"Location": "http://127.0.0.1/vol"}), "répond 302"),
        ("connexion", Given(b'{"token": ""}'), "ne donne pas de laissez-passer"),
        ("connexion", Given(b'{"token": "a\\nb"}'), "ne donne pas de laissez-passer"),
    ],
)
def test_an_answer_that_is_none_is_told_and_nothing_is_believed(
    api: AidsApi, part: str, given: Given, told: str
) -> None:
    api.once(part, given)
    with pytest.raises(Unanswered, match=told) as caught:
        pull(api)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_is_busy_is_asked_again(api: AidsApi, status: int) -> None:
    api.once("page=2", Given(status=status, headers={"Retry-After": "0"}))
    assert len(pull(api).records) == 3
    assert sum("page=2" in line for line in api.asked) == 2


def test_what_stays_busy_is_told(api: AidsApi) -> None:
    api.instead = lambda path: Given(status=429) if "page=2" in path else None
    with pytest.raises(Unanswered, match=r"page=2 » répond 429\.$"):
        pull(api)
    assert sum("page=2" in line for line in api.asked) == 4


def test_pages_without_end_are_left(api: AidsApi) -> None:
    page = b'{"count": 9, "results": [], "next": "http://x/api/aids/?itemsPerPage=100&page=1"}'
    api.instead = lambda path: Given(page) if "aids" in path else None
    with pytest.raises(Unanswered, match="des pages sans fin"):
        pull(api)


def test_an_aid_given_twice_is_one_and_what_is_missing_is_told(api: AidsApi) -> None:
    api.aids.insert(2, api.aids[0])
    pulled = pull(api)
    assert list(pulled.records) == ["90162", "90163", "90164"]
    assert not pulled.is_whole
    assert pulled.problems == [
        "Aides-territoires annonce 6 aides et en donne 5 : aucune n’est retirée cette fois."
    ]


def test_two_aids_of_one_id_are_told_and_the_first_counts(api: AidsApi) -> None:
    api.aids.append(api.aid(90162) | {"name": "Une autre aide"})
    pulled = pull(api)
    assert pulled.records["90162"].values["name"] == "Restaurer les pigeonniers de village"
    assert pulled.problems[0] == (
        "Aides-territoires, fiche 90162 : deux fiches différentes ont cet identifiant, "
        "la première est gardée."
    )


@pytest.mark.parametrize("element", [None, "texte", {"name": "Sans identifiant"}, {"id": True}, {"id": " "}])
def test_an_element_that_is_no_aid_does_not_stop_the_others(api: AidsApi, element: Any) -> None:
    api.aids.insert(1, element)
    pulled = pull(api)
    assert len(pulled.records) == 3
    assert pulled.problems[0] == "Aides-territoires : une fiche sans identifiant n’est pas lue."
    assert not pulled.is_whole


def test_an_api_that_calls_its_ids_otherwise_is_told_in_one_line(api: AidsApi) -> None:
    api.aids = [{"numero": number} for number in range(9)]
    with pytest.raises(Unanswered) as caught:
        pull(api)
    assert str(caught.value) == (
        "« Aides-territoires » ne donne aucune fiche. "
        "Aides-territoires : une fiche sans identifiant n’est pas lue."
    )


def test_an_api_that_has_nothing_for_the_region_fails_rather_than_empties_the_index(api: AidsApi) -> None:
    api.aids = [api.aid(90165)]
    with pytest.raises(Unanswered, match="« Aides-territoires » ne donne aucune fiche"):
        pull(api)


@pytest.mark.parametrize(
    ("perimeter", "scale", "kept"),
    [
        ("Hauts-de-France", "Région", True),
        ("Région Hauts-de-France", "Région", True),
        ("France", "Pays", True),
        ("Europe", "Continent", True),
        ("France métropolitaine", "Métropole", True),
        ("Belgique", "Pays", False),
        ("Bretagne", "Région", False),
        ("Île-de-France", "Région", False),
        ("Nord", "Département", True),
        ("Gironde", "Département", False),
        ("Artois-Picardie", "Bassin hydrographique", True),
        ("Loire-Bretagne", "Bassin hydrographique", False),
        ("Amiens", "commune", False),
        ("Hauts-de-France Mobilités", "Ad-hoc", False),
        ("France", None, True),
        (None, None, False),
        ("France d’outre-mer", "Outre-mer", False),
    ],
)
def test_what_is_kept_is_of_the_region_of_its_parts_or_of_what_contains_it(
    perimeter: str | None, scale: str | None, kept: bool
) -> None:
    assert is_around({"perimeter": perimeter, "perimeter_scale": scale}) is kept


@pytest.mark.parametrize(
    ("audiences", "kept"),
    [
        (["Commune"], True),
        (["Communes", "Association"], True),
        (["Intercommunalité / Pays"], True),
        (["EPCI à fiscalité propre"], True),
        (["Entreprise privée", "Particulier"], False),
        ([], True),
        (None, True),
    ],
)
def test_what_is_kept_is_for_communes_or_their_groupings(audiences: list[str] | None, kept: bool) -> None:
    assert is_for_communes({"targeted_audiences": audiences}) is kept
