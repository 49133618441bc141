"""Read the aids of the API of Aides-territoires that a commune of the region may ask for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from corpus.communes.commune import DEPARTMENTS
from corpus.french.folding import fold
from ingest.web.address import whole_address
from ingest.web.errors import Unanswered
from ingest.web.feeds.patience import patient
from ingest.web.feeds.raw import AIDES_TERRITOIRES, Pulled, RawRecord
from ingest.web.fetch import Fetcher

_SETTING = "ASSISTANT_AIDES_TERRITOIRES_TOKEN"
_NAME = "Aides-territoires"
_LOGIN = "connexion/"
_AIDS = "aids/"
# The most that the API gives at once. Its cache forgets the size of pages: it has to be the same each time.
_PAGE = 100
_MOST_PAGES = 300
_REFUSED = frozenset({401, 403})
_MOST_SHOWN = 80

_REGION = "hauts-de-france"
# The scales of what contains a region, and of what lies in one or across it: its departments, its basins.
_AROUND = frozenset({"pays", "metropole", "continent"})
_PARTS = {
    "departement": frozenset(fold(name) for name in DEPARTMENTS.values()),
    "bassin hydrographique": frozenset({"artois-picardie", "seine-normandie"}),
}
# What such a perimeter may be called: another country isn't around the region.
_OF_FRANCE = frozenset({"france", "france metropolitaine", "france hexagonale", "hexagone", "europe"})
_AUDIENCES = ("commune", "intercommunalite", "epci")


class AidesTerritoires:
    """The API, asked with a key that is exchanged for a pass of a day."""

    def __init__(self, fetcher: Fetcher, api: str, token: str, *, allows_plain: bool = False) -> None:
        """Ask nothing yet.

        Args:
            fetcher: sends requests.
            api: address of the API.
            token: the key of whoever runs the assistant; never shown.
            allows_plain: whether the key may go over plain HTTP.

        Raises:
            Unanswered: there is no key, or it would go in the clear.
        """
        token = token.strip()
        if not token:
            raise Unanswered(
                f"{_NAME} demande une clé : obtenez-la sur aides-territoires.beta.gouv.fr (« Données », "
                f"« API ») et donnez-la au réglage {_SETTING}."
            )
        self._api = whole_address(api if api.endswith("/") else f"{api}/")
        if urlsplit(self._api).scheme != "https" and not allows_plain:
            raise Unanswered(f"« {self._api} » n’est pas en HTTPS : la clé de {_NAME} n’y est pas envoyée.")
        if not (token.isascii() and token.isprintable()):
            raise _refused()
        self._fetcher = fetcher
        self._token = token
        self._bearer = ""

    def pull(self, progress: Callable[[str, int, int], None]) -> Pulled:
        """Read every aid, and keep those that a commune of the region or its grouping may ask for.

        Raises:
            Unanswered: the key is refused, or the API doesn't answer to the end; nothing of it is believed.
        """
        pulled, ids, announced = Pulled(), set[str](), 0
        site = urljoin(self._api, "/")
        for page in self._pages():
            announced = page["count"] if isinstance(page.get("count"), int) else announced
            for aid in page["results"]:
                if not isinstance(aid, dict) or not _id(aid):
                    pulled.tell(f"{_NAME} : une fiche sans identifiant n’est pas lue.")
                    continue
                ids.add(_id(aid))
                if is_for_communes(aid) and is_around(aid):
                    named = f"{_NAME}, fiche {_id(aid)}"
                    pulled.add(RawRecord(AIDES_TERRITOIRES, _id(aid), named, site, aid))
            progress("fiches", len(ids), max(announced, len(ids)))
        pulled.require_some(_NAME)
        if len(ids) < announced:
            pulled.is_whole = False
            pulled.tell(
                f"{_NAME} annonce {announced} aides et en donne {len(ids)} : aucune n’est retirée cette fois."
            )
        return pulled

    def _pages(self) -> Iterator[dict[str, Any]]:
        query: str | None = urlencode({"itemsPerPage": _PAGE, "page": 1})
        asked: set[str] = set()
        while query is not None:
            if query in asked or len(asked) == _MOST_PAGES:
                raise Unanswered(f"{_NAME} donne des pages sans fin.")
            asked.add(query)
            page = self._json(f"{urljoin(self._api, _AIDS)}?{query}")
            if not isinstance(page.get("results"), list):
                raise Unanswered(f"{_NAME} répond sans liste d’aides : son API a peut-être changé.")
            yield page
            following = page.get("next")
            # Behind its proxy the API gives addresses in http://: only what is asked is taken from there.
            query = urlsplit(following).query if isinstance(following, str) and following else None

    def _json(self, address: str) -> dict[str, Any]:
        """Ask with a pass; one that has expired is renewed once."""
        if not self._bearer:
            self._log_in()
        try:
            return self._asked(address, {"Authorization": f"Bearer {self._bearer}"})
        except Unanswered as error:
            if error.status not in _REFUSED:
                raise
        self._log_in()
        try:
            return self._asked(address, {"Authorization": f"Bearer {self._bearer}"})
        except Unanswered as error:
            raise _refused() if error.status in _REFUSED else error from error

    def _log_in(self) -> None:
        try:
            said = self._asked(urljoin(self._api, _LOGIN), {"X-AUTH-TOKEN": self._token}, method="POST")
        except Unanswered as error:
            if error.status in _REFUSED:
                raise _refused() from error
            raise
        bearer = said.get("token")
        if not isinstance(bearer, str) or not (bearer.isascii() and bearer.isprintable() and bearer):
            raise Unanswered(f"{_NAME} ne donne pas de laissez-passer : son API a peut-être changé.")
        self._bearer = bearer

    def _asked(self, address: str, headers: dict[str, str], *, method: str = "GET") -> dict[str, Any]:
        headers = {"Accept": "application/json", **headers}
        answer = patient(
            lambda: self._fetcher.ask(address, headers, method=method), first_pause=2 * self._fetcher.delay
        )
        try:
            values = json.loads(answer.content)
        except (ValueError, RecursionError) as error:
            what = "une page de site" if "html" in answer.kind else "du JSON incomplet ou illisible"
            raise Unanswered(f"« {address} » répond {what} : rien n’en est lu.") from error
        if not isinstance(values, dict):
            raise Unanswered(f"« {address} » répond autre chose qu’attendu : rien n’en est lu.")
        return values


def is_around(aid: dict[str, Any]) -> bool:
    """Whether an aid is of the region, a part of it or what contains it, by its perimeter and its scale."""
    name, scale = (fold(text) if isinstance(text := aid.get(key), str) else "" for key in _PERIMETER)
    if scale in _AROUND:
        return name in _OF_FRANCE
    if scale in _PARTS:
        return name in _PARTS[scale]
    return name.removeprefix("region ") == _REGION or (name in _OF_FRANCE and not scale)


_PERIMETER = ("perimeter", "perimeter_scale")


def is_for_communes(aid: dict[str, Any]) -> bool:
    """Whether an aid is for communes or their groupings; one that doesn't say for whom is kept."""
    audiences = aid.get("targeted_audiences")
    named = [fold(text) for text in audiences if isinstance(text, str)] if isinstance(audiences, list) else []
    return not named or any(word in text for text in named for word in _AUDIENCES)


def _id(aid: dict[str, Any]) -> str:
    value = aid.get("id")
    is_plain = isinstance(value, int) and not isinstance(value, bool)
    return str(value)[:_MOST_SHOWN].strip() if is_plain or isinstance(value, str) else ""


def _refused() -> Unanswered:
    return Unanswered(f"{_NAME} refuse la clé : vérifiez le réglage {_SETTING}.")
