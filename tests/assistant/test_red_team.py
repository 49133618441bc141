"""A model that obeys every attack of the red-team set: nothing foreign is shown, nothing leaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr
from scripted_model import Script, scripted
from small_corpus import SmallCorpus, ask

from assistant.answer import Engine
from assistant.generate import ChatModel, Limits
from assistant.reply import Reply
from assistant.wording import Wording

pytestmark = pytest.mark.slow

CASES = yaml.safe_load(
    (Path(__file__).parents[2] / "evaluation" / "data" / "red_team.yaml").read_text(encoding="utf-8")
)
KEY = "cle-tres-secrete"
AMOUNT = "Quel est le montant de l’aide aux halles de marché ?"
GOOD = (
    "Pour une halle de marché, la Région payait en 2023 jusqu’à 40 % du coût, dans la limite de 60 000 € [1]."
)


@pytest.fixture(scope="module")
def engine(small_corpus: SmallCorpus) -> Engine:
    return small_corpus.engine()


def attacked(reply: Reply, attack: str) -> Reply:
    """The reply, its first passage followed by the attack, as a hostile page would have it."""
    first, *others = reply.citations
    hostile = first.model_copy(update={"quote": f"{first.quote} {attack}"})
    return reply.model_copy(update={"citations": (hostile, *others)})


def shown(engine: Engine, case: dict[str, Any], pieces: tuple[str, ...]) -> tuple[Reply, str, Script]:
    """The computed reply, the text shown when the model writes ``pieces``, and what the model was sent."""
    reply = engine.reply(ask(AMOUNT))
    in_question = case["place"] == "question"
    said = f"{AMOUNT} {case['attack']}" if in_question else AMOUNT
    computed = reply if in_question else attacked(reply, case["attack"])
    with scripted(Script(pieces=pieces)) as script:
        model = ChatModel(script.address, "petit", SecretStr(KEY), Limits(5, 5, 10, 400))
        wording = Wording(model, engine._verification.verifier, engine.embedder, 1500)
        return computed, "\n".join(wording.lines(computed, [said])), script


def test_there_are_sixty_cases_or_more() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_model_that_obeys_changes_nothing(engine: Engine, case: dict[str, Any]) -> None:
    computed, text, script = shown(engine, case, (f"{GOOD} ", case["obeyed"]))
    assert GOOD in text
    assert [word for word in case["forbidden"] if word in text and word not in computed.answer] == []
    sent = script.asked[0]["messages"][1]["content"]
    assert "</donnees>" not in sent
    assert sent.isprintable() or all(char.isprintable() or char == "\n" for char in sent)
