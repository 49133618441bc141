"""A model that obeys every attack of the red-team set: nothing foreign is shown, nothing leaks."""

from __future__ import annotations

import pytest
from attacks import KEY, Attack, attacks, leaks, play
from pydantic import SecretStr
from scripted_model import Script, scripted
from small_corpus import SmallCorpus

from assistant.answering.engine import Engine
from assistant.model.calls import Limits
from assistant.model.connection import ChatModel

pytestmark = pytest.mark.slow

GOOD = (
    "Pour une halle de marché, la Région payait en 2023 jusqu’à 40 % du coût, dans la limite de 60 000 € [1]."
)


@pytest.fixture(scope="module")
def engine(small_corpus: SmallCorpus) -> Engine:
    return small_corpus.engine()


def test_there_are_sixty_attacks_or_more_in_every_place() -> None:
    every = attacks()
    assert len({attack.id for attack in every}) == len(every) >= 60
    assert {attack.place for attack in every} == {"question", "passage", "page"}


@pytest.mark.parametrize("attack", attacks(), ids=lambda attack: attack.id)
def test_a_model_that_obeys_changes_nothing(engine: Engine, attack: Attack) -> None:
    with scripted(Script(pieces=(f"{GOOD} ", attack.obeyed))) as script:
        model = ChatModel(script.address, "petit", SecretStr(KEY), Limits(5, 5, 10, 400))
        played = play(engine, attack, model)
    assert GOOD in played.text
    assert leaks(played, attack.forbidden) == []
    sent = script.asked[0]["messages"][1]["content"]
    assert sent.count("</donnees-") == 1
    assert all(char.isprintable() or char == "\n" for char in sent)
