"""Recorded choices replayed beside the replies without a model, whole and with some of them broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from assistant.answering.engine import Engine
from assistant.model.connection import ModelUse
from corpus.fiches.catalogue import Catalogue
from evaluation.exchanges.exchange import Exchange
from evaluation.exchanges.models import Met, OfferKeeper, Replayer
from evaluation.exchanges.offer import Offer, asked_by
from evaluation.judging.result import RunResult, summarise
from evaluation.questions.cases import Case
from evaluation.runs.run import Run

Through = Callable[[Engine], Engine]
Ask = Callable[[Through], tuple[Sequence[Case], Run]]
"""Put questions to an engine, or to those of folds, made from the computed one; give them with what came."""


class ReplayBench(BaseModel):
    """The same questions without a model, with the choices recorded, and with some of these broken.

    Attributes:
        by: who chose.
        without: the replies without a model.
        beside: the replies with the choices.
        broken: the replies with some of the choices broken; None when it wasn't asked.
        met: how many offers met the records in each way.
        gone: the exchanges that no longer apply: that isn't asked any more, or what was chosen isn't offered.
        lost: the cases with a broken exchange that are right without a model, and no more with it.
    """

    model_config = ConfigDict(frozen=True)

    by: str
    without: RunResult
    beside: RunResult
    broken: RunResult | None
    met: dict[Met, int]
    gone: tuple[str, ...]
    lost: tuple[str, ...]


def offers_of(ask: Ask, prompt_tokens: int) -> tuple[list[Offer], int]:
    """What would be offered to a model for the last turn of each question; and how many are asked."""
    keeper = OfferKeeper()
    cases, _ = ask(by(keeper.use(prompt_tokens)))
    last = {asked_by(case.turns) for case in cases}
    kept = {offer.id: offer for offer in keeper.offers if offer.asked in last}
    return sorted(kept.values(), key=lambda offer: offer.id), len(cases)


def bench_replay(
    exchanges: Sequence[Exchange],
    ask: Ask,
    catalogue: Catalogue,
    set_name: str,
    prompt_tokens: int,
    break_every: int | None = None,
) -> ReplayBench:
    """Measure without a model, with recorded choices, and with every so many of them broken.

    Args:
        exchanges: the choices.
        ask: puts the questions.
        catalogue: the schemes, for scoring.
        set_name: the name of the set, for the report.
        prompt_tokens: most tokens of a prompt: fewer statements are offered where it's small.
        break_every: every how many exchanges one is broken; None to leave that out.
    """
    whole = Replayer(exchanges)
    without = _scored(ask(lambda engine: engine.worded_by(None)), set_name, catalogue)
    beside = _scored(ask(by(whole.use(prompt_tokens))), set_name, catalogue)
    broken: RunResult | None = None
    lost: tuple[str, ...] = ()
    if break_every:
        breaking = Replayer(exchanges, break_every)
        broken = _scored(ask(by(breaking.use(prompt_tokens))), set_name, catalogue)
        lost = _lost(without, broken, {exchange.offer.asked for exchange in breaking.broken})
    return ReplayBench(
        by=", ".join(dict.fromkeys(exchange.by for exchange in exchanges)),
        without=without,
        beside=beside,
        broken=broken,
        met=dict(Counter(whole.met.values())),
        gone=tuple(
            exchange.case or exchange.offer.id
            for place, exchange in enumerate(exchanges)
            if place not in whole.said
        ),
        lost=lost,
    )


def by(use: ModelUse) -> Through:
    """The engine with a model."""
    return lambda engine: engine.worded_by(use)


def cases_by_asked(cases: Sequence[Case]) -> dict[tuple[str, ...], str]:
    """The case and turn of each conversation, by what the user says in it."""
    return {
        asked_by(case.turns[:turn]): f"{case.id}/{turn}"
        for case in reversed(cases)
        for turn in range(1, len(case.turns) + 1)
    }


def _scored(asked: tuple[Sequence[Case], Run], set_name: str, catalogue: Catalogue) -> RunResult:
    cases, run = asked
    return summarise(cases, run, set_name, catalogue)


def _lost(without: RunResult, broken: RunResult, asked: set[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(
        before.case.id
        for before, after in zip(without.cases, broken.cases, strict=True)
        if asked_by(before.case.turns) in asked and not before.failures and after.failures
    )
