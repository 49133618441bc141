"""Models for measures: one that keeps what it's offered, one that records another, one that replays."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Literal, NoReturn, TypeVar

from pydantic import BaseModel

from assistant.errors import ModelError
from assistant.model.calls import FillsShapes
from assistant.model.chooser import ChosenNumbers
from assistant.model.connection import ModelUse
from evaluation.exchanges.exchange import Exchange, exchange_of
from evaluation.exchanges.offer import Offer, read_offer

Shape = TypeVar("Shape", bound=BaseModel)
Met = Literal["same", "moved", "gone", "unknown"]
"""How an offer met a record: the same statements; others, with those chosen; others, without; no record."""
# What no statement is numbered.
_NOBODY = 9999
# No statement chosen and yet an answer: what was computed stands.
_NO_CHOICE: Mapping[str, object] = {"status": "answered", "statements": []}


class _Chooses:
    """Fills one shape, and words nothing."""

    name = "choix"

    def fill(self, shape: type[Shape], system: str, user: str, within_s: float) -> Shape:
        """Fill a shape; see :class:`~assistant.model.calls.FillsShapes`."""
        raise NotImplementedError

    def stream(self, system: str, user: str, within_s: float | None = None) -> Generator[str]:
        """Word nothing.

        Raises:
            ModelError: always.
        """
        _refuse()
        yield ""

    def use(self, prompt_tokens: int, choose_s: float = 15.0) -> ModelUse:
        """The use that makes of it what chooses."""
        return ModelUse(self, prompt_tokens, chooser=self, choose_s=choose_s, words=False)


class OfferKeeper(_Chooses):
    """Keeps what it's offered, in the order that it comes, and chooses nothing."""

    name = "offres"

    def __init__(self) -> None:
        """Keep nothing yet."""
        self.offers: list[Offer] = []

    def fill(self, shape: type[Shape], system: str, user: str, within_s: float) -> Shape:
        """Keep an offer."""
        self.offers.append(read_offer(user))
        return shape.model_validate(_NO_CHOICE)


class Recorder(_Chooses):
    """Has a model choose and keeps what it chose; what it fails at is counted, and recorded nowhere."""

    def __init__(self, model: FillsShapes, cases: Mapping[tuple[str, ...], str]) -> None:
        """Record ``model``.

        Args:
            model: what chooses.
            cases: the case of each conversation, by what the user says in it.
        """
        self._model, self._cases = model, cases
        self.exchanges: list[Exchange] = []
        self.failed = 0

    @property
    def name(self) -> str:  # type: ignore[override]
        """The name of the model recorded."""
        return self._model.name

    def fill(self, shape: type[Shape], system: str, user: str, within_s: float) -> Shape:
        """Have the model fill the shape, and record it."""
        try:
            told = self._model.fill(shape, system, user, within_s)
        except ModelError:
            self.failed += 1
            raise
        offer = read_offer(user)
        known = {item.n for item in offer.statements}
        if isinstance(told, ChosenNumbers) and known.issuperset(told.statements):
            case = self._cases.get(offer.asked)
            self.exchanges.append(exchange_of(offer, told.status, told.statements, self.name, case))
        else:
            self.failed += 1
        return told


class Replayer(_Chooses):
    """Chooses what was chosen before, where the same question is asked and the statements are still offered.

    ``met`` tells how each offer met the records, by the offer's id; ``said`` the exchanges that were said.
    """

    name = "échanges rejoués"

    def __init__(self, exchanges: Sequence[Exchange], break_every: int | None = None) -> None:
        """Replay ``exchanges``.

        Args:
            exchanges: what was recorded.
            break_every: every how many exchanges one is broken: form lost, unknown number, lateness in turn.
        """
        self.exchanges = tuple(exchanges)
        self.met: dict[str, Met] = {}
        self.said: set[int] = set()
        self._by_asked: dict[tuple[str, ...], list[int]] = {}
        for place, exchange in enumerate(self.exchanges):
            self._by_asked.setdefault(exchange.offer.asked, []).append(place)
        every = break_every or len(self.exchanges) + 1
        self._broken = {place: place // every for place in range(every - 1, len(self.exchanges), every)}

    @property
    def broken(self) -> tuple[Exchange, ...]:
        """The exchanges that are broken."""
        return tuple(self.exchanges[place] for place in self._broken)

    def fill(self, shape: type[Shape], system: str, user: str, within_s: float) -> Shape:
        """Say again what was chosen; what is broken fails as a model does."""
        told, place = self._told(read_offer(user))
        if place is not None and place in self._broken:
            told = _BREAKS[self._broken[place] % len(_BREAKS)]()
        return shape.model_validate(told)

    def told(self, user: str) -> Mapping[str, object]:
        """What is said to a prompt, as an object: for a server that replays."""
        return self._told(read_offer(user))[0]

    def _told(self, offer: Offer) -> tuple[Mapping[str, object], int | None]:
        places = self._by_asked.get(offer.asked, [])
        places = sorted(places, key=lambda place: self.exchanges[place].offer.pairs != offer.pairs)
        for place in places:
            exchange = self.exchanges[place]
            numbers = exchange.numbers(offer)
            if numbers is not None:
                self.met[offer.id] = "same" if exchange.offer.pairs == offer.pairs else "moved"
                self.said.add(place)
                return {"status": exchange.status, "statements": numbers}, place
        self.met[offer.id] = "gone" if places else "unknown"
        return _NO_CHOICE, None


def _refuse() -> NoReturn:
    raise ModelError("il ne fait que choisir")


def _loses_its_form() -> NoReturn:
    raise ModelError("sa réponse n’a pas la forme demandée")


def _chooses_nobody() -> Mapping[str, object]:
    return {"status": "answered", "statements": [_NOBODY]}


def _is_late() -> NoReturn:
    raise ModelError("il met trop de temps à répondre")


_BREAKS = (_loses_its_form, _chooses_nobody, _is_late)
